"""Charts in words: what is drawn is told as text, too."""

from collections.abc import Sequence
from datetime import date

import pytest
from django.template.loader import render_to_string

from annotations.charts import Tally
from annotations.pages.charts import month_chart, period_name
from annotations.timing import Dated
from tests.annotations.test_charts import KINDS
from tests.annotations.test_timing import on


def drawn(several: Sequence[Tally]) -> str:
    return render_to_string("charts/_by_month.html", {"chart": month_chart(several, KINDS)})


def test_it_is_drawn_with_its_numbers_as_text() -> None:
    html = drawn(
        [
            Tally("allegation", Dated(date(2024, 5, 8), "day", is_said=True), 3),
            Tally("denial", on("2024-07-01"), 2),
            Tally("denial", on("2024"), 4),
            Tally("denial", None),
        ]
    )
    assert "<title>May 2024: allegations 3</title>" in html
    assert "3 by the day of speaking" in html and "6 by the date of the article" in html
    assert "4 with the year only, not placed" in html and "1 undated" in html
    assert '<th scope="row">June 2024</th><td>0</td><td>0</td><td>0</td>' in html
    assert '<th scope="row">only the year is known</th><td>0</td><td>0</td><td>4</td>' in html
    assert '<th scope="row">undated</th><td>0</td><td>0</td><td>1</td>' in html
    assert "style=" not in html


def test_without_a_date_nothing_is_drawn_and_the_number_is_told() -> None:
    html = drawn([Tally("quote", None, 2)])
    assert "<svg" not in html and "2 undated" in html


@pytest.mark.parametrize(
    ("first", "months", "name"),
    [
        ("2024-05", 1, "May 2024"),
        ("2024-04", 3, "quarter 2 of 2024"),
        ("2024", 12, "2024"),
        ("2020", 60, "2020–2024"),
    ],
)
def test_periods_are_named(first: str, months: int, name: str) -> None:
    assert period_name(on(first).on, months) == name
