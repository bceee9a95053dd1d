"""Attack strings as titles, names, notes, claims and texts: on every page text stays text."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotations.models import (
    Anchor,
    Annotation,
    Attribution,
    AttributionRole,
    Claim,
    ClaimLink,
    Fragment,
    Speaker,
)
from annotations.services.sharing import share
from annotations.spans import trim
from annotations.subjects import Subject
from reader.access import seat_in
from reader.models import Article, Project, ProjectArticle, Publication, Visibility
from reader.services.projects import touch
from tests.browser.conftest import OpenPage, World
from tests.factories import make_article, make_mark

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"

HOOKS = """
window.acted = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"])
  window[name] = (...args) => { window.acted.push(`${name} ${args}`); };
"""

# What the site's own pages never have: elements that load or run, handlers, addresses that act.
# (margin.js sets the places of cards as styles; the masthead draws a magnifier.)
FOREIGN = """
() => {
const DRAWINGS =
  ".masthead-find svg, .legend svg, svg:is(.chart, .timeline, .strip, .shapes, .stop)";
const DRAWN = /^(svg|defs|pattern|symbol|use|g|a|rect|circle|line|path|text|tspan|title)$/;
return [...document.querySelectorAll("*")].flatMap((element) => {
  const found = [];
  if (/^(img|iframe|frame|object|embed|video|audio|source|style|base|template|math|applet|bgsound)$/
      .test(element.localName)
      || element.namespaceURI !== "http://www.w3.org/1999/xhtml"
         && !(DRAWN.test(element.localName) && element.closest(DRAWINGS))
      || (element.localName === "script" && !element.src.startsWith(location.origin)))
    found.push(element.outerHTML.slice(0, 200));
  for (const { name, value } of element.attributes) {
    if (/^on/.test(name) || /^(src|srcdoc|formaction|background|xlink:href)$/.test(name)
        && element.localName !== "script"
        || name === "style" && !element.closest("#cards, #marker")
        || /^(href|action)$/.test(name) && /^\\s*(javascript|data|vbscript):/i.test(value))
      found.push(`${element.localName} ${name}=${value.slice(0, 200)}`);
  }
  return found;
});
}
"""

TEXTS = "(selector) => [...document.querySelectorAll(selector)].map((one) => one.textContent)"


@pytest.fixture(scope="module")
def strings() -> list[str]:
    """Every attack string that Postgres can hold, each once however its letters are written."""
    payloads = DATA / "xss" / "payloads.jsonl"
    if not payloads.exists():
        pytest.skip("the attack strings are not here")
    found = [json.loads(line)["payload"] for line in payloads.read_text("utf-8").splitlines()]
    found += json.loads((DATA / "nasty" / "blns.json").read_text("utf-8"))
    clean = [re.sub("[\0\ud800-\udfff]", "", string) for string in found]
    once = {string[:150].lower(): string for string in clean if string.strip()}
    assert len(once) > 2000
    return list(once.values())


@pytest.fixture
def visit(open_page: OpenPage) -> Callable[..., Page]:
    """Opens a page and finds nothing foreign in it; `open_page` sees to the rest."""

    def opened(page: Page, address: str) -> Page:
        page.set_default_navigation_timeout(60_000)  # some of these pages are very long
        page.add_init_script(HOOKS)
        page.on("dialog", lambda dialog: pytest.fail(f"a dialog said {dialog.message}"))
        page.goto(address)
        harmless(page)
        return page

    return opened


def harmless(page: Page) -> None:
    assert page.evaluate("acted") == []
    assert page.evaluate(FOREIGN) == []


def shown(string: str) -> str:
    """A string as a parser of HTML gives it back."""
    return re.sub("\r\n?", "\n", string)


def test_in_lists_of_articles_publications_and_projects(
    transactional_db: None,
    open_page: OpenPage,
    visit: Callable[..., Page],
    strings: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("annotations.queries.library.PAGE", len(strings))
    now = timezone.now()
    projects = Project.objects.bulk_create(
        Project(
            slug=f"p-{n}",
            name=string[:150],
            description=string[:400],
            visibility=Visibility.PUBLIC,
        )
        for n, string in enumerate(strings)
    )
    publications = Publication.objects.bulk_create(
        Publication(name=f"{string[:190]} {n}") for n, string in enumerate(strings)
    )
    articles = Article.objects.bulk_create(
        Article(
            title=string[:500],
            byline=string[:300],
            publication=publication,
            listed_at=now,
            first_seen_at=now,
        )
        for string, publication in zip(strings, publications, strict=True)
    )
    ProjectArticle.objects.bulk_create(
        ProjectArticle(
            project=project, article=article, listed_at=now, publication=article.publication
        )
        for project, article in zip(projects, articles, strict=True)
    )

    page = visit(open_page(), "/")
    assert_same(page.evaluate(TEXTS, ".entry h2 a"), [shown(one[:500]) for one in strings])
    names = [shown(f"{one[:190]} {n}") for n, one in enumerate(strings)]
    assert_same(page.evaluate(TEXTS, ".entry .publication"), names)
    assert len(page.evaluate(TEXTS, "#project option")) == len(strings) + 1

    visit(page, "/projects/")
    listed = page.evaluate(TEXTS, ".project-list h2 a")
    assert_same(listed, [shown(one[:150]) for one in strings])


def marked_everywhere(world: World, strings: list[str]) -> Article:
    """An article whose paragraphs are the strings, with an annotation for each of them."""
    paragraphs = [" ".join(string.split()) or "x" for string in strings]
    article = make_article(world.project, "\n\n".join(paragraphs), title="Strings")
    revision = article.current_revision
    assert revision
    speakers = Speaker.objects.bulk_create(
        Speaker(project=world.project, name=f"{string[:190]} {n}")
        for n, string in enumerate(strings)
    )
    claims = Claim.objects.bulk_create(
        Claim(project=world.project, statement=f"{string[:490]} {n}")
        for n, string in enumerate(strings)
    )
    annotations = Annotation.objects.bulk_create(
        Annotation(
            project=world.project,
            article=article,
            kind="allegation" if n % 10 == 0 else "quote",
            wording="verbatim",
            cue=string[:200],
            note=string,
            note_public=True,
        )
        for n, string in enumerate(strings)
    )
    anchors = Anchor.objects.bulk_create(
        Anchor(annotation=annotation, revision=revision) for annotation in annotations
    )
    Fragment.objects.bulk_create(
        Fragment(anchor=anchor, start=start, end=end, exact=revision.text[start:end])
        for anchor, (start, end) in zip(anchors, spread(revision.text, len(strings)), strict=True)
    )
    Attribution.objects.bulk_create(
        Attribution(annotation=annotation, speaker=speaker, role=role)
        for annotation, speaker in zip(annotations, speakers, strict=True)
        for role in (AttributionRole.SPEAKER, AttributionRole.TARGET)
    )
    ClaimLink.objects.bulk_create(
        ClaimLink(annotation=annotation, claim=claim, scope="part", part=claim.statement[:300])
        for annotation, claim in zip(annotations, claims, strict=True)
    )
    return article


def spread(text: str, number: int) -> Iterator[tuple[int, int]]:
    """As many places all over the text, each with some words."""
    for n in range(number):
        start, end = trim(text, (len(text) * n // number, len(text) * n // number + 60))
        yield start, end


def test_in_texts_cards_and_summaries(
    world: World, open_page: OpenPage, visit: Callable[..., Page], strings: list[str]
) -> None:
    article = marked_everywhere(world, strings)
    assert article.current_revision
    page = visit(open_page(), f"/projects/spill/articles/{article.pk}/")
    same = page.locator("#text").text_content() == article.current_revision.text
    assert same
    notes = [re.sub("[\r\n]", "", string) for string in strings]
    assert_same(page.evaluate(TEXTS, ".card-note"), notes)
    assert len(page.evaluate(TEXTS, ".ref[aria-label]")) == len(strings)
    numbered = [shown(f"{string[:490]} {n}") for n, string in enumerate(strings)]
    lines = page.evaluate(TEXTS, ".card-claim")
    verbs = ["alleges" if n % 10 == 0 else "on" for n in range(len(strings))]
    parts = [shown(f"{string[:490]} {n}"[:300]) for n, string in enumerate(strings)]
    claims = zip(verbs, numbered, parts, strict=True)
    assert_same(lines, [f"{verb} {claim} (part of it: {part})" for verb, claim, part in claims])


def assert_same(found: list[str], expected: list[str]) -> None:
    """The same texts in any order; of those that differ, a few are shown."""
    missing = Counter(expected) - Counter(found)
    strange = Counter(found) - Counter(expected)
    assert (list(missing)[:3], list(strange)[:3]) == ([], [])


def test_in_the_editor(
    world: World, open_page: OpenPage, visit: Callable[..., Page], strings: list[str]
) -> None:
    marked_everywhere(world, strings)
    make_mark(world.project, world.article, "Ida Voss", "allegation", world.bob)
    page = visit(open_page(world.bob), world.path)
    page.locator("mark").click()
    page.keyboard.press("e")
    page.get_by_label("Speakers").fill("<")
    expect(page.get_by_role("option").first).to_be_visible()
    harmless(page)
    page.get_by_label("Speakers").fill("<script>acted.push('speaker')</script>")
    page.get_by_label("Note", exact=True).fill("</textarea><script>acted.push('note')</script>")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    expect(page.locator(".card-who")).to_contain_text("<script>acted.push('speaker')</script>")
    harmless(page)


def test_where_there_is_one_of_each(
    world: World, open_page: OpenPage, visit: Callable[..., Page], strings: list[str]
) -> None:
    """A page for some of them together, as many as a title holds."""
    page = visit(open_page(world.alice), "/")
    titles: list[str] = [""]
    for string in strings[::20]:
        if len(titles[-1]) + len(string) > 140:
            titles.append("")
        titles[-1] = f"{titles[-1]} {string}"[:149]
    annotation = make_mark(
        world.project,
        world.article,
        "Ida Voss",
        "allegation",
        world.bob,
        note="x",
        speakers=["Ida"],
        claims=["That it leaked"],
    )
    shared = share(
        Subject(seat_in(world.alice, world.project), world.article, annotation), world.alice
    )
    claim, speaker = Claim.objects.get(), Speaker.objects.get()
    addresses = [
        "/projects/spill/",
        "/projects/spill/ledger/",
        "/projects/spill/speakers/",
        f"/claims/{claim.pk}/",
        f"/speakers/{speaker.pk}/",
        f"/share/{shared.code}/",
        f"/annotations/{annotation.pk}/history/",
        world.path,
    ]
    for title in titles[:10]:
        Project.objects.filter(pk=world.project.pk).update(
            name=title, description=title, contact=title
        )
        Article.objects.filter(pk=world.article.pk).update(title=title, byline=title)
        Annotation.objects.filter(pk=annotation.pk).update(note=title, cue=title)
        Claim.objects.update(statement=title)
        Speaker.objects.update(name=title, aliases=[title], note=title)
        touch(world.project)
        for address in addresses:
            page.goto(address)
            harmless(page)
        assert page.locator("h1").text_content() == shown(title)
    Project.objects.filter(pk=world.project.pk).update(guidelines="\n\n".join(strings))
    visit(page, "/projects/spill/guidelines/")
    visit(page, "/projects/spill/settings/")


@pytest.mark.parametrize(
    "foreign",
    [
        "<img src=nowhere>",
        "<p onclick=alert(1)>words</p>",
        "<a href=' JavaScript:alert(1)'>words</a>",
        "<svg></svg>",
        "<script>1</script>",
        "<p style='color: red'>words</p>",
        "<form action=javascript:alert(1)></form>",
    ],
)
def test_the_tests_above_would_notice(page: Page, foreign: str) -> None:
    page.route("**/nowhere", lambda route: route.abort())
    page.set_content(foreign)
    assert page.evaluate(FOREIGN)
