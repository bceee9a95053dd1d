"""NUL, which Postgres does not take, from outside: never an error of the server."""

from typing import Any

import pytest
from django.test import Client

from annotations.models import Annotation, Claim
from reader.models import Visibility
from tests.annotations.claims import Claims, some_claims

pytestmark = pytest.mark.django_db

NUL = "oil\0 leaked"

READ = {
    "/claims/{claim}/merge/": ["q", "into", "next"],
    "/claims/{claim}/broader/": ["q", "next"],
    "/claims/{claim}/": ["page"],
    "/speakers/{speaker}/": ["show", "after"],
    "/annotations/{denial}/edit/by-kind/": ["kind", "speakers", "pick", "claims-0-statement"],
    "/annotations/{denial}/edit/offers/": ["kind", "speakers", "pick"],
    "/annotations/{denial}/same-words/": ["next"],
    "/projects/works/": ["before"],
    "/projects/works/activity/": ["before"],
    "/projects/works/speakers/": ["name", "show", "after"],
    "/projects/works/ledger/": ["text", "speaker", "target", "publication", "since", "after"],
    "/projects/works/ledger.csv": ["text", "speaker", "target", "publication", "until"],
    "/projects/works/pairs/": ["after", "claim"],
    "/projects/works/unlinked/": ["before"],
    "/projects/works/changes/": ["after"],
    "/projects/works/articles/{article}/": ["edit"],
    "/projects/works/articles/{article}/same-words/": ["start", "end"],
    "/projects/works/articles/{article}/annotations/choose/": ["words", "annotation"],
    "/search/": ["q", "project", "publication", "order"],
    "/": ["project", "publication", "show"],
}

SENT = {
    "/claims/{claim}/merge/": ["q", "into", "keep", "next"],
    "/claims/{claim}/broader/": ["q", "broader"],
    "/claims/{claim}/edit/": ["statement", "version"],
    "/claims/{claim}/split/": ["statement", "passages"],
    "/claims/{claim}/reply/": ["sought", "note", "day"],
    "/claims/{claim}/share/": ["lasts", "until"],
    "/speakers/{speaker}/edit/": ["name", "aliases", "note", "type", "version"],
    "/speakers/{speaker}/merge/": ["into"],
    "/speakers/{speaker}/share/": ["lasts"],
    "/annotations/{denial}/delete/": ["reason"],
    "/annotations/{denial}/edit/": ["speakers", "targets", "cue", "note", "claims-0-part", "pick"],
    "/annotations/{denial}/same-words/mark/": ["id", "exact", "article"],
    "/annotations/{denial}/unmark/": ["next"],
    "/annotations/{denial}/withdraw/": ["reason"],
    "/annotations/{denial}/reply/": ["name", "contact", "text"],
    "/projects/works/articles/{article}/place/": ["to"],
}


@pytest.fixture
def works() -> Claims:
    return some_claims(visibility=Visibility.PUBLIC)


@pytest.fixture
def alice(works: Claims) -> Client:
    client = Client()
    client.force_login(works.alice)
    return client


def filled(path: str, works: Claims) -> str:
    speaker = works.denied.attributions.get().speaker_id
    return path.format(
        claim=works.leaked.pk, denial=works.denied.pk, article=works.first.pk, speaker=speaker
    )


def check(answer: Any) -> None:
    assert answer.status_code < 500
    if answer.streaming:
        b"".join(answer)


@pytest.mark.parametrize("path", READ)
def test_in_an_address(works: Claims, alice: Client, path: str) -> None:
    for name in READ[path]:
        check(alice.get(filled(path, works), {name: NUL}))


@pytest.mark.parametrize("path", SENT)
def test_in_a_form(works: Claims, alice: Client, path: str) -> None:
    # By itself each, since a form that is refused hides what the next field would do.
    for name in SENT[path]:
        check(alice.post(filled(path, works), {name: NUL}))


def test_a_claim_that_is_typed(works: Claims, alice: Client) -> None:
    typed = {"typed": "claims-0-statement", "claims-0-statement": NUL}
    for name in ("offers", "by-kind"):
        check(alice.post(f"/annotations/{works.denied.pk}/edit/{name}/", typed))


def test_a_reason_is_kept_without_it(works: Claims, alice: Client) -> None:
    alice.post(f"/annotations/{works.denied.pk}/delete/", {"reason": "A\0 mistake."})
    assert Annotation.objects.get(pk=works.denied.pk).deleted_reason == "A mistake."


def test_a_claim_is_found_in_spite_of_it(works: Claims, alice: Client) -> None:
    typed = {"q": f"\0{works.spilled.statement}"}
    assert (
        b"Merge these two claims?" in alice.get(f"/claims/{works.leaked.pk}/merge/", typed).content
    )
    alice.post(f"/claims/{works.leaked.pk}/broader/", typed)
    assert Claim.objects.get(pk=works.leaked.pk).broader == works.spilled
