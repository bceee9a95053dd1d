"""The summary of many allegations: those that say the same and are answered the same, together."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.answers import Said
from annotations.pages.summary import Entry, Line


@dataclass(frozen=True, slots=True)
class Accuser:
    """An allegation with the accused, and the published replies to it."""

    line: Line
    targets: str
    replies: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Allegations of the same claims, and the denials that answer every one of them.

    `here` are the denials of the article whose page it is, `elsewhere` those of other articles.
    """

    claims: tuple[str, ...]
    accusers: tuple[Accuser, ...]
    here: tuple[Line, ...]
    elsewhere: tuple[Line, ...]
    gone: tuple[str, ...]
    silence: str


@dataclass(frozen=True, slots=True)
class Summary:
    """`apart` are denials of the same articles that answer none of the allegations."""

    groups: tuple[Group, ...]
    apart: tuple[Line, ...]


def grouped(entries: Sequence[Entry]) -> Summary:
    """Put together what has the same claims and the same answers, in the order of first mention.

    Answers are decided allegation by allegation (`annotations.answers`): a speaker's own denial
    can't slip in beside their allegation by way of somebody else's.
    """
    together: dict[tuple[object, ...], list[Entry]] = {}
    for number, entry in enumerate(entries):
        # An allegation of no claim stands alone: what it has in common with others is unknown.
        key = (entry.claims or number, entry.answers, entry.gone, entry.silence)
        together.setdefault(key, []).append(entry)
    groups = tuple(_group(several) for several in together.values())
    answering = {line.path for one in groups for line in (*one.here, *one.elsewhere)}
    apart = {line.path: line for entry in entries for line in entry.apart}
    return Summary(groups, tuple(line for path, line in apart.items() if path not in answering))


def _group(several: Sequence[Entry]) -> Group:
    first = several[0]
    return Group(
        claims=first.claims,
        accusers=tuple(Accuser(one.allegation, one.targets, one.replies) for one in several),
        here=tuple(line for line in first.answers if not line.where),
        elsewhere=tuple(line for line in first.answers if line.where),
        gone=first.gone,
        silence=first.silence,
    )
