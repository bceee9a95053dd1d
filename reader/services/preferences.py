"""How people like to read: what they choose on their settings page."""

import zoneinfo
from collections import defaultdict
from dataclasses import asdict, dataclass
from functools import cache

from django.conf import settings

from reader.models import Measure, Theme, Typeface, TypeSize, User


@dataclass(frozen=True, slots=True)
class Preferences:
    """The choices of a person; `language` and `time_zone` are empty for the site's own."""

    theme: str = Theme.AUTO
    type_size: str = TypeSize.NORMAL
    measure: str = Measure.NORMAL
    typeface: str = Typeface.SERIF
    language: str = ""
    time_zone: str = ""
    shortcuts: bool = True
    read_when_opened: bool = True


def preferences_of(person: User) -> Preferences:
    """What the person has chosen."""
    return Preferences(**{name: getattr(person, name) for name in Preferences.__dataclass_fields__})


def change_preferences(person: User, chosen: Preferences) -> None:
    """Keep what the person has chosen."""
    fields = asdict(chosen)
    for name, value in fields.items():
        setattr(person, name, value)
    person.save(update_fields=list(fields))


@cache
def time_zones() -> dict[str, list[str]]:
    """The time zones of this machine that are named after places, by region; "UTC" stands alone.

    Source: the IANA time zone database (RFC 6557), whose other names are kept for old programs.
    """
    regions: dict[str, list[str]] = defaultdict(list)
    for name in sorted(zoneinfo.available_timezones()):
        region, _, place = name.partition("/")
        if place and region not in _NO_REGIONS:
            regions[region].append(name)
    return {"UTC": ["UTC"], **regions}


_NO_REGIONS = {"Etc", "SystemV", "US", "Brazil", "Canada", "Chile", "Mexico"}


def time_zone_of(person: User) -> zoneinfo.ZoneInfo | None:
    """The person's time zone; None for the site's, also where this machine does not know theirs."""
    known = person.time_zone in time_zones().get(person.time_zone.partition("/")[0], ())
    return zoneinfo.ZoneInfo(person.time_zone) if known else None


def language_of(person: User) -> str:
    """The person's language, or the site's where it has not got that one (any more)."""
    offered = dict(settings.LANGUAGES)
    return person.language if person.language in offered else settings.LANGUAGE_CODE
