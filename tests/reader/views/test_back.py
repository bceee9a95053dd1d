"""Where somebody goes on after an action: never to another site."""

import pytest
from django.test import RequestFactory

from reader.views.back import there


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("/library/?q=tank&page=2#a-3", "/library/?q=tank&page=2#a-3"),
        ("", "/otherwise/"),
        ("library/", "/otherwise/"),
        ("http://testserver/library/", "/otherwise/"),
        ("//elsewhere.example/", "/otherwise/"),
        ("https://elsewhere.example/", "/otherwise/"),
        ("/\\elsewhere.example/", "/otherwise/"),
        ("javascript:alert(1)", "/otherwise/"),
        ("/\t/elsewhere.example/", "/otherwise/"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_addresses_of_this_site_lead_back(given: str, expected: str, method: str) -> None:
    request = getattr(RequestFactory(), method)("/", {"next": given})
    assert there(request, "/otherwise/") == expected
