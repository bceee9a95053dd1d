"""Which article is it? Within a scope, an address finds it; without one, its text or file name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from reader.ingest.incoming import Incoming
from reader.models import Article, Project, Revision

# The first of the two keys of the advisory lock that importers take; the second is the scope.
_LOCK = 0x4F6E5265


def lock_scope(scope: Project | None) -> None:
    """Wait until nobody else adds articles to this scope; the transaction's end lets the next
    one in. An article without an address has no unique key that could tell two importers apart.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, scope.pk if scope else 0])


@dataclass(slots=True)
class Known:
    """An article that is there already, or comes with the same batch.

    `sha256` is of its newest text; `lacks` names what can be filled in when it comes again.
    """

    article_id: UUID
    sha256: str
    lacks: frozenset[str]

    def gaps(self, incoming: Incoming) -> frozenset[str]:
        """What `incoming` says and the article lacks."""
        return self.lacks - lacking(incoming)


def lacking(incoming: Incoming) -> frozenset[str]:
    """What does not come with it. Only a date by hand is filled in later: what an article says
    itself belongs to one of its revisions."""
    details = incoming.details
    given = {
        "publication": details.publication,
        "language": details.language,
        "file_name": incoming.file_name,
        "published_on": incoming.dated_by and details.published.on,
    }
    return frozenset(name for name, value in given.items() if not value)


class Index:
    """The known articles that some incoming ones may be; it learns as these are stored."""

    def __init__(self) -> None:
        self._known: dict[UUID, Known] = {}
        self._by_key: dict[str, Known] = {}
        self._by_text: dict[str, Known] = {}
        self._by_file: dict[str, Known] = {}

    @classmethod
    def load(cls, scope: Project | None, incoming: Sequence[Incoming]) -> Self:
        """What the database knows: one query each for texts, file names and addresses."""
        index = cls()
        there = Article.objects.filter(scope=scope)
        bare = [one for one in incoming if not one.url_key]
        if texts := {one.sha256 for one in bare}:
            # Begins at the texts, even where Postgres knows nothing of the tables yet.
            revisions = Revision.objects.filter(sha256__in=texts)
            same = there.filter(current_revision__in=revisions)
            index._learn(same.order_by("url_key", "id"))
        if names := {one.file_name for one in bare if one.file_name}:
            # Both exclusions are the partial indexes' conditions, which Postgres cannot see
            # in a long list.
            index._learn(there.exclude(file_name="").filter(file_name__in=names).order_by("id"))
        if keys := {one.url_key for one in incoming if one.url_key}:
            index._learn(there.exclude(url_key="").filter(url_key__in=keys))
        if ids := {one.revises for one in incoming if one.revises}:
            index._learn(there.filter(pk__in=ids))
        return index

    def find(self, incoming: Incoming) -> Known | None:
        """The article that `incoming` is, or None if it is a new one.

        The same text at another address is another article.
        """
        if incoming.revises in self._known:
            return self._known[incoming.revises]
        if incoming.url_key:
            return self._by_key.get(incoming.url_key)
        same_file = self._by_file.get(incoming.file_name) if incoming.file_name else None
        if same_file and same_file.sha256 == incoming.sha256:
            return same_file
        return self._by_text.get(incoming.sha256) or same_file

    def add(self, incoming: Incoming, article_id: UUID) -> None:
        """`incoming` is a new article."""
        known = Known(article_id, incoming.sha256, lacking(incoming))
        self._put(known, incoming.url_key, incoming.file_name)

    def fill(self, known: Known, incoming: Incoming) -> None:
        """`known` has been given what it lacked."""
        known.lacks &= lacking(incoming)
        if incoming.file_name:
            self._by_file.setdefault(incoming.file_name, known)

    def revise(self, known: Known, incoming: Incoming) -> None:
        """`incoming` is a new revision of `known`."""
        if self._by_text.get(known.sha256) is known:
            del self._by_text[known.sha256]
        known.sha256 = incoming.sha256
        self._by_text.setdefault(known.sha256, known)
        self.fill(known, incoming)

    def _learn(self, articles: QuerySet[Article]) -> None:
        rows = articles.values_list(
            "id",
            "current_revision__sha256",
            "url_key",
            "file_name",
            "publication_id",
            "language",
            "published_on",
            "date_set_at",
        )
        for article_id, sha256, key, file_name, publication, language, date, set_at in rows:
            given = {
                "publication": publication,
                "language": language,
                "file_name": file_name,
                "published_on": date or set_at,
            }
            lacks = frozenset(name for name, value in given.items() if not value)
            self._put(Known(article_id, sha256 or "", lacks), key, file_name)

    def _put(self, known: Known, key: str, file_name: str) -> None:
        known = self._known.setdefault(known.article_id, known)
        if key:
            self._by_key.setdefault(key, known)
        if file_name:
            self._by_file.setdefault(file_name, known)
        self._by_text.setdefault(known.sha256, known)
