"""Lists of articles: the library, and those of one project."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from annotations.pages.counts import KindCount, kind_counts
from annotations.paths import article_path
from annotations.queries.library import Cursor, Listed, list_articles, publications
from reader import dates
from reader.access import Visitor, visible_projects
from reader.models import Article, Project, Publication


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a list; `path` leads to it in the first project it is read in."""

    article: Article
    path: str
    published: str
    published_machine: str
    projects: tuple[Project, ...]
    counts: list[KindCount]


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """A page of the library; `older` is the address of the next one, if there is one."""

    entries: list[Entry]
    projects: Sequence[Project]
    publications: Sequence[Publication]
    project: Project | None
    publication: Publication | None
    is_first: bool
    older: str


def library_page(
    visitor: Visitor, project_slug: str = "", publication_id: str = "", before: str = ""
) -> LibraryPage:
    """The articles that the visitor may read. Filters that name nothing visible are ignored."""
    everywhere = list(visible_projects(visitor).order_by("name"))
    project = next((one for one in everywhere if one.slug == project_slug), None)
    library = visitor.is_authenticated and project is None
    shown = [project] if project else everywhere
    outlets = list(publications(everywhere, library=visitor.is_authenticated))
    publication = next((one for one in outlets if str(one.pk) == publication_id), None)
    cursor = Cursor.parse(before)
    found = list_articles(visitor, shown, library=library, publication=publication, after=cursor)
    kept = {"project": project and project.slug, "publication": publication and publication.pk}
    query = {name: value for name, value in kept.items() if value}
    return LibraryPage(
        entries=[entry(one) for one in found.entries],
        projects=everywhere,
        publications=outlets,
        project=project,
        publication=publication,
        is_first=cursor is None,
        older=f"?{urlencode(query | {'before': str(found.next)})}" if found.next else "",
    )


def entry(listed: Listed) -> Entry:
    """A listed article, ready to show."""
    article = listed.article
    return Entry(
        article=article,
        path=article_path(listed.projects[0], article.pk)
        if listed.projects
        else reverse("article", kwargs={"article_id": article.pk}),
        published=dates.show(article.published_on, article.published_precision),
        published_machine=dates.machine(article.published_on, article.published_precision),
        projects=listed.projects,
        counts=[one for one in kind_counts(listed.counts) if one.count],
    )
