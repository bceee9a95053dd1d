from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from reader.models import Invitation, Membership, Role, User
from reader.services.errors import Refused
from reader.services.invitations import accept, find, invite, revoke, sign_up, why_closed
from tests.factories import PASSWORD, make_member, make_project, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return make_user("alice@example.org")


@pytest.fixture
def project(alice):
    project = make_project()
    make_member(project, alice, Role.OWNER)
    return project


def test_only_a_hash_of_the_token_is_stored(project, alice):
    invitation, token = invite(project, alice, Role.CURATOR, note="for Bob")

    stored = Invitation.objects.filter(pk=invitation.pk).values().get()
    assert all(token not in str(value) for value in stored.values())
    assert find(token) == invitation
    assert find(token[:-1]) is None
    remaining = invitation.expires_at - timezone.now()
    assert timedelta(days=13, hours=23) < remaining <= timedelta(days=14)


@pytest.mark.parametrize(("role", "days"), [("emperor", 14), ("viewer", 0), ("viewer", 91)])
def test_senseless_invitations_are_refused(project, alice, role, days):
    with pytest.raises(Refused, match="Choose"):
        invite(project, alice, role, days)


def test_an_invitation_lets_one_person_in(project, alice):
    invitation, _ = invite(project, alice, Role.CURATOR)
    bob, charlie = make_user("bob@example.org"), make_user("charlie@example.org")

    assert accept(invitation, bob).role == Role.CURATOR
    with pytest.raises(Refused, match="used already"):
        accept(invitation, charlie)

    invitation.refresh_from_db()
    assert invitation.used_by == bob
    assert not Membership.objects.filter(user=charlie).exists()


def test_an_expired_invitation_lets_nobody_in(project, alice):
    invitation, _ = invite(project, alice, Role.VIEWER)
    Invitation.objects.update(expires_at=timezone.now())

    with pytest.raises(Refused, match="expired"):
        accept(invitation, make_user("bob@example.org"))

    invitation.refresh_from_db()
    assert "expired" in why_closed(invitation)


def test_a_member_neither_uses_it_up_nor_changes_role(project, alice):
    invitation, _ = invite(project, alice, Role.VIEWER)

    with pytest.raises(Refused, match="member of this project already"):
        accept(invitation, alice)

    invitation.refresh_from_db()
    assert why_closed(invitation) == ""
    assert Membership.objects.get(user=alice).role == Role.OWNER


def test_a_revoked_invitation_is_unknown(project, alice):
    invitation, token = invite(project, alice, Role.VIEWER)

    assert not revoke(make_project("other"), invitation.pk)
    assert revoke(project, invitation.pk)

    assert find(token) is None
    with pytest.raises(Refused, match="revoked"):
        accept(invitation, make_user("bob@example.org"))


def test_signing_up_makes_account_and_membership_or_neither(project, alice):
    invitation, _ = invite(project, alice, Role.ANNOTATOR)

    bob = sign_up(invitation, "Bob@Example.org", "Bob", PASSWORD)
    assert (bob.email, Membership.objects.get(user=bob).role) == ("bob@example.org", "annotator")

    with pytest.raises(Refused, match="used already"):
        sign_up(invitation, "charlie@example.org", "Charlie", PASSWORD)
    assert not User.objects.filter(email="charlie@example.org").exists()


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_open_one_link_at_once_one_gets_in():
    project = make_project()
    invitation, _ = invite(project, make_user("alice@example.org"), Role.VIEWER)

    def join(number):
        try:
            sign_up(invitation, f"p{number}@example.org", "P", PASSWORD)
        except Refused:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(join, range(8))) == 1
    assert project.memberships.count() == 1
    assert User.objects.count() == 2
