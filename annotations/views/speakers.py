"""A project's speakers: their list, a page for each, what is said of them, and merging."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.access import SpeakerSeat, speaker_seen
from annotations.models import Speaker
from annotations.pages.speaker import speaker_page
from annotations.pages.speaker_list import speaker_list
from annotations.parameters import id_from, number_from
from annotations.paths import speaker_path
from annotations.queries.speakers import names_to_merge_with
from annotations.services import merging
from annotations.services.speaker_editing import NameTaken, edit_speaker
from annotations.services.speakers import speaker_to_merge
from annotations.speaker_forms import MergeForm, SpeakerForm, about_words, typed_about
from annotations.typed import line
from reader.access import seat
from reader.services.errors import Conflict, Refused


@require_safe
def speakers(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is named in the project; `?name=` looks for somebody, `?show=unnamed` lists the unnamed
    sources, and `?after=` goes on behind a speaker."""
    page = speaker_list(
        seat(request.user, slug),
        name=line(request.GET.get("name", ""))[:200],
        unnamed=request.GET.get("show") == "unnamed",
        after=number_from(request.GET.get("after", "")),
    )
    return render(request, "speakers/list.html", {"page": page})


@require_safe
def speaker(request: HttpRequest, speaker_id: int) -> HttpResponse:
    """What somebody says and what is alleged against them; `?show=` narrows it, and `?after=` goes
    on behind a passage. Who was merged into somebody else is found there."""
    found = speaker_seen(request.user, speaker_id)
    if found.asked != found.speaker:
        return redirect(speaker_path(found.speaker.pk), permanent=False)
    page = speaker_page(
        found.seat,
        found.speaker,
        show=request.GET.get("show", ""),
        after=id_from(request.GET.get("after", "")),
    )
    return render(request, "speakers/page.html", {"page": page})


def _to_change(request: HttpRequest, speaker_id: int) -> SpeakerSeat:
    """A speaker whom the visitor may change: annotators may.

    Raises:
        Http404: there is none, or the visitor may not.
    """
    found = speaker_seen(request.user, speaker_id)
    found.seat.require(found.seat.may_annotate)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, speaker_id: int) -> HttpResponse:
    """Say who a speaker is. The second of two at once is told what the first has saved, and
    nothing of either is lost."""
    found = _to_change(request, speaker_id)
    if found.asked != found.speaker:
        return redirect(speaker_path(found.speaker.pk, "speaker_edit"))
    current = found.speaker
    form = SpeakerForm(request.POST or None, initial=typed_about(current), speaker=current)
    differing: list[tuple[str, str, str]] = []
    joins: dict[str, Any] | None = None
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            saved = edit_speaker(current, form.about, form.cleaned_data["version"])
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
            joins = _joins(current, refused) if isinstance(refused, NameTaken) else None
        except Conflict as conflict:
            current, status = conflict.current, 409
            differing = about_words(form, current)
            typed = request.POST.copy()
            typed["version"] = str(current.version)
            form = SpeakerForm(typed, speaker=current)
        else:
            messages.success(request, _("Saved."))
            return redirect(speaker_path(saved.pk))
    context = {
        "found": found,
        "form": form,
        "differing": differing,
        "is_conflict": status == 409,
        "joins": joins,
        "path": speaker_path(found.speaker.pk),
    }
    return render(request, "speakers/edit.html", context, status=422 if form.errors else status)


def _joins(speaker: Speaker, taken: NameTaken) -> dict[str, Any]:
    """The merge to offer: who is to be found by an alias takes in the other who has it; who is to
    have the other's name is read as the other."""
    other = taken.other
    merged, into = (other, speaker) if taken.field == "aliases" else (speaker, other)
    return {
        "merged": merged,
        "into": into,
        "other": other,
        "other_path": speaker_path(other.pk),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, speaker_id: int) -> HttpResponse:
    """Read a speaker as another, who is typed by a name or alias; the message offers to undo it."""
    found = _to_change(request, speaker_id)
    if found.asked != found.speaker:
        return redirect(speaker_path(found.speaker.pk, "speaker_merge"))
    form = MergeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            into = speaker_to_merge(found.seat.project, form.cleaned_data["into"])
            merged = merging.merge(found.speaker, into)
        except Refused as refused:
            form.add_error("into", refused.message)
        else:
            return _said_merged(request, merged)
    context: dict[str, Any] = {
        "found": found,
        "form": form,
        "names": names_to_merge_with(found.speaker),
        "path": speaker_path(found.speaker.pk),
    }
    return render(request, "speakers/merge.html", context, status=422 if form.errors else 200)


@require_POST
def merge_into(request: HttpRequest, speaker_id: int, into_id: int) -> HttpResponse:
    """Merge these two again: what parting them undoes."""
    one, into = _to_change(request, speaker_id).asked, _to_change(request, into_id).asked
    try:
        return _said_merged(request, merging.merge(one, into))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(speaker_path(one.pk))


def _said_merged(request: HttpRequest, merged: Speaker) -> HttpResponse:
    said = _("“%(one)s” is read as “%(other)s” now.") % {
        "one": merged.name,
        "other": merged.canonical,
    }
    messages.success(request, said, extra_tags=speaker_path(merged.pk, "speaker_unmerge"))
    return redirect(speaker_path(merged.canonical_id or merged.pk))


@require_POST
def unmerge(request: HttpRequest, speaker_id: int) -> HttpResponse:
    """Take a merge back: the speaker stands for themselves again."""
    found = _to_change(request, speaker_id)
    into = found.asked.merged_into_id
    parted = merging.unmerge(found.asked)
    if into:
        messages.success(
            request,
            _("“%(name)s” stands apart again.") % {"name": parted.name},
            extra_tags=reverse("speaker_merge_into", args=[parted.pk, into]),
        )
    return redirect(speaker_path(parted.pk))
