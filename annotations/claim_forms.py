"""What members say of claims, as forms."""

from collections.abc import Collection
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from annotations.wording import MAX_STATEMENT

NEUTRAL = gettext_lazy(
    "The project’s neutral wording, “That …”, always shown as alleged. It says no more than each "
    "linked passage says."
)


def _statement() -> forms.CharField:
    # The service says what is too long or empty.
    return forms.CharField(
        label=gettext_lazy("Statement"),
        required=False,
        help_text=NEUTRAL,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": MAX_STATEMENT}),
    )


class StatementForm(forms.Form):
    """A claim's statement; `version` is the one that it was opened at."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    statement = _statement()


def _some_passages() -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        required=False, coerce=UUID, widget=forms.CheckboxSelectMultiple
    )


class SplitForm(forms.Form):
    """Which passages go to a new claim, which denials answer that too, and what it says."""

    passages = _some_passages()
    both = _some_passages()
    statement = _statement()

    def __init__(
        self, *args: object, of: Collection[UUID], denials: Collection[UUID], **options: object
    ) -> None:
        """
        Args:
            of: ids of the claim's passages.
            denials: those of them that are denials.
        """
        super().__init__(*args, **options)  # type: ignore[arg-type]
        for name, ids in (("passages", of), ("both", denials)):
            self.fields[name].choices = [(str(id_), str(id_)) for id_ in ids]  # type: ignore[attr-defined]
