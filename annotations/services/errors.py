"""Why a change was not made, in words for people."""

from annotations.models import Annotation


class Refused(ValueError):
    """The change breaks a rule; `field` names the input that the message belongs to."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message, self.field = message, field


class Conflict(Exception):
    """Somebody else has changed the annotation since it was opened; nothing was saved."""

    def __init__(self, current: Annotation) -> None:
        super().__init__(f"annotation {current.pk} is at version {current.version}")
        self.current = current
