"""Why a change was not made, in words for people."""

from typing import Any

from django.utils.functional import Promise


class Conflict(Exception):
    """Somebody else has changed it since the person opened it; nothing was saved. `current` is what
    was to be changed, as it is now."""

    def __init__(self, current: Any) -> None:
        super().__init__(f"{type(current).__name__} {current.pk} has changed meanwhile")
        self.current = current


class Refused(ValueError):
    """The change breaks a rule; `field` names the input that the message belongs to.

    The message may be lazy: then it is translated where it is read, and code that is also used
    without Django's settings (reading a page's details) can refuse.
    """

    def __init__(self, message: str | Promise, field: str = "") -> None:
        super().__init__(message)
        self._message, self.field = message, field

    @property
    def message(self) -> str:
        """Why, in the language that is active now."""
        return str(self._message)
