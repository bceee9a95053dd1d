from hypothesis import given

from reader.text import from_html
from reader.text.parse import MAX_TAGS, End, Start, parse
from tests.reader.text.strategies import html_sources


@given(html_sources)
def test_starts_and_ends_match(html: str) -> None:
    open_: list[str] = []
    for event in parse(html):
        if isinstance(event, Start):
            open_.append(event.tag)
        elif isinstance(event, End):
            assert open_.pop() == event.tag
    assert open_ == []


def text(html: str) -> str:
    return "".join(event for event in parse(html) if isinstance(event, str))


def test_only_the_attributes_that_are_read_come_out() -> None:
    source = (
        '<p class=x lang=de onclick="a>b" LANG=fr title=\'>\'>a</p><a href="?a=&quot;1&amp;b">b'
    )
    starts = {e.tag: dict(e.attrs) for e in parse(source) if isinstance(e, Start)}
    assert starts["p"] == {"lang": "de"}
    assert starts["a"] == {"href": '?a="1&b'}


def test_formatting_left_open_is_not_multiplied() -> None:
    html = "".join(f"<b id={i}><i class=c{i}><p>a" for i in range(10_000))
    assert sum(1 for _ in parse(html)) < 300_000


def test_elements_with_very_many_attributes_are_read() -> None:
    assert text("<p " + " ".join(f"a{i}=1" for i in range(200_000)) + ">a") == "a"


def test_past_the_limit_text_and_line_ends_are_kept() -> None:
    html = "<b>a</b>" * (MAX_TAGS // 2) + "<script>no</script><div>c <b>d</b></div><p>e"
    events = list(parse(html))
    assert text(html) == "a" * (MAX_TAGS // 2) + "c de"
    assert not any(isinstance(event, Start) and event.tag in ("div", "p") for event in events)
    assert from_html(html).text.endswith("a\nc d\ne")


def test_unfinished_sources_end() -> None:
    for piece in (
        "<a ",
        "<a href='",
        '<a b="',
        "<!--",
        "<!",
        "</",
        "<script",
        "<script>",
        "<",
        "<a =",
    ):
        assert isinstance(text(piece * 50_000), str)
        assert text("a" + piece).startswith("a")
