"""The form that fills in the syntax of searches, and is filled in from it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from annotations.models import Kind
from reader.dates import parse_given
from reader.models import Project
from reader.search import Dated, Field, Node, Not, Phrase, Query, Term, Word, all_of, parse
from reader.search.dates import parse_dates, write_dates
from reader.search.tree import leaves

STATES = {
    "unread": gettext_lazy("Unread"),
    "starred": gettext_lazy("Starred"),
    "annotated": gettext_lazy("Annotated"),
    "undated": gettext_lazy("Undated"),
}
"""Values of `is:`, as the form calls them."""

# Fields of the form that are the value of one operator.
_TERMS = {
    "title": Field.TITLE,
    "by": Field.BY,
    "publication": Field.IN,
    "feed": Field.FEED,
    "project": Field.PROJECT,
    "kind": Field.KIND,
    "speaker": Field.SPEAKER,
    "target": Field.TARGET,
}
_IN_WORDS = {Field.TITLE, Field.BY}


class NarrowForm(forms.Form):
    """Everything that a search can ask for, a field each."""

    words = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        help_text=gettext_lazy("All of them. OR and ( ) work here as in the box."),
    )
    phrase = forms.CharField(
        label=gettext_lazy("Exact phrase"),
        required=False,
    )
    without = forms.CharField(label=gettext_lazy("Without these words"), required=False)
    title = forms.CharField(label=gettext_lazy("In the title"), required=False)
    by = forms.CharField(label=gettext_lazy("By (author)"), required=False)
    publication = forms.CharField(
        label=gettext_lazy("Publication"),
        required=False,
        widget=forms.TextInput(attrs={"list": "search-publications"}),
    )
    since = forms.CharField(
        label=gettext_lazy("Published from"),
        required=False,
        help_text=gettext_lazy("2021-03-29, 2021-03 or 2021"),
    )
    until = forms.CharField(label=gettext_lazy("Published until"), required=False)
    feed = forms.CharField(
        label=gettext_lazy("Feed"),
        required=False,
        widget=forms.TextInput(attrs={"list": "search-feeds"}),
    )
    project = forms.ChoiceField(label=gettext_lazy("Project"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Marked as"), required=False, choices=[("", "—"), *Kind.choices]
    )
    speaker = forms.CharField(label=gettext_lazy("Speaker"), required=False)
    target = forms.CharField(label=gettext_lazy("Against"), required=False)
    states = forms.MultipleChoiceField(
        label=gettext_lazy("Only"),
        required=False,
        choices=list(STATES.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        projects: Iterable[Project],
        initial: dict[str, Any] | None = None,
    ) -> None:
        # The form that saves a search stands on the same page.
        super().__init__(data, initial=initial, auto_id="narrow_%s")
        self.fields["project"].choices = [  # type: ignore[attr-defined]
            ("", _("All projects")),
            *((one.slug, one.name) for one in projects),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("since", "until"):
            try:
                parse_given(cleaned.get(name, ""))
            except ValueError as error:
                self.add_error(name, str(error))
        if not self.errors and self._span() is None and (cleaned["since"] or cleaned["until"]):
            self.add_error("until", _("This is before the first day."))
        return cleaned

    def _span(self) -> Dated | None:
        since, until = (self.cleaned_data[name].strip() for name in ("since", "until"))
        return parse_dates(since if since == until else f"{since}/{until}")

    @property
    def query(self) -> Query:
        """What was filled in, once it is valid."""
        data = self.cleaned_data
        typed = {name: _level(data[name]) for name in (*_TERMS, "phrase")}
        nodes: list[Node | None] = [parse(data["words"]).root]
        nodes += [parse(f'"{typed["phrase"]}"').root]
        nodes += [Not(leaf) for leaf in leaves(parse(data["without"]).root)]
        nodes += [
            Term(field, typed[name], exact=field in _IN_WORDS and " " in typed[name])
            for name, field in _TERMS.items()
            if typed[name]
        ]
        nodes += [self._span(), *(Term(Field.IS, state) for state in data["states"])]
        return Query(all_of(node for node in nodes if node is not None))


def filled_in(query: Query) -> dict[str, str | list[str]]:
    """The form's fields for a search. What has no field of its own stands among the words, as it
    is written in the box."""
    values: dict[str, str | list[str]] = {}
    rest: list[Node] = []
    without: list[Node] = []
    states: list[str] = []
    for part in query.parts():
        match part:
            case Not(Word() | Phrase() as leaf):
                without.append(leaf)
            case Phrase(text) if "phrase" not in values:
                values["phrase"] = text
            case Dated(first, last) if not {"since", "until"} & values.keys():
                values |= _ends(first, last)
            case Term(Field.IS, state):
                states.append(state)
            case Term(field, value, exact) if (name := _name_of(field)) not in values and exact == (
                field in _IN_WORDS and " " in value
            ):
                values[name] = value
            case _:
                rest.append(part)
    written = {"words": _written(rest), "without": _written(without)}
    return (
        values
        | {name: text for name, text in written.items() if text}
        | ({"states": states} if states else {})
    )


def _level(typed: str) -> str:
    """The words alone: a quotation mark would end what the syntax puts between two of them."""
    return " ".join(typed.replace('"', " ").split())


def _ends(first: date | None, last: date | None) -> dict[str, str]:
    """A span as its two ends; where both are the same day, month or year, it is written twice."""
    begin, slash, end = write_dates(Dated(first, last)).partition("/")
    return {"since": begin, "until": end if slash else begin}


def _name_of(field: Field) -> str:
    return next(name for name, one in _TERMS.items() if one == field)


def _written(nodes: Sequence[Node]) -> str:
    return str(Query(all_of(nodes)))
