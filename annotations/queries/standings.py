"""How passages stand to speakers, counted and listed by Postgres as they are read after merging, by
the rules of `annotations.standing`."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from annotations.models import (
    Annotation,
    Attribution,
    AttributionRole,
    Flag,
    Kind,
    Speaker,
)
from annotations.passage import Passage
from annotations.queries.passages import in_public, is_public, passages
from annotations.standing import Standing
from annotations.timing import Dated, dated
from reader.models import Project

PAGE = 50
"""Passages on a page."""

_IS_MENTION = Q(annotation__kind=Kind.ALLEGATION, annotation__flags__contains=[Flag.MENTION])


def _by(role: AttributionRole) -> Exists:
    """Whether the passage of an attribution names anybody in this role."""
    return Exists(Attribution.objects.filter(annotation=OuterRef("annotation"), role=role))


# As `annotations.standing.standings`.
_STANDING = Case(
    When(role=AttributionRole.RELAYED_BY, then=Value(Standing.RELAYS.value)),
    When(role=AttributionRole.ON_BEHALF_OF, then=Value(Standing.SPOKEN_FOR.value)),
    When(
        Q(role=AttributionRole.TARGET)
        & (_IS_MENTION | Q(_by(AttributionRole.RELAYED_BY)) & ~Q(_by(AttributionRole.SPEAKER))),
        then=Value(Standing.REPORTED.value),
    ),
    When(role=AttributionRole.TARGET, then=Value(Standing.ACCUSED.value)),
    When(_IS_MENTION, then=Value(Standing.MENTIONS.value)),
    When(annotation__kind=Kind.ALLEGATION, then=Value(Standing.ALLEGES.value)),
    When(annotation__kind=Kind.DENIAL, then=Value(Standing.DENIES.value)),
    default=Value(Standing.SAYS.value),
    output_field=CharField(),
)


def _stood(project: Project, speakers: Collection[int], *, public: bool) -> QuerySet[Any, Any]:
    """The attributions of these speakers and of those merged into them, with `read_as` and
    `standing`; targets of what is no allegation (any more) are left out."""
    those = Speaker.objects.filter(Q(pk__in=speakers) | Q(canonical__in=speakers))
    rows = Attribution.objects.filter(
        ~Q(role=AttributionRole.TARGET) | Q(annotation__kind=Kind.ALLEGATION),
        speaker__in=those.values("pk"),
        annotation__project=project,
        annotation__deleted_at=None,
    )
    if public:
        rows = rows.filter(annotation__in=in_public(Annotation.objects.filter(project=project)))
    return rows.annotate(read_as=Coalesce("speaker__canonical", "speaker"), standing=_STANDING)


def tallies(
    project: Project, speakers: Collection[int], *, public: bool
) -> dict[int, Counter[Standing]]:
    """How many passages stand how to each of these speakers: one query.

    Args:
        speakers: ids of those who were not merged into anybody.
        public: leave out what is withdrawn from public view.
    """
    found: dict[int, Counter[Standing]] = {one: Counter() for one in speakers}
    rows = _stood(project, speakers, public=public).values_list("read_as", "standing")
    for speaker, standing, number in rows.annotate(
        number=Count("annotation", distinct=True)
    ).order_by():
        found[speaker][Standing(standing)] = number
    return found


@dataclass(frozen=True, slots=True)
class Often:
    """So many passages that stand so to a speaker, at one time."""

    standing: Standing
    when: Dated | None
    number: int


def over_time(speaker: Speaker, *, public: bool) -> list[Often]:
    """How many passages stand how to the speaker, when: one query."""
    rows = (
        _stood(speaker.project, [speaker.pk], public=public)
        .values_list(
            "standing",
            "annotation__said_on",
            "annotation__article__published_on",
            "annotation__article__published_precision",
        )
        .annotate(number=Count("annotation", distinct=True))
        .order_by()
    )
    return [
        Often(Standing(standing), dated(said_on, published_on, precision), number)
        for standing, said_on, published_on, precision, number in rows
    ]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some of a speaker's passages in the order of their dates, undated ones last; `following` is
    the passage behind which the next ones stand."""

    passages: list[Passage]
    following: UUID | None


def passages_of(
    speaker: Speaker,
    wanted: Iterable[Standing],
    *,
    public: bool,
    after: UUID | None = None,
    limit: int = PAGE,
) -> Stretch:
    """The passages that stand to a speaker in one of these ways: three queries at most, and those
    for passages that their articles have changed.

    Args:
        public: leave out what is withdrawn from public view.
        after: go on behind this passage; from the start where there is none.
    """
    stood = _stood(speaker.project, [speaker.pk], public=public).filter(
        standing__in=[one.value for one in wanted]
    )
    every = Annotation.objects.annotate(
        day=Coalesce("said_on", "article__published_on", Value(date.max), output_field=DateField())
    )
    found = every.filter(pk__in=stood.values("annotation"))
    # To readers, where any other passage stands would tell its day.
    behind = (found if public else every).filter(pk=after or UUID(int=0), project=speaker.project)
    if place := behind.values_list("day", "article").first():
        day, article = place
        found = found.filter(
            Q(day__gt=day)
            | Q(day=day, article__gt=article)
            | Q(day=day, article=article, pk__gt=after)
        )
    ids = list(found.order_by("day", "article", "pk").values_list("pk", flat=True)[: limit + 1])
    shown = ids[:limit]
    those = Annotation.objects.filter(pk__in=shown)
    by_id = {one.id: one for one in passages(those, for_readers=public)}
    return Stretch(
        [by_id[one] for one in shown if one in by_id],
        shown[-1] if len(ids) > limit else None,
    )


def withdrawn_among(annotations: Collection[UUID]) -> set[UUID]:
    """Which of these are not in public view: one query."""
    hidden = Annotation.objects.filter(pk__in=annotations).exclude(is_public())
    return set(hidden.values_list("pk", flat=True))
