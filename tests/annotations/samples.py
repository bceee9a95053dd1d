"""The sample newsroom as the tests read it."""

import json
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import annotations
from reader.text import from_html

Row = dict[str, Any]
Span = tuple[int, int]

SAMPLES = Path(annotations.__file__).parent / "samples"
CODEBOOK = SAMPLES.parent.parent / "reader" / "codebook.md"
ROLES = ("speakers", "on_behalf_of", "relayed_by", "targets")
_BLOCKS = ("blockquote", "figcaption", "figure", "h2", "h3", "li", "ol", "p", "ul")
_TABLE = ("table", "tbody", "td", "th", "thead", "tr")
TAGS = {*_BLOCKS, *_TABLE, "a", "em", "strong", "img"}


def rows(name: str) -> list[Row]:
    lines = (SAMPLES / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


ARTICLES = rows("articles.jsonl")
MARKS = rows("annotations.jsonl")
NEWSROOM: Row = json.loads((SAMPLES / "projects.json").read_text(encoding="utf-8"))
PROJECTS: dict[str, Row] = {project["slug"]: project for project in NEWSROOM["projects"]}
FILES = [article["file"] for article in ARTICLES]


@cache
def source(file: str) -> str:
    return (SAMPLES / "articles" / file).read_text(encoding="utf-8")


@cache
def text(file: str) -> str:
    return from_html(source(file)).text


def place(file: str, exact: str, occurrence: int) -> Span:
    start = -1
    for _ in range(occurrence):
        start = text(file).find(exact, start + 1)
        assert start >= 0, f"{exact!r} stands fewer than {occurrence} times in {file}"
    return start, start + len(exact)


def spans(mark: Row) -> list[Span]:
    return [place(mark["file"], part["exact"], part["occurrence"]) for part in mark["fragments"]]


def pairs() -> Iterator[tuple[Row, Row]]:
    """Each two annotations of the same article."""
    for file in FILES:
        yield from combinations([mark for mark in MARKS if mark["file"] == file], 2)


def speaker(mark: Row, name: str) -> Row:
    """Who is meant: an unnamed source of the article comes before anybody known by name."""
    known = [one for one in PROJECTS[mark["project"]]["speakers"] if one["name"] == name]
    of_article = [one for one in known if one.get("file") == mark["file"]]
    return (of_article or [one for one in known if one["type"] != "unnamed"])[0]


def marks_about(project: str, kind: str, claim: str) -> list[Row]:
    return [
        mark
        for mark in MARKS
        if (mark["project"], mark["kind"]) == (project, kind)
        and any(link["claim"] == claim for link in mark["claims"])
    ]
