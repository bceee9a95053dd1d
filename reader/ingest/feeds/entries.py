"""One <item> or <entry>, of whatever RSS or Atom, to an `Entry`."""

from lxml.etree import _Element as Element

from reader.ingest.feeds import html
from reader.ingest.feeds.dates import UNKNOWN, read_date
from reader.ingest.feeds.elements import (
    Context,
    as_html,
    as_line,
    named,
    person,
    text,
)
from reader.ingest.feeds.model import Entry, Person

MAX_AUTHORS = 100
"""Authors of one entry that are read."""

TITLES = ("title", "dc:title", "itunes:title", "media:title")
AUTHORS = ("author", "dc:creator", "dc:author", "itunes:author", "managingeditor")
_PUBLISHED = ("pubdate", "published", "issued", "dcterms:issued", "dc:date", "dcterms:created",
              "created")  # fmt: skip
_UPDATED = ("updated", "modified", "dcterms:modified", "dc:date")
_WHOLE = ("content:encoded", "content", "xhtml:body", "body", "fullitem")
_PARTS = ("description", "summary", "abstract", "dc:description", "itunes:summary",
          "media:description")  # fmt: skip
_PAGES = frozenset({"", "text/html", "application/xhtml+xml"})
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_RDF_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
_IANA_ALTERNATE = "http://www.iana.org/assignments/relation/alternate"


def read_entry(element: Element, context: Context) -> Entry:
    """The entry that `element` is, seen from `context`."""
    context = context.within(element)
    entry_id, link = identity(element, context)
    authors = people(element)
    published, updated = dated(element, *_PUBLISHED), dated(element, *_UPDATED)
    updated = updated or of_cdf(element, "lastmod")
    whole = _first_html(element, context, *_WHOLE)
    part = _first_html(element, context, *_PARTS) or _of_media_group(element, context)
    return Entry(
        id=entry_id,
        link=link,
        title=title_of(element, context),
        author=", ".join(map(str, authors)),
        byline=byline(authors),
        published_raw=published or updated,
        stated=read_date(published or updated) if published or updated else UNKNOWN,
        dated_by="published" if published else "updated" if updated else "",
        updated_raw=updated,
        html=whole or part,
        summary_html=part if whole else "",
        language=context.language,
    )


def title_of(element: Element, context: Context) -> str:
    """The first title with a text."""
    found = (as_line(child, context) for child in named(element, *TITLES))
    return next((title for title in found if title), "")


def people(element: Element) -> list[Person]:
    """The authors of `element`, by the first kind of element that names any; none twice."""
    for name in AUTHORS:
        found = dict.fromkeys(person(child) for child in named(element, name)[:MAX_AUTHORS])
        if authors := [one for one in found if one != Person()]:
            return authors
    return []


def byline(authors: list[Person]) -> str:
    """The names of `authors`, or of those without a name the e-mail address."""
    return ", ".join(author.name or author.email for author in authors)


def dated(element: Element, *names: str) -> str:
    """The first date in the children called `names`, as written."""
    return next((html.line(t) for child in named(element, *names) if (t := text(child))), "")


def of_cdf(element: Element, attribute: str) -> str:
    """What CDF writes into an attribute of the item itself, in whatever case."""
    for key, value in element.attrib.items():
        if str(key).lower() == attribute:
            return html.line(str(value))
    return ""


def link_of(element: Element, context: Context) -> str:
    """The address of the page that `element` is about: `<link>` of RSS or Atom."""
    best = ""
    for child in named(element, "link"):
        inner = context.within(child)
        href = child.get("href")
        if href is None:
            written = text(child) or child.get(_RDF_RESOURCE) or ""
            if found := html.web_address(written, inner.base) if written else "":
                return found
            continue
        relation, kind = child.get("rel") or "alternate", child.get("type") or ""
        if relation.strip().lower() in ("alternate", _IANA_ALTERNATE):
            found = html.web_address(href, inner.base)
            if found and kind.strip().lower() in _PAGES:
                return found
            best = best or found
    if not best and (href := of_cdf(element, "href")):
        return html.web_address(href, context.base)
    return best


def identity(element: Element, context: Context) -> tuple[str, str]:
    """The id and link of a feed or entry. An id that is an address stands in for a missing link,
    unless it says that it is none (RSS 2.0, <guid>)."""
    link = link_of(element, context)
    for child in named(element, "guid", "id"):
        written = text(child)
        if not written:
            continue
        is_link = (child.get("isPermaLink") or "true").strip().lower() == "true"
        if is_link and written.startswith(("/", "./", "../")):
            written = html.absolute(written, context.within(child).base)
        if not link and is_link and written.lower().startswith(("http://", "https://")):
            link = written
        return written, link
    about = (element.get(_RDF_ABOUT) or "").strip()
    if not link and about.startswith(("http://", "https://")):
        link = about
    return about, link


def _first_html(element: Element, context: Context, *names: str) -> str:
    for child in named(element, *names):
        if found := as_html(child, context):
            return found
    return ""


def _of_media_group(element: Element, context: Context) -> str:
    """The description that feeds of videos give inside <media:group> only."""
    for group in named(element, "media:group"):
        if found := _first_html(group, context, "media:description"):
            return found
    return ""
