"""Projects, members and invitations as their pages show them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from reader.access import Visitor, visible_projects
from reader.models import Invitation, Membership, Project, Role, User


@dataclass(frozen=True, slots=True)
class ListedProject:
    """A project, and the visitor's role in it (empty for a reader)."""

    project: Project
    role: str
    is_personal: bool


def listed_projects(visitor: Visitor) -> list[ListedProject]:
    """Every project the visitor may open: their own notes, then where they belong, then public."""
    role = Membership.objects.filter(project=OuterRef("pk"), user=visitor.pk).values("role")
    projects = visible_projects(visitor).annotate(role=Subquery(role))
    listed = [
        ListedProject(one, one.role or "", one.personal_to_id is not None and bool(one.role))
        for one in projects
    ]
    return sorted(listed, key=lambda one: (not one.is_personal, not one.role))


def members(project: Project) -> list[Membership]:
    """The members with their users: owners first, then by name."""
    found = Membership.objects.filter(project=project).select_related("user")
    return sorted(found, key=lambda one: (-Role(one.role).rank, str(one.user).casefold()))


def open_invitations(project: Project) -> QuerySet[Invitation]:
    """Invitations that can still be used."""
    return Invitation.objects.filter(
        project=project, used_at=None, expires_at__gt=timezone.now()
    ).select_related("created_by")


@dataclass(frozen=True, slots=True)
class MembershipChange:
    """One line of the members' history. `before` is empty where somebody joined, `after` where
    somebody left; `by` is empty where nobody was signed in (a command, or the first owner)."""

    at: datetime
    by: str
    member: str
    before: str
    after: str


def membership_history(project: Project) -> list[MembershipChange]:
    """Who changed whose role, and when: newest first. Erased accounts have no history."""
    event_model = apps.get_model("reader", "MembershipEvent")
    events = (
        event_model.objects.filter(project_id=project.pk)
        .annotate(editor=F("pgh_context__metadata__user"))
        .order_by("pgh_created_at", "pgh_id")
    )
    current = {one.pk: one for one in Membership.objects.filter(project=project)}
    inviters = dict(
        Invitation.objects.filter(project=project, used_by__isnull=False).values_list(
            "used_by", "created_by"
        )
    )
    steps = defaultdict(list)
    for event in events:
        steps[event.pgh_obj_id].append(event)
    rows: list[tuple[datetime, int | None, int, str, str]] = []
    for membership_id in {*steps, *current}:
        past, now = steps[membership_id], current.get(membership_id)
        states = [*past, *([now] if now else [])]
        first = states[0]
        rows.append((first.created_at, inviters.get(first.user_id), first.user_id, "", first.role))
        after = [*(state.role for state in states[1:]), ""]
        for event, role in zip(past, after, strict=False):
            rows.append((event.pgh_created_at, event.editor, event.user_id, event.role, role))
    people = User.objects.in_bulk({pk for row in rows for pk in row[1:3] if pk})
    return [
        MembershipChange(
            at,
            str(people.get(by or 0, "")),
            str(people.get(who, _("former member"))),
            before,
            after,
        )
        for at, by, who, before, after in sorted(rows, key=lambda row: row[0], reverse=True)
    ]
