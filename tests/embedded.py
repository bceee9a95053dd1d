"""Asking whether an embedded server of a test's own runs."""

from pathlib import Path

from psycopg import pq

from reader.database import place, postgres


def answers(folder: Path) -> bool:
    """Whether the server of the DATA_DIR `folder` runs."""
    return postgres.ping(place.find(folder)) is pq.Ping.OK
