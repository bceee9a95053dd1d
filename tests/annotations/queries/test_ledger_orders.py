"""A ledger is sorted by what its rows say."""

from datetime import date

import pytest

from annotations.ledger import Account, Part
from annotations.models import Claim
from annotations.queries.claims import linked
from annotations.queries.ledger import Asked, accounts, listing
from annotations.services.reply_sought import set_reply_sought
from tests.annotations.random_affair import random_affair
from tests.factories import make_user

pytestmark = pytest.mark.django_db

RECORDED = {Part.ALLEGES, Part.RELAYED, Part.MENTION}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("public", [False, True])
def test_a_ledger_is_sorted_by_what_its_rows_say(seed: int, public: bool) -> None:
    project = random_affair(seed)
    claims = Claim.objects.filter(project=project)
    for claim, status in zip(claims, ("replied", "sought", "declined"), strict=False):
        set_reply_sought(claim, status, date(2024, 5, 9), 0, make_user(f"{claim.pk}@example.org"))

    def sorted_by(by: str) -> list[Account]:
        found = listing(project, Asked(order=by), public=public).ids
        assert set(found) == set(listing(project, Asked(), public=public).ids)
        return accounts(project, found, public=public)

    for by, first in (
        ("speaker", lambda one: [who.name.lower() for who in one.accusers[:1]]),
        ("target", lambda one: [who.name.lower() for who in one.accused[:1]]),
    ):
        names = [first(one) for one in sorted_by(by)]
        assert names == sorted(names, key=lambda name: (not name, name))
    named = [_publication(one, public) for one in sorted_by("publication")]
    assert named == sorted(named, key=lambda name: (not name, name))
    silent = [one.is_unanswered for one in sorted_by("unanswered")]
    assert silent == sorted(silent, reverse=True)
    replies = [one.sought for one in sorted_by("sought")]
    assert replies == sorted(replies, key=["sought", "declined", "replied", "not_sought"].index)


def _publication(account: Account, public: bool) -> str:
    """Which one the claim is sorted by: the first in which it is recorded."""
    passages = linked(Claim.objects.get(pk=account.id), public=public)
    printed = [one for one in passages if one.publication and one.part in RECORDED]
    found = [(one.when.on if one.when else date.max, one.publication.lower()) for one in printed]
    return min(found)[1] if found else ""
