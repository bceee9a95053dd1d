"""How much is measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """`seconds` and `rounds` are those of one load; the others are numbers of rows."""

    seconds: float
    rounds: int
    repeats: int
    imported: int
    feeds: int
    few_articles: int
    many_articles: int
    exported: int
    read: int


FULL = Scale(
    seconds=3,
    rounds=5,
    repeats=200,
    imported=10_000,
    feeds=500,
    few_articles=1_000,
    many_articles=100_000,
    exported=100_000,
    read=1_500,
)
# Says in a minute whether something broke, not how fast it is.
QUICK = Scale(
    seconds=0.7,
    rounds=3,
    repeats=40,
    imported=2_000,
    feeds=100,
    few_articles=1_000,
    many_articles=20_000,
    exported=20_000,
    read=300,
)
