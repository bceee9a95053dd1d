"""Claims, and which annotations assert or deny them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotations.models import Annotation, Claim, ClaimLink, Kind, Scope
from annotations.services.places import marked_anchor
from annotations.typed import line
from annotations.wording import MAX_STATEMENT, statement_from, with_capital
from reader.models import Project, User
from reader.services.errors import Refused


@dataclass(frozen=True, slots=True)
class LinkTo:
    """A claim, by its id or by its statement (made if it is new), or the claim of an allegation."""

    statement: str = ""
    allegation: UUID | None = None
    scope: str = Scope.WHOLE
    part: str = ""
    unsure: bool = False
    claim: int | None = None


def claim_stated(project: Project, statement: str, user: User | None) -> Claim:
    """The project's claim with this statement, made if there is none.

    Raises:
        Refused: the statement is empty or too long.
    """
    statement = plain(statement, "claims")
    known = Claim.objects.filter(project=project, statement__iexact=statement).first()
    if known:
        return known
    try:
        with transaction.atomic():
            return Claim.objects.create(project=project, statement=statement, created_by=user)
    except IntegrityError:  # somebody else stated it at the same moment
        return Claim.objects.get(project=project, statement=statement)


def plain(statement: str, field: str) -> str:
    """The statement as it is kept: one line, "That …" with its capital.

    Args:
        field: where it was typed.

    Raises:
        Refused: it is empty or too long.
    """
    statement = with_capital(line(statement))
    if statement.rstrip(" .…").lower() in {"", "that"}:
        raise Refused(_("A claim needs a statement, such as “That the plant leaked”."), field)
    if len(statement) > MAX_STATEMENT:
        raise Refused(
            _("The claim has %(number)s characters; %(most)s at most.")
            % {"number": len(statement), "most": MAX_STATEMENT},
            field,
        )
    return statement


def link(annotation: Annotation, links: Sequence[LinkTo], user: User | None) -> bool:
    """Make these the annotation's links.

    Returns:
        Whether anything changed.

    Raises:
        Refused: a claim can't be stated so, a scope is unknown, a claim or an allegation isn't the
            project's.
    """
    earlier = list(
        ClaimLink.objects.filter(annotation=annotation).select_related("claim__canonical")
    )
    # A claim that was merged is read, and sent back, under another statement; its links stay. Of
    # several that are read as one, the one that is shown takes the changes.
    earlier.sort(key=lambda old: (old.claim.canonical_id is None, old.pk))
    known = {_read_as(old.claim).statement: old.claim for old in earlier}
    wanted: dict[int, LinkTo] = {}
    for one in links:
        if one.scope not in Scope.values:
            raise Refused(_("Choose how much of the claim is meant."), "claims")
        if one.allegation:
            claim = _claim_of(annotation, one.allegation, user)
        elif one.claim:
            picked = _claim(annotation.project, one.claim)
            claim = known.get(picked.statement, picked)
        else:
            claim = known.get(one.statement) or claim_stated(
                annotation.project, one.statement, user
            )
        wanted.setdefault(claim.pk, replace(one, part=line(one.part)))
    shown = {_read_as(old.claim).pk for old in earlier if old.claim_id in wanted}
    changed = False
    for old in earlier:
        new = wanted.pop(old.claim_id, None)
        if new is None:
            if _read_as(old.claim).pk not in shown:
                old.delete()
                changed = True
        elif (old.scope, old.part, old.unsure) != (new.scope, new.part, new.unsure):
            old.scope, old.part, old.unsure = new.scope, new.part, new.unsure
            old.save(update_fields=["scope", "part", "unsure"])
            changed = True
    ClaimLink.objects.bulk_create(
        ClaimLink(
            annotation=annotation, claim_id=claim, scope=one.scope, part=one.part, unsure=one.unsure
        )
        for claim, one in wanted.items()
    )
    return changed or bool(wanted)


def _claim(project: Project, claim_id: int) -> Claim:
    """The project's claim with this id, or the one that it is read as."""
    claim = Claim.objects.select_related("canonical").filter(project=project, pk=claim_id).first()
    if claim is None:
        raise Refused(_("That claim is no longer in this project."), "claims")
    return _read_as(claim)


def _read_as(claim: Claim) -> Claim:
    return claim.canonical or claim


def _claim_of(denial: Annotation, allegation_id: UUID, user: User | None) -> Claim:
    """The claim that an allegation asserts; one in its own words if it had none yet."""
    allegation = Annotation.objects.filter(
        pk=allegation_id, project=denial.project, kind=Kind.ALLEGATION, deleted_at=None
    ).first()
    if allegation is None:
        raise Refused(_("That allegation is no longer in this project."), "claims")
    known = Claim.objects.filter(links__annotation=allegation).order_by("links__id").first()
    if known:
        return known
    words = " ".join(marked_anchor(allegation).fragments.values_list("exact", flat=True))
    claim = claim_stated(denial.project, statement_from(words), user)
    ClaimLink.objects.create(annotation=allegation, claim=claim)
    allegation.version += 1
    allegation.save(update_fields=["version", "updated_at"])
    return claim
