"""The article in a page: its words, what the page states, and pages that mean harm."""

import json
import re
from collections import Counter
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
import trafilatura
from hypothesis import given, settings as hypothesis_settings

from reader.ingest.errors import ExtractError
from reader.ingest.extract import Extracted, extract
from reader.ingest.sanitize import sanitize
from reader.text import from_html
from tests.reader.text.strategies import html_sources

SAMPLES = Path(__file__).resolve().parents[4] / "shared/data/extraction"
URL = "https://courier.example/2025/ferry"

WORDS = """
<p>The ferry to the island ran aground on a sandbank on Tuesday, and no one was hurt, said
the harbour master, Ada Lune. “Nothing touched the hull,” she added.</p>
<p>It came free with the next tide, at four in the morning. The company, which runs
two ferries, says that the marks of the channel had moved in a storm a week ago.</p>
"""
MORE = """
<h2>The second this year</h2>
<p>In March another ferry hit the pier, which has been closed ever since. A petition for
a bridge has found <a href="/petition?a=1&amp;b=2">four hundred names</a>, one in three.</p>
<ul><li>The north pier is open again.</li><li>The south pier is not, until May.</li></ul>
<blockquote><p>“We have asked for a light on that pier for years,” said Bo Reed.</p></blockquote>
"""


def page(body: str = WORDS + MORE, head: str = "", lang: str = "en") -> bytes:
    menu = "".join(f'<li><a href="/{n}">Topic {n}</a></li>' for n in range(12))
    return (
        f"<!doctype html><html lang={lang}><head><meta charset=utf-8>{head}</head><body>"
        f"<nav><ul>{menu}</ul></nav><main><article>{body}</article></main>"
        "<footer>© The Courier. All rights reserved.</footer></body></html>"
    ).encode()


def read(body: str = WORDS + MORE, head: str = "", url: str = URL) -> Extracted:
    return extract(page(body, head), url)


def linked(**said: object) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **said}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def pictures(extracted: Extracted) -> list[tuple[int, str, str]]:
    """Where pictures stand (code points), the last of their addresses, and what they show."""
    return [
        (one.start, one.attrs["src"].removeprefix("https://courier.example"), one.attrs["alt"])
        for one in from_html(extracted.html).blocks()
        if one.type == "picture"
    ]


class TestPictures:
    def test_they_come_from_the_page_to_where_they_stood(self) -> None:
        body = (
            "<h1>Ferry aground off the island</h1><div class=lead-image><img src=/1.jpg alt=One>"
            f"</div>{WORDS}<p><img src=/2.jpg alt=Two width=640 height=480></p>"
            "<figure><picture><source srcset='/3-s.jpg 400w, /3.jpg 1200w'>"
            "<img src=data:image/gif;base64,R0 alt=Three></picture>"
            f"<figcaption>The pier</figcaption></figure>{MORE}<img src=/4.jpg alt=Four>"
        )
        extracted = read(body, "<title>Ferry aground off the island</title>")
        text = from_html(extracted.html).text
        assert pictures(extracted) == [
            (0, "/1.jpg", "One"),
            (text.index("The pier"), "/2.jpg", "Two"),
            (text.index("The pier"), "/3.jpg", "Three"),
        ]

    @pytest.mark.parametrize(
        "image",
        [
            "<img src=/1.gif width=1 height=1>",
            "<img src=/1.jpg class=avatar>",
            "<a href=/another-article><img src=/1.jpg></a>",
            "<div class='related-articles'><img src=/1.jpg></div>",
            "<aside><img src=/1.jpg></aside>",
            "<img src=javascript:alert(1)>",
            "<img src=data:image/png;base64,AA==>",
            "<div id=advert-2><img src=/1.jpg></div>",
        ],
    )
    def test_what_is_no_part_of_the_article_stays_out(self, image: str) -> None:
        assert pictures(read(WORDS + image + MORE)) == []

    def test_they_change_no_word(self) -> None:
        image = "<figure><img src=/1.jpg alt='A ferry'></figure>"
        assert read(WORDS + image + MORE).text == read().text

    def test_a_page_of_pictures_is_read_in_time(self) -> None:
        images = "<figure><img src=/1.jpg><figcaption></figcaption>" * 10_000
        captions = "<figure>" + "<figcaption>a</figcaption>" * 5000 + "<img src=/1.jpg>" * 5000
        assert pictures(read(WORDS + images + captions + MORE)) == []


class TestWords:
    def test_structure_stays(self) -> None:
        html = read().html
        assert "<h2>The second this year</h2>" in html
        assert "<li>The south pier is not, until May.</li>" in html
        assert re.search(r"<blockquote>\s*<p>“We have asked for a light", html)
        assert "Topic" not in html
        assert "rights reserved" not in html

    def test_links_are_made_whole(self) -> None:
        assert 'href="https://courier.example/petition?a=1&amp;b=2"' in read().html

    def test_it_is_said_what_found_it(self) -> None:
        assert re.fullmatch(r"trafilatura \d[\d.]+", read().extractor)

    def test_the_headline_is_not_said_twice(self) -> None:
        extracted = read(f"<h1>Ferry runs aground</h1>{WORDS}{MORE}")
        assert extracted.title == "Ferry runs aground" or extracted.title == ""
        found = read(
            f"<h1>Ferry runs aground</h1>{WORDS}{MORE}", "<title>Ferry runs aground</title>"
        )
        assert found.title == "Ferry runs aground"
        assert found.text.startswith("The ferry to the island")

    def test_captions_are_kept_beside_the_running_text(self) -> None:
        caption = "<figure><img src=a.jpg><figcaption>The ferry at dawn</figcaption></figure>"
        extracted = read(WORDS.replace("</p>\n<p>", f"</p>{caption}<p>") + MORE)
        assert (
            '<figure><img src="https://courier.example/2025/a.jpg">'
            "<figcaption>The ferry at dawn</figcaption></figure>"
        ) in extracted.html
        assert "The ferry at dawn" not in extracted.text
        html = extracted.html
        assert html.index("she added") < html.index("at dawn") < html.index("It came free")

    def test_scripts_and_handlers_go(self) -> None:
        evil = '<p onclick="a()">Said <script>alert(1)</script><a href="javascript:a()">x</a></p>'
        html = read(WORDS + evil + MORE).html
        assert not re.search(r"script|onclick|alert", html)
        assert html == sanitize(html)

    @pytest.mark.parametrize("declared", ["", "iso-8859-1"])
    def test_the_encoding_that_the_site_names_counts(self, declared: str) -> None:
        source = page(WORDS + MORE + "<p>Zoë said so as well, in the café by the pier.</p>")
        source = source.replace(b"<meta charset=utf-8>", b"")
        content = source.decode().encode("cp1252" if declared else "utf-8")
        assert "Zoë" in extract(content, URL, declared).text

    def test_a_short_text_is_no_article(self) -> None:
        with pytest.raises(ExtractError, match=r"Only \d\d characters of text were found"):
            read("<p>Please subscribe to read further.</p>")

    @pytest.mark.parametrize("content", [b"", b" \n", b"<!-- -->", b"%PDF-1.7 ...", b"\x89PNG"])
    def test_what_is_no_page(self, content: bytes) -> None:
        with pytest.raises(ExtractError):
            extract(content, URL)


class TestDetails:
    def test_linked_data(self) -> None:
        extracted = read(
            head=linked(
                headline="Ferry aground",
                author=[{"@type": "Person", "name": "Ada Lune"}, {"name": "Bo Reed"}],
                publisher={"name": "The Courier"},
                datePublished="2025-03-04T23:30:00-08:00",
            )
            + "<title>Ferry aground | The Courier</title>"
        )
        assert extracted.title == "Ferry aground"
        assert extracted.byline == "Ada Lune, Bo Reed"
        assert extracted.publication == "The Courier"
        assert (extracted.published_on, extracted.precision) == (date(2025, 3, 4), "day")
        assert extracted.language == "en"

    def test_linked_data_in_a_graph_and_wrapped(self) -> None:
        graph = {"@graph": [{"@type": "WebPage"}, {"@type": ["Article"], "headline": "Aground"}]}
        script = (
            f"<script type='application/ld+json'>//<![CDATA[\n{json.dumps(graph)}\n//]]></script>"
        )
        assert read(head=f"{script}<title>Aground</title>").title == "Aground"

    @pytest.mark.parametrize("data", ["[" * 100_000, "{", '"x"', "[[], null, 1]", "{}"])
    def test_linked_data_that_is_none(self, data: str) -> None:
        head = f'<script type="application/ld+json">{data}</script><title>Aground again</title>'
        assert read(head=head).title == "Aground again"

    def test_another_articles_data_is_not_taken(self) -> None:
        head = linked(headline="Mayor resigns", datePublished="2020-01-01", author="X Y")
        extracted = read(head=f"{head}<title>Ferry runs aground</title>")
        assert (extracted.title, extracted.byline) == ("Ferry runs aground", "")
        assert extracted.published_on is None

    def test_the_head(self) -> None:
        extracted = read(
            head='<meta property="og:title" content="Ferry &amp; pier">'
            '<meta name=author content="By Ada Lune"><meta name=author content=Other>'
            '<meta property="article:published_time" content="2025-03-04T10:00:00Z">'
            '<meta property="og:site_name" content="The Courier | News">'
        )
        assert extracted.title == "Ferry & pier"
        assert extracted.byline == "Ada Lune"
        assert extracted.publication == "The Courier"
        assert extracted.published_on == date(2025, 3, 4)

    def test_the_name_of_the_site_is_no_part_of_the_title(self) -> None:
        head = '<meta property="og:site_name" content="The Courier">'
        title = "<title>Ferry aground - again | The Courier</title>"
        assert read(head=head + title).title == "Ferry aground - again"

    def test_what_is_not_stated_is_not_made_up(self) -> None:
        extracted = read(url="")
        assert extracted.published_on is None
        assert (extracted.byline, extracted.publication, extracted.precision) == ("", "", "")

    @pytest.mark.parametrize(
        ("stated", "on", "precision"),
        [
            ("2025", date(2025, 1, 1), "year"),
            ("2025-03", date(2025, 3, 1), "month"),
            ("2025-03-04 09:00", date(2025, 3, 4), "day"),
            ("Tue, 04 Mar 2025 10:00:00 GMT", date(2025, 3, 4), "day"),
            ("2025-02-30", None, ""),
            ("03/04/2025", None, ""),
            ("yesterday", None, ""),
        ],
    )
    def test_dates_are_as_fine_as_they_are_given(
        self, stated: str, on: date | None, precision: str
    ) -> None:
        extracted = read(head=linked(headline="", datePublished=stated), url="")
        assert (extracted.published_on, extracted.precision) == (on, precision)

    @pytest.mark.parametrize(
        ("shown", "on"),
        [
            ("March 4, 2025", date(2025, 3, 4)),
            ("4 March 2025", date(2025, 3, 4)),
            ("24.03.2025", date(2025, 3, 24)),
            ("03/04/2025", None),  # the third of April, or the fourth of March
        ],
    )
    def test_dates_that_are_shown(self, shown: str, on: date | None) -> None:
        body = f'<p class="date">{shown}</p>{WORDS}{MORE}'
        assert read(body, url="").published_on == on

    def test_a_date_in_the_address(self) -> None:
        assert read(url="https://courier.example/2025/03/04/ferry").published_on == date(2025, 3, 4)
        assert read(url="https://courier.example/2025/03/ferry").published_on is None


class TestHostile:
    @given(html_sources)
    @hypothesis_settings(max_examples=25)
    def test_any_page_gives_an_article_or_a_reason(self, html: str) -> None:
        try:
            extracted = extract(html.encode("utf-8", "replace"), URL)
        except ExtractError as error:
            assert error.message
        else:
            assert extracted.html == sanitize(extracted.html)

    @pytest.mark.parametrize(
        "source",
        [
            "<div class=a>" * 39_000 + "x" * 500,
            "<p><b><i><font>" * 9_000 + "word " * 400,
            "<p " + " ".join(f"a{i}=x" for i in range(100_000)) + ">" + "word " * 300,
            "<" * 1_000_000 + "word " * 300,
            "&" * 1_000_000 + "word " * 300,
            "<p>" + "word, " * 1_000_000,
            "<figure><figcaption>" * 200 + "word " * 50_000,
            "<div class=byline>" * 200 + "word " * 50_000,
            "<table><tr><td>" * 10_000 + "word " * 500,
        ],
        ids=lambda source: source[:20],
    )
    def test_bombs_end_like_any_page(self, source: str) -> None:
        with suppress(ExtractError):
            assert len(extract(source.encode(), URL).html) <= 2 * len(source)


_WORD = re.compile(r"\w+")


def f1(found: str, gold: str) -> float:
    """Agreement of two texts as bags of words, from 0 to 1."""
    ours, theirs = Counter(_WORD.findall(found.lower())), Counter(_WORD.findall(gold.lower()))
    return 2 * (ours & theirs).total() / max(1, ours.total() + theirs.total())


def test_no_worse_than_trafilatura_alone_on_any_page_and_better_on_average() -> None:
    """The table is shown by `pytest -s`."""
    if not SAMPLES.exists():
        pytest.skip(f"{SAMPLES} is not here")
    rows = []
    for line in (SAMPLES / "pages.jsonl").read_text().splitlines():
        sample = json.loads(line)
        content = (SAMPLES / sample["html"]).read_bytes()
        plain = trafilatura.extract(content, url=sample["url"]) or ""
        ours = extract(content, sample["url"] or "")
        gold = sample["gold_text"]
        rows.append((f1(ours.text, gold), f1(plain, gold), ours.extractor, sample["id"]))
    print("\n  ours  alone")
    for row in rows:
        print("{:.4f} {:.4f} {} {}".format(*row))
    ours_mean, alone_mean = (sum(row[i] for row in rows) / len(rows) for i in (0, 1))
    print(f"{ours_mean:.4f} {alone_mean:.4f} on average of {len(rows)} pages")
    assert [row for row in rows if row[0] < row[1]] == []
    assert ours_mean > alone_mean + 0.02
