"""The renderer's and the sanitizer's promises, held by the parser that counts: a browser's."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Page, Route

from reader.ingest import sanitize as sanitizing
from reader.ingest.files import decode_html, read_plain
from reader.ingest.sanitize import sanitize
from reader.text import Document, Span, from_html, from_plain, render
from tests.reader.text.parsed import words
from tests.reader.text.strategies import random_page
from tests.reader.text.test_render import ELEMENTS

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
SAMPLES = ROOT / "annotations" / "samples" / "articles"
ADDRESS = "http://render.test/"

READ_ARTICLES = """
() => [...document.querySelectorAll("article")].map((article) => {
  const marks = {};
  for (const mark of article.querySelectorAll("mark"))
    for (const number of mark.dataset.a.split(" "))
      marks[number] = (marks[number] ?? "") + mark.textContent;
  return {
    text: article.textContent,
    marks,
    nested: article.querySelectorAll("mark mark, a a").length,
    refs: [...article.querySelectorAll(".ref")].map((ref) => ref.textContent).join(""),
  };
})
"""

HOOKS = """
window.acted = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"])
  window[name] = (...args) => { window.acted.push(`${name} ${args}`); };
addEventListener("error", (event) => {
  if (event.error) window.acted.push(`script error ${event.message}`);
}, true);
"""

PROVOKE = """
() => {
  addEventListener("click", (event) => event.preventDefault(), true);
  const events = ["click", "mouseover", "mouseenter", "focus", "blur", "load", "error", "toggle",
    "animationstart", "animationend", "transitionend", "pointerdown", "wheel", "keydown", "input"];
  for (const element of document.querySelectorAll("article *"))
    for (const name of events)
      element.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }));
}
"""

FIND = """
(allowed) => {
  const found = [];
  for (const element of document.querySelectorAll("article *")) {
    const name = element.localName;
    if (!allowed.includes(name) || element.namespaceURI !== "http://www.w3.org/1999/xhtml")
      found.push(`element ${name}`);
    for (const { name, value } of element.attributes) {
      if (/^on|^style$|^src|^srcdoc$|^xlink/i.test(name)) found.push(`attribute ${name}`);
      const isSpoken = ["aria-label", "data-start", "data-end"].includes(name);
      if (!isSpoken && /^\\s*(javascript|data):/i.test(value))
        found.push(`address ${value}`);
    }
    if (element.href && !/^(https?|mailto):/.test(element.href)) found.push(element.href);
  }
  return found;
}
"""


@pytest.fixture
def show(page: Page) -> Callable[[list[str]], list[str]]:
    """Load bodies as the articles of one page; gives what else was asked for."""
    asked: list[str] = []
    content = ""

    def answer(route: Route) -> None:
        if route.request.url == ADDRESS:
            route.fulfill(content_type="text/html; charset=utf-8", body=content)
        else:
            asked.append(route.request.url)
            route.abort()

    def load(bodies: list[str]) -> list[str]:
        nonlocal content
        articles = "".join(f"<article>{body}</article>\n" for body in bodies)
        content = f"<!doctype html><title>t</title><link rel=icon href=data:,>{articles}"
        page.goto(ADDRESS)
        return asked

    page.add_init_script(HOOKS)
    page.route("**/*", answer)
    return load


def spans_over(document: Document, random: Random, number: int = 25) -> list[Span]:
    """Spans of all lengths, overlapping, with one of nothing and one of everything."""
    length = len(document.text)
    spans = [Span(0, 0, 1, "quote", "a1", "#c"), Span(0, length, 2, "denial", "a2", "#c")]
    for index in range(3, number + 3):
        start, end = sorted((random.randint(0, length), random.randint(0, length)))
        kind = random.choice(["quote", "allegation", "denial"])
        spans.append(Span(start, end, index, kind, f"a{index}", "#c", "Begin", "end"))
    return spans


def documents() -> Iterator[Document]:
    """Every page, seed and sample article there is, and some that nobody would write."""
    for seed in range(60):
        yield from_html(random_page(Random(seed)))
    yield from_html("<blockquote><ul><li><table><tr><td>a<b><i><span lang=de>" * 600 + "deep")
    for path in sorted(SAMPLES.glob("*")) if SAMPLES.is_dir() else ():
        text = path.read_text(encoding="utf-8")
        yield from_html(text) if path.suffix == ".html" else from_plain(text)
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        yield from_plain(read_plain(path.read_bytes()).text)
    for path in sorted((SHARED / "data" / "extraction" / "pages").glob("*.html")):
        yield from_html(sanitize(decode_html(path.read_bytes())))


def test_text_and_marks_are_whole_in_a_browser(
    page: Page, show: Callable[[list[str]], list[str]]
) -> None:
    random = Random(7)
    cases = [(document, spans_over(document, random)) for document in documents()]
    assert show([render(document, spans) for document, spans in cases]) == []
    shown = page.evaluate(READ_ARTICLES)
    assert len(shown) == len(cases)
    for (document, spans), article in zip(cases, shown, strict=True):
        assert article["text"] == document.text
        assert article["nested"] == 0
        assert article["refs"] == ""
        for span in spans:
            expected = words(document, span.start, span.end)
            assert article["marks"].get(str(span.number), "") == expected


def test_what_is_marked_in_the_seeds_is_marked_in_a_browser(
    page: Page, show: Callable[[list[str]], list[str]]
) -> None:
    gold = SHARED / "seeds" / "gold.jsonl"
    if not gold.exists():
        pytest.skip("the seeds are not here")
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    files = sorted({row["file"] for row in rows})
    bodies = []
    for name in files:
        text = (gold.parent / name).read_text(encoding="utf-8")
        spans = [
            Span(fragment["start"], fragment["end"], number, row["kind"])
            for number, row in enumerate(rows)
            if row["file"] == name
            for fragment in row["fragments"]
        ]
        bodies.append(render(from_plain(text), spans))
    show(bodies)
    marks: dict[str, str] = {}
    for article in page.evaluate(READ_ARTICLES):
        marks |= article["marks"]
    for number, row in enumerate(rows):
        exact = "".join(fragment["exact"] for fragment in row["fragments"])
        assert marks[str(number)] == exact.replace("\n\n", "")


def attacks() -> list[str]:
    """The strings that must not act; the test is skipped where they are not at hand."""
    payloads = SHARED / "data" / "xss" / "payloads.jsonl"
    if not payloads.exists():
        pytest.skip("the attack strings are not here")
    found = [json.loads(line)["payload"] for line in payloads.read_text("utf-8").splitlines()]
    found += json.loads((SHARED / "data" / "nasty" / "blns.json").read_text("utf-8"))
    return found


def sanitized(attack: str) -> str:
    """What the sanitizer leaves, with the pictures not shown: no page shows sanitized HTML as it
    is, and the renderer takes none of their addresses."""
    return sanitize(attack).replace('<img src="', '<img data-src="')


WAYS: dict[str, tuple[Callable[[str], str], frozenset[str]]] = {
    "sanitized": (sanitized, sanitizing.ELEMENTS),
    "as HTML": (lambda attack: render(from_html(attack)), frozenset(ELEMENTS)),
    "sanitized, as HTML": (lambda attack: render(from_html(sanitize(attack))), frozenset(ELEMENTS)),
    "as plain text": (lambda attack: render(from_plain(attack)), frozenset(ELEMENTS)),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_attack_acts(page: Page, show: Callable[[list[str]], list[str]], way: str) -> None:
    prepare, allowed = WAYS[way]
    bodies = [prepare(attack) for attack in attacks()]
    asked = show(bodies)
    page.evaluate(PROVOKE)
    page.wait_for_timeout(300)
    assert page.evaluate("acted") == []
    assert asked == []
    assert page.url == ADDRESS
    assert page.evaluate(FIND, sorted(allowed)) == []
    assert page.locator("article").count() == len(bodies)
    assert page.locator("article article").count() == 0


def test_no_attack_acts_as_a_label(page: Page, show: Callable[[list[str]], list[str]]) -> None:
    found = attacks()
    labels = [Span(0, 4, 1, "quote", "a", "#c", attack, attack) for attack in found]
    assert show([render(from_plain("word"), [label]) for label in labels]) == []
    page.evaluate(PROVOKE)
    assert page.evaluate("acted") == []
    assert page.evaluate(FIND, sorted(ELEMENTS)) == []
    shown = page.evaluate(
        "[...document.querySelectorAll('.ref')].map((ref) => ref.ariaLabel ?? '')"
    )
    assert shown == [re.sub("\r\n?", "\n", attack).replace("\0", "\ufffd") for attack in found]


def test_plain_text_that_looks_like_an_attack_stays_text(
    page: Page, show: Callable[[list[str]], list[str]]
) -> None:
    texts = [from_plain(attack) for attack in attacks()]
    show([render(document) for document in texts])
    shown = page.evaluate("[...document.querySelectorAll('article')].map((a) => a.textContent)")
    assert shown == [document.text for document in texts]


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=nowhere onerror=alert(1)>",
        "<p onmouseover=alert(1)>words</p>",
        '<a href="javascript:alert(1)">words</a>',
        "<svg><a xlink:href='javascript:alert(1)'>words</a></svg>",
        "<form><button>words</button></form>",
        "<img src=//elsewhere.test/a.png>",
    ],
)
def test_the_tests_above_would_notice(
    page: Page, show: Callable[[list[str]], list[str]], attack: str
) -> None:
    asked = show([attack])
    page.evaluate(PROVOKE)
    page.wait_for_timeout(100)
    assert page.evaluate("acted") or asked or page.evaluate(FIND, sorted(ELEMENTS))
