"""Which article, and which text of it, an imported row means."""

from functools import lru_cache
from uuid import UUID

from django.db.models import Q, QuerySet

from annotations.formats.records import ArticleRecord
from reader.ingest.urlkey import url_key
from reader.models import Article, Project, Revision
from reader.services.errors import Refused

KEPT = 16
"""Rows about one article mostly follow each other: so many articles and texts stay in memory."""


class FoundArticles:
    """Finds articles for imported rows: the project's own, else those of the library."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._article = lru_cache(KEPT)(self._find)
        self.text = lru_cache(KEPT)(self._text)

    def article(self, wanted: ArticleRecord) -> Article:
        """The article: by its id, file name, address, text or title, whichever finds one first.
        Where it finds several, the others decide.

        Raises:
            Refused: none is found, or several.
        """
        found = self._article(wanted)
        if isinstance(found, str):
            raise Refused(found, "article")
        return found

    def _find(self, wanted: ArticleRecord) -> Article | str:
        """The article, or why there is none: rows about a missing one follow each other, too."""
        title = [Q(title=wanted.title)] if wanted.title else []
        own, library = Q(project_articles__project=self._project), Q(scope=None)
        # Titles are not unique, and not indexed: they say enough among a project's articles only.
        for reach, ways in ((own, _ways(wanted) + title), (library, _ways(wanted))):
            for way in ways:
                found = list(Article.objects.filter(reach, way).distinct()[:2])
                if len(found) > 1:
                    found = _narrowed(Article.objects.filter(reach, way), ways)
                if len(found) == 1:
                    return found[0]
                if found:
                    return f"Several articles fit {_called(wanted)}."
        return f"There is no article {_called(wanted)} in this project."

    def _text(self, article: Article, sha256: str) -> tuple[Revision, bool]:
        """The revision with this text, and True; else the current one, and False.

        Raises:
            Refused: the article has no text.
        """
        revisions = Revision.objects.filter(article=article).defer("raw", "markup")
        same = revisions.filter(sha256=sha256).order_by("-number").first() if sha256 else None
        if same:
            return same, True
        if article.current_revision_id is None:
            raise Refused("The article has no text.", "article")
        return revisions.get(pk=article.current_revision_id), False


def _ways(wanted: ArticleRecord) -> list[Q]:
    """What may find the article, the surest first."""
    ways = []
    if (pk := uuid_of(wanted.id)) is not None:
        ways.append(Q(pk=pk))
    if wanted.file_name:
        ways.append(Q(file_name=wanted.file_name))
    if key := _url_key(wanted.url):
        ways.append(Q(url_key=key))
    if wanted.text_sha256:
        ways.append(Q(revisions__sha256=wanted.text_sha256))
    return ways


def _narrowed(articles: "QuerySet[Article]", ways: list[Q]) -> list[Article]:
    """At most two of those that the other ways find too; a way that finds none is no help."""
    for way in ways:
        fewer = Article.objects.filter(way, pk__in=articles.values("pk"))
        if fewer.exists():
            articles = fewer
    return list(articles.distinct()[:2])


def uuid_of(text: str) -> UUID | None:
    """The UUID that a text is; None where it is none, as ids from elsewhere may be."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _url_key(url: str) -> str:
    try:
        return url_key(url)
    except ValueError:
        return ""


def _called(wanted: ArticleRecord) -> str:
    name = wanted.file_name or wanted.url or wanted.title or wanted.id
    return f"“{name}”" if name else "(the row names none)"
