"""How a passage stands to somebody whom it names: what they say themselves, and what they only
pass on, refer to, or have said for them. Only the first counts as theirs.

Postgres counts by the same rules (`annotations.queries.speakers`); a test holds the two together.
"""

from enum import StrEnum

from annotations.passage import Passage


class Standing(StrEnum):
    """`ACCUSED` is who an allegation is made against. The last four count for nobody: what others
    say on somebody's behalf, what somebody passes on without asserting it, a mention of an
    allegation, and a mention or report of one against them (CODEBOOK: speaker, mention)."""

    SAYS = "says"
    ALLEGES = "alleges"
    DENIES = "denies"
    ACCUSED = "accused"
    SPOKEN_FOR = "spoken_for"
    RELAYS = "relays"
    MENTIONS = "mentions"
    REPORTED = "reported"

    @property
    def counts(self) -> bool:
        """Whether it is counted as said, alleged or denied by them, or alleged against them."""
        return self in COUNTED


COUNTED = (Standing.SAYS, Standing.ALLEGES, Standing.DENIES, Standing.ACCUSED)


def standings(passage: Passage, speaker_id: int) -> tuple[Standing, ...]:
    """How the passage stands to a speaker (as read after merging), what counts first.

    Several where somebody has several parts in it, as when they speak about themselves.
    """
    is_mention = passage.kind == "allegation" and "mention" in passage.flags
    found = []
    if any(one.id == speaker_id for one in passage.speakers):
        own = {
            "quote": Standing.SAYS,
            "denial": Standing.DENIES,
            "allegation": Standing.MENTIONS if is_mention else Standing.ALLEGES,
        }
        found.append(own[passage.kind])
    if passage.kind == "allegation" and any(one.id == speaker_id for one in passage.targets):
        passed_on = bool(passage.relayed_by) and not passage.speakers
        found.append(Standing.REPORTED if is_mention or passed_on else Standing.ACCUSED)
    if any(one.id == speaker_id for one in passage.on_behalf_of):
        found.append(Standing.SPOKEN_FOR)
    if any(one.id == speaker_id for one in passage.relayed_by):
        found.append(Standing.RELAYS)
    order = list(Standing)
    return tuple(sorted(found, key=order.index))
