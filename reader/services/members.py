"""Who belongs to a project, and as what. A project always keeps an owner."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from reader.models import Invitation, Membership, Project, Role, User
from reader.services.errors import Refused
from reader.services.projects import lock, touch


@transaction.atomic
def change_role(project: Project, member_id: int, role: str) -> Membership:
    """Give a member another role.

    Args:
        member_id: the user's id.

    Raises:
        Refused: there is no such role or member, or the project would have no owner.
    """
    if role not in Role.values:
        raise Refused(_("Choose viewer, annotator, curator or owner."), "role")
    membership = _locked(project, member_id)
    if membership.role != role:
        _let_owner_go(membership)
        membership.role = role
        membership.save(update_fields=["role"])
        touch(project)
    return membership


@transaction.atomic
def remove(project: Project, member_id: int) -> Membership:
    """Take a member out of the project, or let one leave. What they marked stays.

    Raises:
        Refused: there is no such member, or the project would have no owner.
    """
    membership = _locked(project, member_id)
    _let_owner_go(membership)
    membership.delete()
    touch(project)
    return membership


def adopt(projects: QuerySet[Project]) -> list[User]:
    """Make the owners of the site the owners of those of these projects that nobody belongs to.

    A command makes projects for nobody in particular; without this nobody could open them.

    Returns:
        The owners of the site.
    """
    owners = list(User.objects.filter(is_superuser=True, is_active=True))
    Membership.objects.bulk_create(
        Membership(project=project, user=owner, role=Role.OWNER)
        for project in projects.filter(memberships=None)
        for owner in owners
    )
    return owners


def _locked(project: Project, member_id: int) -> Membership:
    lock(project.pk)  # two owners who demote each other must not both succeed
    membership = (
        Membership.objects.select_related("user").filter(project=project, user=member_id).first()
    )
    if membership is None:
        raise Refused(_("This person is no longer a member."), "role")
    return membership


def _let_owner_go(leaving: Membership) -> None:
    """Refuse if nobody else owns the project; links that the owner may have kept work no more."""
    if leaving.role != Role.OWNER:
        return
    others = Membership.objects.filter(project=leaving.project_id, role=Role.OWNER)
    if not others.exclude(pk=leaving.pk).exists():
        raise Refused(
            _("%(user)s is the only owner. Make somebody else an owner first.")
            % {"user": leaving.user},
            "role",
        )
    Invitation.objects.filter(
        project=leaving.project_id, created_by=leaving.user_id, used_at=None
    ).delete()
