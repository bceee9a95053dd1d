"""Why a change was not made, in words for people."""


class Refused(ValueError):
    """The change breaks a rule; `field` names the input that the message belongs to."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message, self.field = message, field
