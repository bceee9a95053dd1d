"""The ledger of a project, as a page and as files."""

import zlib

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from annotations.ledger_form import LedgerForm
from annotations.pages.ledger import ledger_page
from annotations.pages.ledger_files import FILES
from annotations.pages.preview import of_project
from annotations.parameters import number_from
from annotations.queries.ledger import Asked
from annotations.queries.offers import ledger_publications, ledger_speakers
from reader.access import Seat, seat
from reader.build import fingerprint, page_stamp
from reader.views.kept import kept_page


@require_safe
def ledger(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Each claim with who alleges it and who denies it; `?after=` goes on behind a claim."""
    here = seat(request.user, slug)
    form = LedgerForm(request.GET or None)
    behind = number_from(request.GET.get("after", ""))
    asked = form.asked
    if form.errors or asked.is_typed:
        content = _content(request, here, form, behind)
        return _page(request, here, content, status=422 if form.errors else 200)

    def write() -> HttpResponse:
        return _page(request, here, _kept(request, here, asked, behind))

    if request.user.is_authenticated:
        return write()
    which = _which(asked, behind)
    stamp = page_stamp("ledger", here.project.pk, here.project.version, *which)
    return kept_page(request, stamp, write)


def _page(request: HttpRequest, here: Seat, content: str, status: int = 200) -> HttpResponse:
    project = here.project
    name = _("Ledger: %(project)s") % {"project": project.name}
    context = {
        "project": project,
        "seat": here,
        "content": mark_safe(content),
        "preview": of_project(name, project.description),
    }
    return render(request, "ledger/page.html", context, status=status)


def _which(asked: Asked, behind: int) -> tuple[str, bool, str, int]:
    """Which of the pages that many ask for it is."""
    return asked.order, asked.without, asked.sought, behind


def _kept(request: HttpRequest, here: Seat, asked: Asked, behind: int) -> str:
    """A page that many ask for, as it was last written for somebody who sees the same.
    Counting takes much longer than showing; the project's version grows with whatever is
    counted."""
    project = here.project
    reader = (get_language(), get_current_timezone_name(), here.is_member, here.may_annotate)
    which = ("ledger", fingerprint(), project.pk, project.version, *reader, *_which(asked, behind))
    key = "-".join(map(str, which))
    pages = caches["pages"]
    kept = pages.get(key)
    if kept is not None:
        return zlib.decompress(kept).decode()
    content = _content(request, here, LedgerForm.choosing(asked), behind)
    pages.set(key, zlib.compress(content.encode()))
    return content


def _content(request: HttpRequest, here: Seat, form: LedgerForm, behind: int) -> str:
    """HTML that is the same for all who see the same of the project."""
    asked = form.asked
    page = ledger_page(here, asked, behind)
    context = {
        "page": page,
        "form": form,
        "is_narrowed": asked.is_anything,
        "is_first": not behind,
        "query": form.address,
        # Readers don't see those of withdrawn passages.
        "speakers": ledger_speakers(here.project) if here.is_member else [],
        "publications": ledger_publications(here.project),
    }
    return render_to_string("ledger/_content.html", context, request)


@require_safe
@never_cache
def ledger_file(
    request: HttpRequest, slug: str, extension: str
) -> HttpResponse | StreamingHttpResponse:
    """The same as a file, whole: what is asked for in the address counts here too. What is asked
    wrongly is said: a file of everything would pass for the answer."""
    here = seat(request.user, slug)
    chosen = FILES.get(extension)
    if chosen is None:
        raise Http404
    form = LedgerForm(request.GET or None)
    if form.errors:
        return HttpResponse(form.errors.as_text(), "text/plain; charset=utf-8", status=422)
    written = chosen.write(here, form.asked, request.build_absolute_uri)
    name = f"{here.project.slug}-ledger.{extension}"
    return StreamingHttpResponse(
        written,
        content_type=chosen.media_type,
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
