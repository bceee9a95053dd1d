"""A search may take a second; what takes longer is too broad a question."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.utils import OperationalError
from psycopg import errors
from psycopg.sql import Composable

SECONDS = 1.0
_GRACE = 0.1
"""So much longer it may take altogether, to save a statement before each."""


class TooBroadError(Exception):
    """The answer was not there in time."""


class Asking:
    """Questions to Postgres that share one second."""

    def __init__(self) -> None:
        self._deadline = time.monotonic() + SECONDS
        self._granted = SECONDS

    @property
    def is_half_over(self) -> bool:
        """Whether half of the time has gone."""
        return time.monotonic() > self._deadline - SECONDS / 2

    def rows(self, question: Composable) -> list[tuple]:
        """The rows of an answer.

        Raises:
            TooBroadError: time is up.
        """
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TooBroadError
        if left < self._granted - _GRACE:
            self._granted = left
            _set({"statement_timeout": str(max(1, int(left * 1000)))})
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchall()


# What these are set to does not change an answer. Statements are short: compiling them takes longer
# than running them. The search itself says which index it wants, so Postgres need not weigh whether
# to read the whole table instead, nor share the work out over processes. And what it found in a
# year is sorted in memory.
_SETTINGS = {
    "statement_timeout": str(int(SECONDS * 1000)),
    "jit": "off",
    "enable_seqscan": "off",
    "max_parallel_workers_per_gather": "0",
    "work_mem": "32MB",
}


@contextmanager
def limited() -> Iterator[Asking]:
    """A transaction whose questions have a second in all. Settings are as before at its end.

    Raises:
        TooBroadError: that was not enough.
    """
    names = list(_SETTINGS)
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT current_setting(name) FROM unnest(%s::text[]) AS name", [names]
                )
                before = [row[0] for row in cursor.fetchall()]
                _set(_SETTINGS)
            yield Asking()
            _set(dict(zip(names, before, strict=True)))
    except OperationalError as error:
        if isinstance(error.__cause__, errors.QueryCanceled):
            raise TooBroadError from error
        raise


def _set(values: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config(name, value, true) FROM unnest(%s::text[], %s::text[]) "
            "AS given(name, value)",
            [list(values), list(values.values())],
        )
