"""Placing marked passages in later revisions of their article.

The anchor that a person made is evidence and stays as it is; each later revision gets one derived
from it, or from a later one that a person has confirmed. What is derived here only points.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from annotations.anchoring import ORPHANED, Reanchored, Status, reanchor
from annotations.models import (
    Anchor,
    AnchorMaker,
    AnchorStatus,
    Annotation,
    Decision,
    Fragment,
)
from annotations.tasks import reanchor as reanchor_task
from reader.models import Article, Revision
from reader.services.articles import save_changed

_CONFIRMED = frozenset({Decision.RIGHT, Decision.ADJUSTED})

_SAME = frozenset({Status.EXACT, Status.MOVED})

Placed = list[Reanchored]
"""What became of an anchor's fragments, in their order."""


def expect_reanchoring(article_id: UUID) -> None:
    """Have a worker place the article's passages in its newest text, if it has any."""
    if Annotation.objects.filter(article=article_id).exists():
        reanchor_task.defer(article_id=str(article_id))


@transaction.atomic
def reanchor_article(article_id: UUID) -> int:
    """Derive the anchors that are missing in the article's revisions. Doing it twice does no more.

    Returns:
        How many annotations got a place, or were found to have none any more.
    """
    # Two at a time would derive the same ones; marking and reading go on meanwhile.
    article = Article.objects.select_for_update(no_key=True).get(pk=article_id)
    later = Revision.objects.filter(article=article, number__gt=1).order_by("number")
    made = sum(_derive_all(revision) for revision in later.defer("markup", "raw"))
    if made:
        save_changed(article)
    return made


def _derive_all(revision: Revision) -> int:
    """Anchors in one revision, for annotations that have earlier ones only."""
    histories = _histories(revision)
    if not histories:
        return 0
    bases = {id_: _base(anchors) for id_, anchors in histories.items()}
    found = _follow(bases, revision.text)
    # Step by step a text may come further from the one that was marked than can be seen at once.
    steps = {
        id_: anchors[-1]
        for id_, anchors in histories.items()
        if anchors[-1] != bases[id_] and all(one.start is None for one in found[id_])
    }
    found |= {id_: _as_changed(placed) for id_, placed in _follow(steps, revision.text).items()}
    derived = [
        _derived(revision, bases[id_], anchors[-1], found[id_])
        for id_, anchors in histories.items()
    ]
    Anchor.objects.bulk_create([anchor for anchor, _ in derived])
    Fragment.objects.bulk_create([one for _, fragments in derived for one in fragments])
    return len(derived)


def _histories(revision: Revision) -> dict[UUID, list[Anchor]]:
    """The earlier anchors, oldest first, of the annotations that have none in the revision."""
    missing = Annotation.objects.filter(article=revision.article_id).exclude(
        anchors__revision=revision
    )
    earlier = (
        Anchor.objects.filter(annotation__in=missing, revision__number__lt=revision.number)
        .order_by("revision__number", "annotation")
        .prefetch_related("fragments")
    )
    histories: dict[UUID, list[Anchor]] = defaultdict(list)
    for anchor in earlier:
        histories[anchor.annotation_id].append(anchor)
    return histories


def _base(anchors: Sequence[Anchor]) -> Anchor:
    """The latest anchor that a person made or confirmed."""
    sure = [
        one for one in anchors if one.made_by == AnchorMaker.PERSON or one.decision in _CONFIRMED
    ]
    return (sure or anchors)[-1]


def _follow(bases: Mapping[UUID, Anchor], text: str) -> dict[UUID, Placed]:
    """What becomes of anchors in a text; those of one revision share the work."""
    by_revision: dict[int, list[UUID]] = defaultdict(list)
    for id_, anchor in bases.items():
        by_revision[anchor.revision_id].append(id_)
    texts = dict(Revision.objects.filter(pk__in=by_revision).values_list("pk", "text"))
    found: dict[UUID, Placed] = {}
    for revision_id, ids in by_revision.items():
        spans = [span for id_ in ids for span in _spans(bases[id_])]
        results = iter(reanchor(texts[revision_id], text, [span for span in spans if span]))
        for id_ in ids:
            found[id_] = [next(results) if span else ORPHANED for span in _spans(bases[id_])]
    return found


def _spans(anchor: Anchor) -> list[tuple[int, int] | None]:
    """The places of its fragments, None for one that was lost already."""
    return [
        (one.start, one.end) if one.start is not None and one.end is not None else None
        for one in anchor.fragments.all()
    ]


def _as_changed(placed: Placed) -> Placed:
    return [one if one.start is None else replace(one, status=Status.CHANGED) for one in placed]


def _derived(
    revision: Revision, base: Anchor, last: Anchor, placed: Placed
) -> tuple[Anchor, list[Fragment]]:
    """An anchor in `revision` and its fragments, not saved yet.

    Where a person has said that the words are gone, only the same words count as found again, and
    nobody is asked a second time.
    """
    status = _status(placed)
    is_gone = last.decision == Decision.GONE and status not in _SAME
    if is_gone:
        placed, status = [ORPHANED] * len(placed), Status.ORPHANED
    anchor = Anchor(
        annotation_id=base.annotation_id,
        revision=revision,
        made_by=AnchorMaker.MACHINE,
        status=AnchorStatus(status),
        score=min(one.score for one in placed),
        decision=Decision.GONE if is_gone else Decision.NONE,
        decided_by_id=last.decided_by_id if is_gone else None,
        decided_at=last.decided_at if is_gone else None,
    )
    fragments = [
        Fragment(
            anchor=anchor,
            position=was.position,
            start=one.start,
            end=one.end,
            exact=was.exact if one.start is None else revision.text[one.start : one.end],
            status=AnchorStatus(one.status),
        )
        for was, one in zip(base.fragments.all(), placed, strict=True)
    ]
    return anchor, fragments


def _status(placed: Placed) -> Status:
    """Of the whole anchor: a lost fragment changes it, and only the loss of all of them ends it."""
    found = {one.status for one in placed}
    if found == {Status.ORPHANED}:
        return Status.ORPHANED
    if found <= {Status.EXACT}:
        return Status.EXACT
    return Status.MOVED if found <= _SAME else Status.CHANGED
