"""The one way a table gets its history: database triggers that keep the row as it was."""

from typing import TypeVar

import pghistory
from django.db import models

Model = TypeVar("Model", bound=type[models.Model])


def keeps_history(model: Model) -> Model:
    """Class decorator: each update and delete keeps the old row, with who did it and when.

    Inserts are not kept: the first update or delete keeps the row as it was inserted.
    """
    # Trackers hold the model that they were set up for, so each model needs its own.
    track = pghistory.track(
        pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent(row=pghistory.Old)
    )
    tracked: Model = track(model)
    return tracked
