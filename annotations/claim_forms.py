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


class SplitForm(forms.Form):
    """Which passages go to a new claim, and what that says."""

    passages = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Passages that mean something else"),
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
    )
    statement = _statement()

    def __init__(self, *args: object, of: Collection[UUID], **options: object) -> None:
        """
        Args:
            of: ids of the claim's passages.
        """
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["passages"].choices = [(str(id_), str(id_)) for id_ in of]  # type: ignore[attr-defined]
