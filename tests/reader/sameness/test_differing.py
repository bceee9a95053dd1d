"""Which words differ between sentences that are alike."""

from hypothesis import given, strategies as st

from reader.sameness import Grade, compare, differing, level

SENTENCE = "the purpose of the visit is to promote visits on a harbour and in it"
WORD = st.sampled_from(SENTENCE.split())


def changes(one: str, other: str) -> list[tuple[str, str]]:
    mine, theirs = level(one), level(other)
    likeness = compare(mine, theirs)
    assert likeness
    return [
        (one[slice(*a)] if a else "", other[slice(*b)] if b else "")
        for a, b in differing(mine, theirs, likeness)
    ]


def test_changed_words_are_told_as_they_are_written() -> None:
    one = "The purpose of the visit is to promote “exchange” and cooperation."
    other = "He said: the purpose of the visit is to promote Exchanges and cooperation, he said."
    assert changes(one, other) == [("exchange", "Exchanges")]
    assert changes(other, one) == [("Exchanges", "exchange")]


def test_words_that_only_one_has_stand_for_nothing() -> None:
    one = "The dam at Lorrick was never inspected before the flood of March."
    other = "The old dam at Lorrick was never inspected before the flood in early March."
    assert changes(one, other) == [("", "old"), ("of", "in early")]


@given(st.lists(WORD, min_size=6, max_size=20), st.lists(WORD, min_size=6, max_size=20))
def test_without_what_differs_both_are_the_same(mine: list[str], theirs: list[str]) -> None:
    one, other = level(" ".join(mine)), level(" ".join(theirs))
    likeness = compare(one, other)
    if likeness is None:
        return
    found = differing(one, other, likeness)
    assert bool(found) == (likeness.grade == Grade.NEAR) or (
        one.words[slice(*likeness.one)] == other.words[slice(*likeness.other)]
    )
    kept = [
        [
            word
            for word, start in zip(
                words.words[slice(*alike)], words.starts[slice(*alike)], strict=True
            )
            if not any(extent and extent[0] <= start < extent[1] for extent in extents)
        ]
        for words, alike, extents in (
            (one, likeness.one, [a for a, _ in found]),
            (other, likeness.other, [b for _, b in found]),
        )
    ]
    assert kept[0] == kept[1]
