"""What a person types about a passage, checked and turned into values."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from annotations.models import Flag, Kind, Scope, Wording
from annotations.parameters import id_from
from annotations.services.claims import LinkTo
from annotations.services.editing import Fields
from annotations.services.places import Place, level
from annotations.typed import line
from annotations.wording import MAX_STATEMENT


class NamesField(forms.CharField):
    """Several names in one line, separated by semicolons."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=4000, **options)
        # The blank placeholder lets styles tell an empty field.
        self.widget.attrs |= {"autocomplete": "off", "data-names": "", "placeholder": " "}

    def prepare_value(self, value: object) -> object:
        return "; ".join(value) if isinstance(value, (list, tuple)) else value

    def clean(self, value: object) -> list[str]:
        return names_in(super().clean(value))


def names_in(typed: str) -> list[str]:
    """The names in a line, without the white space around them."""
    return [name for part in re.split(r"[;\n]", typed) if (name := line(part))]


class AnnotationForm(forms.Form):
    """The fields of an annotation, the everyday ones first."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reads = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=Kind.choices, widget=forms.RadioSelect
    )
    speakers = NamesField(
        label=gettext_lazy("Speakers"),
        help_text=gettext_lazy("Who says it. Several: separate with semicolons."),
    )
    targets = NamesField(label=gettext_lazy("Against"), help_text=gettext_lazy("Who is accused."))
    wording = forms.ChoiceField(
        label=gettext_lazy("Wording"),
        choices=lambda: [(one.value, one.short) for one in Wording],
        widget=forms.RadioSelect,
    )
    on_behalf_of = NamesField(label=gettext_lazy("On behalf of"))
    relayed_by = NamesField(
        label=gettext_lazy("Relayed by"),
        help_text=gettext_lazy("Who passes it on without asserting it."),
    )
    unnamed = forms.BooleanField(
        required=False,
        label=gettext_lazy("A speaker new here is an unnamed source of this article"),
    )
    cue = forms.CharField(
        label=gettext_lazy("Cue"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("The word that announces it: said, denies …"),
    )
    said_on = forms.DateField(
        required=False,
        label=gettext_lazy("Said on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write the day as 2021-03-29.")},
    )
    flags = forms.MultipleChoiceField(
        label=gettext_lazy("Flags"),
        required=False,
        choices=Flag.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note_public = forms.BooleanField(required=False, label=gettext_lazy("Show the note to readers"))

    def clean_note(self) -> str:
        """With the same line ends whether it was sent by a plain form or by htmx."""
        return level(self.cleaned_data["note"])

    def fields_with(self, links: Sequence[LinkTo]) -> Fields:
        """The cleaned values as the service takes them."""
        values = {k: v for k, v in self.cleaned_data.items() if k not in ("version", "reads")}
        return Fields(**values, links=links)


class LinkForm(forms.Form):
    """One claim that the annotation asserts or denies: how much of it, and whether that is sure.
    An emptied statement removes the link."""

    statement = forms.CharField(
        required=False,
        max_length=MAX_STATEMENT,
        label=gettext_lazy("Claim"),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "placeholder": gettext_lazy("Find one, or word a new one: “That …”"),
            }
        ),
    )
    scope = forms.ChoiceField(
        required=False,
        choices=Scope.choices,
        initial=Scope.WHOLE,
        label=gettext_lazy("How much of it"),
    )
    part = forms.CharField(required=False, max_length=300, label=gettext_lazy("Which part"))
    unsure = forms.BooleanField(required=False, label=gettext_lazy("Unsure"))

    def clean_scope(self) -> str:
        return self.cleaned_data["scope"] or Scope.WHOLE

    def clean(self) -> None:
        """All of a claim has no part."""
        if self.cleaned_data.get("scope") == Scope.WHOLE:
            self.cleaned_data["part"] = ""


LinkFormSet = forms.formset_factory(LinkForm, extra=1, max_num=30, absolute_max=60)

NEW = "new"
"""The key of a new claim among what is offered; c-12 is the claim 12, a-… an allegation."""

_KEY = re.compile(r"new|c-[0-9]{1,18}|a-[0-9a-f-]{36}")
_MOST_PICKS = 60


def picks_in(data: Any) -> dict[str, LinkForm]:
    """What was picked of what the editor offered, by its key, each with its own fields. What is no
    key is passed over."""
    keys = [key for key in dict.fromkeys(data.getlist("pick")) if _KEY.fullmatch(key)]
    return {key: pick_form(key, data) for key in keys[:_MOST_PICKS]}


def pick_form(key: str, data: Any = None, statement: str = "") -> LinkForm:
    """The fields of one of the things offered; `statement` is what a new claim begins with."""
    return LinkForm(data, prefix=key, initial={"statement": statement}, auto_id="edit-%s")


def links_from(formset: Any, picks: Mapping[str, LinkForm]) -> list[LinkTo]:
    """The links that were typed, of a valid formset, and those that were picked."""
    typed = [
        LinkTo(**values)
        for values in (form.cleaned_data for form in formset)
        if values and values["statement"].strip()
    ]
    return typed + [_picked(key, form.cleaned_data) for key, form in picks.items()]


def _picked(key: str, values: Mapping[str, Any]) -> LinkTo:
    kind, _dash, id_ = key.partition("-")
    given = dict(values)
    statement = given.pop("statement")
    if kind == "c":
        return LinkTo(claim=int(id_), **given)
    if kind == "a":
        return LinkTo(allegation=id_from(id_), **given)
    return LinkTo(statement=statement, **given)


class MarkForm(forms.Form):
    """A new annotation: an id issued with the page, a kind, and places with their words."""

    id = forms.UUIDField()
    kind = forms.ChoiceField(choices=Kind.choices)
    revision = forms.IntegerField(min_value=1)
    again = forms.UUIDField(required=False)


def places_from(data: Any) -> list[Place]:
    """The places of a form: as many `start`, `end` and `exact` values as there are pieces.

    Raises:
        ValueError: with a message for people.
    """
    starts, ends, words = (data.getlist(name) for name in ("start", "end", "exact"))
    if not len(starts) == len(ends) == len(words):
        raise ValueError(_("Each piece needs a start, an end and its words."))
    try:
        return [
            Place(int(start), int(end), exact)
            for start, end, exact in zip(starts, ends, words, strict=True)
        ]
    except ValueError:
        raise ValueError(_("Start and end are whole numbers: code points of the text.")) from None


def differences(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What differs between what somebody typed and what was saved meanwhile: label, theirs, mine.

    Both are values of `AnnotationForm`, and besides them `claims`, a list of statements.
    """
    labels = {name: field.label for name, field in _labelled().items()}
    return [
        (str(label), _words(theirs.get(name)), _words(mine.get(name)))
        for name, label in (labels | {"claims": _("Claims")}).items()
        if _words(theirs.get(name)) != _words(mine.get(name))
    ]


def _labelled() -> dict[str, forms.Field]:
    hidden = ("version", "reads", "unnamed")
    return {k: v for k, v in AnnotationForm.base_fields.items() if k not in hidden}


def _words(value: object) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return _("yes")
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)
