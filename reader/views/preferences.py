"""One's settings: how the site looks, and what it does by itself."""

from dataclasses import asdict

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy, override
from django.views.decorators.http import require_http_methods

from reader.accounts import signed_in
from reader.models import Measure, Theme, Typeface, TypeSize
from reader.services.preferences import (
    Preferences,
    change_preferences,
    language_of,
    preferences_of,
    time_zones,
)


def _languages() -> list[tuple[str, str]]:
    return [("", _("As the site has it")), *settings.LANGUAGES]


def _time_zones() -> list[tuple[str, str | list[tuple[str, str]]]]:
    site = _("As the site has it (%(zone)s)") % {"zone": settings.TIME_ZONE}
    regions = [
        (region, [(one, _place(one)) for one in names]) for region, names in time_zones().items()
    ]
    return [("", site), *regions]


def _place(zone: str) -> str:
    """What people call a zone: "Buenos Aires (Argentina)"."""
    *inner, place = zone.replace("_", " ").split("/")
    return f"{place} ({inner[1]})" if len(inner) > 1 else place


class PreferencesForm(forms.Form):
    """Everything that people choose for themselves."""

    theme = forms.ChoiceField(
        label=gettext_lazy("Colours"), choices=Theme.choices, widget=forms.RadioSelect
    )
    typeface = forms.ChoiceField(
        label=gettext_lazy("Typeface"), choices=Typeface.choices, widget=forms.RadioSelect
    )
    type_size = forms.ChoiceField(
        label=gettext_lazy("Type size of articles"),
        choices=TypeSize.choices,
        widget=forms.RadioSelect,
    )
    measure = forms.ChoiceField(
        label=gettext_lazy("Width of the text"), choices=Measure.choices, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=_languages, required=False)
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"), choices=_time_zones, required=False
    )
    read_when_opened = forms.BooleanField(
        label=gettext_lazy("An article is read once I open it"), required=False
    )
    shortcuts = forms.BooleanField(
        label=gettext_lazy("Keys of a single letter do something"),
        required=False,
        help_text=gettext_lazy("The help page lists them."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Choose colours, type, language, time zone and habits."""
    person = signed_in(request)
    form = PreferencesForm(request.POST or None, initial=asdict(preferences_of(person)))
    if request.method == "POST" and form.is_valid():
        change_preferences(person, Preferences(**form.cleaned_data))
        with override(language_of(person)):
            messages.success(request, _("Your settings are saved."))
        return redirect("preferences")
    return render(request, "account/preferences.html", {"form": form})
