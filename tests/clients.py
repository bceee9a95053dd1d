"""Browsers without a browser: Django's test client, as somebody."""

from django.test import Client

from reader.models import User


def signed_in(user: User) -> Client:
    """A client with a session of this user."""
    client = Client()
    client.force_login(user)
    return client
