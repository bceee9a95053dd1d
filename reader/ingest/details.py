"""What is said about an article beside its text, checked at the door."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import urlsplit

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from reader.dates import UNKNOWN, GivenDate, parse_given
from reader.services.errors import Refused

# As the columns of reader.models.Article and Publication.
LONGEST = {"title": 500, "url": 2000, "byline": 300, "publication": 200, "language": 35}

_WHITE_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_NOT_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f<>\"\\]")


@dataclass(frozen=True, slots=True)
class Details:
    """An article's details, in the form in which they are kept; what is not known is empty."""

    title: str = ""
    url: str = ""
    byline: str = ""
    publication: str = ""
    language: str = ""
    published: GivenDate = UNKNOWN


def check_details(given: Mapping[str, str]) -> Details:
    """Details as written in a row, a page or a form, under the names of `Details` (but
    `published_on`: "2021-03-29", "2021-03" or "2021").

    Raises:
        Refused: one of them cannot be kept; the message says which and why.
    """
    return Details(
        **{name: check(given.get(name, "")) for name, check in CHECKS.items()},
        published=check_date(given.get("published_on", "")),
    )


def check_date(text: str) -> GivenDate:
    """A date as given.

    Raises:
        Refused: it is none.
    """
    try:
        return parse_given(text)
    except ValueError as error:
        raise Refused(error.args[0], "published_on") from None


def _check_words(field: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        words = _WHITE_SPACE.sub(" ", _storable(text, field)).strip()
        return normalize("NFC", _not_too_long(words, field))

    return check


def _check_url(text: str) -> str:
    url = _not_too_long(_storable(text, "url").strip(), "url")
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  # raises where it is no number
    except ValueError:
        raise Refused(
            format_lazy(_("“{url}” is not an address."), url=_short(url)), "url"
        ) from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Refused(
            format_lazy(
                _("“{url}” is not the address of a page: it must begin with http:// or https://."),
                url=_short(url),
            ),
            "url",
        )
    found = _NOT_IN_ADDRESSES.search(url)
    if found:
        raise Refused(
            format_lazy(_("An address cannot contain “{character}”."), character=found[0]), "url"
        )
    if parts.username is not None:
        # It would be shown to everybody who reads the article.
        raise Refused(_("The address contains a user name or password. Leave them out."), "url")
    return url


def _check_language(text: str) -> str:
    tag = _not_too_long(_storable(text, "language").strip(), "language").replace("_", "-")
    if tag and not _LANGUAGE.fullmatch(tag):
        raise Refused(
            format_lazy(
                _("“{tag}” is not a language tag. Write en, ar or pt-BR (BCP 47)."), tag=_short(tag)
            ),
            "language",
        )
    return tag


CHECKS: dict[str, Callable[[str], str]] = {
    "title": _check_words("title"),
    "url": _check_url,
    "byline": _check_words("byline"),
    "publication": _check_words("publication"),
    "language": _check_language,
}
"""For each detail but the date, what levels it or raises `Refused`. Empty stays empty."""


def _storable(text: str, field: str) -> str:
    if "\0" in text:
        raise Refused(
            format_lazy(_("The {detail} contains a NUL character."), detail=_NOUNS[field]), field
        )
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Refused(
            format_lazy(_("The {detail} contains half a character."), detail=_NOUNS[field]), field
        ) from None
    return text


def _not_too_long(text: str, field: str) -> str:
    if len(text) > LONGEST[field]:
        raise Refused(
            format_lazy(
                _("The {detail} has {number} characters; {most} is the most."),
                detail=_NOUNS[field],
                number=f"{len(text):,}",
                most=f"{LONGEST[field]:,}",
            ),
            field,
        )
    return text


_NOUNS = {
    "title": _("title"),
    "url": _("address"),
    "byline": _("byline"),
    "publication": _("publication"),
    "language": _("language"),
}


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
