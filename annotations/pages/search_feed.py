"""A saved search as an Atom feed: the articles and marked passages that match now.

A feed leaves the site, so it shows of passages what is public, to members too; and an allegation
has in its own entry what is said to it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from annotations.models import Annotation, Kind
from annotations.pages.atom import AtomEntry, AtomFeed, write
from annotations.pages.found import ShownPassage, shown_passages
from annotations.pages.library import Entry, entry
from annotations.pages.preview import of_allegation
from annotations.paths import search_path
from annotations.queries.library import listed
from annotations.queries.searching import (
    FoundArticle,
    FoundPassage,
    TooBroad,
    search_articles,
    search_passages,
)
from reader.access import visible_projects
from reader.models import SearchFeed
from reader.queries.saved_searches import query_of
from reader.search import parse
from reader.search.sight import Sight

Absolute = Callable[[str], str]
"""From a path to a whole address."""


def atom_of(feed: SearchFeed, absolute: Absolute, own_address: str) -> bytes | None:
    """The feed as XML, in a constant number of queries; None where its search is too broad to be
    answered in time.

    Args:
        feed: one that works (`reader.access.followed_search`), with its search and person.
        own_address: the whole address of the feed.
    """
    search, sight = feed.search, _sight(feed)
    query = parse(search.query)
    articles, passages = search_articles(sight, query), search_passages(sight, query)
    if isinstance(articles, TooBroad) or isinstance(passages, TooBroad):
        return None
    found = [
        *_article_entries(feed, articles.found, absolute),
        *_passage_entries(passages.found, absolute),
    ]
    found.sort(key=lambda one: (one.updated, one.id), reverse=True)
    return write(
        AtomFeed(
            # Tells nothing of the token, and no other site has the same.
            id=uuid5(NAMESPACE_URL, feed.token).urn,
            title=f"{search.name} · {settings.SITE_NAME}",
            link=absolute(search_path(query_of(search))),
            self_link=own_address,
            author=settings.SITE_NAME,
            updated=max([search.created_at, *(one.updated for one in found)]),
            entries=found,
        ),
        get_language() or settings.LANGUAGE_CODE,
    )


def _sight(feed: SearchFeed) -> Sight:
    """What the feed's person may see now: in a project's search, of that project only."""
    if feed.search.project_id:
        return Sight(feed.user, library=False, whole=(feed.search.project_id,))
    everything = Sight.of(feed.user)
    return replace(everything, member=(), whole=everything.member + everything.whole)


def _article_entries(
    feed: SearchFeed, found: Sequence[FoundArticle], absolute: Absolute
) -> Iterable[AtomEntry]:
    project = feed.search.project
    projects = [project] if project else list(visible_projects(feed.user))
    several = listed(feed.user, [one.article for one in found], projects)
    for match, one in zip(found, map(entry, several), strict=True):
        yield AtomEntry(
            id=one.article.pk.urn,
            title=one.article.title,
            link=absolute(one.path),
            updated=_changed(one),
            summary=render_to_string(
                "search/_atom_article.html",
                # Found words may be those of an allegation, and the answer stand elsewhere.
                {"entry": one, "snippet": () if _alleges(one) else match.snippet},
            ),
            author=one.article.byline,
            category="article",
        )


def _alleges(listed: Entry) -> bool:
    return any(one.kind == Kind.ALLEGATION for one in listed.counts)


def _changed(listed: Entry) -> datetime:
    revision = listed.article.current_revision
    return revision.fetched_at if revision else listed.article.first_seen_at


def _passage_entries(found: Sequence[FoundPassage], absolute: Absolute) -> Iterable[AtomEntry]:
    # Nobody's withdrawn denials: as for readers, they are only counted.
    shown = shown_passages(found, member_of=())
    changed = _updated(shown)
    for one in shown:
        yield AtomEntry(
            id=one.id.urn,
            title=f"{_heading(one)} · {one.title}",
            link=absolute(one.path),
            updated=max(changed[id_] for id_ in (one.id, *one.denials)),
            summary=render_to_string("search/_atom_passage.html", {"found": one}),
            category=one.kind,
        )


def _heading(one: ShownPassage) -> str:
    """Feed readers list titles alone: with an allegation goes what is said to it."""
    if one.answered is None:
        return one.heading
    return of_allegation(one.answered).title


def _updated(shown: Sequence[ShownPassage]) -> dict[UUID, datetime]:
    """When each of the passages, and of the denials beside them, was changed last."""
    ids = {id_ for one in shown for id_ in (one.id, *one.denials)}
    return dict(Annotation.objects.filter(pk__in=ids).values_list("pk", "updated_at"))
