"""Whether a reply was sought: who says so, and who is told."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from annotations.models import Claim, ReplySought
from annotations.services.reply_sought import set_reply_sought
from reader.models import Role
from tests.annotations.affair import CLAIM, Affair
from tests.annotations.burned import burned_affair, claims, ledger
from tests.clients import signed_in
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Affair:
    return burned_affair()


@pytest.fixture
def claim(world: Affair) -> Claim:
    return Claim.objects.get(statement=CLAIM)


class TestReplySought:
    def path(self, claim: Claim) -> str:
        return f"/claims/{claim.pk}/reply/"

    def send(self, user, claim: Claim, **data):
        given = {"version": 0, "status": "sought", "on": "2024-05-10"} | data
        return signed_in(user).post(self.path(claim), given)

    def test_annotators_set_it_and_all_see_it(self, world: Affair, claim: Claim) -> None:
        viewer = make_user("vera@example.org")
        make_member(world.project, viewer, Role.VIEWER)
        for user in (viewer, world.charlie):
            assert signed_in(user).get(self.path(claim)).status_code == 404
            assert self.send(user, claim).status_code == 404
        assert Client().get(self.path(claim)).status_code == 404
        assert self.send(world.bob, claim).status_code == 302
        assert "Reply sought on 10 May 2024" in ledger()
        assert claims(ledger("?sought=sought")) == [CLAIM]

    def test_what_is_wrong_is_said(self, world: Affair, claim: Claim) -> None:
        tomorrow = (timezone.localdate() + timedelta(1)).isoformat()
        for data, said in (
            ({"on": ""}, "Say on which day"),
            ({"on": tomorrow}, "yet to come"),
            ({"on": "0024-05-10"}, "is the year right?"),
            ({"on": "May"}, "Write the day as"),
            ({"status": "refused"}, "Select a valid choice"),
        ):
            response = self.send(world.bob, claim, **data)
            assert response.status_code == 422
            assert said in response.content.decode()
        assert not ReplySought.objects.exists()

    def test_the_second_of_two_is_told(self, world: Affair, claim: Claim) -> None:
        self.send(world.bob, claim)
        response = self.send(world.alice, claim, status="declined", on="2024-05-11")
        page = response.content.decode()
        assert response.status_code == 409
        assert "Reply sought on 10 May 2024" in page and 'value="2024-05-11"' in page
        assert ReplySought.objects.get().status == "sought"
        self.send(world.alice, claim, status="declined", on="2024-05-11", version=1)
        assert ReplySought.objects.get().status == "declined"

    def test_history_is_kept_and_nothing_is_written_for_nothing(
        self, world: Affair, claim: Claim
    ) -> None:
        day = timezone.localdate()
        set_reply_sought(claim, "sought", day, 0, world.bob)
        same = set_reply_sought(claim, "sought", day, 1, world.bob)
        assert same.version == 1
        now = set_reply_sought(claim, "not_sought", day, 1, world.bob)
        assert (now.version, now.on) == (2, None)
        history = ReplySought.pgh_event_model.objects
        assert list(history.values_list("status", "on")) == [("sought", day)]
