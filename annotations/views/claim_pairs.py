"""Judging claims that look alike."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from annotations.models import Claim, Verdict
from annotations.pages.claim_sides import pairs_page
from annotations.parameters import number_from
from annotations.paths import claim_path
from annotations.queries.claim_pairs import verdict_on
from annotations.services.claim_pairs import judge as judge_pair
from reader.access import seat
from reader.services.errors import Refused
from reader.views.back import there

WAITING = "waiting"
"""Stands for a verdict that is taken back."""

SAID = {
    Verdict.SAME: gettext_lazy("Kept as the same claim. Nothing is merged yet."),
    Verdict.DIFFERENT: gettext_lazy("Kept as different claims."),
    Verdict.UNSURE: gettext_lazy("Kept as unsure: it stands below."),
    None: gettext_lazy("It waits for a judgement again."),
}


@require_safe
def pairs(request: HttpRequest, slug: str) -> HttpResponse:
    """Pairs of claims that may be one; `?after=` goes on, `?claim=` asks for those of one claim."""
    here = seat(request.user, slug)
    here.require(here.may_annotate)
    after, claim = (number_from(request.GET.get(name, "")) for name in ("after", "claim"))
    page = pairs_page(here, after, claim)
    return render(request, "claims/pairs.html", {"page": page})


@require_POST
def judge(
    request: HttpRequest, slug: str, first_id: int, second_id: int, verdict: str
) -> HttpResponse:
    """Keep what somebody judged of a pair; the message offers to take it back. After "same" comes
    the page that offers to merge the two."""
    here = seat(request.user, slug)
    here.require(here.may_annotate)
    here.require(verdict in {*Verdict.values, WAITING})
    judged = None if verdict == WAITING else Verdict(verdict)
    claims = Claim.objects.select_related("project").in_bulk([first_id, second_id])
    if len(claims) < 2 or any(one.project_id != here.project.pk for one in claims.values()):
        raise Http404
    pairs_path = there(request, reverse("claim_pairs", args=[slug]))
    before = verdict_on(min(first_id, second_id), max(first_id, second_id))
    try:
        judge_pair(claims[first_id], claims[second_id], judged, here.user)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(pairs_path)
    undo = reverse("claim_pair", args=[slug, first_id, second_id, before or WAITING])
    messages.success(request, SAID[judged], extra_tags=undo)
    if judged != Verdict.SAME or before == Verdict.SAME:
        return redirect(pairs_path)
    asked = urlencode({"into": second_id, "next": pairs_path})
    return redirect(f"{claim_path(first_id)}merge/?{asked}")
