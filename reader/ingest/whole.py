"""Whole files, or what was pasted from them: a text with all that it says about itself."""

from dataclasses import fields, replace

from reader.dates import UNKNOWN
from reader.ingest.details import Details, check_details
from reader.ingest.files import Unreadable, decode_html, read_plain
from reader.ingest.incoming import Incoming, article, from_text, page_text
from reader.ingest.page import page_details
from reader.services.errors import Refused

NOTHING = Details()


def read_text_file(content: bytes, given: Details = NOTHING, *, where: str = "") -> Incoming:
    """An article from a plain text, which may state its date and headline.

    Args:
        given: what is known of it otherwise, which counts more.

    Raises:
        Refused: it is no text, or cannot be kept.
    """
    try:
        plain = read_plain(content)
    except Unreadable as error:
        raise Refused(str(error), "text") from None
    stated = check_details(
        {
            "title": "" if plain.title_derived else plain.title,
            "published_on": plain.published_on.isoformat() if plain.published_on else "",
        }
    )
    incoming = from_text(plain.text, _merged(given, stated), where=where)
    return replace(incoming, raw=content)


def read_page_file(content: bytes, *, where: str = "") -> Incoming:
    """An article from an HTML file, in the encoding that it declares.

    Raises:
        Refused: as in `read_page`.
    """
    try:
        html = decode_html(content)
    except Unreadable as error:
        raise Refused(str(error), "text") from None
    return replace(read_page(html, where=where), raw=content)


def read_page(html: str, given: Details = NOTHING, *, where: str = "") -> Incoming:
    """An article from an HTML page, which may state its details in its head.

    Args:
        given: as in `read_text_file`.

    Raises:
        Refused: there is no text in it, or it cannot be kept.
    """
    document = page_text(html, given.url)
    details = _merged(given, check_details(page_details(html, document)))
    return article(document, details, extractor="HTML", raw=html.encode(), where=where)


def _merged(given: Details, stated: Details) -> Details:
    values = {
        one.name: getattr(given, one.name) or getattr(stated, one.name) for one in fields(given)
    }
    values["published"] = stated.published if given.published == UNKNOWN else given.published
    return Details(**values)
