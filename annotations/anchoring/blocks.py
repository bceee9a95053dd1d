"""What both texts have word for word, wherever it stands: paragraphs first, then long runs."""

from collections.abc import Iterator

from annotations.anchoring.alignment import Alignment, Side

SHINGLE = 5
"""So many words in a row, once in each text, show the two places to be one."""

SHORTEST = 8
"""Words of a run that is followed to any place; what became of shorter ones, the gaps tell."""


def join_paragraphs(found: Alignment) -> None:
    """Join the paragraphs that are the same and stand once in each text.

    They come before longer runs because people move, repeat and delete whole paragraphs: where
    two runs could claim a sentence, the one in whose paragraph it stands is right.
    """
    new = _paragraphs_once(found.new)
    for paragraph, start in _paragraphs_once(found.old).items():
        if paragraph in new:
            found.join(start, new[paragraph], len(paragraph))


def _paragraphs_once(side: Side) -> dict[tuple[int, ...], int]:
    keys = side.words.keys
    return _once((tuple(keys[start:end]), start) for start, end in side.paragraphs())


def join_runs(found: Alignment) -> None:
    """Join the long runs of words that both texts have left, the longest first."""
    old_image, new_image = found.old.image, found.new.image
    for old, new, length in sorted(_runs(found), key=lambda run: (-run[2], run[0])):
        start, end = 0, length
        while start < end and (old_image[old + start] >= 0 or new_image[new + start] >= 0):
            start += 1
        while start < end and (old_image[old + end - 1] >= 0 or new_image[new + end - 1] >= 0):
            end -= 1
        if (
            end - start >= SHORTEST
            and max(old_image[old + start : old + end]) < 0
            and max(new_image[new + start : new + end]) < 0
        ):
            found.join(old + start, new + start, end - start)


def _runs(found: Alignment) -> Iterator[tuple[int, int, int]]:
    """Place in the old text, place in the new one, and length of what is the same in both."""
    old, new = found.old.words.keys, found.new.words.keys
    old_image, new_image = found.old.image, found.new.image
    places = _shingles_once(found.new)
    reached: dict[int, int] = {}
    for shingle, place in _shingles_once(found.old).items():
        if shingle not in places:
            continue
        shift = places[shingle] - place
        if place < reached.get(shift, 0):
            continue
        first, end = place, place + SHINGLE
        while (
            min(first, first + shift) > 0
            and old[first - 1] == new[first - 1 + shift]
            and old_image[first - 1] < 0 > new_image[first - 1 + shift]
        ):
            first -= 1
        while (
            end < min(len(old), len(new) - shift)
            and old[end] == new[end + shift]
            and old_image[end] < 0 > new_image[end + shift]
        ):
            end += 1
        reached[shift] = end
        first, end = _without_chance(found, first, end, shift)
        yield first, first + shift, end - first


def _without_chance(found: Alignment, start: int, end: int, shift: int) -> tuple[int, int]:
    """Without the few words at either end that belong to another sentence: chance joins such."""
    old, new = found.old.words.begins, found.new.words.begins
    for place in range(end - 1, max(end - SHINGLE, start), -1):
        if old[place] or new[place + shift]:
            end = place
            break
    for place in range(start + 1, min(start + SHINGLE, end)):
        if old[place] or new[place + shift]:
            start = place
            break
    return start, end


def _shingles_once(side: Side) -> dict[tuple[int, ...], int]:
    keys = side.words.keys
    return _once(
        (shingle, place)
        for start, end in side.open_runs()
        for place, shingle in enumerate(
            zip(*(keys[start + by : end] for by in range(SHINGLE)), strict=False), start
        )
    )


def _once(placed: Iterator[tuple[tuple[int, ...], int]]) -> dict[tuple[int, ...], int]:
    """Where each thing stands, of those that come once."""
    places: dict[tuple[int, ...], int] = {}
    several = set()
    for thing, place in placed:
        if places.setdefault(thing, place) != place:
            several.add(thing)
    for thing in several:
        del places[thing]
    return places
