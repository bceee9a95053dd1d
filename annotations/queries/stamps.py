"""Has anything on a public page changed since a browser last asked? One query answers."""

from uuid import UUID

from django.conf import settings
from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from annotations.models import Annotation
from reader.models import ProjectArticle, Visibility


def public_page_stamp(slug: str, article_id: UUID) -> str | None:
    """A strong ETag for an article's page in a public project; None where there is no such page.

    Every annotation's version only grows, so count and sum change with any of them; what reaches
    beyond one article (links, speakers, settings, replies, withdrawals) raises the project's
    version, what belongs to the article raises the article's.
    """
    on_page = (
        Annotation.objects.filter(project=OuterRef("project"), article=OuterRef("article"))
        .order_by()
        .values("article")
    )
    row = (
        ProjectArticle.objects.filter(
            project__slug=slug, project__visibility=Visibility.PUBLIC, article=article_id
        )
        .values_list(
            "project_id",
            "project__version",
            "article__version",
            Coalesce(Subquery(on_page.annotate(n=Count("pk")).values("n")), 0),
            Coalesce(Subquery(on_page.annotate(n=Sum("version")).values("n")), 0),
        )
        .first()
    )
    return f'"{settings.VERSION}-{"-".join(map(str, row))}"' if row else None
