"""Places are taken only where the text has the words that were sent along."""

import pytest

from annotations.services.places import MAX_FRAGMENTS, Place, checked, level
from reader.models import Revision
from reader.services.errors import Refused

TEXT = "Zoë 😀 said:\n\n“Nothing leaked.”  Ever."
REVISION = Revision(text=TEXT)


def test_the_places_come_in_order_and_joined():
    sent = [Place(13, 30, "“Nothing leaked.”"), Place(0, 3, "Zoë"), Place(4, 10, "😀 said")]
    assert checked(REVISION, sent) == [(0, 3), (4, 10), (13, 30)]
    assert checked(REVISION, [Place(0, 3, "Zoë"), Place(1, 5, "oë 😀")]) == [(0, 5)]


def test_offsets_are_code_points():
    assert checked(REVISION, [Place(4, 5, "😀")]) == [(4, 5)]


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n"])
def test_line_ends_are_levelled(line_end):
    words = f"said:{line_end}{line_end}“Nothing"
    assert checked(REVISION, [Place(6, 21, words)]) == [(6, 21)]


def test_letters_are_composed():
    assert level("Zoe\u0308") == "Zoë"
    assert checked(REVISION, [Place(0, 3, "Zoe\u0308")]) == [(0, 3)]


@pytest.mark.parametrize(
    ("places", "reason"),
    [
        ([], "Nothing is selected"),
        ([Place(0, 3, "Zoe")], "other words at that place: “Zoë”, not “Zoe”"),
        ([Place(1, 4, "Zoë")], "other words"),
        ([Place(0, 3, "Zoë "), Place(4, 5, "😀")], "other words"),
        ([Place(4, 6, "😀")], "other words"),
        ([Place(0, 99, TEXT)], "not in the text, which has 37 characters"),
        ([Place(-3, 3, "r. Zoë")], "not in the text"),
        ([Place(3, 3, "")], "not in the text"),
        ([Place(5, 3, "")], "not in the text"),
        ([Place(30, 32, "  ")], "Only white space"),
        ([Place(0, 1, "Z")] * (MAX_FRAGMENTS + 1), "At most 50 pieces"),
    ],
)
def test_anything_else_is_refused_with_the_reason(places, reason):
    with pytest.raises(Refused) as refusal:
        checked(REVISION, places)
    assert reason in refusal.value.message
    assert refusal.value.field == "fragments"


def test_long_words_are_shortened_in_the_reason():
    with pytest.raises(Refused) as refusal:
        checked(REVISION, [Place(0, 3, "x" * 5000)])
    assert len(refusal.value.message) < 250
