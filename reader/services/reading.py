"""What people read, star and leave half-read. Each function is one statement, or one transaction,
that two tabs may send at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from reader.models import Article, ReadingState, User, uuid7
from reader.queries.reading import unread_by
from reader.services.errors import Refused

_SALT = "reader.services.reading"
_UNDO_SECONDS = 24 * 60 * 60
_FARTHEST = 2**31 - 1

# Locked in the order of ids, so that two tabs wait for one another and never both.
_MARK_SQL = """
INSERT INTO reader_readingstate AS s (user_id, article_id, read_at, position, batch)
SELECT %s, id, %s, 0, %s FROM ({unread}) AS unread(id) ORDER BY id
    ON CONFLICT (user_id, article_id)
    DO UPDATE SET read_at = excluded.read_at, batch = excluded.batch WHERE s.read_at IS NULL
"""


def open_article(user: User, article: Article) -> None:
    """The person has the article before them; that marks it as read unless they wish otherwise."""
    now = timezone.now()
    if user.read_when_opened:
        _set(user, article, opened_at=now, read_at=now, batch=None)
    else:
        _set(user, article, opened_at=now)


def set_read(user: User, article: Article, read: bool) -> None:
    """Mark one article as read, or as unread."""
    _set(user, article, read_at=timezone.now() if read else None, batch=None)


def set_starred(user: User, article: Article, starred: bool) -> None:
    """Star an article, or take the star away."""
    _set(user, article, starred_at=timezone.now() if starred else None)


def keep_position(user: User, article: Article, position: int) -> None:
    """Remember where the person stopped reading.

    Args:
        position: the code point of the newest text at the top of the window; 0 forgets it.
    """
    _set(user, article, position=min(max(position, 0), _FARTHEST))


def _set(user: User, article: Article, **fields: object) -> None:
    # From now on the row says whether the article is unread: it must not say otherwise than before.
    was_read = {} if article.first_seen_at >= user.unread_since else {"read_at": user.unread_since}
    ReadingState.objects.bulk_create(
        [ReadingState(user=user, article=article, **(was_read | fields))],
        update_conflicts=True,
        unique_fields=["user", "article"],
        update_fields=list(fields),
    )


@dataclass(frozen=True, slots=True)
class MarkedRead:
    """`count` is None where everything was marked, which counts nothing; `undo` is what
    `undo_marking` takes."""

    count: int | None
    undo: str


def mark_read(user: User, articles: QuerySet[Article], until: datetime) -> MarkedRead:
    """Mark the unread ones of these articles as read, in one statement.

    Args:
        until: articles first seen after this moment stay unread: the person did not see them.
    """
    batch = uuid7()
    unread = articles.filter(unread_by(user), first_seen_at__lte=until).order_by()
    sql, params = unread.values_list("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_MARK_SQL.format(unread=sql), [user.pk, timezone.now(), batch, *params])
        return MarkedRead(cursor.rowcount, _undo(batch))


@transaction.atomic
def mark_everything_read(user: User, until: datetime) -> MarkedRead:
    """Mark every article as read that was first seen before this moment, by moving the person's
    `unread_since`: it costs the same for ten articles and for a million."""
    batch = uuid7()
    person = User.objects.select_for_update().get(pk=user.pk)
    before, after = person.unread_since, max(person.unread_since, until)
    ReadingState.objects.filter(user=person, read_at=None, article__first_seen_at__lt=after).update(
        read_at=timezone.now(), batch=batch
    )
    User.objects.filter(pk=person.pk).update(unread_since=after)
    return MarkedRead(None, _undo(batch, before, after))


def _undo(batch: UUID, before: datetime | None = None, after: datetime | None = None) -> str:
    moments = [moment.isoformat() for moment in (before, after) if moment]
    return signing.dumps([batch.hex, *moments], salt=_SALT)


@transaction.atomic
def undo_marking(user: User, undo: str) -> None:
    """Take back a `mark_read` or `mark_everything_read` of the same person; doing it twice does
    no more. What they have opened since stays read.

    Raises:
        Refused: it is not such an `undo`, or older than a day.
    """
    try:
        batch, *moments = signing.loads(undo, salt=_SALT, max_age=_UNDO_SECONDS)
    except signing.BadSignature:
        raise Refused(_("This can’t be undone any more.")) from None
    ReadingState.objects.filter(user=user, batch=UUID(batch)).update(read_at=None, batch=None)
    if moments:
        before, after = map(datetime.fromisoformat, moments)
        User.objects.filter(pk=user.pk, unread_since=after).update(unread_since=before)
