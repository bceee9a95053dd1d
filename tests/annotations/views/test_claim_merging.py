"""Merging claims, splitting them, and judging pairs of them: what is refused or undone."""

import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils.timezone import localdate

from annotations.models import Claim, ClaimPair, Verdict
from annotations.services.claim_edits import set_broader
from annotations.services.claim_merges import merge_claims
from annotations.services.claim_pairs import judge
from annotations.services.withdrawals import withdraw
from annotations.subjects import Subject
from reader import dates
from reader.access import seat_in
from reader.models import Visibility
from tests.annotations.claim_pages import path, text, undo
from tests.annotations.claims import BURNED, SPILLED, Claims, some_claims
from tests.annotations.past import since_yesterday
from tests.clients import signed_in

pytestmark = pytest.mark.django_db

PAIRS = "/projects/works/pairs/"


@pytest.fixture
def world() -> Claims:
    return some_claims(visibility=Visibility.PUBLIC)


@pytest.fixture
def bob(world: Claims) -> Client:
    return signed_in(world.bob)


class TestMerge:
    def test_both_sides_are_seen_before(self, world: Claims, bob: Client) -> None:
        page = text(bob.get(path(world.leaked, f"merge/?into={world.spilled.pk}")))
        assert "Ida" in page and "Cy Fell" in page and "Bo Lind</strong> denies" in page
        assert "No denial recorded in this project" in page
        assert '<mark class="differs">lower </mark>' in page

    def test_what_was_judged_of_them_is_said(self, world: Claims, bob: Client) -> None:
        asked = path(world.leaked, f"merge/?into={world.spilled.pk}")
        assert "judged of these two" not in text(bob.get(asked))
        judge(world.spilled, world.leaked, Verdict.DIFFERENT, world.alice)
        said = f"Alice judged of these two on {dates.show(localdate(), 'day')}: different claims."
        assert said in text(bob.get(asked))
        judge(world.spilled, world.leaked, Verdict.SAME, world.alice)
        assert "judged of these two" not in text(bob.get(asked))

    @pytest.mark.parametrize(
        ("asked", "found"),
        [("", [SPILLED]), ("mayor", [BURNED]), ("lower river leaked", [SPILLED]), ("zzz", [])],
    )
    def test_it_is_picked_by_typing(
        self, world: Claims, bob: Client, asked: str, found: list[str]
    ) -> None:
        page = text(bob.get(path(world.leaked, "merge/"), {"q": asked}))
        assert re.findall(r'\?into=\d+" dir="auto">([^<]*)<', page) == found
        if not found:
            assert "No other claim has words like these." in page

    def test_a_whole_statement_leads_on(self, world: Claims, bob: Client) -> None:
        page = text(bob.get(path(world.leaked, "merge/"), {"q": BURNED.upper()}))
        assert "Merge these two claims?" in page

    @pytest.mark.parametrize("keeps_this", [True, False])
    def test_merge_and_undo(self, world: Claims, bob: Client, keeps_this: bool) -> None:
        keep, gone = world.leaked, world.spilled
        if not keeps_this:
            keep, gone = gone, keep
        form = {"into": world.spilled.pk, "keep": keep.pk}
        done = bob.post(path(world.leaked, "merge/"), form)
        assert done.headers["Location"] == path(keep)
        moved = Client().get(path(gone))
        assert (moved.status_code, moved.headers["Location"]) == (302, path(keep))
        assert world.counted(keep) == (2, 1)
        undo(bob, done)
        assert Client().get(path(gone)).status_code == 200
        assert world.counted(world.leaked) == (1, 1)

    @pytest.mark.parametrize("other_way", [True, False])
    def test_a_second_window_is_told_that_they_are_merged(
        self, world: Claims, bob: Client, other_way: bool
    ) -> None:
        one, other = world.leaked, world.spilled
        merge_claims(*([other, one] if other_way else [one, other]))
        form = {"into": other.pk, "keep": one.pk}
        for answer in (
            bob.post(path(one, "merge/"), form, follow=True),
            bob.get(path(one, f"merge/?into={other.pk}"), follow=True),
        ):
            assert "They are one claim already." in text(answer)
            assert answer.redirect_chain[0][0] == path(one if other_way else other)

    def test_it_can_be_taken_apart_later(self, world: Claims, bob: Client) -> None:
        since_yesterday()
        bob.post(path(world.leaked, "merge/"), {"into": world.spilled.pk, "keep": world.leaked.pk})
        page, public = text(bob.get(path(world.leaked))), text(Client().get(path(world.leaked)))
        assert f'Also stated as “<span dir="auto">{SPILLED}</span>”' in page
        assert "by Bob" in page and f'action="{path(world.spilled)}unmerge/"' in page
        assert SPILLED in public and "by Bob" not in public and "unmerge" not in public
        done = bob.post(path(world.spilled, "unmerge/"))
        assert done.headers["Location"] == path(world.spilled)
        assert Claim.objects.filter(canonical=None).count() == 3
        undo(bob, done)
        assert world.counted(world.leaked) == (2, 1)

    def test_readers_are_not_told_what_only_withdrawn_passages_say(
        self, world: Claims, bob: Client
    ) -> None:
        merge_claims(world.spilled, world.leaked)
        subject = Subject(seat_in(world.alice, world.project), world.second, world.again)
        withdraw(subject, world.alice, "A mistake.")
        assert SPILLED not in text(Client().get(path(world.leaked)))
        assert SPILLED in text(bob.get(path(world.leaked)))

    def test_a_broader_claim_is_not_merged(self, world: Claims, bob: Client) -> None:
        set_broader(world.spilled, world.leaked)
        form = {"into": world.spilled.pk, "keep": world.leaked.pk}
        response = bob.post(path(world.leaked, "merge/"), form)
        assert response.status_code == 422
        assert "One of them is a part of the other." in text(response)


class TestSplit:
    OTHER = "That nothing leaked is wrong"

    def test_split_and_undo(self, world: Claims, bob: Client) -> None:
        page = text(bob.get(path(world.leaked, "split/")))
        assert page.count('name="passages"') == 2
        form = {"passages": [world.denied.pk], "statement": self.OTHER}
        done = bob.post(path(world.leaked, "split/"), form)
        new = Claim.objects.get(statement=self.OTHER)
        assert done.headers["Location"] == path(new)
        assert world.linked(new) == {world.denied.pk}
        undo(bob, done)
        assert world.linked(world.leaked) == {world.alleged.pk, world.denied.pk}
        assert Client().get(path(new)).headers["Location"] == path(world.leaked)

    def test_a_denial_of_both_is_linked_to_both(self, world: Claims, bob: Client) -> None:
        page = text(bob.get(path(world.leaked, "split/")))
        assert page.count('name="both"') == 1 and f'name="both" value="{world.denied.pk}"' in page
        form = {"passages": [world.alleged.pk], "both": [world.denied.pk]}
        wrong = text(bob.post(path(world.leaked, "split/"), form))
        assert wrong.count(" checked>") == 2
        bob.post(path(world.leaked, "split/"), form | {"statement": self.OTHER})
        new = Claim.objects.get(statement=self.OTHER)
        assert world.linked(new) == {world.alleged.pk, world.denied.pk}
        assert world.linked(world.leaked) == {world.denied.pk}

    def test_only_denials_answer_both(self, world: Claims, bob: Client) -> None:
        form = {"passages": [world.denied.pk], "both": [world.alleged.pk], "statement": self.OTHER}
        response = bob.post(path(world.leaked, "split/"), form)
        assert response.status_code == 422 and "Select a valid choice" in text(response)

    def test_what_is_wrong_is_said_and_nothing_is_lost(self, world: Claims, bob: Client) -> None:
        every = [world.alleged.pk, world.denied.pk]
        for form, said in (
            ({"statement": self.OTHER}, "Choose the passages"),
            ({"statement": self.OTHER, "passages": every}, "Leave at least one."),
            ({"statement": self.OTHER, "passages": ["x"]}, "Select a valid choice"),
            ({"statement": " ", "passages": every[:1]}, "A claim needs a statement"),
            ({"statement": SPILLED, "passages": every[:1]}, "Another claim has this statement"),
        ):
            response = bob.post(path(world.leaked, "split/"), form)
            page = text(response)
            assert response.status_code == 422 and said in page
            assert form["statement"].strip() in page
            assert page.count(" checked>") == len(
                [one for one in form.get("passages", []) if one != "x"]
            )
        assert f"?into={world.spilled.pk}" in page
        assert Claim.objects.count() == 3


class TestPairs:
    def press(self, world: Claims, client: Client, verdict: str) -> Any:
        return client.post(f"{PAIRS}{world.leaked.pk}/{world.spilled.pk}/{verdict}/")

    def test_each_judgement_is_kept_and_undone(self, world: Claims, bob: Client) -> None:
        assert "1 pair waits" in text(bob.get(PAIRS))
        for verdict in ("different", "unsure", "same"):
            done = self.press(world, bob, verdict)
            assert ClaimPair.objects.get().verdict == verdict
            assert "No pair waits for a judgement." in text(bob.get(PAIRS))
            undo(bob, done)
            assert "1 pair waits" in text(bob.get(PAIRS))
        assert Claim.objects.filter(canonical=None).count() == 3

    def test_same_offers_the_merge_and_stays_in_sight(self, world: Claims, bob: Client) -> None:
        done = self.press(world, bob, "same")
        offered = done.headers["Location"]
        assert offered.startswith(f"{path(world.leaked)}merge/?into={world.spilled.pk}")
        page = text(bob.get(offered))
        assert "Merge these two claims?" in page and f'name="next" value="{PAIRS}"' in page
        assert "Judged the same, not merged" in text(bob.get(PAIRS))
        form = {"into": world.spilled.pk, "keep": world.leaked.pk, "next": PAIRS}
        merged = bob.post(path(world.leaked, "merge/"), form)
        assert merged.headers["Location"] == PAIRS
        assert "Judged the same" not in text(bob.get(PAIRS))

    def test_an_unsure_pair_is_taken_up_again(self, world: Claims, bob: Client) -> None:
        self.press(world, bob, "unsure")
        page = text(bob.get(PAIRS))
        assert "<h2>Unsure</h2>" in page and "/different/" in page
        done = self.press(world, bob, "different")
        undo(bob, done)
        assert ClaimPair.objects.get().verdict == Verdict.UNSURE

    def test_what_is_no_judgement_finds_nothing(self, world: Claims, bob: Client) -> None:
        assert self.press(world, bob, "perhaps").status_code == 404
        merge_claims(world.spilled, world.leaked)
        done = self.press(world, bob, "same")
        (message,) = get_messages(done.wsgi_request)
        assert message.message == "These are one claim already."

    def test_the_pairs_of_one_claim(self, world: Claims, bob: Client) -> None:
        assert "1 pair waits" in text(bob.get(f"{PAIRS}?claim={world.leaked.pk}"))
        assert "No pair waits" in text(bob.get(f"{PAIRS}?claim={world.burned.pk}"))
        assert "No pair waits" in text(bob.get(f"{PAIRS}?claim=x&after=1"))
