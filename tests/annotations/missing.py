"""Denials that are missing beside an allegation, and what has shown them."""

from collections.abc import Callable

from annotations.models import Annotation, Claim, Share
from annotations.queries.answers import accusations
from annotations.queries.passages import passages
from annotations.services.editing import edit
from tests.annotations.affair import CLAIM, Affair
from tests.factories import fields_of


def missing(world: Affair, allegation: Annotation | None = None, *, public: bool = True):
    wanted = passages(Annotation.objects.filter(pk=(allegation or world.alleged).pk))
    (accusation,) = accusations(world.project, wanted, public=public)
    return [(one.how, one.reason) for one in accusation.missing]


def save(denial: Annotation, **changes: object) -> None:
    current = Annotation.objects.get(pk=denial.pk)
    edit(current.pk, current.version, fields_of(current, **changes), None)


SHOWING: list[Callable[[Affair], object]] = [
    lambda world: world.share(world.project),
    lambda world: world.share(world.denied),
    lambda world: world.share(world.later),
    # Denials go where the allegations of their claim go.
    lambda world: world.share(world.alleged),
    lambda world: world.share(world.article),
    lambda world: Share.objects.create(
        claim=Claim.objects.get(statement=CLAIM), created_by=world.alice
    ),
    lambda world: Share.objects.create(
        speaker=world.denied.attributions.get().speaker, created_by=world.alice
    ),
]
