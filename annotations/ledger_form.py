"""What can be looked for in a ledger, as a form whose address can be kept."""

from typing import Any, Self
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from annotations.models import Sought
from annotations.queries.ledger import Asked

_ORDERS = [
    ("newest", gettext_lazy("Newest allegation first")),
    ("oldest", gettext_lazy("Oldest allegation first")),
    ("latest", gettext_lazy("Latest word first")),
    ("articles", gettext_lazy("Most articles first")),
    ("statement", gettext_lazy("By the alphabet")),
    ("unanswered", gettext_lazy("Without a denial first")),
    ("sought", gettext_lazy("By reply: sought first")),
    ("speaker", gettext_lazy("By who alleges it")),
    ("target", gettext_lazy("By who is accused")),
    ("publication", gettext_lazy("By publication")),
]


def _name(label: Any, offers: str) -> forms.CharField:
    """Part of a name; `offers` is the id of the list that helps to type it."""
    widget = forms.TextInput(attrs={"list": offers, "autocomplete": "off"})
    return forms.CharField(label=label, required=False, max_length=200, widget=widget)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": gettext_lazy("Write the day as 2021-03-29.")},
    )


class LedgerForm(forms.Form):
    """Nothing has to be filled in; what is not right is said, and not looked for."""

    text = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    speaker = _name(gettext_lazy("Speaker"), "ledger-speakers")
    target = _name(gettext_lazy("Against"), "ledger-speakers")
    publication = _name(gettext_lazy("Publication"), "ledger-publications")
    since = _day(gettext_lazy("From"))
    until = _day(gettext_lazy("To"))
    sought = forms.ChoiceField(
        label=gettext_lazy("Reply"),
        required=False,
        choices=[("", gettext_lazy("Any")), *Sought.choices],
    )
    order = forms.ChoiceField(
        label=gettext_lazy("Order"), required=False, choices=_ORDERS, initial="newest"
    )
    without = forms.BooleanField(label=gettext_lazy("Without a denial"), required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day is before the first one."))
        return given

    @property
    def asked(self) -> Asked:
        """What is asked for, as far as it is right."""
        given = self.cleaned_data if self.is_bound and (self.is_valid() or self.errors) else {}
        return Asked(**{name: value for name, value in given.items() if value})

    @classmethod
    def choosing(cls, asked: Asked) -> Self:
        """The form as it is filled in by choosing, with nothing typed: the same for all who choose
        the same, however they wrote its address."""
        order = "" if asked.order == Asked().order else asked.order
        chosen = {
            "sought": asked.sought,
            "order": order,
            "without": "on" if asked.without else "",
        }
        return cls({name: value for name, value in chosen.items() if value} or None)

    @property
    def address(self) -> str:
        """What was typed, as the part of an address behind the question mark; empty for nothing."""
        given = {name: self.data.get(name, "") for name in self.fields} if self.is_bound else {}
        return urlencode({name: value for name, value in given.items() if value})
