"""What pages say of a passage that the article has changed, or no longer has."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.differences import Stretch, difference
from annotations.fates import Fate
from annotations.passage import Passage
from annotations.paths import annotation_path
from reader import dates


@dataclass(frozen=True, slots=True)
class FateLine:
    """`told` is a sentence without its stop; `change` are the words that were marked and those
    that stand there now, `marked_path` leads to where they stood. Who may decide is given
    `review_path`, the project's queue at this passage, and `decide_path`, which takes a decision
    about the anchor."""

    told: str
    is_lost: bool
    change: tuple[Stretch, ...]
    marked_path: str
    review_path: str
    decide_path: str
    anchor_id: int


def fate_line(
    passage: Passage, *, member: bool, revisions_path: str = "", review_path: str = ""
) -> FateLine | None:
    """None for a passage that stands as it was marked.

    Args:
        member: whether words of a text are shown that is withdrawn from public view.
        revisions_path: of those who may see earlier texts.
        review_path: of those who may decide; it is named only where something is to be decided.
    """
    fate = passage.fate
    if fate is None:
        return None
    asks = bool(review_path) and fate.asks
    is_hidden = fate.is_lost or (fate.is_withdrawn and not member)
    return FateLine(
        told=told(fate),
        is_lost=fate.is_lost,
        change=() if is_hidden else tuple(difference(passage.words, fate.now)),
        marked_path=(f"{revisions_path}{fate.marked_in}/#a-{passage.id}" if revisions_path else ""),
        review_path=f"{review_path}#c-{passage.id}" if asks else "",
        decide_path=annotation_path(passage.id, "annotation_decide") if asks else "",
        anchor_id=fate.anchor_id,
    )


def told(fate: Fate) -> str:
    """ "changed by the article on 3 May 2026", "no longer in the article since 3 May 2026" """
    date = dates.show(timezone.localdate(fate.since), "day")
    if fate.is_lost:
        return _("no longer in the article since %(date)s") % {"date": date}
    return _("changed by the article on %(date)s") % {"date": date}
