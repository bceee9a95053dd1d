"""Invitations: made and revoked by owners, opened by those they are meant for."""

from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from reader.access import Visitor, seat
from reader.accounts import CHOOSE_WELL
from reader.models import Invitation, Membership, User
from reader.services.errors import Refused
from reader.services.invitations import accept, find, invite, revoke, sign_up, why_closed
from reader.views.members import InvitationForm, members_page

UNKNOWN = gettext_lazy(
    "This invitation link is not known. It may have been revoked, or cut short on its way."
)


class JoinForm(forms.Form):
    """A new account for somebody who was invited."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=150,
        help_text=gettext_lazy("Members of your projects see it; readers outside do not."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("You sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        help_text=CHOOSE_WELL,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=gettext_lazy("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password_again(self) -> str:
        again: str = self.cleaned_data["password_again"]
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError(_("The two passwords differ."))
        return again


@never_cache
@require_POST
def new_invitation(request: HttpRequest, slug: str) -> HttpResponse:
    """Make an invitation and show its link, which nobody can look up later."""
    place = seat(request.user, slug)
    place.require(place.may_own)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return members_page(request, place, form=form)
    _, token = invite(place.project, place.user, **form.cleaned_data)
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    return members_page(request, place, link=link)


@require_POST
def revoke_invitation(request: HttpRequest, slug: str, invitation_id: int) -> HttpResponse:
    """Make an open invitation's link useless."""
    place = seat(request.user, slug)
    place.require(place.may_own)
    if revoke(place.project, invitation_id):
        messages.success(request, _("The invitation is revoked; its link no longer works."))
    else:
        messages.error(request, _("This invitation is no longer open."))
    return redirect("project_members", place.project.slug)


@sensitive_post_parameters("password", "password_again")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Open an invitation: accept it, or make an account with it."""
    found = find(token)
    if found is None:
        return _closed(request, str(UNKNOWN), 404)
    closed = why_closed(found)
    if closed and _is_member(found, request.user):
        return redirect("project", found.project.slug)
    if closed:
        return _closed(request, closed, 410)
    if isinstance(request.user, User):
        return _accept(request, found, request.user)
    return _sign_up(request, found)


def _accept(request: HttpRequest, found: Invitation, person: User) -> HttpResponse:
    if request.method == "POST":
        try:
            accept(found, person)
        except Refused as refused:
            return _closed(request, refused.message, 409)
        return _welcome(request, found)
    context = {"invitation": found, "is_member": _is_member(found, person)}
    return render(request, "projects/invite.html", context)


def _is_member(found: Invitation, visitor: Visitor) -> bool:
    return Membership.objects.filter(project=found.project, user=visitor.pk).exists()


def _sign_up(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            person = sign_up(found, typed["email"], typed["name"], typed["password"])
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
        else:
            login(request, person)
            return _welcome(request, found)
    return render(request, "projects/invite.html", {"invitation": found, "form": form})


def _welcome(request: HttpRequest, found: Invitation) -> HttpResponse:
    messages.success(request, _("Welcome to “%(project)s”.") % {"project": found.project.name})
    return redirect("project", found.project.slug)


def _closed(request: HttpRequest, why: str, status: int) -> HttpResponse:
    return render(request, "projects/invite.html", {"why_closed": why}, status=status)
