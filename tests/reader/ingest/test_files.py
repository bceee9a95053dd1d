import codecs
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from reader.ingest.files import (
    MAX_BYTES,
    TITLE_LENGTH,
    PlainText,
    Unreadable,
    decode_html,
    derive_title,
    read_plain,
    read_text,
)
from reader.text import from_plain

SEEDS = Path(__file__).resolve().parents[3].parent / "shared" / "seeds"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"plain", "plain"),
        ("“Æ” 👍".encode(), "“Æ” 👍"),
        (codecs.BOM_UTF8 + "é".encode(), "é"),
        (codecs.BOM_UTF16_LE + "é👍".encode("utf-16-le"), "é👍"),
        (codecs.BOM_UTF16_BE + "é👍".encode("utf-16-be"), "é👍"),
        ("“Quoted” – naïve, 5 €".encode("cp1252"), "“Quoted” – naïve, 5 €"),
        (b"one\r\ntwo", "one\r\ntwo"),
    ],
)
def test_text_of_a_file(content: bytes, text: str) -> None:
    assert read_text(content) == text


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"a\0b", "NUL"),
        ("words".encode("utf-16-le"), "NUL"),
        (codecs.BOM_UTF16_LE + "a\0b".encode("utf-16-le"), "NUL"),
        (codecs.BOM_UTF16_LE + b"abc", "UTF-16"),
        (codecs.BOM_UTF8 + b"\xff", "UTF-8"),
        (b"a" * (MAX_BYTES + 1), "2.0 MB; 2 MB is the most"),
        (b"%PDF-1.4 words", "PDF"),
        (b"PK\x03\x04words", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (bytes(range(1, 256)) * 20, "neither UTF-8 nor"),
        (b"\x01\x02\x03\x04words", "control characters"),
        ("Привет, как дела".encode("koi8-r"), "save it as UTF-8"),
        ("これは日本語".encode("shift-jis"), "save it as UTF-8"),
    ],
)
def test_a_file_that_is_no_text_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read_text(content)


@given(st.binary())
def test_any_file_is_read_or_refused(content: bytes) -> None:
    try:
        article = read_plain(content)
    except Unreadable as refusal:
        assert str(refusal).endswith(".")
    else:
        assert article.text == article.text.strip() != ""
        assert from_plain(article.text).text == article.text
        assert article.title


@given(st.text())
def test_a_text_is_found_where_the_file_has_it(text: str) -> None:
    whole = from_plain(text).text
    try:
        article = read_plain(whole.encode())
    except Unreadable:
        return
    assert whole[article.lead_cut :].startswith(article.text)


@pytest.mark.parametrize(
    ("content", "published_on", "text", "lead_cut"),
    [
        ("date 2021-03-29 Words.", date(2021, 3, 29), "Words.", 16),
        (" \n date 2021-03-29\n\nWords.", date(2021, 3, 29), "Words.", 20),
        ("date 2021-02-30 Words.", None, "date 2021-02-30 Words.", 0),
        ("date 2021-03-2901 Words.", None, "date 2021-03-2901 Words.", 0),
        ("The date 2021-03-29 was fixed.", None, "The date 2021-03-29 was fixed.", 0),
        ("\ufeff  Words.\r\n", None, "Words.", 2),
    ],
)
def test_leading_dates(content: str, published_on: date | None, text: str, lead_cut: int) -> None:
    article = read_plain(content.encode())
    assert (article.published_on, article.text) == (published_on, text)
    assert article.lead_cut == lead_cut


def test_a_date_and_nothing_else_is_no_article() -> None:
    for content in (b"", b" \n\t", b"date 2021-03-29", codecs.BOM_UTF8):
        with pytest.raises(Unreadable, match="no text"):
            read_plain(content)


def test_a_headline_is_the_title_and_stays_in_the_text() -> None:
    article = read_plain(b"Harbour  plan stopped\r\n\r\nThe council stopped the plan.")
    assert (article.title, article.title_derived) == ("Harbour plan stopped", False)
    assert article.text == "Harbour  plan stopped\n\nThe council stopped the plan."


@pytest.mark.parametrize(
    "content",
    [
        "A first sentence.\n\nA second one.",
        "“Spoken words”\n\nA second one.",
        "A line\nand another\n\nA second one.",
        "A line by itself",
        "word " * 25 + "\n\nA second paragraph.",
    ],
)
def test_a_first_sentence_is_a_title_that_was_derived(content: str) -> None:
    article = read_plain(content.encode())
    assert article == PlainText(content, derive_title(content), True, None, 0)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", ""),
        ("One. Two.", "One."),
        ("\n  Dr. Reyes  left.\nShe did.", "Dr. Reyes left."),
        ("word " * 40, "word " * 15 + "word…"),
        ("w" * 200, "w" * TITLE_LENGTH + "…"),
        ("Words, " * 12 + "words", "Words, " * 10 + "Words…"),
        ("“Go,” she said. He went.", "“Go,” she said."),
    ],
)
def test_derived_titles(text: str, title: str) -> None:
    assert derive_title(text) == title


def test_a_title_goes_on_over_wrapped_lines() -> None:
    text = (
        "On the evening of the first day, when nobody was\n"
        "expecting it, rain fell on all of the fields and\n"
        "roofs of the town, which had been dry for a year\n"
        "or so.\n"
    )
    assert derive_title(text).startswith(
        "On the evening of the first day, when nobody was expecting"
    )


@given(st.text())
def test_a_derived_title_is_short_and_one_line(text: str) -> None:
    title = derive_title(text)
    assert len(title) <= TITLE_LENGTH + 1
    assert "\n" not in title
    assert bool(title) == bool(text.strip())


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ("<p>é".encode(), "<p>é"),
        (codecs.BOM_UTF8 + b"<meta charset=koi8-r>", "<meta charset=koi8-r>"),
        (codecs.BOM_UTF16_LE + "<p>é".encode("utf-16-le"), "<p>é"),
        ('<meta charset="koi8-r">да'.encode("koi8-r"), '<meta charset="koi8-r">да'),
        (
            b'<meta http-equiv=content-type content="text/html; charset=ISO-8859-1">\x93',
            '<meta http-equiv=content-type content="text/html; charset=ISO-8859-1">“',
        ),
        (b"<meta charset=unheard-of>a", "<meta charset=unheard-of>a"),
        (b"<meta charset=hex>61", "<meta charset=hex>61"),
        (b"<meta charset=utf-16>a", "<meta charset=utf-16>a"),
        (b"<meta charset=utf-7>+ADw-", "<meta charset=utf-7>+ADw-"),
        (b"<meta charset=utf-8>\x93", "<meta charset=utf-8>“"),
        (b"<p>\x93caf\xe9\x94\x81", "<p>“café”\ufffd"),
    ],
)
def test_html_is_decoded_as_browsers_do(content: bytes, html: str) -> None:
    assert decode_html(content) == html


@pytest.mark.parametrize("content", [b"a" * (MAX_BYTES + 1), b"%PDF-1.4", b"\xff\xfea"])
def test_a_file_that_is_no_html_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        decode_html(content)


def test_the_seeds() -> None:
    if not SEEDS.is_dir():
        pytest.skip("the seeds are not here")
    first, second = (read_plain(path.read_bytes()) for path in sorted(SEEDS.glob("*.txt")))
    assert (first.published_on, first.lead_cut) == (None, 0)
    assert second.published_on == date(2021, 3, 29)
    assert second.text.startswith("China would welcome")
    assert second.lead_cut == len(" date 2021-03-29 ")
    assert first.title_derived
    assert second.title_derived
    assert len(from_plain(first.text).markup) == 12
    assert len(from_plain(second.text).markup) == 18
