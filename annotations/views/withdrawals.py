"""Withdrawing from public view, and lifting that."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from annotations.access import withdrawal_to_lift
from annotations.pages.withdrawal import withdrawal_page
from annotations.services import withdrawals
from annotations.subjects import Subject
from annotations.views.subjects import annotation_subject, article_subject
from reader.services.errors import Refused

_PAGE, _TEXT = "page", "text"


class WithdrawalForm(forms.Form):
    """What is withdrawn, and why."""

    what = forms.ChoiceField(
        label=gettext_lazy("What is withdrawn"),
        choices=[
            (_PAGE, gettext_lazy("The page: the text and everything marked in it")),
            (
                _TEXT,
                gettext_lazy(
                    "The present text: when the article has a later one, that is public again"
                ),
            ),
        ],
        initial=_PAGE,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        help_text=gettext_lazy("Everybody reads it in place of what is withdrawn."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PassageWithdrawalForm(WithdrawalForm):
    """Why a passage is withdrawn."""

    what = None  # type: ignore[assignment]  # a passage has no parts to choose from


@require_http_methods(["GET", "HEAD", "POST"])
def article_withdraw(
    request: HttpRequest, article_id: UUID, slug: str | None = None
) -> HttpResponse:
    """Withdraw an article's page, or its present text."""
    subject = article_subject(request.user, slug, article_id)
    return _withdraw(request, subject, WithdrawalForm(request.POST or None))


@require_http_methods(["GET", "HEAD", "POST"])
def annotation_withdraw(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Withdraw a passage."""
    subject = annotation_subject(request.user, annotation_id)
    return _withdraw(request, subject, PassageWithdrawalForm(request.POST or None))


def _withdraw(request: HttpRequest, subject: Subject, form: WithdrawalForm) -> HttpResponse:
    subject.seat.require(subject.seat.may_curate and subject.place() is not None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            withdrawals.withdraw(
                subject,
                subject.seat.user,
                typed["reason"],
                text_only=typed.get("what") == _TEXT,
            )
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
        else:
            messages.success(request, _("It is withdrawn from public view. Members still see it."))
            return redirect(request.path)
    return render(
        request,
        "withdrawals/page.html",
        {"page": withdrawal_page(subject), "form": form},
        status=422 if form.errors else 200,
    )


@require_POST
def lift(request: HttpRequest, withdrawal_id: int) -> HttpResponse:
    """Show it to the public again."""
    withdrawal, place = withdrawal_to_lift(request.user, withdrawal_id)
    withdrawals.lift(withdrawal)
    messages.success(request, _("It is in public view again."))
    return redirect("project_replies", place.project.slug)
