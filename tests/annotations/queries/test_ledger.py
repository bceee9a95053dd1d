"""Postgres counts by the rules that are written in Python."""

from datetime import date, timedelta
from random import Random

import pytest
from django.utils import timezone

from annotations.ledger import Account, Part, part_of
from annotations.models import (
    Annotation,
    Attribution,
    Claim,
    ClaimLink,
    Flag,
    Speaker,
    Withdrawal,
)
from annotations.passage import Passage
from annotations.queries.answers import accusations
from annotations.queries.claims import linked
from annotations.queries.gone import gone_of_claims
from annotations.queries.ledger import Asked, accounts, listing
from annotations.queries.passages import in_public, passages
from annotations.services.erased_history import history_of
from annotations.services.merging import merge, unmerge
from annotations.services.reply_sought import set_reply_sought
from annotations.timing import dated, order
from reader.models import Project, ProjectArticle
from tests.factories import make_article, make_project, make_user

pytestmark = pytest.mark.django_db

NAMES = ["Ida Voss", "Bo Lind", "The works", "The mayor", "I. Voss", "Cy Fell"]
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


def random_affair(seed: int) -> Project:
    """Claims with all that may happen to them: merged claims and speakers, several links,
    withdrawn and deleted passages, dates of every precision and none."""
    random = Random(seed)
    project = make_project(f"random-{seed}")
    if random.random() < 0.7:
        Project.objects.filter(pk=project.pk).update(first_public_at=now() - timedelta(days=9))
    person = make_user(f"person{seed}@example.org")
    speakers = [Speaker.objects.create(project=project, name=name) for name in NAMES]
    speakers[4].canonical = speakers[0]
    speakers[4].save()
    claims = [Claim.objects.create(project=project, statement=f"That {n}") for n in range(6)]
    merge(claims[5], claims[0])
    articles = [
        make_article(
            project,
            f"Text {number} of {seed}.",
            publication=random.choice(["The Reed", "The Courier", ""]),
            published_on=random.choice(["", "2024", "2024-05", "2024-05-08", "2024-05-11"]),
        )
        for number in range(4)
    ]
    for _ in range(24):
        annotation = Annotation.objects.create(
            project=project,
            article=random.choice(articles),
            kind=random.choice(["allegation", "allegation", "denial", "denial", "quote"]),
            wording="paraphrase",
            flags=random.choice([[], [], [Flag.MENTION], [Flag.UNSURE]]),
            said_on=random.choice([None, None, date(2024, 5, 1) + timedelta(random.randrange(20))]),
            deleted_at=timezone.now() if random.random() < 0.1 else None,
        )
        for role in ("speaker", "on_behalf_of", "relayed_by", "target"):
            for position, one in enumerate(random.sample(speakers, random.choice([0, 0, 1, 2]))):
                Attribution.objects.create(
                    annotation=annotation, speaker=one, role=role, position=position
                )
        for claim in random.sample(claims, random.choice([0, 1, 1, 2])):
            ClaimLink.objects.create(annotation=annotation, claim=claim)
        if random.random() < 0.15:
            annotation.claim_links.all().delete()
        if random.random() < 0.15:
            Withdrawal.objects.create(project=project, annotation=annotation, reason="x", by=person)
    if random.random() < 0.3:
        place = ProjectArticle.objects.get(project=project, article=articles[0])
        Withdrawal.objects.create(project=project, project_article=place, reason="x", by=person)
    if random.random() < 0.3:
        Withdrawal.objects.create(
            project=project, project_article=place_of(articles[1]), reason="x", lifted_at=now()
        )
    _move_some(random, project, claims)
    return project


def _move_some(random: Random, project: Project, claims: list[Claim]) -> None:
    """Days later some passages go to other claims, and merged claims may be two again."""
    before = now() - timedelta(days=5)
    Annotation.objects.filter(project=project).update(created_at=before)
    for model in (ClaimLink, Claim):
        history_of(model).filter(pgh_created_at__gt=before).update(pgh_created_at=before)
    for link in ClaimLink.objects.filter(annotation__project=project):
        if random.random() < 0.2:
            kept = {"annotation": link.annotation, "claim": random.choice(claims)}
            link.delete()
            ClaimLink.objects.get_or_create(**kept)
    if random.random() < 0.5:
        unmerge(Claim.objects.filter(project=project).exclude(merged_into=None).get())


def place_of(article):
    return ProjectArticle.objects.get(article=article)


def now():
    return timezone.now()


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


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("public", [False, True])
def test_a_ledger_is_sorted_by_what_its_rows_say(seed: int, public: bool) -> None:
    project = random_affair(seed)
    claims = Claim.objects.filter(project=project)
    for claim, status in zip(claims, ("replied", "sought", "declined"), strict=False):
        set_reply_sought(claim, status, date(2024, 5, 9), 0, make_user(f"{claim.pk}@example.org"))

    def sorted_by(by: str) -> list[Account]:
        found = listing(project, Asked(order=by), public=public).ids
        assert set(found) == set(listing(project, Asked(), public=public).ids)
        return accounts(project, found, public=public)

    for by, first in (
        ("speaker", lambda one: [who.name.lower() for who in one.accusers[:1]]),
        ("target", lambda one: [who.name.lower() for who in one.accused[:1]]),
    ):
        names = [first(one) for one in sorted_by(by)]
        assert names == sorted(names, key=lambda name: (not name, name))
    named = [_publication(one, public) for one in sorted_by("publication")]
    assert named == sorted(named, key=lambda name: (not name, name))
    silent = [one.is_unanswered for one in sorted_by("unanswered")]
    assert silent == sorted(silent, reverse=True)
    replies = [one.sought for one in sorted_by("sought")]
    assert replies == sorted(replies, key=["sought", "declined", "replied", "not_sought"].index)


def _publication(account: Account, public: bool) -> str:
    """Which one the claim is sorted by: the first in which it is recorded."""
    passages = linked(Claim.objects.get(pk=account.id), public=public)
    printed = [one for one in passages if one.publication and one.part in RECORDED]
    found = [(one.when.on if one.when else date.max, one.publication.lower()) for one in printed]
    return min(found)[1] if found else ""
