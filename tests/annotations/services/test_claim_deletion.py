"""Deleting claims that nothing says, and bringing them back."""

import pytest
from django.test import Client

from annotations.models import Claim, ClaimPair, Verdict
from annotations.services.claim_deletion import bring_back, delete_claim
from annotations.services.claim_edits import StatedAlready, set_broader
from annotations.services.claim_merges import merge_claims
from annotations.services.claim_pairs import judge
from annotations.services.marking import delete
from annotations.services.reply_sought import set_reply_sought
from annotations.services.sharing import share
from annotations.subjects import Subject
from reader.access import seat_in
from reader.models import Project, Role
from reader.services.errors import Refused
from tests.annotations.claims import Claims, some_claims
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db

EMPTY = "That the yard was sold"


@pytest.fixture
def world() -> Claims:
    return some_claims(visibility="public")


@pytest.fixture
def empty(world: Claims) -> Claim:
    claim = Claim.objects.create(project=world.project, statement=EMPTY, created_by=world.bob)
    set_broader(claim, world.leaked)
    judge(claim, world.spilled, Verdict.DIFFERENT, world.alice)
    return Claim.objects.get(pk=claim.pk)


def test_it_comes_back_as_it_was(world: Claims, empty: Claim) -> None:
    before = Project.objects.get(pk=world.project.pk).version
    pairs = list(ClaimPair.objects.values("first", "second", "verdict", "decided_by"))
    delete_claim(empty)
    assert not Claim.objects.filter(pk=empty.pk).exists() and not ClaimPair.objects.exists()
    assert Project.objects.get(pk=world.project.pk).version > before
    bring_back(empty.pk)
    back = Claim.objects.get(pk=empty.pk)
    for name in ("statement", "broader", "version", "created_by", "created_at"):
        assert getattr(back, name) == getattr(empty, name)
    assert list(ClaimPair.objects.values("first", "second", "verdict", "decided_by")) == pairs
    assert bring_back(empty.pk) == back


def test_it_stays_where_something_hangs_on_it(world: Claims, empty: Claim) -> None:
    def is_kept(claim: Claim) -> bool:
        with pytest.raises(Refused):
            delete_claim(claim)
        return Claim.objects.filter(pk=claim.pk).exists()

    delete(world.again.pk)
    assert is_kept(world.spilled) and is_kept(world.leaked)
    others = [Claim.objects.create(project=world.project, statement=f"That {n}") for n in range(5)]
    set_broader(others[1], others[0])
    merge_claims(others[2], empty)
    set_reply_sought(others[3], "declined", None, 0, world.bob)
    share(Subject(seat_in(world.alice, world.project), claim=others[4]), world.alice)
    assert all(map(is_kept, (others[0], others[2], empty, others[3], others[4])))


def test_another_may_say_the_same_meanwhile(world: Claims, empty: Claim) -> None:
    delete_claim(empty)
    Claim.objects.create(project=world.project, statement=EMPTY.upper())
    with pytest.raises(StatedAlready):
        bring_back(empty.pk)
    with pytest.raises(LookupError):
        bring_back(10**9)


def test_who_may_and_what_its_address_says(world: Claims, empty: Claim) -> None:
    path, viewer = f"/claims/{empty.pk}/", make_user("viewer@example.org")
    make_member(world.project, viewer, Role.VIEWER)
    for person in (None, make_user("charlie@example.org"), viewer):
        client = Client()
        if person:
            client.force_login(person)
        assert client.post(f"{path}delete/").status_code == 404
    bob = Client()
    bob.force_login(world.bob)
    assert 'form="delete-claim"' in bob.get(path).content.decode()
    assert 'form="delete-claim"' not in bob.get(f"/claims/{world.leaked.pk}/").content.decode()
    page = bob.post(f"{path}delete/", follow=True).content.decode()
    assert f'action="{path}bring-back/"' in page and EMPTY not in page
    gone = bob.get(path)
    assert gone.status_code == 410 and EMPTY in gone.content.decode()
    assert Client().get(path).status_code == 404
    client.force_login(viewer)
    assert client.post(f"{path}bring-back/").status_code == 404
    assert bob.post(f"{path}bring-back/", follow=True).status_code == 200
    assert bob.get(path).status_code == 200
    assert bob.post(f"{path}bring-back/").status_code == 404
    assert "is linked to this claim" in (
        bob.post(f"/claims/{world.leaked.pk}/delete/", follow=True).content.decode()
    )
