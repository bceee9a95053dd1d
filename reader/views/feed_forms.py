"""The forms about feeds, labels and lists of feeds."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from reader.models import Delivery
from reader.services.errors import Refused
from reader.services.labels import label_names


class LabelsField(forms.CharField):
    """Labels, separated by commas; cleaned, they are a list of names."""

    widget = forms.TextInput(attrs={"list": "labels", "autocomplete": "off"})

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Labels"))
        options.setdefault("help_text", _("Your own folders, separated by commas."))
        super().__init__(required=False, max_length=1000, **options)

    def clean(self, value: Any) -> Any:
        try:
            return label_names(super().clean(value))
        except Refused as refused:
            raise forms.ValidationError(refused.message) from None


class AddFeedForm(forms.Form):
    """An address to subscribe to. People write it without https:// too, so it is no URL field."""

    url = forms.CharField(
        label=_("Address of a site or of a feed"),
        max_length=2000,
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocapitalize": "none", "placeholder": "https://"}
        ),
        error_messages={"required": _("Write the address of a site or of a feed.")},
    )
    labels = LabelsField()


class SubscriptionForm(forms.Form):
    """How a person reads a feed."""

    title = forms.CharField(
        label=_("Your title for it"),
        max_length=300,
        required=False,
        help_text=_("Left empty, it is called what it calls itself."),
    )
    labels = LabelsField()


class DeliveryForm(forms.Form):
    """Where the text of a feed's articles comes from."""

    delivery = forms.ChoiceField(
        label=_("Text of the articles"), choices=Delivery.choices, widget=forms.RadioSelect
    )


class OpmlForm(forms.Form):
    """A list of feeds as a file."""

    file = forms.FileField(
        label=_("OPML file"),
        help_text=_("Other readers export one, mostly under “Settings”. At most 5 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".opml,.xml,text/xml,text/x-opml"}),
        allow_empty_file=True,
    )

    @property
    def upload(self) -> UploadedFile:
        """The file, once the form is valid."""
        uploaded: UploadedFile = self.cleaned_data["file"]
        return uploaded
