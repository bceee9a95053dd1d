"""Wording claims anew, and saying what is broader."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.access import claim_itself, claim_to_edit
from annotations.claim_forms import StatementForm
from annotations.models import Claim
from annotations.paths import claim_path
from annotations.queries.claim_picks import picked, picks, stated
from annotations.services.claim_edits import (
    StatedAlready,
    restate,
    set_broader,
)
from reader.services.errors import Conflict, Refused
from reader.views.back import there


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Word the statement anew. The second of two at once is told what the first has written or
    merged, and nothing of either is lost."""
    found = claim_to_edit(request.user, claim_id)
    claim = found.claim
    merged = claim.pk != claim_id
    if merged and request.method != "POST":
        return redirect("claim_edit", claim.pk)
    form = StatementForm(
        request.POST or None, initial={"statement": claim.statement, "version": claim.version}
    )
    meanwhile: Claim | None = None
    other: Claim | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if merged:
                raise Conflict(claim)
            restate(claim, given["statement"], given["version"])
        except StatedAlready as already:
            other = already.other
            form.add_error("statement", already.message)
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
        except Conflict as conflict:
            meanwhile = conflict.current
            typed = {"statement": given["statement"], "version": meanwhile.version}
            form = StatementForm(initial=typed)
        else:
            messages.success(request, _("Saved. The earlier statement is kept below."))
            return redirect(claim_path(claim.pk))
    context = {
        "found": found,
        "form": form,
        "meanwhile": meanwhile,
        "merged": merged,
        "other": other,
        "path": claim_path(claim.pk),
    }
    status = 422 if form.errors else 409 if meanwhile else 200
    return render(request, "claims/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def broader(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Choose what the claim is a part of: `q` is its statement or some words of it."""
    found = claim_to_edit(request.user, claim_id)
    claim, error = found.claim, ""
    given = request.POST if request.method == "POST" else request.GET
    typed = given.get("q", "")
    if request.method == "POST":
        chosen = picked(claim, request.POST.get("broader", "")) or stated(claim, typed)
        if chosen:
            try:
                before = set_broader(claim, chosen)
            except Refused as refused:
                error = refused.message
            else:
                _say_tied(request, claim, before)
                return redirect(claim_path(claim.pk))
        elif typed.strip():
            error = _("No other claim has exactly this statement. Choose one below.")
        else:
            error = _("Type a claim, or choose one below.")
    context = {
        "found": found,
        "typed": typed,
        "picks": picks(claim, typed),
        "error": error,
        "path": claim_path(claim.pk),
    }
    return render(request, "claims/broader.html", context, status=422 if error else 200)


@require_POST
def broader_is(request: HttpRequest, claim_id: int, broader_id: int) -> HttpResponse:
    """Make this what the claim is a part of; 0 for nothing. It removes a tie, and undoes that."""
    claim = claim_itself(request.user, claim_id)
    chosen = None
    if broader_id:
        chosen = Claim.objects.filter(pk=broader_id, project=claim.project_id).first()
        if chosen is None:
            raise Http404
    try:
        before = set_broader(claim, chosen)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        _say_tied(request, claim, before)
    return redirect(there(request, claim_path(claim.pk)))


def _say_tied(request: HttpRequest, claim: Claim, before: Claim | None) -> None:
    undo = reverse("claim_broader_is", args=[claim.pk, before.pk if before else 0])
    messages.success(request, _("Saved."), extra_tags=undo)
