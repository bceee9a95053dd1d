"""Which projects an article of the library belongs to."""

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import Annotation
from reader.models import Article, Project, ProjectArticle, User
from reader.services.errors import Refused
from reader.services.projects import touch as touch_project


def use_in(project: Project, article: Article, user: User) -> None:
    """Use an article of the library in a project too.

    Raises:
        Refused: the article may be seen in another project only.
    """
    if article.scope_id not in (None, project.pk):
        raise Refused(_("This article belongs to another project and is seen nowhere else."))
    put_in(project, article, user)


def put_in(project: Project, article: Article, user: User | None) -> None:
    """Make sure that an article which the project may see is among its articles."""
    if ProjectArticle.objects.filter(project=project, article=article).exists():
        return
    ProjectArticle.objects.bulk_create(
        [
            ProjectArticle(
                project=project,
                article=article,
                listed_at=article.listed_at,
                publication_id=article.publication_id,
                added_by=user,
            )
        ],
        ignore_conflicts=True,  # somebody else added it at the same moment
    )
    touch_project(project)


@transaction.atomic
def take_out(project: Project, article: Article) -> None:
    """Take an article of the library out of a project.

    Raises:
        Refused: it is the project's own, or something in it is marked.
    """
    if article.scope_id is not None:
        raise Refused(_("This article stands in this project alone: taking it out would lose it."))
    if Annotation.objects.filter(project=project, article=article, deleted_at=None).exists():
        raise Refused(_("Something is marked in this article: delete its annotations first."))
    ProjectArticle.objects.filter(project=project, article=article).delete()
    touch_project(project)
