"""What a search can be narrowed by: links that add a term to it, or take it out again."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from annotations.pages.labels import labels
from annotations.paths import search_path
from annotations.queries.searching import Facet, Facets
from reader import dates
from reader.search import Query, Term

SHOWN = 10
"""Values of each group; months go back further through the form."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A link; `is_on` where the search has the term already and the link takes it out."""

    label: str
    count: int
    path: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Group:
    """`name` is what tells the groups apart in the page's ids."""

    name: str
    title: str
    choices: list[Choice]


def groups(query: Query, found: Facets, *, by_relevance: bool) -> list[Group]:
    """The groups that have any values."""
    several = [
        ("publication", _("Publication"), found.publications),
        ("kind", _("Kind"), found.kinds),
        ("speaker", _("Speaker"), found.speakers),
        ("month", _("Month"), found.months),
    ]
    return [
        Group(name, title, [_choice(query, name, one, by_relevance) for one in _shown(query, few)])
        for name, title, few in several
        if few
    ]


def _shown(query: Query, found: Sequence[Facet]) -> list[Facet]:
    """The first ones, and those that the search has already."""
    on = query.parts()
    return [one for place, one in enumerate(found) if place < SHOWN or one.term in on]


def _choice(query: Query, group: str, facet: Facet, by_relevance: bool) -> Choice:
    is_on = facet.term in query.parts()
    changed = query.without(facet.term) if is_on else query.also(facet.term)
    return Choice(
        label=_label(group, facet),
        count=facet.count,
        path=search_path(changed, by_relevance=by_relevance),
        is_on=is_on,
    )


def _label(group: str, facet: Facet) -> str:
    if group == "kind" and isinstance(facet.term, Term):
        return labels().kinds.get(facet.term.value, facet.label)
    if group == "month":
        month = dates.parse_given(facet.label)
        return dates.show(month.on, month.precision)
    return facet.label
