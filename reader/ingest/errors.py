"""Why nothing came in from an address, in words for people."""

from reader.services.errors import Refused


class FetchError(Refused):
    """What stands at an address was not fetched.

    `status` is the HTTP status where the site answered with an error (else 0), `retry_after` what
    it said about when to come back (else ""), as it said it.
    """

    def __init__(self, message: str, *, status: int = 0, retry_after: str = "") -> None:
        super().__init__(message, "url")
        self.status, self.retry_after = status, retry_after


class NotAllowed(FetchError):
    """The site's robots.txt asks programs not to read the page."""


class ExtractError(Refused):
    """No article was found in a page."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "url")


class PictureError(Refused):
    """What was fetched is no picture that is shown."""
