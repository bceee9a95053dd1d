"""A person's labels: their own folders of feeds."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reader.accounts import signed_in
from reader.feed_access import own_label
from reader.queries.feeds import labels_of
from reader.services.errors import Refused
from reader.services.labels import delete_label, rename_label
from reader.views.undo import offer_undo


@login_required
@require_safe
def labels(request: HttpRequest) -> HttpResponse:
    """The person's labels."""
    return _page(request)


@login_required
@require_POST
def rename(request: HttpRequest, label_id: int) -> HttpResponse:
    """Give a label another name."""
    label, typed = own_label(request.user, label_id), request.POST.get("name", "")
    try:
        renamed = rename_label(label, typed)
    except Refused as refused:
        return _page(request, refused=refused, refused_for=label_id, typed=typed)
    messages.success(request, _("The label is called “%(name)s” now.") % {"name": renamed.name})
    return redirect("labels")


@login_required
@require_POST
def delete(request: HttpRequest, label_id: int) -> HttpResponse:
    """Take a label away, and offer to undo that."""
    had = delete_label(own_label(request.user, label_id))
    said = _("The label “%(name)s” is gone; its feeds are still yours.") % {"name": had.name}
    offer_undo(request, said, "label", name=had.name, subscriptions=list(had.subscriptions))
    return redirect("labels")


def _page(request: HttpRequest, **refusal: object) -> HttpResponse:
    context = {"labels": labels_of(signed_in(request)), **refusal}
    return render(request, "feeds/labels.html", context)
