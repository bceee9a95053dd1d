"""Corrections tell nothing that readers did not see in the present time in which they see it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from annotations.models import Claim, Share, Speaker, Withdrawal
from annotations.services.claim_edits import restate
from annotations.services.claims import LinkTo
from annotations.services.editing import edit
from annotations.services.sharing import revoke
from annotations.services.speaker_editing import About, edit_speaker
from annotations.services.withdrawals import lift, withdraw
from reader.models import Membership, User, Visibility
from tests.annotations.affair import CLAIM, Affair, affair
from tests.annotations.past import since_yesterday
from tests.factories import fields_of, make_mark

# The history says when a transaction began: what happens in two is told apart.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> Affair:
    found = affair(visibility="public")
    since_yesterday()
    return found


@pytest.fixture
def private() -> Affair:
    found = affair()
    since_yesterday()
    return found


def save(world: Affair, **changes: object) -> None:
    """The quote, otherwise."""
    world.quoted.refresh_from_db()
    changed = {"speakers": ["Ilse Marr"], "links": [], **changes}
    edit(world.quoted.pk, world.quoted.version, fields_of(world.quoted, **changed), world.bob)


def set_visibility(world: Affair, visibility: Visibility) -> None:
    world.project.refresh_from_db()
    world.project.visibility = visibility
    world.project.save()


def page(world: Affair) -> str:
    return Client().get(f"/projects/tannery/articles/{world.article.pk}/").content.decode()


def shared(share: Share) -> str:
    response = Client().get(f"/share/{share.code}/")
    assert response.status_code == 200
    return response.content.decode()


def test_what_readers_saw_is_told(world: Affair) -> None:
    save(world, cue="First words")
    save(world, cue="said")
    assert "First words" in page(world)


def test_a_project_that_was_private_meanwhile(world: Affair) -> None:
    save(world, cue="Seen words")
    set_visibility(world, Visibility.PRIVATE)
    save(world, cue="Hidden words")
    save(world, cue="said")
    set_visibility(world, Visibility.PUBLIC)
    assert "Hidden words" not in page(world)
    assert "Seen words" not in page(world)
    save(world, cue="added")
    assert "said" in page(world)


@pytest.mark.parametrize("of", ["passage", "page", "text"])
def test_what_was_changed_while_it_was_withdrawn(world: Affair, of: str) -> None:
    save(world, speakers=["Jane Victim"])
    subject = world.subject(world.quoted if of == "passage" else world.article)
    withdrawal = withdraw(subject, world.alice, "Names a victim.", text_only=of == "text")
    save(world, speakers=["A woman"])
    lift(withdrawal)
    make_mark(world.project, world.article, "It rained", "quote", speakers=["Jane Victim"])
    seen = page(world)
    assert "A woman" in seen
    assert "Corrected on" not in seen
    assert Withdrawal.objects.exclude(lifted_at=None).exists()


@pytest.mark.parametrize("ended", ["revoked", "expired", "maker left", "maker shut out"])
def test_a_link_that_works_no_longer_showed_nothing_since(private: Affair, ended: str) -> None:
    share = private.share(private.quoted)
    if ended == "revoked":
        revoke(share)
    elif ended == "expired":
        Share.objects.update(expires_at=timezone.now() - timedelta(hours=1))
    elif ended == "maker left":
        Membership.objects.filter(user=private.alice).delete()
    else:
        User.objects.filter(pk=private.alice.pk).update(is_active=False)
    Share.objects.update(created_at=timezone.now() - timedelta(hours=9))
    save(private, cue="Hidden words")
    save(private, cue="said")
    Membership.objects.get_or_create(project=private.project, user=private.bob)
    again = private.share(private.quoted, private.bob)
    assert "Hidden words" not in shared(again)
    save(private, cue="added")
    assert "Corrected on" in shared(again)


@pytest.mark.parametrize("of", ["claim", "speaker"])
def test_a_shared_claim_or_speaker_shows_what_is_tied_to_it_since_then(
    private: Affair, of: str
) -> None:
    claim = Claim.objects.get(statement=CLAIM)
    share = private.share(claim if of == "claim" else Speaker.objects.get(name="Odo Fenn"))
    Share.objects.update(created_at=timezone.now() - timedelta(hours=9))
    save(private, cue="Hidden words", kind="allegation", wording="paraphrase")
    tie = {"links": [LinkTo(CLAIM)]} if of == "claim" else {"speakers": ["Odo Fenn"]}
    save(private, cue="said", **tie)
    assert "Hidden words" not in shared(share)
    save(private, cue="added", **tie)
    assert "Corrected on" in shared(share)


def test_a_speaker_whom_nothing_shows_any_more_is_not_named(world: Affair) -> None:
    save(world, speakers=["Somebody"])
    save(world, cue="said")
    other = Speaker.objects.get(name="Somebody")
    edit_speaker(other, About("Secret Name"), other.version)
    assert Client().get(f"/speakers/{other.pk}/").status_code == 404
    seen = page(world)
    assert "Secret Name" not in seen
    assert "a name that is no longer shown" in seen
    make_mark(world.project, world.article, "It rained", "quote", speakers=["Secret Name"])
    assert "a name that is no longer shown" not in page(world)


def test_nor_is_a_claim_stated_that_readers_do_not_see(world: Affair) -> None:
    secret = "That the mayor burned it"
    world.unanswered.refresh_from_db()
    fields = fields_of(world.unanswered, speakers=["A clerk"], links=[LinkTo(secret)])
    edit(world.unanswered.pk, world.unanswered.version, fields, world.bob)
    save(world, links=[LinkTo(secret)])
    save(world, cue="said")
    assert secret in page(world)
    withdraw(world.subject(world.unanswered), world.alice, "Unfounded.")
    claim = Claim.objects.get(statement=secret)
    restate(claim, "That Secret Name burned it", claim.version)
    assert Client().get(f"/claims/{claim.pk}/").status_code == 404
    seen = page(world)
    assert "Secret Name" not in seen and secret not in seen
    assert "a claim that is no longer shown" in seen


def test_in_a_private_project_only_what_a_link_shows_is_named(private: Affair) -> None:
    share = private.share(private.article)
    Share.objects.update(created_at=timezone.now() - timedelta(hours=9))
    save(private, speakers=["Odo Fenn"])
    save(private, cue="said")
    seen = shared(share)
    assert "a name that is no longer shown" in seen
    private.share(private.later)
    assert "a name that is no longer shown" not in shared(share)
