"""Postgres counts by the rules that are written in Python."""

import pytest

from annotations.ledger import Account, Part, part_of
from annotations.models import (
    Annotation,
    Claim,
)
from annotations.passage import Passage
from annotations.queries.answers import accusations
from annotations.queries.claims import linked
from annotations.queries.gone import gone_of_claims
from annotations.queries.ledger import Asked, accounts, listing
from annotations.queries.passages import in_public, passages
from annotations.timing import dated, order
from reader.models import Project
from tests.annotations.random_affair import random_affair

pytestmark = pytest.mark.django_db

COUNTED = (
    "allegations",
    "unattributed",
    "relayed",
    "mentions",
    "articles",
    "publications",
    "denials",
    "undated",
    "first_alleged",
    "first_denied",
)
RECORDED = {Part.ALLEGES, Part.RELAYED, Part.MENTION}


def part(passage: Passage) -> Part:
    return part_of(
        passage.kind,
        passage.flags,
        has_speakers=bool(passage.speakers),
        is_relayed=bool(passage.relayed_by),
    )


def expected(project: Project, claim: Claim, public: bool) -> dict[str, object] | None:
    """The account of a claim from passages and `accusations` alone; None where it is not seen."""
    rows = Annotation.objects.filter(project=project)
    linked = [one for one in passages(rows) if claim.pk in one.claim_ids]
    shown = [one for one in passages(in_public(rows) if public else rows) if one in linked]
    alleged = [one for one in shown if part(one) == Part.ALLEGES]
    others = [one for one in shown if part(one) in {Part.RELAYED, Part.MENTION}]
    heard = {one.id for one in alleged or others}
    answers: dict[object, Passage] = {}
    gone: set[object] = set()
    for one in accusations(project, shown, public=public):
        if one.allegation.id in heard:
            answers |= {
                answer.denial.id: answer.denial
                for answer in one.answers
                if claim.pk in answer.denial.claim_ids
            }
            gone |= {left.id for left in one.gone if left.claim_id == claim.pk}
    gone -= set(answers)
    if not heard:
        denials = [one for one in linked if one.kind == "denial"]
        answers = {one.id: one for one in denials if one in shown}
        outside = [project.pk] if public else []
        found = gone_of_claims([project.pk], [claim.pk], (), outside)
        gone = {left.id for left in found.get(project.pk, ())}
    if public and not heard and (not answers or any(part(one) in RECORDED for one in linked)):
        return None
    first = sorted(alleged or others, key=_rank)
    denied = sorted(answers.values(), key=_rank)
    return {
        "allegations": len(alleged),
        "unattributed": sum(not one.speakers for one in alleged),
        "relayed": sum(part(one) == Part.RELAYED for one in shown),
        "mentions": sum(part(one) == Part.MENTION for one in shown),
        "articles": len({one.source.id for one in alleged}),
        "publications": len({one.source.publication for one in alleged} - {""}),
        "denials": len(answers),
        "gone": gone,
        "undated": sum(_when(one) is None for one in [*alleged, *answers.values()]),
        "first_alleged": first[0].id if first else None,
        "first_denied": denied[0].id if denied else None,
        "accusers": {who for one in alleged for who in one.speakers},
        "accused": {who for one in alleged or others for who in one.targets},
        "deniers": {who for one in answers.values() for who in one.speakers},
        "points": sum(_when(one) is not None for one in [*alleged, *answers.values()]),
    }


def _when(passage: Passage):
    source = passage.source
    return dated(passage.said_on, source.published_on, source.published_precision)


def _rank(passage: Passage):
    return *order(_when(passage)), passage.id


def said(account: Account) -> dict[str, object]:
    found: dict[str, object] = {
        name: getattr(account, name)
        for name in [
            "allegations",
            "unattributed",
            "relayed",
            "mentions",
            "articles",
            "publications",
            "denials",
            "undated",
            "first_alleged",
            "first_denied",
        ]
    }
    for name in ("accusers", "accused", "deniers"):
        several = getattr(account, name)
        assert len(set(several)) == len(several)
        found[name] = set(several)
    found["gone"] = {left.id for left in account.gone}
    found["points"] = sum(point.number for point in account.points)
    return found


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("public", [False, True])
def test_each_row_says_what_accusations_say(seed: int, public: bool) -> None:
    project = random_affair(seed)
    claims = list(Claim.objects.filter(project=project, canonical=None).order_by("pk"))
    wanted = {claim.pk: expected(project, claim, public) for claim in claims}
    rows = accounts(project, [claim.pk for claim in claims], public=public)
    found = {one.id: said(one) for one in rows}
    assert found == {id_: row for id_, row in wanted.items() if row is not None}

    answers = {
        claim.pk: sum(one.answers for one in linked(claim, public=public)) for claim in claims
    }
    assert {one.id: one.denials for one in rows} == {one.id: answers[one.id] for one in rows}

    listed = listing(project, Asked(), public=public)
    assert set(listed.ids) == {one.id for one in rows}
    unanswered = listing(project, Asked(without=True), public=public)
    assert set(unanswered.ids) == {one.id for one in rows if one.is_unanswered}
    totals = listed.totals
    assert (totals.claims, totals.alleged, totals.answered, totals.unanswered) == (
        len(rows),
        sum(bool(one.allegations) for one in rows),
        sum(bool(one.denials) for one in rows),
        sum(one.is_unanswered for one in rows),
    )
