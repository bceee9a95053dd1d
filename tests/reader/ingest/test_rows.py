"""Rows of .jsonl: what is read, and what is refused for which reason."""

import json
from io import BytesIO

import pytest

from reader.ingest import rows as module
from reader.ingest.incoming import Incoming, Refusal
from reader.ingest.rows import rows


def read(content: bytes | list[object]) -> list[Incoming | Refusal]:
    if isinstance(content, list):
        content = b"".join(json.dumps(row).encode() + b"\n" for row in content)
    return list(rows(BytesIO(content), "a.jsonl", lambda read: None))


def test_a_whole_row() -> None:
    (one,) = read(
        [
            {
                "title": "Ferry",
                "url": "https://courier.example/1",
                "published_on": "2025-03-14T08:30:00Z",
                "byline": "Ada Lune",
                "publication": "The Courier",
                "language": "en",
                "text": "One.\r\n\r\nTwo.",
                "html": None,
                "id": 7,
            }
        ]
    )
    assert isinstance(one, Incoming)
    assert one.document.text == "One.\n\nTwo."
    assert one.details.title == "Ferry"
    assert one.details.published.precision == "day"
    assert one.raw is None
    assert one.where == "a.jsonl:1"


def test_html_and_no_title() -> None:
    (one,) = read([{"html": "<p>One &amp; <script>x</script>two.</p>", "text": "other"}])
    assert isinstance(one, Incoming)
    assert one.document.text == "One & two."
    assert one.title_derived
    assert one.details.title == "One & two."


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "The line is not JSON: "),
        (b"[1]", "The line is not a JSON object."),
        (b"\xff{}", "The line is not UTF-8."),
        (b"[" * 100_000, "The line nests too deeply."),
        (b'{"n": ' + b"9" * 5000 + b"}", "The line is not JSON that can be read."),
        (b"{}", "There is no text."),
        (b'{"text": " \\n "}', "There is no text."),
        (b'{"html": "<script>x</script>"}', "There is no text in the HTML."),
        (b'{"text": 7}', "“text” must be a text, in quotation marks."),
        (b'{"text": "a", "title": ["a"]}', "“title” must be a text, in quotation marks."),
        (b'{"text": "a\\u0000b"}', "The text contains a NUL character."),
        (b'{"text": "a\\ud800b"}', "The text contains half a character."),
        (b'{"text": "a", "url": "ftp://a.example/"}', "must begin with http:// or https://"),
        (b'{"text": "a", "published_on": "soon"}', "“soon” is not a date."),
        (
            json.dumps({"text": "é" * 1_000_001}).encode(),
            "The text has 2.0 MB; 2 MB is the most.",
        ),
    ],
)
def test_bad_rows_say_why_and_stop_nothing(line: bytes, reason: str) -> None:
    bad, good = read(line + b'\n{"text": "Good."}\n')
    assert isinstance(bad, Refusal)
    assert reason in bad.reason
    assert bad.where == "a.jsonl:1"
    assert isinstance(good, Incoming)


def test_byte_order_mark_blank_lines_and_no_last_line_end() -> None:
    content = b'\xef\xbb\xbf{"text": "One."}\r\n\r\n{"text": "Two."}'
    assert [one.where for one in read(content)] == ["a.jsonl:1", "a.jsonl:3"]


def test_a_line_without_end_is_not_held_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_LINE", 100)
    told: list[int] = []
    content = b'{"text": "' + b"x" * 1000 + b'"}\n{"text": "Good."}\n'
    bad, good = rows(BytesIO(content), "a.jsonl", told.append)
    assert isinstance(bad, Refusal)
    assert "longer than" in bad.reason
    assert isinstance(good, Incoming)
    assert good.where == "a.jsonl:2"
    assert sum(told) == len(content)
    assert max(told) <= 100
