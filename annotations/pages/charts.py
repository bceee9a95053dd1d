"""Charts in words."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from annotations.charts import Chart, Tally, by_month
from annotations.periods import quarter_of, unit_of
from reader import dates


def month_chart(tallies: Iterable[Tally], kinds: Mapping[str, tuple[str, str]]) -> Chart:
    """A chart for `charts/_by_month.html`, its periods named in the language of the page.

    Args:
        kinds: the letter and the name of each lane by its kind, in their order.
    """
    return by_month(tallies, kinds, period_name)


def period_name(first: date, months: int) -> str:
    """ "May 2024", "quarter 2 of 2024", "2024" or "2020–2024".

    Args:
        first: its first day.
    """
    unit = unit_of(months)
    if unit == "quarter":
        return _("quarter %(number)s of %(year)s") % {
            "number": quarter_of(first),
            "year": first.year,
        }
    if unit == "years":
        return f"{first.year}–{first.year + months // 12 - 1}"
    return dates.show(first, unit)
