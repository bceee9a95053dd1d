"""Who gets which page of reading and marking. A stranger gets 404: what one may not see does not
exist."""

import pytest
from django.db import transaction
from django.urls import reverse

from annotations.models import Annotation
from annotations.services.marking import delete
from reader.models import Role, Visibility, uuid7
from tests.factories import make_article, make_mark, make_member, make_project, make_user, place_of

pytestmark = pytest.mark.django_db

MEMBERS = {"alice", "bob", "dora", "cora", "vera"}
ANNOTATORS = MEMBERS - {"vera"}
EDITORS = {"alice", "bob", "cora"}
EVERYBODY = MEMBERS | {"charlie", "anonymous"}

READING = {
    "article": ("get", "article"),
    "permalink": ("get", "annotation"),
    "project": ("get", "project"),
}
MARKING = {"mark": ("post", "mark"), "choose": ("get", "choose")}
EDITING = {
    "editor": ("get", "annotation_edit"),
    "save": ("post", "annotation_edit"),
    "by kind": ("get", "annotation_by_kind"),
    "offers": ("get", "annotation_offers"),
    "offers while typing": ("post", "annotation_offers"),
    "extent": ("post", "annotation_extent"),
    "delete": ("post", "annotation_delete"),
    "restore": ("post", "annotation_restore"),
}
INTERNAL = {"history": ("get", "annotation_history"), "unlinked": ("get", "unlinked")}


@pytest.fixture
def people(project, alice, bob):
    """Alice owns the project and Bob made the annotation; Dora is another annotator, Cora a
    curator, Vera a viewer, and Charlie a stranger."""
    found = {"alice": alice, "bob": bob, "charlie": make_user("charlie@example.org")}
    roles = {"dora": Role.ANNOTATOR, "cora": Role.CURATOR, "vera": Role.VIEWER}
    for name, role in roles.items():
        found[name] = make_user(f"{name}@example.org")
        make_member(project, found[name], role)
    return found


@pytest.fixture
def annotation(project, article, bob):
    return make_mark(project, article, "Zoë", by=bob)


@pytest.fixture
def status(client, people, project, article, annotation):
    """The status that somebody gets for one of the actions above."""
    place = place_of(article, "Zoë")
    sent = {
        "id": uuid7(),
        "kind": "quote",
        "wording": "verbatim",
        "revision": 1,
        "start": place.start,
        "end": place.end,
        "exact": place.exact,
        "operation": "add",
        "version": 1,
        "claims-TOTAL_FORMS": 0,
        "claims-INITIAL_FORMS": 0,
    }
    parts = {
        "article": {"slug": project.slug, "article_id": article.pk},
        "annotation": {"annotation_id": annotation.pk},
        "project": {"slug": project.slug},
    }
    parts |= dict.fromkeys(("mark", "choose"), parts["article"])
    parts["unlinked"] = parts["project"]

    def asks(who, action):
        method, name = action
        client.logout()
        if who != "anonymous":
            client.force_login(people[who])
        address = reverse(name, kwargs=parts.get(name, parts["annotation"]))
        return getattr(client, method)(address, sent if method == "post" else {}).status_code

    return asks


INSIDE = [(READING, MEMBERS), (MARKING, ANNOTATORS), (EDITING, EDITORS), (INTERNAL, MEMBERS)]
IN_PUBLIC = [(READING, EVERYBODY), *INSIDE[1:]]


def cases(groups):
    return [
        pytest.param(action, allowed, id=name)
        for actions, allowed in groups
        for name, action in actions.items()
    ]


def let_in(status, action):
    """Who may do this; nothing of it is kept."""
    found = set()
    for who in EVERYBODY:
        with transaction.atomic():
            code = status(who, action)
            transaction.set_rollback(True)
        assert code in {200, 302, 404}
        if code != 404:
            found.add(who)
    return found


@pytest.mark.parametrize(("action", "allowed"), cases(INSIDE))
def test_in_a_private_project(status, action, allowed):
    assert let_in(status, action) == allowed


@pytest.mark.parametrize(("action", "allowed"), cases(IN_PUBLIC))
def test_in_a_public_project(status, project, action, allowed):
    project.visibility = Visibility.PUBLIC
    project.save()
    assert let_in(status, action) == allowed


def test_strangers_change_nothing(status, annotation):
    for who in ("charlie", "anonymous", "vera", "dora"):
        for action in EDITING.values():
            status(who, action)
    annotation.refresh_from_db()
    assert annotation.version == 1
    assert annotation.deleted_at is None
    assert Annotation.objects.count() == 1


def test_what_is_deleted_is_found_by_members_only(status, project, annotation):
    project.visibility = Visibility.PUBLIC
    project.save()
    delete(annotation.pk)
    assert status("anonymous", ("get", "annotation")) == 404
    assert status("vera", ("get", "annotation_history")) == 200
    assert status("bob", ("get", "annotation_edit")) == 404
    assert status("dora", ("post", "annotation_restore")) == 404
    assert status("bob", ("post", "annotation_restore")) == 302


def test_an_article_is_found_in_its_projects_only(client, bob, project, article):
    other = make_project("other")
    make_member(other, bob)
    client.force_login(bob)
    assert client.get(f"/projects/spill/articles/{article.pk}/").status_code == 200
    assert client.get(f"/projects/other/articles/{article.pk}/").status_code == 404
    assert client.get(f"/articles/{article.pk}/").status_code == 404


def test_the_library_can_be_read_in_ones_own_project(client, bob):
    article = make_article(None, "A library article.")
    address = f"/articles/{article.pk}/"
    assert client.get(address).status_code == 404
    client.force_login(bob)
    assert client.get(address).status_code == 200
    assert client.get(f"{address}annotations/choose/?words=library").status_code == 200


def test_help_and_library_are_for_everybody(client):
    assert client.get("/").status_code == 200
    assert client.get("/help/").status_code == 200


@pytest.mark.parametrize("field", ["again", "annotation"])
def test_another_projects_annotation_is_out_of_reach(client, bob, project, article, field):
    other = make_project("other")
    theirs = make_mark(other, article, "Zoë", by=None, note="Their secret.", speakers=["Zoë"])
    client.force_login(bob)
    address = f"/projects/spill/articles/{article.pk}/annotations/"
    if field == "again":
        sent = {"id": uuid7(), "kind": "denial", "revision": 1, "again": theirs.pk}
        client.post(address, sent)
        assert not Annotation.objects.filter(project=project).exists()
    else:
        asked = {"words": "Zoë", "annotation": theirs.pk, "operation": "remove"}
        page = client.get(f"{address}choose/", asked).content.decode()
        assert str(theirs.pk) not in page
