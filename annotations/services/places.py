"""Places in a revision, checked against the words they should cover: never guessed."""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

from django.utils.translation import gettext as _

from annotations.models import Anchor, AnchorMaker, Annotation
from annotations.spans import Extent, merge
from reader.models import Revision
from reader.services.errors import Refused

MAX_FRAGMENTS = 50


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a revision's text in code points, with the words that it should cover."""

    start: int
    end: int
    exact: str


def marked_anchor(annotation: Annotation) -> Anchor:
    """The anchor that a person made, with its revision: the evidence."""
    return annotation.anchors.select_related("revision").get(made_by=AnchorMaker.PERSON)


def level(words: str) -> str:
    """Words as the text keeps them: native forms send CRLF, some keyboards decomposed letters."""
    return normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n"))


def checked(revision: Revision, places: Sequence[Place]) -> list[Extent]:
    """The places as extents, in order, overlapping ones joined.

    Raises:
        Refused: there are none, they lie outside the text, cover only white space, or the text
            has other words there.
    """
    if not places:
        raise Refused(_("Nothing is selected. Select the words to mark first."), "fragments")
    if len(places) > MAX_FRAGMENTS:
        raise Refused(
            _("At most %(most)s pieces to one annotation.") % {"most": MAX_FRAGMENTS},
            "fragments",
        )
    for place in places:
        if not 0 <= place.start < place.end <= len(revision.text):
            raise Refused(
                _(
                    "The place %(start)s–%(end)s is not in the text, which has %(number)s "
                    "characters."
                )
                % {"start": place.start, "end": place.end, "number": len(revision.text)},
                "fragments",
            )
        there = revision.text[place.start : place.end]
        if there != level(place.exact):
            raise Refused(
                _(
                    "The text has other words at that place: “%(words)s”, not “%(expected)s”. "
                    "Reload the page and select them again."
                )
                % {"words": _short(there), "expected": _short(place.exact)},
                "fragments",
            )
        if not there.strip():
            raise Refused(_("Only white space is selected. Select some words."), "fragments")
    return merge((place.start, place.end) for place in places)


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:59] + "…"
