"""How the feeds and the workers are doing."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reader.queries.feeds import feeds_in_trouble


@login_required
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """What waits, who works, and what fails."""
    return render(request, "feeds/status.html", {"failing": feeds_in_trouble()})
