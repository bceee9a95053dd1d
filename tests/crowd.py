"""Many annotators at work at once on one article of a served site, over HTTP."""

import http.client
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from uuid import UUID

import psycopg

from reader.models.ids import uuid7
from tests.embedded import target
from tests.served import ROOT, Site, environment
from tests.visitor import Reply, Visitor, is_acknowledged, mark_form

KINDS = ("quote", "allegation", "denial")
PATIENCE = 60.0
"""Seconds that an annotator tries again for."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """An article of the library, in no project yet, and the sessions of a project's annotators."""

    path: str
    article_id: str
    text: str
    sessions: list[str]


def gather(site: Site, number: int) -> Crowd:
    """An article and annotators for a served demo site."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.gather", str(number)],
        cwd=ROOT,
        env=environment(DATA_DIR=str(site.data_dir), ON_RECORD_ENV="demo"),
        stdout=subprocess.PIPE,
        check=True,
        timeout=60,
    )
    return Crowd(**json.loads(made.stdout))


@dataclass(frozen=True, slots=True)
class Words:
    """What an annotator marks: a place in code points, a kind, and the id issued with the form."""

    id: UUID
    start: int
    end: int
    kind: str


def tasks(crowd: Crowd, number: int) -> list[Words]:
    """That many annotations, all different, spread over the whole text."""
    room = len(crowd.text) - 40
    return [
        Words(uuid7(), start, start + 5 + n % 30, KINDS[n % 3])
        for n in range(number)
        for start in [n * 7919 % room]  # a prime: neighbours in time are no neighbours in the text
    ]


def send(visitor: Visitor, crowd: Crowd, words: Words) -> Reply:
    """Send the form once."""
    form = mark_form(words.id, crowd.text, words.start, words.end, words.kind)
    return visitor.post(f"{crowd.path}annotations/", form)


def send_until_acknowledged(visitor: Visitor, crowd: Crowd, words: Words) -> None:
    """Send the form again, with its id, as long as the site breaks off or answers 5xx.

    Raises:
        AssertionError: it answered something else, or not in time.
    """
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            reply = send(visitor, crowd, words)
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
            continue
        if is_acknowledged(reply, words.id):
            return
        assert reply.status >= 500, (reply.status, reply.location)
        time.sleep(0.05)
    raise AssertionError(f"{words.id} was not taken in {PATIENCE:.0f} s")


def stored(site: Site) -> list[Words]:
    """What stands in the site's database, one for each fragment, in the order of the ids.

    Raises:
        AssertionError: some words are not those of their place.
    """
    with psycopg.connect(target(site.data_dir)) as connection:
        rows = connection.execute(_STORED_SQL).fetchall()
    assert all(exact == there for *_, exact, there in rows)
    return [Words(id_, start, end, kind) for id_, kind, start, end, *_ in rows]


# Outer joins, so that half an annotation would show as well.
_STORED_SQL = """
SELECT a.id, a.kind, f.start, f."end", f.exact, substr(r.text, f.start + 1, f."end" - f.start)
  FROM annotations_annotation a
  LEFT JOIN annotations_anchor n ON n.annotation_id = a.id
  LEFT JOIN annotations_fragment f ON f.anchor_id = n.id
  LEFT JOIN reader_revision r ON r.id = n.revision_id
 ORDER BY a.id
"""
