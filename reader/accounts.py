"""How people get in: allauth's rules, with sign-up closed unless an invitation opens it."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    """Sign-up is closed; an invitation link opens it for one person."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
