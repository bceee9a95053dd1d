"""Many articles in, batch by batch: each batch is one transaction, and one bad row stops nothing.

A killed import leaves whole articles only; started again, it goes on where it was.
"""

from collections.abc import Iterable, Iterator

from django.db import DataError, IntegrityError

from reader.ingest.incoming import Arrival, Incoming, Refusal
from reader.ingest.pipeline import Outcome, store, store_all
from reader.models import Project, User

BATCH = 1_000
"""Articles to a transaction."""

BATCH_CHARACTERS = 20_000_000
"""Characters to a transaction, whatever the number of articles: they are held in memory."""


def import_all(
    arrivals: Iterable[Arrival], scope: Project | None, user: User | None = None
) -> Iterator[Outcome | Refusal]:
    """Store articles as they come; what was refused on the way in is passed on.

    Gives an outcome or a refusal for each, though not in their order. What was given is
    committed, unless a transaction was open already.

    Args:
        scope, user: as in `pipeline.store_all`.
    """
    batch: list[Incoming] = []
    characters = 0
    for arrival in arrivals:
        if isinstance(arrival, Refusal):
            yield arrival
            continue
        batch.append(arrival)
        characters += len(arrival.document.text)
        if len(batch) == BATCH or characters >= BATCH_CHARACTERS:
            yield from _store_batch(batch, scope, user)
            batch, characters = [], 0
    if batch:
        yield from _store_batch(batch, scope, user)


def _store_batch(
    batch: list[Incoming], scope: Project | None, user: User | None
) -> Iterator[Outcome | Refusal]:
    try:
        outcomes = store_all(batch, scope, user)
    except (DataError, IntegrityError):
        # Postgres refused the whole COPY: find out which row it was.
        for one in batch:
            yield _store_one(one, scope, user)
    else:
        yield from outcomes


def _store_one(one: Incoming, scope: Project | None, user: User | None) -> Outcome | Refusal:
    try:
        return store(one, scope, user)
    except (DataError, IntegrityError) as error:
        reason = str(error).partition("\n")[0]
        return Refusal(one.where, f"The database does not take it: {reason}")
