"""What a person types about a speaker, checked and turned into values."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from annotations.models import Speaker, SpeakerType
from annotations.services.places import level
from annotations.services.speaker_editing import MAX_NOTE, About
from annotations.services.speakers import MAX_NAME


class SpeakerForm(forms.Form):
    """Who somebody is. Types are offered as far as the speaker may have them."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=MAX_NAME)
    aliases = forms.CharField(
        label=gettext_lazy("Aliases"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Other names that they go by, on lines of their own or separated by semicolons. Typing "
            "one in the editor finds them; readers see them too."
        ),
    )
    type = forms.ChoiceField(label=gettext_lazy("Type"), required=False, widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For the project’s members only."),
    )

    def __init__(self, *args: Any, speaker: Speaker, **options: Any) -> None:
        super().__init__(*args, **options)
        is_unnamed = speaker.type == SpeakerType.UNNAMED
        self.fields["type"].choices = [  # type: ignore[attr-defined]
            (one.value, one.label)
            for one in SpeakerType
            if one != SpeakerType.UNNAMED or is_unnamed
        ]
        if is_unnamed:
            self.fields["type"].help_text = _(
                "An unnamed source belongs to one article. With another type it is somebody whom "
                "the whole project knows."
            )

    def clean_note(self) -> str:
        """With one kind of line end, whatever sent it."""
        return level(self.cleaned_data["note"])

    @property
    def about(self) -> About:
        """What was typed, once it is valid."""
        given = self.cleaned_data
        # As it does in the editor, where a name with a semicolon could never be typed.
        aliases = given["aliases"].replace(";", "\n").splitlines()
        return About(given["name"], aliases, given["type"], given["note"])


def typed_about(speaker: Speaker) -> dict[str, object]:
    """A speaker as the form shows them."""
    return {
        "version": speaker.version,
        "name": speaker.name,
        "aliases": "\n".join(speaker.aliases),
        "type": speaker.type,
        "note": speaker.note,
    }


def about_words(form: SpeakerForm, saved: Speaker) -> list[tuple[str, str, str]]:
    """What differs between a valid form and what somebody else saved meanwhile: label, theirs,
    mine."""
    theirs = typed_about(saved)
    mine = form.cleaned_data | {
        "aliases": "\n".join(filter(None, map(str.strip, form.about.aliases)))
    }
    shown = {value: str(label) for value, label in SpeakerType.choices}
    return [
        (
            str(form.fields[name].label),
            shown[str(theirs[name])] if name == "type" else str(theirs[name]),
            shown[mine[name]] if name == "type" else mine[name],
        )
        for name in ("name", "aliases", "type", "note")
        if theirs[name] != mine[name]
    ]


class MergeForm(forms.Form):
    """Whom a speaker is the same as."""

    into = forms.CharField(
        label=gettext_lazy("The same as"),
        max_length=MAX_NAME,
        widget=forms.TextInput(attrs={"list": "speakers", "autocomplete": "off"}),
        help_text=gettext_lazy("A name or an alias of another speaker of this project."),
    )
