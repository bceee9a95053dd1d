"""Editing and merging speakers."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from annotations.models import Speaker, SpeakerType
from reader.models import Role, Visibility
from tests.annotations.affair import Affair, affair
from tests.annotations.speaker_pages import LIST, named, path, rows, shown
from tests.clients import signed_in
from tests.factories import make_mark, make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Affair:
    return affair(visibility=Visibility.PUBLIC)


@pytest.fixture
def viewer(world: Affair):
    user = make_user("vera@example.org")
    make_member(world.project, user, Role.VIEWER)
    return user


def test_annotators_change_and_merge_viewers_and_strangers_do_not(world: Affair, viewer) -> None:
    for rest in ("edit/", "merge/"):
        for client in (Client(), signed_in(world.charlie), signed_in(viewer)):
            assert client.get(path("Odo Fenn", rest)).status_code == 404
            assert client.post(path("Odo Fenn", rest), {"into": "Ilse Marr"}).status_code == 404
        assert signed_in(world.bob).get(path("Odo Fenn", rest)).status_code == 200
    assert signed_in(viewer).post(path("Odo Fenn", "unmerge/")).status_code == 404
    assert Speaker.objects.filter(merged_into=None).count() == Speaker.objects.count()


def fields(speaker: Speaker, **changes: object) -> dict[str, object]:
    return {
        "version": speaker.version,
        "name": speaker.name,
        "aliases": "\n".join(speaker.aliases),
        "type": speaker.type,
        "note": speaker.note,
    } | changes


def test_a_speaker_is_edited(world: Affair) -> None:
    odo, client = named("Odo Fenn"), signed_in(world.bob)
    before = world.project.version
    changes = {"aliases": " the  owner \n\nODO FENN; Fenn\nfenn", "type": "person", "note": "x"}
    response = client.post(path(odo, "edit/"), fields(odo, name=" Odo  J. Fenn", **changes))
    assert response.url == path(odo)
    odo.refresh_from_db()
    assert (odo.name, odo.type, odo.note) == ("Odo J. Fenn", "person", "x")
    assert odo.aliases == ["the owner", "ODO FENN", "Fenn"]
    assert odo.version == 2
    world.project.refresh_from_db()
    assert world.project.version > before
    page = shown(path(odo))
    assert "Also known as" in page and "the owner" in page


def test_two_editors_lose_nothing(world: Affair) -> None:
    odo, client = named("Odo Fenn"), signed_in(world.bob)
    client.post(path(odo, "edit/"), fields(odo, note="First."))
    response = client.post(path(odo, "edit/"), fields(odo, note="Second.", aliases="Fenn"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "<td>First.</td><td>Second.</td>" in page and "<td>—</td><td>Fenn</td>" in page
    assert 'name="version" value="2"' in page and ">\nSecond.</textarea>" in page
    client.post(path(odo, "edit/"), fields(odo, note="Second.", version=2))
    odo.refresh_from_db()
    assert odo.note == "Second."


def test_a_name_of_somebody_else_offers_to_merge(world: Affair) -> None:
    odo, client = named("Odo Fenn"), signed_in(world.bob)
    Speaker.objects.filter(name="Ilse Marr").update(aliases=["the Mayor"])
    for changes, offer in (
        ({"name": "ilse marr"}, "Merge “Odo Fenn” into “Ilse Marr”"),
        ({"aliases": "Fenn\nTHE  mayor"}, "Merge “Ilse Marr” into “Odo Fenn”"),
    ):
        response = client.post(path(odo, "edit/"), fields(odo, **changes))
        page = response.content.decode()
        assert response.status_code == 422
        assert offer in page
        (typed,) = changes.values()
        assert str(typed).split()[0] in page
    assert page.index("THE mayor” is a name of “Ilse Marr” here") > page.index("Aliases")
    client.post(path(odo, "merge/"), {"into": "Ilse Marr"})
    odo.refresh_from_db()
    assert odo.canonical == named("Ilse Marr")


def test_all_aliases_of_others_are_named_at_once(world: Affair) -> None:
    odo = named("Odo Fenn")
    Speaker.objects.filter(name="Ilse Marr").update(aliases=["the Mayor"])
    given = fields(odo, aliases="the mayor\nReed Society")
    page = signed_in(world.bob).post(path(odo, "edit/"), given).content.decode()
    assert "“the mayor” is a name of “Ilse Marr” here." in page
    assert "“Reed Society” is another speaker here." in page


@pytest.mark.parametrize(
    ("changes", "said_of_it"),
    [
        ({"name": " "}, "This field is required"),
        ({"name": "x" * 201}, "at most 200"),
        ({"aliases": "x" * 201}, "too long for a name"),
        ({"aliases": "\n".join(map(str, range(51)))}, "At most 50 aliases"),
        ({"type": "unnamed"}, "Select a valid choice"),
        ({"type": "rumour"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(world: Affair, changes, said_of_it) -> None:
    odo = named("Odo Fenn")
    response = signed_in(world.bob).post(path(odo, "edit/"), fields(odo, **changes))
    assert response.status_code == 422
    assert said_of_it in response.content.decode()
    odo.refresh_from_db()
    assert odo.version == 1


def test_merging_is_one_action_and_can_be_undone(world: Affair, viewer) -> None:
    clerk, ilse, client = named("A clerk"), named("Ilse Marr"), signed_in(world.bob)
    response = client.post(path(clerk, "merge/"), {"into": "  ilse  MARR "})
    assert response.url == path(ilse)
    (message,) = get_messages(response.wsgi_request)
    assert message.extra_tags == path(clerk, "unmerge/")
    for address in (path(clerk), path(clerk, "edit/"), path(clerk, "merge/")):
        assert client.get(address).url.startswith(path(ilse))
    page = shown(path(ilse), client)
    assert "by Bobbin Vale" in page and "Take apart" in page
    reader = shown(path(ilse))
    assert "Also known as" in reader and "A clerk" in reader and "Bobbin Vale" not in reader
    assert "A clerk" not in rows(shown(LIST)) and rows(shown(LIST))["Ilse Marr"] == [1, 1, 1, 1]

    response = client.post(message.extra_tags)
    assert response.url == path(clerk)
    clerk.refresh_from_db()
    assert clerk.merged_into is None
    assert rows(shown(LIST))["Ilse Marr"] == [1, 0, 1, 1]

    *_, message = get_messages(response.wsgi_request)
    for somebody in (Client(), signed_in(viewer)):
        assert somebody.post(message.extra_tags).status_code == 404
    assert client.post(message.extra_tags).url == path(ilse)
    clerk.refresh_from_db()
    assert clerk.canonical == ilse


@pytest.mark.parametrize(
    ("typed", "said_of_it"),
    [
        ("Nobody", "Nobody is called “Nobody” here"),
        ("Odo Fenn", "the same one already"),
        ("a guard", "Nobody is called “a guard” here"),
        ("", "This field is required"),
    ],
)
def test_whom_nobody_knows_is_nobody_to_merge_with(world: Affair, typed, said_of_it) -> None:
    make_mark(
        world.project,
        world.article,
        "burned",
        "quote",
        world.bob,
        speakers=["a guard"],
        unnamed=True,
    )
    response = signed_in(world.bob).post(path("Odo Fenn", "merge/"), {"into": typed})
    assert response.status_code == 422
    assert said_of_it in response.content.decode()


def test_an_unnamed_source_that_gets_a_type_is_known_everywhere(world: Affair) -> None:
    make_mark(
        world.project,
        world.article,
        "burned",
        "quote",
        world.bob,
        speakers=["a guard"],
        unnamed=True,
    )
    guard, client = named("a guard"), signed_in(world.bob)
    assert client.post(path(guard, "merge/"), {"into": "Odo Fenn"}).status_code == 422
    client.post(path(guard, "edit/"), fields(guard, name="Per Holm", type="person"))
    guard.refresh_from_db()
    assert (guard.name, guard.type, guard.article) == ("Per Holm", SpeakerType.PERSON, None)
