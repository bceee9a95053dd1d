"""Passages made by hand, for what needs no database."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import UUID

from annotations.passage import Link, Named, Passage, Piece, Source

HERE, ELSEWHERE = UUID(int=1), UUID(int=2)
_numbers = count(100)
_names: dict[str, int] = {}


def source(article: UUID = HERE, **fields: Any) -> Source:
    values = {
        "id": article,
        "title": "The spill",
        "publication": "",
        "url": "",
        "published_on": None,
        "published_precision": "",
    }
    return Source(**values | fields)


def named(*names: str) -> tuple[Named, ...]:
    """The same name is the same speaker."""
    return tuple(Named(_names.setdefault(name, len(_names) + 1), name) for name in names)


def link(claim: int, scope: str = "whole", part: str = "", unsure: bool = False) -> Link:
    return Link(claim, f"That {claim}", scope, part, unsure)


def passage(
    kind: str = "quote",
    *,
    by: Iterable[str] = (),
    claims: Iterable[int | Link] = (),
    article: UUID = HERE,
    **fields: Any,
) -> Passage:
    """A passage of one piece; `claims` are numbers of claims, or links to them."""
    values = {
        "id": UUID(int=next(_numbers)),
        "kind": kind,
        "wording": "paraphrase",
        "cue": "",
        "flags": (),
        "note": "",
        "note_public": False,
        "said_on": None,
        "version": 1,
        "created_at": datetime(2026, 1, 1, tzinfo=UTC),
        "annotator_id": 1,
        "annotator": "Alice",
        "pieces": (Piece(0, 5, "words"),),
        "speakers": named(*by),
        "on_behalf_of": (),
        "relayed_by": (),
        "targets": (),
        "links": tuple(one if isinstance(one, Link) else link(one) for one in claims),
        "source": source(article),
    }
    return Passage(**values | fields)
