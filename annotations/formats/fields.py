"""Values out of a JSON object that anybody may have written, each checked as it is read."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

Item = TypeVar("Item")


class NotReadable(ValueError):
    """The line is not as docs/formats.md says; the message is for people."""


class Fields:
    """One JSON object. What is missing or null is empty.

    Args:
        given: the decoded JSON, of any type.
        name: what it is, for messages.

    Raises:
        NotReadable: `given` is no object; and from each method, the value is of another type.
    """

    def __init__(self, given: object, name: str = "line") -> None:
        if not isinstance(given, dict):
            raise NotReadable(f"The {name} is not a JSON object.")
        self._given: dict[str, Any] = given

    def __contains__(self, key: str) -> bool:
        return self._given.get(key) is not None

    def get(self, key: str) -> Any:
        return self._given.get(key)

    def text(self, key: str) -> str:
        """A text that can be stored: without NUL or half characters."""
        value = self._given.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise NotReadable(f"“{key}” must be a text, in quotation marks.")
        return storable(value, key)

    def words(self, key: str) -> str:
        """A text that must not be empty."""
        value = self.text(key)
        if not value.strip():
            raise NotReadable(f"“{key}” is missing.")
        return value

    def number(self, key: str) -> int | None:
        """A whole number from 0 on that Postgres can keep."""
        value = self._given.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
            raise NotReadable(f"“{key}” must be a whole number, 0 or more.")
        return value

    def truth(self, key: str) -> bool:
        value = self._given.get(key)
        if value is None:
            return False
        if not isinstance(value, bool):
            raise NotReadable(f"“{key}” must be true or false.")
        return value

    def day(self, key: str) -> date | None:
        """A day, written 2021-03-29."""
        value = self.text(key)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise NotReadable(f"“{key}” is not a day. Write it as 2021-03-29.") from None

    def moment(self, key: str) -> datetime | None:
        """A moment in ISO 8601, with its time zone."""
        value = self.text(key)
        if not value:
            return None
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise NotReadable(
                f"“{key}” is not a time. Write it as 2021-03-29T12:00:00+00:00."
            ) from None
        if moment.tzinfo is None:
            raise NotReadable(f"“{key}” has no time zone. Write it as 2021-03-29T12:00:00+00:00.")
        return moment

    def each(self, key: str, read: Callable[[Any], Item]) -> tuple[Item, ...]:
        """The items of a list, each as `read` gives it."""
        value = self._given.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise NotReadable(f"“{key}” must be a list, in square brackets.")
        return tuple(read(item) for item in value)


def storable(text: str, key: str) -> str:
    """The text, if UTF-8 and Postgres can hold it.

    Raises:
        NotReadable: they can't.
    """
    if "\0" in text:
        raise NotReadable(f"“{key}” contains a NUL character.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotReadable(f"“{key}” contains half a character.") from None
    return text
