"""What may be said about an article."""

import pytest

from reader.ingest.details import Details, check_details
from reader.services.errors import Refused


def test_nothing_given_is_nothing_known() -> None:
    assert check_details({}) == Details()


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("title", "  Two\r\n  lines\tand a tab ", "Two lines and a tab"),
        ("title", "Cafe\u0301", "Café"),
        ("title", "« Quoi\u00a0? »", "« Quoi\u00a0? »"),
        ("title", "<b>bold</b> & co", "<b>bold</b> & co"),
        ("url", " https://courier.example/a|b?q=ü ", "https://courier.example/a|b?q=ü"),
        ("language", "pt_BR", "pt-BR"),
    ],
)
def test_levelled(field: str, given: str, kept: str) -> None:
    assert getattr(check_details({field: given}), field) == kept


@pytest.mark.parametrize(
    ("field", "given", "reason"),
    [
        ("title", "x" * 501, "The title has 501 characters; 500 is the most."),
        ("title", "a\0b", "The title contains a NUL character."),
        ("byline", "a\ud800", "The byline contains half a character."),
        ("byline", "x" * 301, "The byline has 301 characters; 300 is the most."),
        ("publication", "x" * 201, "The publication has 201 characters; 200 is the most."),
        ("url", "javascript:alert(1)", "must begin with http:// or https://"),
        ("url", "courier.example/a", "must begin with http:// or https://"),
        ("url", "https:///a", "is not the address of a page"),
        ("url", "https://[::1", "is not an address"),
        ("url", "https://a.example:port/", "is not an address"),
        ("url", "https://a.example/a b", "An address cannot contain “ ”."),
        ("url", 'https://a.example/"onload=', "An address cannot contain"),
        ("url", "https://ada:secret@a.example/", "Leave them out"),
        ("url", "https://a.example/" + "x" * 2000, "The address has 2,018 characters"),
        ("language", "English, please", "Write en, ar or pt-BR"),
        ("language", "e" * 36, "The language has 36 characters"),
        ("published_on", "29/03/2021", "Write 2021-03-29, or 2021-03, or 2021."),
        ("published_on", "2021-02-30", "There is no day 2021-02-30."),
    ],
)
def test_refused(field: str, given: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        check_details({field: given})
    assert reason in refused.value.message
    assert refused.value.field == field
