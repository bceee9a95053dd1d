"""A claim's page, and what a person says about asking for a reply to it."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from annotations.access import DeletedClaim, claim_deleted, claim_seen
from annotations.models import ReplySought, Sought
from annotations.pages.claim import claim_page
from annotations.pages.claim_family import family_of
from annotations.pages.ledger_words import sought_words
from annotations.parameters import page_number
from annotations.paths import claim_path, ledger_path
from annotations.queries.answers import reading
from annotations.services import reply_sought as replies
from reader.services.errors import Conflict, Refused


@require_safe
def claim(request: HttpRequest, claim_id: int) -> HttpResponse:
    """A claim with its passages in the order of their dates; `?page=` goes on. Of one that was
    deleted, members are told."""
    try:
        found = claim_seen(request.user, claim_id)
    except Http404:
        return _deleted(request, claim_deleted(request.user, claim_id))
    if found.claim.pk != claim_id:
        return redirect(claim_path(found.claim.pk), permanent=False)
    number = page_number(request.GET.get("page", ""))
    page = claim_page(found.seat, found.claim, found.account, number)
    family = family_of(found.seat, found.claim, reading(found.seat.project))
    return render(request, "claims/page.html", {"page": page, "family": family})


def _deleted(request: HttpRequest, deleted: DeletedClaim) -> HttpResponse:
    context = {"deleted": deleted, "ledger_path": ledger_path(deleted.seat.project)}
    return render(request, "claims/deleted.html", context, status=410)


class ReplySoughtForm(forms.Form):
    """How it stands with a reply."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    status = forms.ChoiceField(
        label=gettext_lazy("How it stands with a reply"),
        choices=Sought.choices,
        widget=forms.RadioSelect,
    )
    on = forms.DateField(
        label=gettext_lazy("On"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write the day as 2021-03-29.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reply_sought(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Say how it stands with a reply; annotators may. The second of two at once is told what the
    first has said, and nothing of either is lost."""
    found = claim_seen(request.user, claim_id)
    found.seat.require(found.seat.may_annotate)
    current = replies.reply_sought(found.claim)
    form = ReplySoughtForm(request.POST or None, initial=_values(current))
    meanwhile, status = "", 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            replies.set_reply_sought(
                found.claim, given["status"], given["on"], given["version"], found.seat.user
            )
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
        except Conflict as conflict:
            said = conflict.current
            meanwhile, status = sought_words(said.status, said.on), 409
            typed = {name: given[name] for name in ("status", "on")}
            form = ReplySoughtForm(initial=typed | {"version": conflict.current.version})
        else:
            messages.success(request, _("Saved."))
            return redirect(claim_path(found.claim.pk))
    context = {
        "form": form,
        "found": found,
        "meanwhile": meanwhile,
        "claim_path": claim_path(found.claim.pk),
    }
    return render(
        request, "claims/reply_sought.html", context, status=422 if form.errors else status
    )


def _values(current: ReplySought) -> dict[str, object]:
    return {"version": current.version, "status": current.status, "on": current.on}
