"""Why a change was not made."""

from annotations.models import Annotation
from reader.services.errors import Refused

__all__ = ["Conflict", "Refused"]


class Conflict(Exception):
    """Somebody else has changed the annotation since it was opened; nothing was saved."""

    def __init__(self, current: Annotation) -> None:
        super().__init__(f"annotation {current.pk} is at version {current.version}")
        self.current = current
