"""What the forms for articles offer, and what they warn of."""

from reader.ingest.incoming import Incoming
from reader.models import Article, Project, Publication, Role, User

MOST_NAMES = 500
"""Publications offered while one types."""


def annotated_projects(user: User) -> list[Project]:
    """The projects where someone may add articles, but for their own notes."""
    roles = [role for role in Role if role.rank >= Role.ANNOTATOR.rank]
    return list(
        Project.objects.filter(
            personal_to=None, memberships__user=user, memberships__role__in=roles
        ).order_by("name", "id")
    )


def publication_names() -> list[str]:
    """Publications to choose from."""
    return list(Publication.objects.order_by("name").values_list("name", flat=True)[:MOST_NAMES])


def same_text(incoming: Incoming, scope: Project) -> Article | None:
    """An article of the scope with the same text now, whatever its address."""
    return Article.objects.filter(scope=scope, current_revision__sha256=incoming.sha256).first()
