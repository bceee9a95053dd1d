"""How people get in: allauth's rules, with sign-up closed unless an invitation opens it."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ResetPasswordForm
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest

from reader.models import User


class Adapter(DefaultAccountAdapter):
    """Sign-up is closed (an invitation makes accounts by itself), and e-mail optional."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if settings.EMAIL_ENABLED:
            super().send_mail(template_prefix, email, context)


class ResetPassword(ResetPasswordForm):
    """Sends a link for choosing a new password, where the site sends e-mail at all."""

    @property
    def can_send(self) -> bool:
        return bool(settings.EMAIL_ENABLED)

    def clean(self) -> dict[str, Any] | None:
        if not self.can_send:
            raise ValidationError("This site sends no e-mail.")
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
