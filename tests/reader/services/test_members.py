from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from reader.models import Membership, Project, Role
from reader.services.errors import Refused
from reader.services.invitations import find, invite
from reader.services.members import adopt, change_role, remove
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    project = make_project()
    make_member(project, make_user("alice@example.org"), Role.OWNER)
    make_member(project, make_user("bob@example.org"), Role.VIEWER)
    return project


def member(project, name):
    return Membership.objects.get(project=project, user__email=f"{name}@example.org")


def test_roles_change(project):
    bob = member(project, "bob")

    change_role(project, bob.user_id, Role.CURATOR)

    assert member(project, "bob").role == Role.CURATOR


@pytest.mark.parametrize("act", [remove, lambda *args: change_role(*args, Role.VIEWER)])
def test_the_only_owner_stays_owner(project, act):
    with pytest.raises(Refused, match="Alice is the only owner"):
        act(project, member(project, "alice").user_id)

    assert member(project, "alice").role == Role.OWNER


def test_an_owner_may_go_once_there_is_another(project):
    change_role(project, member(project, "bob").user_id, Role.OWNER)

    remove(project, member(project, "alice").user_id)

    assert [one.user.name for one in project.memberships.all()] == ["Bob"]


@pytest.mark.parametrize("act", [remove, lambda *args: change_role(*args, Role.CURATOR)])
def test_the_invitations_of_a_former_owner_are_revoked(project, act):
    alice, bob = member(project, "alice"), member(project, "bob")
    change_role(project, bob.user_id, Role.OWNER)
    _, by_alice = invite(project, alice.user, Role.OWNER)
    _, by_bob = invite(project, bob.user, Role.VIEWER)

    act(project, alice.user_id)

    assert find(by_alice) is None
    assert find(by_bob) is not None


def test_unknown_roles_and_former_members_are_refused(project):
    bob = member(project, "bob")
    with pytest.raises(Refused, match="Choose"):
        change_role(project, bob.user_id, "emperor")
    remove(project, bob.user_id)
    with pytest.raises(Refused, match="no longer a member"):
        change_role(project, bob.user_id, Role.CURATOR)


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_demote_each_other_leave_one_owner():
    project = make_project()
    people = [make_user(f"{name}@example.org") for name in ("alice", "bob")]
    for person in people:
        make_member(project, person, Role.OWNER)

    def demote(person):
        try:
            change_role(project, person.pk, Role.VIEWER)
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(demote, people)) == ["done", "refused"]
    assert project.memberships.filter(role=Role.OWNER).count() == 1


def test_projects_of_nobody_go_to_the_owners_of_the_site() -> None:
    owner = make_user("owner@example.org", is_superuser=True)
    make_user("bob@example.org")
    orphan, kept = make_project("orphan"), make_project("kept")
    make_member(kept, make_user("alice@example.org"), Role.OWNER)
    assert adopt(Project.objects.all()) == [owner]
    assert [(m.user, m.role) for m in orphan.memberships.all()] == [(owner, Role.OWNER)]
    assert kept.memberships.count() == 1
    adopt(Project.objects.all())
    assert orphan.memberships.count() == 1
