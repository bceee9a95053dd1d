"""Addresses and words of the pages of claims, for their tests."""

from typing import Any

from django.contrib.messages import get_messages
from django.test import Client

from annotations.models import Claim


def path(claim: Claim, more: str = "") -> str:
    return f"/claims/{claim.pk}/{more}"


def text(response: Any) -> str:
    return response.content.decode()


def undo(client: Client, response: Any) -> Any:
    """Press the button of the message that the answer left."""
    *_, message = get_messages(response.wsgi_request)
    return client.post(message.extra_tags)


def statement(claim: Claim) -> str:
    return Claim.objects.get(pk=claim.pk).statement
