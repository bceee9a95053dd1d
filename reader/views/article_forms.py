"""The forms for adding an article and for correcting its details."""

from dataclasses import replace
from typing import Any, Self

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from reader.dates import UNKNOWN, machine
from reader.ingest.details import CHECKS, LONGEST, Details, check_date
from reader.ingest.hold import held
from reader.ingest.incoming import ByHand, Incoming, article, check_source, page_text
from reader.ingest.page import looks_like_html
from reader.ingest.whole import read_page, read_text_file
from reader.models import Article, Project, User
from reader.services.articles import details_of
from reader.services.errors import Refused

AS_TEXT, AS_HTML, AS_IT_LOOKS = "text", "html", ""


class DetailField(forms.CharField):
    """One of an article's details, checked as everywhere else."""

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(required=False, strip=False, **options)
        self._name = name

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return check_date(text) if self._name == "published_on" else CHECKS[self._name](text)
        except Refused as refused:
            raise forms.ValidationError(refused.message) from None


class DetailsForm(forms.Form):
    """What is said about an article. Nothing has to be."""

    title = DetailField("title", label=gettext_lazy("Title"))
    publication = DetailField(
        "publication",
        label=gettext_lazy("Publication"),
        widget=forms.TextInput(attrs={"list": "publications", "autocomplete": "off"}),
        help_text=gettext_lazy("The newspaper, agency or site. A new name is added to the list."),
    )
    byline = DetailField(
        "byline",
        label=gettext_lazy("Byline"),
        help_text=gettext_lazy("Who wrote it, as the article says."),
    )
    published_on = DetailField(
        "published_on",
        label=gettext_lazy("Published"),
        widget=forms.TextInput(attrs={"placeholder": "2021-03-29"}),
        help_text=gettext_lazy(
            "As the article gives it: 2021-03-29, 2021-03 or 2021. Leave it empty if it doesn’t."
        ),
    )
    url = DetailField(
        "url",
        label=gettext_lazy("Address"),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        help_text=gettext_lazy("Where the article stands on the web."),
    )
    language = DetailField(
        "language",
        label=gettext_lazy("Language"),
        widget=forms.TextInput(attrs={"autocapitalize": "none"}),
        help_text=gettext_lazy("A language tag: en, fr, pt-BR."),
    )

    @property
    def details(self) -> Details:
        """What was typed, once it is valid."""
        values = {name: self.cleaned_data[name] for name in LONGEST}
        return Details(**values, published=self.cleaned_data["published_on"])

    def refuse(self, refused: Refused) -> None:
        """Show why a change was not made, beside the field where there is one."""
        self.add_error(refused.field if refused.field in self.fields else None, refused.message)


class ArticleForm(DetailsForm):
    """An article that somebody pastes, or that was fetched. Once valid, `incoming` is the article.

    `fetched` is the token of a fetched article (`reader.ingest.hold`): as long as its text stands
    as it came, it is kept with what was received.
    """

    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Paste the article: plain text, or HTML with its headings and links."
        ),
    )
    read_as = forms.ChoiceField(
        label=gettext_lazy("Read it as"),
        required=False,
        choices=[
            (AS_IT_LOOKS, gettext_lazy("What it looks like")),
            (AS_TEXT, gettext_lazy("Plain text")),
            (AS_HTML, "HTML"),
        ],
        widget=forms.RadioSelect,
    )
    fetched = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("text", "read_as")

    incoming: Incoming

    def __init__(self, user: User, projects: list[Project], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._user = user
        self.fields["title"].help_text = _("Left empty, it is taken from the text.")
        self.fields["project"] = project_field(projects)

    def clean(self) -> dict[str, Any]:
        """Read the text as soon as the details are right."""
        if not self.errors:
            try:
                self.incoming = self._read()
            except Refused as refused:
                self.add_error("text", refused.message)
        return self.cleaned_data

    def _read(self) -> Incoming:
        text, read_as = self.cleaned_data["text"], self.cleaned_data["read_as"]
        check_source(text, "text")
        before = held(self._user, self.cleaned_data["fetched"])
        if before and _levelled(text) == _levelled(before.html):
            document = page_text(before.html)
            incoming = article(document, self.details, extractor=before.extractor, raw=before.raw)
        elif read_as == AS_HTML or (read_as == AS_IT_LOOKS and looks_like_html(text)):
            incoming = read_page(text, self.details)
        else:
            incoming = read_text_file(text.encode(), self.details)
        if self.details.published in {UNKNOWN, before.published if before else UNKNOWN}:
            return incoming
        return replace(incoming, dated_by=ByHand(user_id=self._user.pk))


class AddressForm(forms.Form):
    """An address to fetch an article from, and where it goes."""

    url = DetailField(
        "url",
        label=gettext_lazy("Address"),
        widget=forms.URLInput(
            attrs={"placeholder": "https://", "required": True, "autofocus": True}
        ),
        help_text=gettext_lazy("Of one article, not of a section or a feed."),
    )

    def __init__(self, projects: list[Project], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["project"] = project_field(projects)

    def clean_url(self) -> str:
        """There has to be one."""
        if not self.cleaned_data["url"]:
            raise forms.ValidationError(_("Type or paste the address of an article."))
        return str(self.cleaned_data["url"])


def project_field(projects: list[Project]) -> forms.ChoiceField:
    """Where an article goes: one of `projects`, or one's own notes."""
    return forms.ChoiceField(
        label=_("Into"),
        required=False,
        choices=[("", _("My notes: only you")), *((one.slug, one.name) for one in projects)],
    )


def _levelled(text: str) -> str:
    """`text` as it was before a form was sent, which makes line ends CRLF."""
    return text.replace("\r\n", "\n")


class EditForm(DetailsForm):
    """The details of an article that is there. `version` is the one that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, article: Article) -> Self:
        """The form as it first shows."""
        return cls(initial=typed(details_of(article)) | {"version": article.version})


def typed(details: Details) -> dict[str, str]:
    """Details as one would type them."""
    values = {name: getattr(details, name) for name in LONGEST}
    return values | {"published_on": machine(*details.published)}
