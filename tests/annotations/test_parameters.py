"""Anything may stand in an address."""

from uuid import UUID

import pytest

from annotations.parameters import id_from, number_from, page_number

ID = UUID("01890000-0000-7000-8000-000000000001")


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("9" * 18, 10**18 - 1), ("9" * 19, 0), ("", 0), ("-7", 0), ("7.0", 0), ("²", 0)],
)
def test_numbers(text: str, number: int) -> None:
    assert number_from(text) == number


@pytest.mark.parametrize(("text", "number"), [("3", 3), ("", 1), ("x", 1), ("123456", 1)])
def test_pages(text: str, number: int) -> None:
    assert page_number(text) == number


@pytest.mark.parametrize(("text", "found"), [(str(ID), ID), ("", None), ("1", None)])
def test_ids(text: str, found: UUID | None) -> None:
    assert id_from(text) == found
