"""How people get in: allauth's rules, with sign-up closed unless an invitation opens it."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from reader.models import User


class Adapter(DefaultAccountAdapter):
    """Sign-up is closed (an invitation makes accounts by itself), and e-mail optional."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if settings.EMAIL_ENABLED:
            super().send_mail(template_prefix, email, context)


CHOOSE_WELL = gettext_lazy("At least 8 characters, and not one that everybody uses.")


class _InOurWords(forms.Form):
    """allauth's form with this site's labels, and no placeholders that repeat them."""

    labels: Mapping[str, str | Promise] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.labels:
                field.label = str(self.labels[name])
        if "password1" in self.fields:
            self.fields["password1"].help_text = CHOOSE_WELL


class Login(_InOurWords, LoginForm):
    labels = {
        "login": gettext_lazy("E-mail address"),
        "remember": gettext_lazy("Stay signed in on this device"),
    }


class ChangePassword(_InOurWords, ChangePasswordForm):
    labels = {
        "oldpassword": gettext_lazy("Present password"),
        "password1": gettext_lazy("New password"),
        "password2": gettext_lazy("New password again"),
    }


class ChoosePassword(_InOurWords, ResetPasswordKeyForm):
    labels = {
        "password1": gettext_lazy("Password"),
        "password2": gettext_lazy("Password again"),
    }


class Reauthenticate(_InOurWords, ReauthenticateForm):
    """The password, once more."""


class ResetPassword(_InOurWords, ResetPasswordForm):
    """Sends a link for choosing a new password, where the site sends e-mail at all."""

    labels = {"email": gettext_lazy("E-mail address")}

    @property
    def can_send(self) -> bool:
        return bool(settings.EMAIL_ENABLED)

    def clean(self) -> dict[str, Any] | None:
        if not self.can_send:
            raise ValidationError(_("This site sends no e-mail."))
        cleaned: dict[str, Any] | None = super().clean()
        return cleaned


def signed_in(request: HttpRequest) -> User:
    """The person who is signed in.

    Raises:
        Http404: nobody is.
    """
    if not isinstance(request.user, User):
        raise Http404
    return request.user
