"""A project's speakers: those it names, and the unnamed sources of its articles."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Lower

from annotations.models import Annotation, Attribution, AttributionRole, Flag, Kind, Speaker
from annotations.queries.passages import in_public, is_public
from reader.models import Project

PAGE = 50
"""Speakers on a page."""

MOST_NAMES = 1000
"""Names that are offered to merge with."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Some of the speakers, and whether there are more behind them."""

    speakers: list[Speaker]
    has_more: bool


def named_speakers(
    project: Project, *, public: bool, name: str = "", after: int = 0, limit: int = PAGE
) -> Listing:
    """The project's speakers by the alphabet, those merged into others and unnamed sources left
    out: one query.

    Args:
        public: only those whom something in public view names.
        name: look for this within names and aliases, of those merged into them too.
        after: go on behind this speaker; from the start where there is none.
    """
    listed = _listed(project, public=public)
    found = listed.filter(article=None, canonical=None)
    if name:
        called = _called(project, name)
        merged = called.filter(_is_named()) if public else called
        found = found.filter(Q(pk__in=called.values("pk")) | Q(pk__in=merged.values("canonical")))
    behind = listed.filter(pk=after).values("pk", key=Lower("name"))
    found = found.annotate(key=Lower("name")).order_by("key", "pk")
    if here := behind.first():
        found = found.filter(Q(key__gt=here["key"]) | Q(key=here["key"], pk__gt=here["pk"]))
    return _cut(found, limit)


def unnamed_sources(
    project: Project, *, public: bool, after: int = 0, limit: int = PAGE
) -> Listing:
    """The unnamed sources, article by article, the newest first: one query, two to go on.

    Args:
        public: only those whom something in public view names.
        after: go on behind this one; from the start where there is none.
    """
    found = _listed(project, public=public).exclude(article=None).select_related("article")
    behind = found.filter(pk=after).values_list("article__listed_at", "article", "pk")
    if here := behind.first():
        listed_at, article, pk = here
        found = found.filter(
            Q(article__listed_at__lt=listed_at)
            | Q(article__listed_at=listed_at, article__lt=article)
            | Q(article=article, pk__gt=pk)
        )
    return _cut(found.order_by("-article__listed_at", "-article", "pk"), limit)


def _cut(found: QuerySet[Speaker], limit: int) -> Listing:
    rows = list(found[: limit + 1])
    return Listing(rows[:limit], len(rows) > limit)


def _listed(project: Project, *, public: bool) -> QuerySet[Speaker]:
    known = Speaker.objects.filter(project=project)
    return known.filter(_in_sight()) if public else known


def _called(project: Project, name: str) -> QuerySet[Speaker]:
    aliases = Func(F("aliases"), Value("\n"), function="array_to_string", output_field=TextField())
    known = Speaker.objects.filter(project=project).annotate(also_called=aliases)
    return known.filter(Q(name__icontains=name) | Q(also_called__icontains=name))


def _in_sight() -> Q:
    """The condition on a speaker that something in public view names them, or somebody merged into
    them: two conditions, since for an "or" within one Postgres would read all attributions."""
    return Q(_is_named()) | Q(_is_named(speaker__canonical=OuterRef("pk")))


def _is_named(**whom: Any) -> Exists:
    """The condition on a speaker that something in public view names exactly them.

    Args:
        whom: others, as conditions on an attribution.
    """
    shown = Exists(
        Annotation.objects.filter(is_public(), pk=OuterRef("annotation"), deleted_at=None)
    )
    return Exists(Attribution.objects.filter(shown, **(whom or {"speaker": OuterRef("pk")})))


def is_seen(speaker: Speaker) -> bool:
    """Whether readers see the speaker."""
    return Speaker.objects.filter(_in_sight(), pk=speaker.pk).exists()


def is_named(speaker: Speaker) -> bool:
    """Whether readers see the speaker named, and not only somebody who was merged into them."""
    return Speaker.objects.filter(_is_named(), pk=speaker.pk).exists()


def merged_names(speakers: Collection[int], *, public: bool) -> Mapping[int, list[str]]:
    """The names of those who are read as each of these speakers, by the alphabet: one query.

    Args:
        public: only of those whom something in public view names.
    """
    found: dict[int, list[str]] = defaultdict(list)
    rows = Speaker.objects.filter(canonical__in=speakers).order_by(Lower("name"), "pk")
    if public:
        rows = rows.filter(_is_named())
    for canonical, name, aliases in rows.values_list("canonical", "name", "aliases"):
        if canonical:
            found[canonical] += [name, *aliases]
    return found


@dataclass(frozen=True, slots=True)
class Merge:
    """Somebody who was merged into another. `at` and `by`, a user's id, are None where the database
    kept no earlier state, or no page of the site made the change."""

    speaker: Speaker
    at: datetime | None
    by: int | None


def merges_into(speaker: Speaker, *, public: bool) -> list[Merge]:
    """Who is read as the speaker, since when and by whom, by the alphabet: two queries.

    Args:
        public: only those whom something in public view names.
    """
    rows = speaker.merged.filter(_is_named()) if public else speaker.merged
    merged = list(rows.select_related("merged_into").order_by(Lower("name"), "pk"))
    states: Any = Speaker.pgh_event_model  # type: ignore[attr-defined]  # made by keeps_history
    events = states.objects.filter(pgh_obj_id__in=[one.pk for one in merged])
    last: dict[int, Any] = {}
    now = {one.pk: one.merged_into_id for one in merged}
    # A state that is kept is the one before a change: the last that differs is before the merge.
    for event in events.select_related("pgh_context").order_by("pgh_id"):
        if event.merged_into_id != now[event.pgh_obj_id]:
            last[event.pgh_obj_id] = event
    return [_merge(one, last.get(one.pk)) for one in merged]


def _merge(speaker: Speaker, before: Any) -> Merge:
    if before is None:
        return Merge(speaker, None, None)
    context = before.pgh_context
    return Merge(speaker, before.pgh_created_at, context.metadata.get("user") if context else None)


def unattributed(project: Project, *, public: bool) -> Counter[str]:
    """How many annotations say, allege or deny something that nobody is named for, by their kind;
    mentions and reports that somebody passes on are nobody's anyway. One query."""
    named = Attribution.objects.filter(
        annotation=OuterRef("pk"), role__in=[AttributionRole.SPEAKER, AttributionRole.RELAYED_BY]
    )
    rows = Annotation.objects.filter(~Exists(named), project=project, deleted_at=None).exclude(
        kind=Kind.ALLEGATION, flags__contains=[Flag.MENTION]
    )
    if public:
        rows = in_public(rows)
    return Counter(dict(rows.values_list("kind").annotate(number=Count("pk")).order_by()))


def names_to_merge_with(speaker: Speaker) -> list[str]:
    """The names of the project's other speakers, by the alphabet."""
    others = Speaker.objects.filter(project=speaker.project_id, article=None, canonical=None)
    names = others.exclude(pk=speaker.pk).order_by(Lower("name"))
    return list(names.values_list("name", flat=True)[:MOST_NAMES])
