"""Where words stand in a text, from the words themselves and a hint of position; never a guess."""

from collections.abc import Sequence
from unicodedata import normalize

from annotations.formats.records import FragmentRecord
from annotations.spans import Extent, occurrences


class NotPlaced(ValueError):
    """The words are not there, or it can't be told which of several places is meant."""


def place(text: str, fragments: Sequence[FragmentRecord]) -> list[Extent]:
    """The extents (code points of `text`) of an annotation's fragments, each after the one before.

    Of several occurrences of the same words the one with the given words around it is taken, and
    of several such the one nearest the hint. A hint may be off, as when it counts in a file whose
    first line the import took away. A hint that is off by d can't tell places apart that lie
    within 2d of it: then none is taken.

    Raises:
        NotPlaced: with the reason, for people.
    """
    if all(one.start is not None for one in fragments):
        fragments = sorted(fragments, key=lambda one: one.start or 0)
    extents: list[Extent] = []
    for one in fragments:
        extents.append(_place_one(text, one, extents[-1][1] if extents else 0))
    return extents


def _place_one(text: str, wanted: FragmentRecord, after: int) -> Extent:
    words = normalize("NFC", wanted.exact)
    found = occurrences(text, words, limit=len(text))
    if not found:
        raise NotPlaced(f"The words “{_short(words)}” do not stand in the text.")
    if wanted.occurrence:
        if wanted.occurrence > len(found):
            raise NotPlaced(
                f"The words “{_short(words)}” stand {_times(len(found))} in the text: "
                f"there is no occurrence {wanted.occurrence}."
            )
        return found[wanted.occurrence - 1]
    ahead = [extent for extent in found if extent[0] >= after]
    if not ahead:
        raise NotPlaced(f"The words “{_short(words)}” stand only before the piece before them.")
    framed = [extent for extent in ahead if _is_framed(text, extent, wanted)] or ahead
    if len(framed) == 1:
        return framed[0]
    hint = wanted.start
    if hint is None:
        raise NotPlaced(
            f"The words “{_short(words)}” stand {_times(len(framed))} in the text: "
            "say which is meant by “occurrence”, or by a “start”."
        )
    nearest, next_nearest = sorted(abs(start - hint) for start, _ in framed)[:2]
    if next_nearest <= 2 * nearest:
        raise NotPlaced(
            f"The words “{_short(words)}” stand {_times(len(framed))} in the text, "
            f"{nearest} and {next_nearest} characters from {hint}: it can't be told which is meant."
        )
    return min(framed, key=lambda extent: abs(extent[0] - hint))


def _is_framed(text: str, extent: Extent, wanted: FragmentRecord) -> bool:
    start, end = extent
    return text.endswith(wanted.prefix, 0, start) and text.startswith(wanted.suffix, end)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:59] + "…"
