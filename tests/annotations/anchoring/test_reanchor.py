import pytest

from annotations.anchoring import Reanchored, Status, reanchor

FIRST = "The harbour council met behind closed doors on Friday."
SECOND = "Mayor Ilse Brandt said that the dredging contract had been signed in March."
THIRD = "“We never saw that contract,” said Tomas Reik of the fishers' union."
FOURTH = "The council denies that any fish were harmed by the works."
TEXT = "\n\n".join([FIRST, SECOND, THIRD, FOURTH])


def follow(passage: str, new: str, old: str = TEXT, nth: int = 0) -> tuple[str | None, Status]:
    """The words that `passage` of `old` has become in `new`."""
    start = -1
    for _ in range(nth + 1):
        start = old.index(passage, start + 1)
    found = reanchor(old, new, [(start, start + len(passage))])[0]
    if found.start is None:
        assert (found.end, found.score) == (None, 0)
        return None, found.status
    assert 0 < found.score <= 1
    return new[found.start : found.end], found.status


def test_the_same_text_keeps_everything() -> None:
    start = TEXT.index("contract")
    assert reanchor(TEXT, TEXT, [(start, start + 8), (0, 1)]) == [
        Reanchored(start, start + 8, Status.EXACT, 1.0),
        Reanchored(0, 1, Status.EXACT, 1.0),
    ]


def test_no_spans_are_no_work() -> None:
    assert reanchor(TEXT, "", []) == []


@pytest.mark.parametrize("span", [(3, 3), (5, 4), (-1, 2), (0, len(TEXT) + 1)])
def test_a_span_that_is_none_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no span"):
        reanchor(TEXT, TEXT + "!", [(0, 3), span])


def test_offsets_are_code_points() -> None:
    new = "👩🏽‍🚀 e\u0301 " + TEXT
    assert follow("dredging contract", new) == ("dredging contract", Status.MOVED)


def test_what_stands_before_the_change_is_exact() -> None:
    assert follow("closed doors", TEXT.replace("dredging", "building")) == (
        "closed doors",
        Status.EXACT,
    )


@pytest.mark.parametrize("passage", ["Mayor Ilse Brandt", "signed in March.", SECOND])
def test_moved_paragraphs_take_their_passages_along(passage: str) -> None:
    new = "\n\n".join([FIRST, THIRD, FOURTH, SECOND])
    assert follow(passage, new) == (passage, Status.MOVED)


@pytest.mark.parametrize("nth", [0, 1])
def test_a_word_stays_where_it_was_marked(nth: int) -> None:
    new = TEXT.replace(FIRST, FIRST + " Nobody mentioned a contract, and no contract was shown.")
    found, status = follow("contract", new, nth=nth)
    assert (found, status) == ("contract", Status.MOVED)
    old_start = TEXT.index("contract", TEXT.index("contract") + nth)
    moved = reanchor(TEXT, new, [(old_start, old_start + 8)])[0].start
    assert moved == old_start + len(new) - len(TEXT)


def test_a_copy_elsewhere_is_not_taken_for_what_was_deleted() -> None:
    assert "contract" in THIRD
    assert follow("contract", TEXT.replace(SECOND + "\n\n", "")) == (None, Status.ORPHANED)


@pytest.mark.parametrize("copy_first", [True, False])
def test_of_two_alike_the_one_that_was_marked_is_gone(copy_first: bool) -> None:
    copy = "In brief: " + SECOND
    parts = [copy, FIRST, SECOND, THIRD] if copy_first else [FIRST, SECOND, THIRD, copy]
    old, new = "\n\n".join(parts), "\n\n".join(part for part in parts if part != SECOND)
    marked = old.index("\n\n" + SECOND) + 2
    found = reanchor(old, new, [(marked, marked + len(SECOND))])
    assert found[0].status == Status.ORPHANED


def test_a_paragraph_beside_its_decorated_copy_is_gone() -> None:
    old = f"{FIRST} {SECOND}\n\n{SECOND} Statement in full below.\n\n{FOURTH}"
    new = f"{FIRST}\n\n{SECOND} Statement in full below.\n\n{FOURTH}"
    assert follow(SECOND, new, old) == (None, Status.ORPHANED)
    assert follow(SECOND, new, old, nth=1) == (SECOND, Status.MOVED)


def test_a_pull_quote_is_not_taken_for_its_original() -> None:
    pulled = "We never saw that contract"
    new = f"{FIRST}\n\n“{pulled}”\n\n{SECOND}\n\n{THIRD}\n\n{FOURTH}"
    start = TEXT.index(pulled)
    found = reanchor(TEXT, new, [(start, start + len(pulled))])[0]
    assert (found.start, found.status) == (new.rindex(pulled), Status.MOVED)


def test_a_replaced_sentence_is_gone_with_its_words() -> None:
    new = TEXT.replace(SECOND, "Asked about the works, the ministry of ports gave no answer.")
    assert follow(SECOND, new) == (None, Status.ORPHANED)
    assert follow("the dredging", new) == (None, Status.ORPHANED)
    assert follow("Mayor Ilse Brandt", new) == (None, Status.ORPHANED)


def test_other_texts_keep_nothing() -> None:
    new = "It rained all day in the hills, and the trains ran late.\n\nNobody complained."
    assert follow(FIRST, new) == (None, Status.ORPHANED)
    assert follow("council", new) == (None, Status.ORPHANED)
    assert follow("council", "") == (None, Status.ORPHANED)


@pytest.mark.parametrize(
    ("passage", "wrong", "right", "expected"),
    [
        ("contract", "contract had", "contracts had", "contracts"),
        ("dredging contract", "dredging contract", "dredgeing contract", "dredgeing contract"),
        ("signed", "signed", "sinned", "sinned"),
        ("signed in March", "in March", "in early March", "signed in early March"),
        (SECOND, "Mayor Ilse Brandt", "Her deputy of many years", None),
        ("had been signed in March", "had been signed", "was signed", "was signed in March"),
        ("that the dredging", "that the dredging", "the dredging", "the dredging"),
        ("Ilse Brandt said", "Brandt said", "said Brandt", "Ilse said Brandt"),
    ],
)
def test_corrected_words_are_followed_and_flagged(
    passage: str, wrong: str, right: str, expected: str | None
) -> None:
    new = TEXT.replace(wrong, right, 1)
    assert follow(passage, new) == (expected or SECOND.replace(wrong, right), Status.CHANGED)


def test_what_was_inserted_beside_a_passage_is_no_part_of_it() -> None:
    new = TEXT.replace("dredging contract", "secret dredging contract, the second one,")
    assert follow("dredging contract", new) == ("dredging contract", Status.MOVED)


def test_a_passage_is_cut_to_what_is_left_of_it() -> None:
    new = TEXT.replace("Mayor Ilse Brandt said that the", "The")
    assert follow(SECOND, new) == (
        "The dredging contract had been signed in March.",
        Status.CHANGED,
    )


def test_a_moved_and_reworded_sentence_is_found_again() -> None:
    changed = SECOND.replace("had been signed in March", "had been signed in early April")
    new = "\n\n".join([FIRST, THIRD, FOURTH, changed])
    assert follow(SECOND, new) == (changed, Status.CHANGED)


def test_between_two_likely_places_none_is_chosen() -> None:
    one = SECOND.replace("March", "April")
    other = SECOND.replace("March", "May")
    assert follow(SECOND, "\n\n".join([THIRD, one, FOURTH, FIRST])) == (one, Status.CHANGED)
    both = "\n\n".join([THIRD, one, FOURTH, other, FIRST])
    assert follow(SECOND, both) == (None, Status.ORPHANED)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("“", '"'),
        ("'", "’"),
        (" closed", "\u00a0closed"),
        (" closed", "\n\nclosed"),
        ("harbour", "har\u00adbour"),
    ],
)
def test_typography_is_no_change(before: str, after: str) -> None:
    new = TEXT.replace(before, after)
    for sentence in (FIRST, THIRD):
        found, status = follow(sentence, new)
        assert found == sentence.replace(before, after)
        assert status in {Status.EXACT, Status.MOVED}


def test_a_small_two_is_another_number() -> None:
    old, new = TEXT + " It covers 10² metres.", TEXT + " It covers 102 metres."
    assert follow("covers 10² metres", new, old) == ("covers 102 metres", Status.CHANGED)


def test_capitals_are_a_change() -> None:
    new = TEXT.replace("harbour council", "Harbour Council")
    assert follow("The harbour council", new) == ("The Harbour Council", Status.CHANGED)
    assert follow("met behind", new) == ("met behind", Status.EXACT)


def test_a_passage_may_begin_and_end_within_words() -> None:
    assert follow("redging contr", "New: " + TEXT) == ("redging contr", Status.MOVED)
    new = TEXT.replace("dredging contract", "dredging and building contract")
    assert follow("redging contr", new) == ("redging and building contr", Status.CHANGED)


def test_spaces_around_a_passage_stay_only_where_it_is_unchanged() -> None:
    assert follow(" closed doors ", "New. " + TEXT) == (" closed doors ", Status.MOVED)
    new = TEXT.replace(" closed doors ", "\nclosed doors\n")
    assert follow(" closed doors ", new) == ("closed doors", Status.MOVED)


def test_spaces_alone_are_no_passage() -> None:
    assert follow("\n\n", TEXT + "!") == (None, Status.ORPHANED)


def test_scripts_without_spaces_are_followed_too() -> None:
    old = "外交部发言人表示：“中方欢迎访问，但反对政治操弄。”\n\n会议将于周五举行。"
    new = "更新。\n\n会议将于周五举行。\n\n外交部发言人表示：“中方欢迎访问，但坚决反对政治操弄。”"
    assert follow("反对政治操弄", new, old) == ("反对政治操弄", Status.MOVED)
    assert follow("但反对政治操弄", new, old) == ("但坚决反对政治操弄", Status.CHANGED)
