"""The article in a page of the web: its words, and what the page says about it."""

from dataclasses import dataclass
from datetime import date

from reader.dates import GivenDate
from reader.ingest.candidates import choose
from reader.ingest.errors import ExtractError
from reader.ingest.files import MAX_BYTES, Unreadable, decode_html
from reader.ingest.sanitize import sanitize
from reader.ingest.stated import stated_details
from reader.ingest.tidy import tidy
from reader.ingest.webpage import read_web_page
from reader.text import from_html

SHORTEST = 200
"""Characters of text that an article has at least."""

LARGEST = 10_000_000
"""Bytes of a page that is read, as many as are fetched."""

MOST_SIGNS = 100_000
"""Signs "<" and "&" in a page without its scripts: parsers take long on millions of them, and
the largest articles have a few thousand."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article as its page has it; what the page does not state is empty.

    `published_on` is the first day of the "day", "month" or "year" that `precision` names. `html`
    is sanitised and has absolute links, without the headline. `text` is the running text: the
    words of `html` but for captions. `extractor` names the program that found it, with version.
    """

    title: str
    byline: str
    published_on: date | None
    precision: str
    publication: str
    language: str
    html: str
    text: str
    extractor: str

    @property
    def published(self) -> GivenDate:
        """The date with its precision."""
        return GivenDate(self.published_on, self.precision)


def extract(html: bytes, url: str, charset: str = "") -> Extracted:
    """The article in a page.

    Args:
        html: as it was fetched; the encoding is found out.
        url: where it stood, or "".
        charset: as the site named it beside the page, if it did.

    Raises:
        ExtractError: it is no page, or there is no article of `SHORTEST` characters in it.
    """
    url = url or ""
    try:
        page = read_web_page(decode_html(html, charset=charset, limit=LARGEST))
    except Unreadable as error:
        raise ExtractError(str(error)) from None
    if page is None:
        raise ExtractError("The page is empty.")
    if len(page.html) > MAX_BYTES:
        raise ExtractError(
            f"The page has {len(page.html) / 1e6:.1f} MB even without its scripts; "
            f"{MAX_BYTES / 1e6:.0f} MB is the most."
        )
    if page.html.count("<") + page.html.count("&") > MOST_SIGNS:
        raise ExtractError("The page is no article: it has too much markup.")
    details = stated_details(page, url)
    found, second = choose(page, url)
    whole = sanitize(tidy(sanitize(found.html), second.document, page, details.title, url))
    text = _running_text(whole)
    if len(text) < SHORTEST:
        raise ExtractError(
            f"Only {len(text)} characters of text were found in the page, and an article has "
            f"{SHORTEST} or more. It may need a subscription or JavaScript: copy the text from "
            "your browser and paste it."
        )
    return Extracted(
        title=details.title,
        byline=details.byline,
        published_on=details.published.on,
        precision=details.published.precision,
        publication=details.publication,
        language=details.language,
        html=whole,
        text=text,
        extractor=found.extractor,
    )


def _running_text(html: str) -> str:
    """The words of sanitised HTML, but for those of figures."""
    pieces = html.split("<figure")
    return from_html(
        "".join([pieces[0], *(one.partition("</figure>")[2] for one in pieces[1:])])
    ).text
