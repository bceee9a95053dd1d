"""What holds whatever the texts say."""

from hypothesis import given, strategies as st

from annotations.anchoring import Status, reanchor

WORDS = [
    "the",
    "The",
    "council",
    "port",
    "“never”",
    "said",
    "a",
    "12",
    ".",
    "naïve",
    "会",
    "👍🏽",
    "-",
]
ELSEWHERE = ["Nobody", "rain", "fell", "hills", "trains", "late", "!"]

Passages = list[tuple[int, int]]


def texts_of(words: list[str]) -> st.SearchStrategy[str]:
    """Texts with few different words, so that most stand in several places."""
    lines = st.lists(st.sampled_from(words), min_size=1, max_size=14).map(" ".join)
    return st.lists(lines, min_size=1, max_size=6).map("\n\n".join)


texts = st.one_of(texts_of(WORDS), st.text(min_size=1, max_size=60))


@st.composite
def marked(draw: st.DrawFn, sources: st.SearchStrategy[str] = texts) -> tuple[str, Passages]:
    """A text and some passages of it."""
    text = draw(sources)
    edges = st.integers(0, len(text) - 1), st.integers(1, len(text))
    spans = draw(st.lists(st.tuples(*edges), min_size=1, max_size=6))
    return text, [(min(span[0], span[1] - 1), span[1]) for span in spans]


@st.composite
def edited(draw: st.DrawFn, sources: st.SearchStrategy[str] = texts) -> tuple[str, str, Passages]:
    """A text, what became of it by a few cuts, insertions and moves, and passages of the first."""
    old, spans = draw(marked(sources))
    words = old.split(" ")
    for _ in range(draw(st.integers(0, 4))):
        low, high = sorted((draw(st.integers(0, len(words))), draw(st.integers(0, len(words)))))
        piece, place = words[low:high], draw(st.integers(0, low))
        match draw(st.sampled_from(["cut", "insert", "move", "copy"])):
            case "cut":
                words = words[:low] + words[high:]
            case "insert":
                words = words[:low] + draw(sources).split(" ") + words[low:]
            case "move":
                words = words[:place] + piece + words[place:low] + words[high:]
            case "copy":
                words = words[:place] + piece + words[place:]
    return old, " ".join(words), spans


def plain(text: str) -> str:
    return "".join(text.split())


@given(marked())
def test_the_same_text_keeps_everything_exact(text_and_spans: tuple[str, Passages]) -> None:
    text, spans = text_and_spans
    for span, found in zip(spans, reanchor(text, text, spans), strict=True):
        assert (found.start, found.end, found.status, found.score) == (*span, Status.EXACT, 1)


@given(edited())
def test_results_lie_within_the_new_text_and_are_what_they_say(
    edit: tuple[str, str, Passages],
) -> None:
    old, new, spans = edit
    for (start, _), found in zip(spans, reanchor(old, new, spans), strict=True):
        if found.start is None or found.end is None:
            assert (found.start, found.end, found.score) == (None, None, 0)
            assert found.status == Status.ORPHANED
            continue
        assert 0 <= found.start < found.end <= len(new)
        words = new[found.start : found.end]
        if found.status == Status.CHANGED:
            assert 0 < found.score < 1
            assert words == words.strip()
        else:
            assert found.score == 1
            assert (found.status == Status.EXACT) == (found.start == start)


@given(edited(texts_of(WORDS)))
def test_what_is_not_changed_has_the_same_words(edit: tuple[str, str, Passages]) -> None:
    old, new, spans = edit
    for (start, end), found in zip(spans, reanchor(old, new, spans), strict=True):
        if found.status in {Status.EXACT, Status.MOVED}:
            assert plain(new[found.start : found.end]) == plain(old[start:end])


@given(edited())
def test_no_passage_depends_on_the_others(edit: tuple[str, str, Passages]) -> None:
    old, new, spans = edit
    together = reanchor(old, new, spans)
    assert together == [reanchor(old, new, [span])[0] for span in spans]
    assert reanchor(old, new, spans[::-1]) == together[::-1]


@given(marked(texts_of(WORDS)), texts_of(ELSEWHERE), st.data())
def test_an_insertion_before_a_passage_moves_it_by_its_length(
    text_and_spans: tuple[str, Passages], inserted: str, data: st.DataObject
) -> None:
    old, spans = text_and_spans
    paragraphs = old.split("\n\n")
    number = data.draw(st.integers(0, len(paragraphs) - 1))
    place = len("\n\n".join([*paragraphs[:number], ""]))
    new = old[:place] + inserted + "\n\n" + old[place:]
    by = len(new) - len(old)
    behind = [span for span in spans if span[0] >= place and old[slice(*span)].strip()]
    for (start, end), found in zip(behind, reanchor(old, new, behind), strict=True):
        assert (found.start, found.end, found.status) == (start + by, end + by, Status.MOVED)


@given(marked(texts_of(WORDS)), texts_of(ELSEWHERE))
def test_what_is_in_no_way_there_is_orphaned(
    text_and_spans: tuple[str, Passages], new: str
) -> None:
    old, spans = text_and_spans
    assert {found.status for found in reanchor(old, new, spans)} == {Status.ORPHANED}
