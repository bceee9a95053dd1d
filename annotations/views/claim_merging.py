"""Merging claims, taking them apart again, and splitting them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.access import ClaimSeat, claim_itself, claim_to_edit
from annotations.claim_forms import SplitForm
from annotations.models import Claim
from annotations.pages.claim_sides import beside, sides
from annotations.pages.claim_split import split_page
from annotations.paths import claim_path
from annotations.queries.claim_pairs import judgement
from annotations.queries.claim_picks import is_same, picked, picks, stated
from annotations.services.claim_edits import StatedAlready
from annotations.services.claim_merges import merge_claims
from annotations.services.claim_splits import split as split_off
from annotations.services.merging import unmerge as take_apart
from reader.services.errors import Refused
from reader.views.back import there


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Choose another claim (`?q=` looks for it, `?into=` is its id), see both sides of both, and
    merge: `keep` is the id of the one whose statement stands."""
    found = claim_to_edit(request.user, claim_id)
    given = request.POST if request.method == "POST" else request.GET
    typed = given.get("q", "")
    chosen = given.get("into", "")
    other = picked(found.claim, chosen) or (typed and stated(found.claim, typed))
    if not other:
        if is_same(found.claim, chosen):
            messages.info(request, _("They are one claim already."))
            return redirect(there(request, claim_path(found.claim.pk)))
        return _choose(request, found, typed)
    error = ""
    if request.method == "POST":
        keep = other if request.POST.get("keep") == str(other.pk) else found.claim
        one = found.claim if keep == other else other
        try:
            merge_claims(one, keep)
        except Refused as refused:
            error = refused.message
        else:
            _say_merged(request, one)
            return redirect(there(request, claim_path(keep.pk)))
    both = sides(found.seat, [found.claim.pk, other.pk])
    context = {
        "found": found,
        "sides": beside(both[found.claim.pk], both[other.pk]),
        "judged": judgement(found.claim, other),
        "path": claim_path(found.claim.pk),
        "next": there(request, ""),
        "error": error,
    }
    return render(request, "claims/merge.html", context, status=422 if error else 200)


def _choose(request: HttpRequest, found: ClaimSeat, typed: str) -> HttpResponse:
    context = {
        "found": found,
        "typed": typed,
        "picks": picks(found.claim, typed),
        "path": claim_path(found.claim.pk),
    }
    return render(request, "claims/merge_choose.html", context)


def _say_merged(request: HttpRequest, one: Claim) -> None:
    messages.success(
        request,
        _("Merged. Both addresses go on working."),
        extra_tags=reverse("claim_unmerge", args=[one.pk]),
    )


@require_POST
def merge_into(request: HttpRequest, claim_id: int, into_id: int) -> HttpResponse:
    """Merge these two, both of which the person has seen: what taking apart and splitting undo."""
    one, into = claim_itself(request.user, claim_id), claim_itself(request.user, into_id)
    try:
        merge_claims(one, into)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        _say_merged(request, one)
    return redirect(there(request, claim_path(into.pk)))


@require_POST
def unmerge(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Take a merged claim apart from what it was merged into."""
    claim = claim_itself(request.user, claim_id)
    into = claim.merged_into_id
    take_apart(claim)
    if into:
        messages.success(
            request,
            _("They are two claims again."),
            extra_tags=reverse("claim_merge_into", args=[claim.pk, into]),
        )
    return redirect(there(request, claim_path(claim.pk)))


@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Move some passages of a claim to a new one."""
    found = claim_to_edit(request.user, claim_id)
    page = split_page(found.seat, found.claim)
    form = SplitForm(
        request.POST or None,
        of=[one.id for one in page],
        denials=[one.id for one in page if one.is_denial],
    )
    other: Claim | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            new = split_off(
                found.claim,
                given["passages"],
                given["statement"],
                found.seat.user,
                also_answered_by=given["both"],
            )
        except StatedAlready as already:
            other = already.other
            form.add_error("statement", already.message)
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
        else:
            undo = reverse("claim_merge_into", args=[new.pk, found.claim.pk])
            messages.success(request, _("Split: this is the new claim."), extra_tags=undo)
            return redirect(claim_path(new.pk))
    ticked, both = (set(request.POST.getlist(name)) for name in ("passages", "both"))
    context = {
        "found": found,
        "form": form,
        "passages": [(one, str(one.id) in ticked) for one in page],
        "denials": [(one, str(one.id) in both) for one in page if one.is_denial],
        "other": other,
        "path": claim_path(found.claim.pk),
    }
    return render(request, "claims/split.html", context, status=422 if form.errors else 200)
