"""The search page: articles and marked passages for one search."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _, ngettext

from annotations.narrowing import NarrowForm, filled_in
from annotations.pages.facets import Group, groups
from annotations.pages.found import ShownPassage, shown_passages
from annotations.pages.library import Entry, entry
from annotations.pages.mistakes import mistakes
from annotations.paths import RELEVANCE, search_path
from annotations.queries.library import listed
from annotations.queries.searching import (
    COVERED,
    Sort,
    TooBroad,
    facets,
    search_articles,
    search_passages,
)
from reader.access import Visitor
from reader.queries.feeds import shown_title
from reader.queries.indexing import is_behind
from reader.queries.lists import Chosen, chosen
from reader.search import Query, parse
from reader.search.sight import Sight
from reader.search.snippets import Marked

FIRST_PASSAGES = 4
"""Passages above the articles; all of them have pages of their own."""

# Characters of an address that say where a list goes on; nothing longer was made here.
_LONGEST_PLACE = 200


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article as lists show it, and what matches in it. `snippet` is empty where the visitor
    may not read the text."""

    entry: Entry
    title: Marked
    snippet: Marked


@dataclass(frozen=True, slots=True)
class ArticleList:
    """A page of articles. `other_order`, `newest` and `older` are addresses, empty where they lead
    nowhere; `covered` says what was put in order of relevance, where that is not everything."""

    shown: list[ShownArticle]
    by_relevance: bool
    covered: str
    other_order: str
    newest: str
    older: str


@dataclass(frozen=True, slots=True)
class PassageList:
    """The first passages, or a page of them; `more` is the address of further ones, `back` that of
    the page with the articles, both empty where there are none."""

    shown: list[ShownPassage]
    more: str
    back: str

    @property
    def alleges(self) -> bool:
        return any(one.answered for one in self.shown)


@dataclass(frozen=True, slots=True)
class FacetList:
    """`covered` says which articles were counted, where these are not all."""

    groups: list[Group]
    covered: str


@dataclass(frozen=True, slots=True)
class Offers:
    """Names that the form proposes."""

    publications: list[str]
    feeds: list[str]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`q` is what was typed; `read_as` how it was understood, where something was mistyped. Lists
    are None where they are on another page, or could not be made in time: `notices` say so."""

    q: str
    query: Query
    read_as: str
    notices: list[str]
    form: NarrowForm
    offers: Offers
    passages: PassageList | None
    articles: ArticleList | None
    facets: FacetList | None


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which page of which search. `after` and `passages` are where articles and passages go on."""

    visitor: Visitor
    sight: Sight
    chosen: Chosen
    query: Query
    by_relevance: bool
    after: str
    passages: str
    only_passages: bool

    def path(self, **more: str) -> str:
        return search_path(self.query, by_relevance=self.by_relevance, **more)


def search_page(visitor: Visitor, parameters: Mapping[str, str]) -> SearchPage:
    """What `?q=` finds for the visitor, in a constant number of queries. `order=relevance`,
    `after`, `show=passages` and `passages` say which page of it."""
    typed = parameters.get("q", "").strip()
    asked = _Asked(
        visitor=visitor,
        sight=Sight.of(visitor),
        chosen=chosen(visitor, {}),
        query=parse(typed),
        by_relevance=parameters.get("order") == RELEVANCE,
        after=parameters.get("after", "")[:_LONGEST_PLACE],
        passages=parameters.get("passages", "")[:_LONGEST_PLACE],
        only_passages=parameters.get("show") == "passages",
    )
    notices = mistakes(asked.query)
    return SearchPage(
        q=typed,
        query=asked.query,
        read_as=str(asked.query) if asked.query.problems else "",
        notices=notices,
        form=NarrowForm(initial=filled_in(asked.query), projects=asked.chosen.projects),
        offers=offers(asked.chosen),
        passages=_passages(asked, notices) if asked.query and not asked.after else None,
        articles=_articles(asked, notices) if asked.query and not asked.only_passages else None,
        facets=_facets(asked, notices) if asked.query else None,
    )


def offers(asked: Chosen) -> Offers:
    """The publications and feeds that the visitor can see."""
    return Offers(
        publications=[one.name for one in asked.publications],
        feeds=[shown_title(one) for one in asked.subscriptions],
    )


def _passages(asked: _Asked, notices: list[str]) -> PassageList | None:
    found = search_passages(asked.sight, asked.query, after=asked.passages)
    if isinstance(found, TooBroad):
        notices.append(
            _("Too broad to look through marked passages. Add a word, a speaker or a project.")
        )
        return None
    shown, more = found.found, asked.path(show="passages", passages=found.next)
    if not asked.only_passages:
        shown = shown[:FIRST_PASSAGES]
        more = asked.path(show="passages")
    return PassageList(
        shown=shown_passages(shown, asked.sight.member),
        more=more if found.next or len(shown) < len(found.found) else "",
        back=asked.path() if asked.only_passages else "",
    )


def _articles(asked: _Asked, notices: list[str]) -> ArticleList | None:
    sort = Sort.RELEVANCE if asked.by_relevance else Sort.NEWEST
    found = search_articles(asked.sight, asked.query, sort=sort, after=asked.after)
    if isinstance(found, TooBroad):
        notices.append(
            _("This search is too broad to be answered at once. Add words, a phrase or a time.")
        )
        return None
    if not found.found and is_behind():
        notices.append(_("Some articles wait to be indexed and cannot be found yet."))
    several = listed(asked.visitor, [one.article for one in found.found], asked.chosen.projects)
    return ArticleList(
        shown=[
            ShownArticle(entry(one), match.title, match.snippet)
            for one, match in zip(several, found.found, strict=True)
        ],
        by_relevance=asked.by_relevance,
        covered=_covered(found.covers) if found.covers >= COVERED else "",
        other_order=search_path(asked.query, by_relevance=not asked.by_relevance),
        newest=asked.path() if asked.after else "",
        older=asked.path(after=found.next) if found.next else "",
    )


def _facets(asked: _Asked, notices: list[str]) -> FacetList | None:
    found = facets(asked.sight, asked.query)
    if isinstance(found, TooBroad):
        notices.append(_("Too broad to count publications, kinds, speakers and months."))
        return None
    several = groups(asked.query, found, by_relevance=asked.by_relevance)
    if not several:
        return None
    return FacetList(several, "" if found.is_all else _covered(found.covers))


def _covered(number: int) -> str:
    return ngettext(
        "Among the newest %(number)s match.", "Among the newest %(number)s matches.", number
    ) % {"number": number_format(number, force_grouping=True)}
