"""What the ledger says of broader and narrower claims: that there are some. What they say stands
on the claim's page, beside what is said to it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from annotations.queries.claim_kin import ties
from annotations.queries.ledger import accounts
from reader.access import Seat


def kin_words(seat: Seat, ids: Sequence[int]) -> dict[int, str]:
    """Which of these claims have broader or narrower ones that the visitor sees, in words: a query,
    and another for readers."""
    found = ties(ids)
    if found and not seat.is_member:
        others = {id_ for one in found for id_ in (one.broader, one.narrower)}
        seen = {one.id for one in accounts(seat.project, sorted(others), public=True)}
        found = [one for one in found if {one.broader, one.narrower} <= seen]
    over, under = {one.narrower for one in found}, {one.broader for one in found}
    words = {
        (True, True): _("part of a broader claim, with narrower ones"),
        (True, False): _("part of a broader claim"),
        (False, True): _("has narrower claims"),
    }
    return {id_: words[id_ in over, id_ in under] for id_ in ids if id_ in over | under}
