"""An article on its way in: read, checked, and not yet in the database."""

import hashlib
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils.translation import gettext as _

from reader.dates import UNKNOWN, GivenDate
from reader.ingest.details import Details
from reader.ingest.files import MAX_BYTES, TITLE_LENGTH, derive_title
from reader.ingest.sanitize import sanitize
from reader.ingest.urlkey import url_key
from reader.services.errors import Refused
from reader.text import Document, from_html, from_plain


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was not let in: where it stood, and why, in words for people."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class ByHand:
    """Who gave a date that the article itself does not state: a user, or a login name of the
    machine on which the command ran."""

    user_id: int | None = None
    login: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """An article to store. `sha256` (hex, of the text in UTF-8) and `url_key` identify it.

    `title` in `details` is never empty; `title_derived` says that it was made from the text.
    `where` says, for people, where it came from. `raw` is what was received, if that is more
    than the text. `revises` names the article that this is a text of, where that is known otherwise
    than by address or text.
    """

    document: Document
    details: Details
    title_derived: bool = False
    dated_by: ByHand | None = None
    file_name: str = ""
    extractor: str
    raw: bytes | None = None
    where: str = ""
    revises: UUID | None = None
    sha256: str = field(init=False)
    url_key: str = field(init=False)

    def __post_init__(self) -> None:
        digest = hashlib.sha256(self.document.text.encode()).hexdigest()
        object.__setattr__(self, "sha256", digest)
        object.__setattr__(self, "url_key", url_key(self.details.url))


Arrival = Incoming | Refusal
"""What a source gives, one after the other."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the person who imports says of articles that do not say it themselves."""

    publication: str = ""
    language: str = ""
    published: GivenDate = UNKNOWN
    dated_by: ByHand | None = None

    def fill(self, incoming: Incoming) -> Incoming:
        """`incoming` with its gaps filled."""
        details = incoming.details
        dated_by = incoming.dated_by
        filled = replace(
            details,
            publication=details.publication or self.publication,
            language=details.language or self.language,
        )
        if details.published == UNKNOWN and self.published != UNKNOWN:
            filled = replace(filled, published=self.published)
            dated_by = self.dated_by
        if filled == details:
            return incoming
        return replace(incoming, details=filled, dated_by=dated_by)


def from_text(text: str, details: Details, *, where: str = "") -> Incoming:
    """An article whose text is plain.

    Raises:
        Refused: there is no text, or it cannot be kept.
    """
    check_source(text, "text")
    return article(from_plain(text), details, extractor="plain text", where=where)


def from_page(html: str, details: Details, *, where: str = "") -> Incoming:
    """An article whose text is HTML; the source is kept as well.

    Raises:
        Refused: as in `page_text`.
    """
    document = page_text(html, details.url)
    return article(document, details, extractor="HTML", raw=html.encode(), where=where)


def page_text(html: str, url: str = "") -> Document:
    """The text of HTML from anywhere; `url` is where it stood, if that is known.

    Raises:
        Refused: there is none, or it cannot be kept.
    """
    check_source(html, "html")
    document = from_html(sanitize(html, url))
    if not document.text.strip():
        raise Refused(_("There is no text in the HTML."), "html")
    return document


def article(
    document: Document,
    details: Details,
    *,
    extractor: str,
    raw: bytes | None = None,
    where: str = "",
    revises: UUID | None = None,
) -> Incoming:
    """An article; without a title it gets its first sentence, marked as derived."""
    derived = not details.title
    if derived:
        title = derive_title(document.text) or document.text.strip()[:TITLE_LENGTH]
        details = replace(details, title=title)
    return Incoming(
        document=document,
        details=details,
        title_derived=derived,
        extractor=extractor,
        raw=raw,
        where=where,
        revises=revises,
    )


def check_source(source: str, field: str) -> None:
    """Raise `Refused` for a text or HTML that is empty, too large, or holds what is no character.

    Args:
        field: the input that a refusal belongs to.
    """
    if not source.strip():
        raise Refused(_("There is no text."), field)
    if "\0" in source:
        raise Refused(_("The text contains a NUL character."), field)
    try:
        size = len(source.encode())
    except UnicodeEncodeError:
        raise Refused(_("The text contains half a character."), field) from None
    if size > MAX_BYTES:
        raise Refused(
            _("The text has %(size)s MB; %(most)s MB is the most.")
            % {"size": f"{size / 1e6:.1f}", "most": f"{MAX_BYTES / 1e6:.0f}"},
            field,
        )
