"""What a person says of a claim itself: its statement, and what it is a part of."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotations.models import Claim
from annotations.queries.claim_kin import above
from annotations.services.claims import plain
from reader.models import Project
from reader.services.errors import Conflict, Refused
from reader.services.projects import lock, touch as touch_project


class StatedAlready(Refused):
    """Another claim of the project says the same, word for word."""

    def __init__(self, other: Claim) -> None:
        super().__init__(_("Another claim has this statement already."), "statement")
        self.other = other


def new_statement(project: Project, statement: str, claim: Claim | None = None) -> str:
    """The statement, ready to be saved.

    Args:
        claim: whose statement it shall be; None for a new claim.

    Raises:
        StatedAlready: another one has it, whatever its case.
        Refused: it is empty or too long.
    """
    statement = plain(statement, "statement")
    known = Claim.objects.filter(project=project, statement__iexact=statement)
    other = (known.exclude(pk=claim.pk) if claim else known).first()
    if other:
        raise StatedAlready(other)
    return statement


@transaction.atomic
def restate(claim: Claim, statement: str, version: int) -> Claim:
    """Word a claim anew; nothing is written where nothing changed. The earlier statement is kept.

    Args:
        version: the one that the person saw.

    Raises:
        Refused: the statement is empty or too long, or another claim has it (`StatedAlready`).
        Conflict: somebody else was faster.
    """
    project = lock(claim.project_id)
    claim = Claim.objects.get(pk=claim.pk)
    if claim.version != version:
        raise Conflict(claim)
    statement = new_statement(project, statement, claim)
    if statement != claim.statement:
        claim.statement = statement
        claim.version += 1
        try:
            with transaction.atomic():
                claim.save(update_fields=["statement", "version"])
        except IntegrityError:  # somebody has just marked a passage with this statement
            raise StatedAlready(Claim.objects.get(project=project, statement=statement)) from None
        touch_project(project)
    return claim


@transaction.atomic
def set_broader(claim: Claim, broader: Claim | None) -> Claim | None:
    """Say what a claim is a part of, or (None) that it is part of nothing.

    Returns:
        What it was a part of before.

    Raises:
        Refused: it would be a part of itself, or of another project's claim.
    """
    project = lock(claim.project_id)  # two at once could make a ring
    claim = Claim.objects.select_related("broader", "canonical").get(pk=claim.pk)
    if broader is not None:
        broader = Claim.objects.select_related("canonical").get(pk=broader.pk)
        here, there = claim.canonical or claim, broader.canonical or broader
        if there.project_id != project.pk:
            raise Refused(_("Choose a claim of the same project."), "broader")
        if here.pk == there.pk:
            raise Refused(_("A claim is not broader than itself."), "broader")
        if here.pk in above(there):
            raise Refused(_("“%(name)s” is a part of this claim.") % {"name": there}, "broader")
    before = claim.broader
    if before != broader:
        claim.broader = broader
        claim.save(update_fields=["broader"])
        touch_project(project)
    return before
