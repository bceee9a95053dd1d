"""Projects in which anything may have happened: there SQL is compared with Python."""

from datetime import date, timedelta
from random import Random

from django.utils import timezone

from annotations.models import Annotation, Attribution, Claim, ClaimLink, Flag, Speaker, Withdrawal
from annotations.services.erased_history import history_of
from annotations.services.merging import merge, unmerge
from reader.models import Project, ProjectArticle
from tests.factories import make_article, make_project, make_user

NAMES = ["Ida Voss", "Bo Lind", "The works", "The mayor", "I. Voss", "Cy Fell"]


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
