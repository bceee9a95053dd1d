"""Replies and error reports: a form for anybody who may see the page, and the curators' queue."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.access import OpenShare, reply_to_decide
from annotations.models import ReplyKind, ReplyStatus
from annotations.pages.queue import queue_page, reply_page
from annotations.paths import InProject, InShare, Ways
from annotations.services import replies
from annotations.subjects import Subject
from annotations.throttle import may_again
from annotations.views.shares import with_share
from annotations.views.subjects import (
    annotation_subject,
    article_subject,
    project_subject,
    shared_subject,
)
from reader.access import seat
from reader.services.errors import Refused

AN_HOUR = 5
_TOO_MANY = gettext_lazy(
    "From your address, %(number)s messages were sent within an hour. What you typed stands below: "
    "keep this page open and send it later."
)
_SAID = {
    ReplyStatus.ACCEPTED: gettext_lazy("The reply is published."),
    ReplyStatus.DECLINED: gettext_lazy("It stays unpublished."),
    ReplyStatus.WAITING: gettext_lazy("It is back among those that wait."),
}


class ReplyForm(forms.Form):
    """An error report or a reply. No account, no e-mail: the curators read it here."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=ReplyKind.choices,
        initial=ReplyKind.REPLY,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("Your message"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("At most 5,000 characters."),
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=gettext_lazy("A published reply is signed with it."),
    )
    contact = forms.CharField(
        label=gettext_lazy("How to reach you"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "E-mail or telephone, if the curators may ask back. Never published."
        ),
    )
    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_website(self) -> str:
        """Only programs that fill in whatever they find see this field."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("Leave this field empty."))
        return ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def project_reply(request: HttpRequest, slug: str) -> HttpResponse:
    """About a project."""
    subject = project_subject(request.user, slug)
    return _reply(request, subject, InProject(subject.project))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def article_reply(request: HttpRequest, article_id: UUID, slug: str | None = None) -> HttpResponse:
    """About an article's page."""
    subject = article_subject(request.user, slug, article_id)
    return _reply(request, subject, InProject(subject.project))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def annotation_reply(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """About an annotation."""
    subject = annotation_subject(request.user, annotation_id)
    return _reply(request, subject, InProject(subject.project))


@require_http_methods(["GET", "HEAD", "POST"])
@with_share
def share_reply(request: HttpRequest, opened: OpenShare) -> HttpResponse:
    """About what a link shows; `?annotation=` or `?article=` name a part of it."""
    part = request.GET.get("annotation", ""), request.GET.get("article", "")
    subject = shared_subject(opened, *part)
    response = _reply(request, subject, InShare(opened.share, opened.project))
    # Under "no-referrer" browsers send forms with `Origin: null`, which the CSRF check refuses.
    response["Referrer-Policy"] = "same-origin"
    return response


def _reply(request: HttpRequest, subject: Subject, ways: Ways) -> HttpResponse:
    # Who came by a link may have no other page here to go to.
    context = {"page": reply_page(subject, ways), "shared": isinstance(ways, InShare)}
    if "sent" in request.GET:
        return render(request, "replies/sent.html", context)
    form = ReplyForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = _send(request, subject, form)
        if status == 302:
            query = request.GET.copy()
            query["sent"] = "1"
            return redirect(f"{request.path}?{query.urlencode()}")
    return render(request, "replies/form.html", context | {"form": form}, status=status)


def _send(request: HttpRequest, subject: Subject, form: ReplyForm) -> int:
    """Queue what was typed; the status to answer with: 302 where that is done, else the form
    says why not."""
    if not form.is_valid():
        return 422
    if not may_again(request, "reply", times=AN_HOUR):
        form.add_error(None, _TOO_MANY % {"number": AN_HOUR})
        return 429
    typed = form.cleaned_data
    try:
        replies.send(
            subject,
            kind=typed["kind"],
            name=typed["name"],
            contact=typed["contact"],
            text=typed["text"],
        )
    except Refused as refused:
        form.add_error(refused.field or None, refused.message)
        return 422
    return 302


@require_safe
def project_replies(request: HttpRequest, slug: str) -> HttpResponse:
    """The curators' queue: what waits, what is decided, and what is withdrawn from public view."""
    place = seat(request.user, slug)
    place.require(place.may_curate)
    return render(request, "replies/queue.html", {"page": queue_page(place)})


@require_POST
def decide(request: HttpRequest, reply_id: int) -> HttpResponse:
    """Publish a reply, keep it unpublished, or put it back."""
    reply, place = reply_to_decide(request.user, reply_id)
    try:
        decided = replies.decide(reply.pk, request.POST.get("decision", ""), place.user)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _SAID[ReplyStatus(decided.status)])
    return redirect("project_replies", place.project.slug)
