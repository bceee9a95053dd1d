"""The people of a project: members, roles, invitations."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from reader.access import Seat, seat
from reader.models import Role
from reader.queries.people import members, membership_history, open_invitations
from reader.services import invitations
from reader.services.errors import Refused
from reader.services.members import change_role, remove


class InvitationForm(forms.Form):
    """Whom to invite, as what, and for how long the link works."""

    note = forms.CharField(
        label=gettext_lazy("Whom it is meant for"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For the list below; it is not shown to them."),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=Role.choices, initial=Role.ANNOTATOR
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days that the link works"),
        min_value=1,
        max_value=invitations.LONGEST_DAYS,
        initial=invitations.DEFAULT_DAYS,
    )


@require_safe
def project_members(request: HttpRequest, slug: str) -> HttpResponse:
    """Who belongs to the project; owners change it here. Readers outside see no names."""
    place = seat(request.user, slug)
    place.require(place.is_member)
    return members_page(request, place)


def members_page(
    request: HttpRequest,
    place: Seat,
    *,
    form: InvitationForm | None = None,
    link: str = "",
    refused: Refused | None = None,
    refused_for: int | None = None,
) -> HttpResponse:
    """The members page, after an action too.

    Args:
        link: the address of an invitation just made, shown this once.
        refused: why an action was not done, and `refused_for` which member it was about.
    """
    context = {
        "place": place,
        "project": place.project,
        "members": members(place.project),
        "roles": Role,
        "refused": refused,
        "refused_for": refused_for,
    }
    if place.may_own:
        context |= {
            "form": form or InvitationForm(),
            "link": link,
            "invitations": open_invitations(place.project),
            "history": membership_history(place.project),
        }
    return render(request, "projects/members.html", context, status=409 if refused else 200)


@require_POST
def member_role(request: HttpRequest, slug: str, member_id: int) -> HttpResponse:
    """Give a member another role."""
    place = seat(request.user, slug)
    place.require(place.may_own)
    try:
        changed = change_role(place.project, member_id, request.POST.get("role", ""))
    except Refused as refused:
        return members_page(request, place, refused=refused, refused_for=member_id)
    messages.success(
        request,
        _("%(user)s is now %(role)s.") % {"user": changed.user, "role": Role(changed.role).noun},
    )
    return redirect("project_members", place.project.slug)


@require_POST
def member_remove(request: HttpRequest, slug: str, member_id: int) -> HttpResponse:
    """Take a member out of the project; every member may take out themselves."""
    place = seat(request.user, slug)
    leaving = request.user.pk == member_id
    place.require(place.may_own or (place.is_member and leaving))
    try:
        gone = remove(place.project, member_id)
    except Refused as refused:
        return members_page(request, place, refused=refused, refused_for=member_id)
    if leaving:
        messages.success(
            request, _("You have left “%(project)s”.") % {"project": place.project.name}
        )
        return redirect("projects")
    messages.success(
        request, _("%(user)s is no longer a member. What they marked stays.") % {"user": gone.user}
    )
    return redirect("project_members", place.project.slug)
