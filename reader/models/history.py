"""The one way a table gets its history: database triggers that keep the row as it was."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import pghistory
from django.db import models

Model = TypeVar("Model", bound=type[models.Model])


def keeps_history(
    *, inserts: bool = False, indexes: Sequence[models.Index] = ()
) -> Callable[[Model], Model]:
    """Class decorator: each update and delete keeps the old row, with who did it and when.

    Args:
        inserts: keep inserts too. A row that has a state of its own doesn't need it: its first
            update keeps it as it was inserted. A row that is a tie between two others does.
        indexes: of the table that keeps the old rows.
    """

    def decorate(model: Model) -> Model:
        trackers: list[pghistory.Tracker] = [
            pghistory.UpdateEvent(row=pghistory.Old),
            pghistory.DeleteEvent(row=pghistory.Old),
        ]
        if inserts:
            trackers.append(pghistory.InsertEvent())
        tracked: Model = pghistory.track(*trackers, meta={"indexes": list(indexes)})(model)
        return tracked

    return decorate
