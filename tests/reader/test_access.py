"""Every address of people and projects, for every kind of visitor."""

import pytest
from django.test import Client
from django.urls import reverse

from reader.models import Role, Visibility
from reader.services.invitations import invite
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db

VISITORS = ("alice", "bob", "charlie", "nobody")
SIGN_IN = 302

# Alice owns the project, Bob is a colleague in it, Charlie a stranger, nobody is signed in.
PRIVATE = [
    # method, name, arguments, then the status for each visitor
    ("get", "projects", [], 200, 200, 200, 200),
    ("get", "new_project", [], 200, 200, 200, SIGN_IN),
    ("get", "account", [], 200, 200, 200, SIGN_IN),
    ("get", "project_settings", ["spill"], 200, 404, 404, 404),
    ("post", "project_settings", ["spill"], 200, 404, 404, 404),
    ("get", "project_guidelines", ["spill"], 200, 200, 404, 404),
    ("get", "project_members", ["spill"], 200, 200, 404, 404),
    ("post", "member_role", ["spill", "bob"], 409, 404, 404, 404),
    ("get", "member_role", ["spill", "bob"], 405, 405, 405, 405),
    ("post", "member_remove", ["spill", "bob"], 302, 302, 404, 404),
    ("post", "member_remove", ["spill", "alice"], 409, 404, 404, 404),
    ("post", "new_invitation", ["spill"], 200, 404, 404, 404),
    ("post", "revoke_invitation", ["spill", 0], 302, 404, 404, 404),
    ("get", "invitation", ["token"], 200, 200, 200, 200),
    ("get", "invitation", ["no-such-token"], 404, 404, 404, 404),
    ("post", "invitation", ["token"], 409, 409, 302, 200),
    ("get", "project_settings", ["no-such-project"], 404, 404, 404, 404),
]
# In a public project strangers read, and learn no name.
PUBLIC = [
    ("get", "project_guidelines", ["spill"], 200, 200, 200, 200),
    ("get", "project_members", ["spill"], 200, 200, 404, 404),
    ("get", "project_settings", ["spill"], 200, 404, 404, 404),
    ("post", "member_remove", ["spill", "bob"], 302, 302, 404, 404),
    ("post", "new_invitation", ["spill"], 200, 404, 404, 404),
]
CASES = [
    (visibility, *row[:3], visitor, status)
    for visibility, table in ((Visibility.PRIVATE, PRIVATE), (Visibility.PUBLIC, PUBLIC))
    for row in table
    for visitor, status in zip(VISITORS, row[3:], strict=True)
]


@pytest.mark.parametrize(
    ("visibility", "method", "name", "arguments", "visitor", "status"),
    CASES,
    ids=[f"{v.value}-{m}-{n}-{'-'.join(map(str, a))}-{who}" for v, m, n, a, who, _ in CASES],
)
def test_who_gets_what(visibility, method, name, arguments, visitor, status):
    people = {one: make_user(f"{one}@example.org") for one in VISITORS[:3]}
    project = make_project("spill", visibility=visibility)
    make_member(project, people["alice"], Role.OWNER)
    make_member(project, people["bob"], Role.CURATOR)
    _, token = invite(project, people["alice"], Role.VIEWER)
    stand_ins = {"token": token} | {who: person.pk for who, person in people.items()}
    client = Client()
    if visitor in people:
        client.force_login(people[visitor])

    address = reverse(name, args=[stand_ins.get(one, one) for one in arguments])
    response = getattr(client, method)(address)

    assert response.status_code == status
    if status == SIGN_IN and visitor == "nobody":
        assert response.url == f"{reverse('account_login')}?next={address}"
