"""Shared pages, which anybody with the link may open, and the pages where links are made."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.access import (
    OpenShare,
    claim_shared,
    open_share,
    share_to_revoke,
    speaker_shared,
)
from annotations.models import Claim, Speaker
from annotations.pages.claim import claim_page
from annotations.pages.claim_family import family_of
from annotations.pages.share import shared_article, shared_passage, shared_project
from annotations.pages.speaker import speaker_page
from annotations.parameters import id_from, page_number
from annotations.paths import InProject, InShare, article_path
from annotations.queries.answers import reading
from annotations.queries.shares import shares_of
from annotations.services import sharing
from annotations.subjects import Subject
from annotations.views.subjects import (
    annotation_subject,
    article_subject,
    claim_subject,
    project_subject,
    speaker_subject,
)
from reader.access import article_in
from reader.services.errors import Refused

_NEVER, _DATE = "never", "date"
_DAYS = {
    "1": gettext_lazy("For a day"),
    "7": gettext_lazy("For a week"),
    "30": gettext_lazy("For 30 days"),
}


def with_share(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give the view the open share in place of its code. A link that does not work (any more)
    says so with 404. Nothing is stored, so that revoking a link works at once, and the address,
    which is the key, is not passed on."""

    @wraps(view)
    def wrapped(request: HttpRequest, code: str, **kwargs: Any) -> HttpResponseBase:
        try:
            opened = open_share(code)
            response = view(request, opened, **kwargs)
            indexed = opened.project.indexed
        except Http404:
            response, indexed = render(request, "shares/gone.html", status=404), False
        response.setdefault("Referrer-Policy", "no-referrer")
        response["Cache-Control"] = "private, no-store"
        if not indexed:
            response["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


@require_safe
@with_share
def shared(request: HttpRequest, opened: OpenShare) -> HttpResponse:
    """What a link shows: an annotation, an article, a claim, a speaker or a project."""
    share = opened.share
    if share.annotation:
        article = article_in(opened.seat, share.annotation.article_id)
        passage = shared_passage(opened, share.annotation, article)
        return render(request, "shares/passage.html", {"shared": passage})
    if share.project_article:
        return _article(request, opened, share.project_article.article_id)
    if share.claim:
        return _claim(request, opened, share.claim)
    if share.speaker:
        return _speaker(request, opened, share.speaker)
    listed = shared_project(opened, request.GET.get("before", ""))
    return render(request, "shares/project.html", {"shared": listed})


@require_safe
@with_share
def shared_project_article(
    request: HttpRequest, opened: OpenShare, article_id: UUID
) -> HttpResponse:
    """An article of a shared project; any other link shows its one thing only."""
    if opened.share.project is None:
        raise Http404
    return _article(request, opened, article_id)


def _article(request: HttpRequest, opened: OpenShare, article_id: UUID) -> HttpResponse:
    found = shared_article(opened, article_in(opened.seat, article_id))
    return render(request, "shares/article.html", {"shared": found, "page": found.page})


def _claim(request: HttpRequest, opened: OpenShare, claim: Claim) -> HttpResponse:
    """The claim's page as any reader sees it. Broader and narrower claims are not what is shared:
    they stand on it where the project is public."""
    found = claim_shared(opened, claim)
    ways = InShare(opened.share, opened.project)
    number = page_number(request.GET.get("page", ""))
    page = claim_page(opened.seat, found.claim, found.account, number, ways)
    family = family_of(opened.seat, found.claim, reading(opened.project))
    if not opened.project.is_public:
        family = replace(family, broader=[], narrower=[])
    return render(request, "shares/claim.html", {"page": page, "family": family})


def _speaker(request: HttpRequest, opened: OpenShare, speaker: Speaker) -> HttpResponse:
    page = speaker_page(
        opened.seat,
        speaker_shared(opened, speaker),
        show=request.GET.get("show", ""),
        after=id_from(request.GET.get("after", "")),
        ways=InShare(opened.share, opened.project),
    )
    return render(request, "shares/speaker.html", {"page": page})


class ShareForm(forms.Form):
    """How long a new link works."""

    lasts = forms.ChoiceField(
        label=gettext_lazy("How long it works"),
        choices=[
            (_NEVER, gettext_lazy("Until it is revoked")),
            *_DAYS.items(),
            (_DATE, gettext_lazy("Until the end of the day chosen below")),
        ],
        initial=_NEVER,
        widget=forms.RadioSelect,
    )
    until = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def expires_at(self) -> datetime | None:
        """The moment when the link stops working; None for never."""
        lasts = self.cleaned_data["lasts"]
        if lasts in _DAYS:
            return timezone.now() + timedelta(days=int(lasts))
        if lasts == _DATE:
            until = self.cleaned_data["until"] + timedelta(days=1)
            return datetime.combine(until, time(), timezone.get_current_timezone())
        return None

    def clean(self) -> None:
        cleaned = super().clean() or {}
        if cleaned.get("lasts") == _DATE and not cleaned.get("until") and not self.errors:
            self.add_error("until", _("Choose the day."))


@require_http_methods(["GET", "HEAD", "POST"])
def project_share(request: HttpRequest, slug: str) -> HttpResponse:
    """The links to a project."""
    return _links(request, project_subject(request.user, slug))


@require_http_methods(["GET", "HEAD", "POST"])
def article_share(request: HttpRequest, article_id: UUID, slug: str | None = None) -> HttpResponse:
    """The links to an article in a project."""
    return _links(request, article_subject(request.user, slug, article_id))


@require_http_methods(["GET", "HEAD", "POST"])
def annotation_share(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """The links to an annotation."""
    return _links(request, annotation_subject(request.user, annotation_id))


@require_http_methods(["GET", "HEAD", "POST"])
def claim_share(request: HttpRequest, claim_id: int) -> HttpResponse:
    """The links to a claim."""
    return _links(request, claim_subject(request.user, claim_id))


@require_http_methods(["GET", "HEAD", "POST"])
def speaker_share(request: HttpRequest, speaker_id: int) -> HttpResponse:
    """The links to a speaker."""
    return _links(request, speaker_subject(request.user, speaker_id))


def _links(request: HttpRequest, subject: Subject) -> HttpResponse:
    subject.seat.require(subject.may_share)
    form = ShareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sharing.share(subject, subject.seat.user, form.expires_at())
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
        else:
            messages.success(request, _("The link is ready. Copy it from the list."))
            return redirect(request.path)
    return render(
        request,
        "shares/links.html",
        {
            "subject": subject,
            "form": form,
            "back": subject.path(InProject(subject.project)),
            "shares": shares_of(subject),
            "host": f"{request.scheme}://{request.get_host()}",
        },
        status=422 if form.errors else 200,
    )


@require_POST
def revoke(request: HttpRequest, code: str) -> HttpResponse:
    """End a link; its maker and curators may."""
    share = share_to_revoke(request.user, code)
    sharing.revoke(share)
    messages.success(request, _("The link is revoked: it shows nothing any more."))
    if share.annotation:
        return redirect("annotation_share", share.annotation_id)
    if share.claim:
        return redirect("claim_share", share.claim.pk)
    if share.speaker:
        return redirect("speaker_share", share.speaker.pk)
    if share.project_article:
        place = share.project_article
        return redirect(article_path(place.project, place.article_id, "article_share"))
    return redirect("project_share", share.in_project.slug)
