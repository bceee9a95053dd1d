"""Claims: who may change them, how they are worded, and what they are a part of."""

import re
from typing import Any

import pytest
from django.test import Client

from annotations.models import Annotation, Claim, ClaimPair, Verdict
from annotations.services.claim_edits import restate, set_broader
from annotations.services.claim_merges import merge_claims
from annotations.services.claim_pairs import judge
from annotations.services.withdrawals import withdraw
from annotations.subjects import Subject
from reader.access import seat_in
from reader.models import Project, Role, Visibility
from tests.annotations.claim_pages import path, statement, text, undo
from tests.annotations.claims import LEAKED, SPILLED, Claims, some_claims
from tests.annotations.past import since_yesterday
from tests.clients import signed_in
from tests.factories import make_mark, make_member, make_user

pytestmark = pytest.mark.django_db

PAIRS = "/projects/works/pairs/"


@pytest.fixture
def world() -> Claims:
    return some_claims(visibility=Visibility.PUBLIC)


@pytest.fixture
def bob(world: Claims) -> Client:
    return signed_in(world.bob)


class TestAccess:
    def tools(self, world: Claims) -> list[str]:
        pages = ["edit/", "merge/", f"merge/?into={world.spilled.pk}", "split/", "broader/"]
        return [PAIRS, *(path(world.leaked, page) for page in pages)]

    def actions(self, world: Claims) -> list[str]:
        other = world.spilled.pk
        pair = f"{PAIRS}{world.leaked.pk}/{other}/same/"
        more = [f"merge/{other}/", "unmerge/", "split/", "edit/", "broader/", f"broader/{other}/"]
        return [pair, *(path(world.leaked, one) for one in more)]

    def test_annotators_may_others_find_nothing(self, world: Claims) -> None:
        viewer, stranger = make_user("vera@example.org"), make_user("charlie@example.org")
        make_member(world.project, viewer, Role.VIEWER)
        clients = [signed_in(viewer), signed_in(stranger), Client()]
        for client in clients:
            assert {client.get(one).status_code for one in self.tools(world)} == {404}
            assert {client.post(one).status_code for one in self.actions(world)} == {404}
        bob = signed_in(world.bob)
        assert {bob.get(one).status_code for one in self.tools(world)} == {200}
        assert Claim.objects.filter(merged_into=None, broader=None, version=1).count() == 3
        assert not ClaimPair.objects.exists()

    def test_readers_see_the_claim_without_the_tools(self, world: Claims, bob: Client) -> None:
        page, member = text(Client().get(path(world.leaked))), text(bob.get(path(world.leaked)))
        for word in ("/merge/", "/split/", "/edit/", "/broader/", "/pairs/"):
            assert word not in page and word in member
        assert "1 claim looks alike" in member
        assert PAIRS in text(bob.get("/projects/works/ledger/"))
        assert PAIRS not in text(Client().get("/projects/works/ledger/"))

    def test_what_undoes_takes_a_post(self, world: Claims, bob: Client) -> None:
        for one in (f"merge/{world.spilled.pk}/", "unmerge/", "broader/0/"):
            response = bob.get(path(world.leaked, one))
            assert (response.status_code, response["Allow"]) == (405, "POST")
            assert "Only a button does this" in text(response)

    def test_claims_of_other_projects_are_no_choice(self, world: Claims, bob: Client) -> None:
        other = Project.objects.create(slug="other", name="Other")
        elsewhere = Claim.objects.create(project=other, statement=LEAKED)
        assert bob.post(path(world.leaked, f"merge/{elsewhere.pk}/")).status_code == 404
        assert bob.post(path(world.leaked, f"broader/{elsewhere.pk}/")).status_code == 404
        assert bob.post(f"{PAIRS}{world.leaked.pk}/{elsewhere.pk}/same/").status_code == 404
        page = text(bob.get(path(world.leaked, f"merge/?into={elsewhere.pk}")))
        assert "Merge with which claim?" in page


class TestStatement:
    def save(self, client: Client, claim: Claim, given: str, version: int = 1) -> Any:
        return client.post(path(claim, "edit/"), {"statement": given, "version": version})

    def test_it_is_saved_and_the_earlier_one_stays(self, world: Claims, bob: Client) -> None:
        since_yesterday()
        assert "says no more than each linked passage" in text(bob.get(path(world.leaked, "edit/")))
        assert self.save(bob, world.leaked, "That oil leaked").status_code == 302
        page, public = text(bob.get(path(world.leaked))), text(Client().get(path(world.leaked)))
        assert 'Alleged</span> <span dir="auto">That oil leaked' in public
        ended = rf'{LEAKED}</span> <span class="soft small">until [^<]*, changed by Bob'
        assert re.search(ended, page)
        assert LEAKED in public and "changed by" not in public

    def test_the_second_of_two_is_told(self, world: Claims, bob: Client) -> None:
        restate(world.leaked, "That oil leaked", 1)
        response = self.save(bob, world.leaked, "That it leaked")
        page = text(response)
        assert response.status_code == 409
        assert "That oil leaked</span>”" in page and ">\nThat it leaked</textarea>" in page
        assert statement(world.leaked) == "That oil leaked"
        self.save(bob, world.leaked, "That it leaked", 2)
        assert statement(world.leaked) == "That it leaked"

    def test_another_claims_statement_is_offered_to_be_merged(
        self, world: Claims, bob: Client
    ) -> None:
        response = self.save(bob, world.leaked, SPILLED)
        page = text(response)
        assert response.status_code == 422
        assert "Another claim has this statement already." in page
        assert f"{path(world.leaked)}merge/?into={world.spilled.pk}" in page
        assert f">\n{SPILLED}</textarea>" in page
        merge_claims(world.spilled, world.leaked)
        assert "It is merged into this one." in text(self.save(bob, world.leaked, SPILLED))

    def test_who_words_a_claim_that_is_merged_meanwhile_is_told(
        self, world: Claims, bob: Client
    ) -> None:
        merge_claims(world.spilled, world.leaked)
        response = self.save(bob, world.spilled, "That it leaked")
        page = text(response)
        assert response.status_code == 409
        assert f'merged meanwhile into “<span dir="auto">{LEAKED}</span>”' in page
        assert ">\nThat it leaked</textarea>" in page
        assert f'action="{path(world.leaked, "edit/")}"' in page
        assert statement(world.leaked) == LEAKED
        opened = bob.get(path(world.spilled, "edit/"))
        assert opened.headers["Location"] == path(world.leaked, "edit/")

    @pytest.mark.parametrize("given", ["", "x" * 501, "that …"])
    def test_what_is_no_statement_is_refused(self, world: Claims, bob: Client, given: str) -> None:
        response = self.save(bob, world.leaked, given)
        assert response.status_code == 422 and "errorlist" in text(response)


class TestBroader:
    def test_both_claims_show_it_until_it_is_removed(self, world: Claims, bob: Client) -> None:
        done = bob.post(path(world.spilled, "broader/"), {"q": LEAKED})
        assert done.headers["Location"] == path(world.spilled)
        for claim, title, other in (
            (world.spilled, "It is part of", LEAKED),
            (world.leaked, "Parts of it", SPILLED),
        ):
            kin = text(Client().get(path(claim))).partition('id="kin"')[2]
            assert title in kin and other in kin and "broader/" not in kin
        assert "Bo Lind</strong> denies" in text(Client().get(path(world.spilled)))
        ledger = text(Client().get("/projects/works/ledger/"))
        assert "part of a broader claim" in ledger and "has narrower claims" in ledger
        removed = bob.post(path(world.spilled, "broader/0/"))
        assert 'id="kin"' not in text(bob.get(path(world.spilled)))
        undo(bob, removed)
        assert 'id="kin"' in text(bob.get(path(world.spilled)))

    def test_a_claim_is_chosen_from_those_alike(self, world: Claims, bob: Client) -> None:
        page = text(bob.get(path(world.spilled, "broader/")))
        assert f'name="broader" value="{world.leaked.pk}"' in page
        bob.post(path(world.spilled, "broader/"), {"broader": world.leaked.pk, "q": ""})
        assert Claim.objects.get(pk=world.spilled.pk).broader == world.leaked

    def test_the_newest_are_offered_where_nothing_is_alike(
        self, world: Claims, bob: Client
    ) -> None:
        page = text(bob.get(path(world.burned, "broader/")))
        newest = [f'name="broader" value="{one.pk}"' for one in (world.spilled, world.leaked)]
        assert page.index(newest[0]) < page.index(newest[1])
        assert newest[0] not in text(bob.get(path(world.burned, "broader/?q=zebra")))

    def test_what_is_wrong_is_said(self, world: Claims, bob: Client) -> None:
        set_broader(world.spilled, world.leaked)
        for typed, said in (
            ("", "Type a claim"),
            ("That it rained", "No other claim has exactly this statement."),
            (SPILLED, "is a part of this claim"),
        ):
            response = bob.post(path(world.leaked, "broader/"), {"q": typed})
            assert response.status_code == 422
            assert said in text(response) and f'value="{typed}"' in text(response)

    def test_readers_see_no_tie_to_what_is_withdrawn(self, world: Claims, bob: Client) -> None:
        set_broader(world.spilled, world.leaked)
        subject = Subject(seat_in(world.alice, world.project), world.second, world.again)
        withdraw(subject, world.alice, "A mistake.")
        assert SPILLED not in text(Client().get(path(world.leaked)))
        assert "narrower" not in text(Client().get("/projects/works/ledger/"))
        assert SPILLED in text(bob.get(path(world.leaked)))


def test_queries_stay_the_same_however_many_claims(
    world: Claims, bob: Client, django_assert_max_num_queries
) -> None:
    """Of pages that show several claims."""
    set_broader(world.spilled, world.leaked)
    third = Claim.objects.create(project=world.project, statement=f"{LEAKED} yesterday")
    merge_claims(third, world.leaked)
    restate(world.leaked, f"{LEAKED} today", 1)
    judge(world.leaked, world.burned, Verdict.UNSURE, world.bob)
    pages = [
        path(world.leaked),
        PAIRS,
        "/projects/works/ledger/?text=That",
        path(world.leaked, "split/"),
        path(world.leaked, "merge/"),
    ]

    def counted() -> list[int]:
        found = []
        for page in pages:
            bob.get(page)
            with django_assert_max_num_queries(40) as captured:
                bob.get(page)
            found.append(len(captured))
        return found

    before = counted()
    for number in range(6):
        said = f"That the works leaked oil into the river, number {number}"
        make_mark(
            world.project, world.first, "Ida Voss", "allegation", claims=[said, f"{said} too"]
        )
        set_broader(Claim.objects.get(statement=said), world.leaked)
        merge_claims(Claim.objects.get(statement=f"{said} too"), world.leaked)
    judge(world.burned, Claim.objects.get(statement=said), Verdict.UNSURE, world.bob)
    restate(world.leaked, LEAKED, 2)
    assert Annotation.objects.count() == 10
    assert counted() == before
