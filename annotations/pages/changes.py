"""The queue of passages that articles have changed: what was marked, what stands there now."""

from dataclasses import dataclass

from annotations.access import may_edit
from annotations.models import Anchor, Annotation
from annotations.pages.cards import Card, card
from annotations.passage import Passage
from annotations.paths import annotation_path, article_path, passage_path
from annotations.queries.changes import undecided_page
from annotations.queries.passages import passages
from reader import dates
from reader.access import Seat
from reader.models import Project


@dataclass(frozen=True, slots=True)
class Change:
    """One passage; `anchor_id` is of its place in the newest text. `path` leads there, and
    `compare_path` to all that the revision changed."""

    card: Card
    anchor_id: int
    is_lost: bool
    article_title: str
    where: str
    path: str
    article_path: str
    compare_path: str
    decide_path: str
    may_decide: bool


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """Oldest change first; `more` is the address of the next page, if there is one."""

    seat: Seat
    project: Project
    changes: list[Change]
    more: str


def changes_page(seat: Seat, after: int = 0) -> ChangesPage:
    """A page of the queue: four queries, however many passages."""
    anchors, last = undecided_page(seat.project, after)
    by_annotation = {anchor.annotation_id: anchor for anchor in anchors}
    found = passages(Annotation.objects.filter(pk__in=by_annotation))
    changes = [change(seat, one, by_annotation[one.id]) for one in found if one.fate]
    return ChangesPage(
        seat=seat,
        project=seat.project,
        changes=sorted(changes, key=lambda one: one.anchor_id),
        more=f"?after={last}" if last else "",
    )


def change(seat: Seat, passage: Passage, anchor: Anchor) -> Change:
    """A passage with its anchor in the newest text."""
    source, project = passage.source, seat.project
    published = dates.show(source.published_on, source.published_precision)
    compare = article_path(project, source.id, "revisions_compare")
    number = anchor.revision.number
    return Change(
        card=card(
            passage,
            1,
            member=True,
            may_edit=False,
            revisions_path=article_path(project, source.id, "revisions"),
        ),
        anchor_id=anchor.pk,
        is_lost=passage.fate is not None and passage.fate.is_lost,
        article_title=source.title,
        where=", ".join(filter(None, [source.publication, published])),
        path=passage_path(project, source.id, passage.id),
        article_path=article_path(project, source.id),
        compare_path=f"{compare}?old={number - 1}&new={number}",
        decide_path=annotation_path(passage.id, "annotation_decide"),
        may_decide=may_edit(seat, passage.annotator_id),
    )
