"""The list of projects, a new one, its settings and its guidelines."""

from dataclasses import asdict

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from reader.access import seat
from reader.accounts import signed_in
from reader.markdown import to_html
from reader.models import Project, Readers, Visibility
from reader.queries.people import listed_projects
from reader.services.errors import Conflict, Refused
from reader.services.projects import (
    ProjectSettings,
    change_settings,
    create_project,
    default_guidelines,
    settings_of,
    stamp,
)


class ProjectForm(forms.Form):
    """The settings of a project, in the order in which people think of them."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)
    description = forms.CharField(
        label=gettext_lazy("Description"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("One or two sentences, shown under the name."),
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who may read it"), choices=Visibility.choices, widget=forms.RadioSelect
    )
    readers_see = forms.ChoiceField(
        label=gettext_lazy("What readers outside the project see"),
        choices=Readers.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Press texts are mostly others’ property: show whole articles only where you "
            "may. Members always see whole articles."
        ),
    )
    contact = forms.CharField(
        label=gettext_lazy("Contact"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Shown on public pages: where errors and replies can be sent."),
    )
    indexed = forms.BooleanField(
        label=gettext_lazy("Search engines may list its public pages"), required=False
    )
    guidelines = forms.CharField(
        label=gettext_lazy("Guidelines"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=gettext_lazy(
            "What counts as a quote, an allegation, a denial. Markdown or plain text."
        ),
    )
    slug = forms.SlugField(
        label=gettext_lazy("Address"),
        max_length=80,
        required=False,
        help_text=gettext_lazy(
            "The last part of the project’s address: letters, digits and hyphens. Left "
            "empty, it is made from the name. After a change the old address still leads here."
        ),
    )

    @property
    def settings(self) -> ProjectSettings:
        """What was typed, once it is valid."""
        return ProjectSettings(**self.cleaned_data)


_CHOSEN: dict[object, str | Promise] = {
    **dict(Visibility.choices),
    **dict(Readers.choices),
    True: gettext_lazy("yes"),
    False: gettext_lazy("no"),
}


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """Every project that the visitor may open."""
    return render(request, "projects/list.html", {"listed": listed_projects(request.user)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_project(request: HttpRequest) -> HttpResponse:
    """Make a project; whoever makes it owns it."""
    form = ProjectForm(
        request.POST or None,
        initial=asdict(ProjectSettings(name="", guidelines=default_guidelines())),
    )
    if request.method == "POST" and form.is_valid():
        try:
            project = create_project(form.settings, signed_in(request))
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
        else:
            messages.success(
                request,
                _("“%(project)s” is ready. Invite others, or add articles.")
                % {"project": project.name},
            )
            return redirect("project_members", project.slug)
    return render(request, "projects/form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def project_settings(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a project's settings, unless somebody else just did."""
    place = seat(request.user, slug)
    place.require(place.may_own)
    project, seen = place.project, request.POST.get("version", "")
    form = ProjectForm(request.POST or None, initial=asdict(settings_of(project)))
    differing: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            saved = change_settings(project, form.settings, seen)
        except Refused as refused:
            form.add_error(refused.field or None, refused.message)
        except Conflict as changed:
            project = changed.current
            seen, differing = stamp(project), _differences(form, project)
        else:
            messages.success(request, _("The settings are saved."))
            return redirect("project_settings", saved.slug)
    return render(
        request,
        "projects/form.html",
        {
            "form": form,
            "place": place,
            "project": project,
            "version": seen or stamp(project),
            "differing": differing,
        },
        status=409 if differing else 200,
    )


def _differences(form: ProjectForm, project: Project) -> list[tuple[str, str]]:
    """Label and saved value of each field in which the typed settings differ from the saved."""
    saved = asdict(settings_of(project))
    return [
        (str(form[name].label), _words(field, saved[name]))
        for name, field in form.fields.items()
        if form.cleaned_data[name] != saved[name]
    ]


def _words(field: forms.Field, value: object) -> str:
    chosen = isinstance(field, forms.ChoiceField | forms.BooleanField)
    return str(_CHOSEN[value] if chosen else value)


@require_safe
def project_guidelines(request: HttpRequest, slug: str) -> HttpResponse:
    """What counts as what in this project."""
    place = seat(request.user, slug)
    return render(
        request,
        "projects/guidelines.html",
        {"place": place, "project": place.project, "html": to_html(place.project.guidelines)},
    )
