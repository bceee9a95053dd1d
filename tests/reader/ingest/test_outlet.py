"""What outlets are called."""

import pytest
from hypothesis import given, strategies as st

from reader.ingest.outlet import outlet_name

COAST = "https://www.thecoast.example/"


@pytest.mark.parametrize(
    ("title", "url", "name"),
    [
        ("The Coast", COAST, "The Coast"),
        ("The Coast RSS Feed", COAST, "The Coast"),
        ("The Coast - RSS 2.0", COAST, "The Coast"),
        ("Latest news from The Coast", COAST, "The Coast"),
        ("Latest articles | The Coast", COAST, "The Coast"),
        ("World news | The Coast", COAST, "The Coast"),
        ("The Coast » Feed", COAST, "The Coast"),
        ("BBC News - World", "https://www.bbc.co.uk/", "BBC News"),
        ("Harbour Letters: Essays", "https://example.org/", "Harbour Letters – Essays"),
        ("Feed for Harbour Letters", "https://example.org/", "Harbour Letters"),
        ("Top stories", COAST, "thecoast.example"),
        ("RSS", COAST, "thecoast.example"),
        ("", COAST, "thecoast.example"),
        ("All-Star Cooking", "https://example.org/", "All-Star Cooking"),
        ("Новости", "https://xn--e1afmkfd.example/", "Новости"),
        ("", "", ""),
        ("", "http://[", ""),
    ],
)
def test_an_outlet_is_called_by_its_name(title, url, name):
    assert outlet_name(title, url) == name


@given(st.text(), st.text())
def test_no_title_is_too_strange(title, url):
    outlet_name(title, url)
