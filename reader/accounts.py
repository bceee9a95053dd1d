"""How people get in: allauth's rules, with sign-up closed unless an invitation opens it."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import AddEmailForm, ResetPasswordForm
from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest

from reader.models import User


class Adapter(DefaultAccountAdapter):
    """Sign-up is closed (an invitation makes accounts by itself), and e-mail optional."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if settings.EMAIL_ENABLED:
            super().send_mail(template_prefix, email, context)


class NeedsMail(forms.Form):
    """A form that can do nothing but send a mail; its page reads `can_send`."""

    @property
    def can_send(self) -> bool:
        return bool(settings.EMAIL_ENABLED)

    def clean(self) -> dict[str, Any] | None:
        if not self.can_send:
            raise forms.ValidationError("This site sends no e-mail. Ask the site’s owner.")
        return super().clean()


class ResetPassword(NeedsMail, ResetPasswordForm):
    """Sends a link for choosing a new password."""


class ChangeEmail(NeedsMail, AddEmailForm):
    """Sends a link that confirms a new address."""


def signed_in(request: HttpRequest) -> User:
    """The person who is signed in.

    Raises:
        Http404: nobody is.
    """
    if not isinstance(request.user, User):
        raise Http404
    return request.user
