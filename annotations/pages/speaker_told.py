"""The passages on a speaker's page: what was said, where and when, and what is said to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from annotations.answers import Said
from annotations.corrections import Correction
from annotations.models import Speaker
from annotations.pages.cards import Card, card
from annotations.pages.corrections import corrected
from annotations.pages.labels import Labels, labels
from annotations.pages.ledger import when
from annotations.pages.ledger_words import when_words
from annotations.pages.linked_names import linked_heading
from annotations.pages.summary import Entry, entry
from annotations.passage import Passage
from annotations.paths import Ways
from annotations.queries.answers import accusations
from annotations.queries.corrections import corrections
from annotations.queries.replies import published_replies
from annotations.queries.standings import withdrawn_among
from annotations.standing import Standing, standings
from reader.access import Seat


@dataclass(frozen=True, slots=True)
class Told:
    """A passage that names the speaker. `heading` is HTML. `aside` says why it counts for nobody;
    an allegation has its `entry`, with what is said to it, and the published replies."""

    card: Card
    heading: SafeString
    when: str
    where: str
    title: str
    path: str
    aside: str
    entry: Entry | None
    replies: tuple[Said, ...]
    is_public: bool


def told_of(seat: Seat, speaker: Speaker, several: Sequence[Passage], ways: Ways) -> list[Told]:
    """Passages that name the speaker, as this seat may see them, each allegation with its answers:
    a constant number of queries.

    Args:
        several: passages of the seat's project, in public view where the seat is a reader's.
        ways: where links may lead.
    """
    called, ids = labels(), [one.id for one in several]
    accused = {
        one.allegation.id: one
        for one in accusations(seat.project, several, public=not seat.is_member)
    }
    replies = published_replies(seat.project, ids)
    hidden = withdrawn_among(ids) if seat.is_member else set()
    changed = corrections(several)
    return [
        _one(
            one,
            speaker,
            ways,
            called,
            entry(ways, accused[one.id], replies, one.source.id, called)
            if one.id in accused
            else None,
            tuple(replies.get(one.id, ())),
            changed.get(one.id),
            is_public=one.id not in hidden,
        )
        for one in several
    ]


def _one(
    passage: Passage,
    speaker: Speaker,
    ways: Ways,
    called: Labels,
    answered: Entry | None,
    replies: tuple[Said, ...],
    correction: Correction | None,
    *,
    is_public: bool,
) -> Told:
    first, *_more = standings(passage, speaker.pk)
    return Told(
        card=card(
            passage,
            1,
            member=False,
            may_edit=False,
            to_claim=ways.to_claim,
            called=called,
            corrected=corrected(correction, called),
        ),
        heading=linked_heading(passage, ways, called),
        when=when_words(when(passage)),
        where=passage.source.publication,
        title=passage.source.title,
        path=ways.to_passage(passage.source.id, passage.id),
        aside=_aside(first),
        entry=answered,
        replies=replies,
        is_public=is_public,
    )


def _aside(standing: Standing) -> str:
    return {
        Standing.SPOKEN_FOR: _("Said on their behalf: not counted as theirs."),
        Standing.RELAYS: _("Passed on, not asserted."),
        Standing.MENTIONS: _("Refers to an allegation without making it."),
        Standing.REPORTED: _("A mention or a report of an allegation: counted for nobody."),
    }.get(standing, "")
