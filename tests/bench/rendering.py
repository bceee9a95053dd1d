"""The renderer alone."""

from tests.bench.results import Result
from tests.reader.text import measure as text

BUDGET_SECONDS = 1.0


def measure() -> list[Result]:
    """Milliseconds of what happens to a text; a megabyte must not take a second."""
    return [
        Result(
            name,
            f"{seconds * 1000:.1f} ms",
            budget="< 1 s" if " MB " in name else "",
            kept=seconds < BUDGET_SECONDS if " MB " in name else None,
        )
        for name, seconds in text.measure().items()
    ]
