import unicodedata

from hypothesis import given, strategies as st

from reader.text.normalize import is_storable, nfc_with_offsets, storable
from tests.reader.text.strategies import texts


@given(texts)
def test_what_is_made_storable_is(text: str) -> None:
    assert is_storable(storable(text))
    assert storable(storable(text)) == storable(text)


@given(texts, st.data())
def test_offsets_follow_into_form_c(text: str, data: st.DataObject) -> None:
    offsets = data.draw(st.lists(st.integers(0, len(text))))
    composed, moved = nfc_with_offsets(text, offsets)
    assert composed == unicodedata.normalize("NFC", text)
    assert moved.keys() == set(offsets)
    for offset in offsets:
        assert 0 <= moved[offset] <= len(composed)
        if text[offset : offset + 1] in {" ", "\n"}:
            assert composed[moved[offset]] == text[offset]
    assert [moved[o] for o in sorted(offsets)] == sorted(moved[o] for o in offsets)
