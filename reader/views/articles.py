"""Adding an article, and correcting what is said about one. These pages show no annotations."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from reader import dates
from reader.access import MovedProject, Seat, Visitor, article_to_edit, seat
from reader.accounts import signed_in
from reader.ingest.identity import lock_scope
from reader.ingest.incoming import Incoming
from reader.ingest.pipeline import Outcome, Result, foresee, store
from reader.models import Article, Project, User
from reader.queries.articles import annotated_projects, publication_names, same_text
from reader.services.articles import details_of, edit_details
from reader.services.errors import Conflict, Refused
from reader.services.projects import personal_project
from reader.text import render as render_text, word_count
from reader.views.article_forms import ArticleForm, EditForm, typed

SAID = {
    Result.IMPORTED: gettext_lazy("The article is saved."),
    Result.REVISED: gettext_lazy("The new text is saved as a revision."),
    Result.COMPLETED: gettext_lazy("What was missing is filled in."),
    Result.UNCHANGED: gettext_lazy("The article was here already; nothing has changed."),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_article(request: HttpRequest) -> HttpResponse:
    """Paste an article, see what it will look like, save it.

    The preview holds all that was typed, and says with what it should be saved as. If that is no
    longer so when it is saved, it is shown once more.
    """
    user = signed_in(request)
    projects = annotated_projects(user)
    if request.method != "POST":
        initial = {
            "project": chosen_project(user, request.GET.get("project", "")),
            "url": request.GET.get("url", ""),
        }
        return add_page(request, ArticleForm(user, projects, initial=initial))
    form = ArticleForm(user, projects, request.POST)
    step = request.POST.get("step")
    if not form.is_valid() or step not in {"preview", "save"}:
        return add_page(request, form)
    project = project_named(form.cleaned_data["project"], projects, user)
    if step == "save":
        outcome = _store_as_seen(form.incoming, project, user, request.POST.get("seen", ""))
        if outcome:
            messages.success(request, SAID[outcome.result])
            return redirect(_reading_path(outcome.article_id, project))
    return preview_page(request, form, project)


def chosen_project(user: User, slug: str) -> str:
    """The project in the address, as the form names it; "" for one's own notes."""
    if not slug:
        return ""
    place = _seat(user, slug)
    place.require(place.may_annotate)
    return "" if place.project.personal_to_id == user.pk else place.project.slug


def project_named(slug: str, projects: list[Project], user: User) -> Project:
    """The one of `projects` with this slug; for "", one's own notes."""
    return next((one for one in projects if one.slug == slug), None) or personal_project(user)


def add_page(request: HttpRequest, form: ArticleForm) -> HttpResponse:
    """The form for an article."""
    return render(request, "articles/add.html", {"form": form, "publications": publication_names()})


def preview_page(request: HttpRequest, form: ArticleForm, project: Project) -> HttpResponse:
    """What an article will look like, and what saving it will do."""
    incoming = form.incoming
    foreseen = foresee(incoming, project)
    is_new = foreseen.result == Result.IMPORTED
    twin = same_text(incoming, project) if is_new else None
    there = twin.pk if twin else None if is_new else foreseen.article_id
    return render(
        request,
        "articles/preview.html",
        {
            "form": form,
            "incoming": incoming,
            "project": project,
            "published": dates.show(*incoming.details.published),
            "html": render_text(incoming.document),
            "words": word_count(incoming.document.text),
            "result": foreseen.result,
            "seen": _seen(foreseen),
            "there": _reading_path(there, project) if there else "",
        },
    )


def _seen(outcome: Outcome) -> str:
    """What the preview said that saving would do."""
    return (
        outcome.result
        if outcome.result == Result.IMPORTED
        else f"{outcome.result} {outcome.article_id}"
    )


@transaction.atomic
def _store_as_seen(incoming: Incoming, project: Project, user: User, seen: str) -> Outcome | None:
    """Store it, unless that would do something else than the person agreed to."""
    lock_scope(project)
    foreseen = foresee(incoming, project)
    if foreseen.result == Result.UNCHANGED:
        return foreseen
    return store(incoming, project, user) if _seen(foreseen) == seen else None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_article(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """Correct an article's details, unless somebody else just did."""
    article = article_to_edit(request.user, article_id)
    back = _way_back(request, article)
    if request.method != "POST":
        return _edit_page(request, EditForm.of(article), article, back)
    form = EditForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, form, article, back)
    try:
        edit_details(article, form.details, form.cleaned_data["version"], signed_in(request))
    except Refused as refused:
        form.refuse(refused)
        return _edit_page(request, form, article, back)
    except Conflict as changed:
        return _conflict(request, form, changed.current, back)
    messages.success(request, _("The details are saved."))
    return redirect(back)


def _edit_page(
    request: HttpRequest,
    form: EditForm,
    article: Article,
    back: str,
    differing: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    return render(
        request,
        "articles/edit.html",
        {
            "form": form,
            "article": article,
            "back": back,
            "setter": article.date_set_by or article.date_set_login,
            "publications": publication_names(),
            "differing": differing,
        },
        status=409 if differing else 200,
    )


def _conflict(request: HttpRequest, form: EditForm, current: Article, back: str) -> HttpResponse:
    """Both versions, with what was typed in the form; saving again puts it in place."""
    mine, saved = typed(form.details), typed(details_of(current))
    differing = [
        (str(form[name].label), value) for name, value in saved.items() if mine[name] != value
    ]
    again = EditForm({**request.POST.dict(), "version": current.version})
    return _edit_page(request, again, current, back, differing)


def _way_back(request: HttpRequest, article: Article) -> str:
    """The reading page that the person came from."""
    slug = request.GET.get("project", "")
    if article.scope:
        return _reading_path(article.pk, article.scope)
    return _reading_path(article.pk, _seat(request.user, slug).project if slug else None)


def _seat(visitor: Visitor, slug: str) -> Seat:
    """The seat in a project that a parameter names, by a former slug too."""
    try:
        return seat(visitor, slug)
    except MovedProject as moved:
        return seat(visitor, moved.new)


def _reading_path(article_id: UUID, project: Project | None) -> str:
    if project is None or project.personal_to_id:
        return reverse("article", kwargs={"article_id": article_id})
    return reverse("article", kwargs={"slug": project.slug, "article_id": article_id})
