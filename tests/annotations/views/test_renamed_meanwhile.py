"""An editor names people and claims by what they are called: what is called otherwise meanwhile, or
merged, or taken apart, is a conflict, and never another person or claim in silence."""

from collections.abc import Callable
from html import unescape
from typing import Any

import lxml.html
import pytest
from django.test import Client

from annotations.models import Annotation, Speaker
from annotations.services.claim_edits import restate
from annotations.services.merging import merge, unmerge
from annotations.services.speaker_editing import About, edit_speaker
from tests.annotations.claims import Claims, some_claims

pytestmark = pytest.mark.django_db


def named(name: str) -> Speaker:
    return Speaker.objects.get(name=name)


def restated(world: Claims) -> None:
    restate(world.leaked, "That the works let oil out", world.leaked.version)


def renamed(world: Claims) -> None:
    edit_speaker(named("Bo Lind"), About("Bo Lund"), named("Bo Lind").version)


def merged(world: Claims) -> None:
    merge(named("Bo Lind"), named("Ida"))


def split_speakers(world: Claims) -> None:
    unmerge(named("Cy Fell"))


def split_claims(world: Claims) -> None:
    unmerge(world.spilled)


def opened(client: Client, annotation: Annotation) -> dict[str, list[str]]:
    """The editor's form as a browser sends it."""
    page = lxml.html.fromstring(client.get(f"/annotations/{annotation.pk}/edit/").content.decode())
    (form,) = (one for one in page.forms if "version" in one.fields)
    sent: dict[str, list[str]] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return sent


def ties(annotation: Annotation) -> tuple[list[Any], list[Any]]:
    return (
        sorted(annotation.attributions.values_list("role", "speaker")),
        sorted(annotation.claim_links.values_list("claim")),
    )


@pytest.mark.parametrize("change", [restated, renamed, merged, split_speakers, split_claims])
def test_it_is_a_conflict_and_nothing_is_lost(change: Callable[[Claims], None]) -> None:
    world, client = some_claims(), Client()
    client.force_login(world.bob)
    annotation = world.again if change in (split_speakers, split_claims) else world.denied
    merge(named("Cy Fell"), Speaker.objects.create(project=world.project, name="C. Fell"))
    merge(world.spilled, world.burned)
    before, sent = ties(annotation), opened(client, annotation)
    change(world)
    sent["note"] = ["Ask again."]

    answer = client.post(f"/annotations/{annotation.pk}/edit/", sent)

    page = unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "Not saved: somebody, elsewhere, changed this annotation" in page
    assert "Ask again." in page
    assert ties(annotation) == before

    shown = lxml.html.fromstring(page)
    (form,) = (one for one in shown.forms if "version" in one.fields)
    assert form.fields["reads"] != sent["reads"][0]


def test_nothing_called_otherwise_is_no_conflict() -> None:
    world, client = some_claims(), Client()
    client.force_login(world.bob)
    before, sent = ties(world.denied), opened(client, world.denied)
    sent["note"] = ["Ask again."]
    assert client.post(f"/annotations/{world.denied.pk}/edit/", sent).status_code == 302
    assert ties(world.denied) == before
