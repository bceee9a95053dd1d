"""docs/formats.md names every format and every key, and nothing else."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from annotations.formats import FORMATS
from annotations.formats.jsonl import write
from annotations.formats.reading import read
from annotations.formats.records import (
    AnnotationRecord,
    AnnotatorRecord,
    ArticleRecord,
    ChangeRecord,
    ClaimRecord,
    FragmentRecord,
    LinkRecord,
    NameRecord,
    ProjectRecord,
    SpeakerRecord,
)
from annotations.models import Decision, Flag, Kind, Scope, SpeakerType, Wording

DOCS = (Path(__file__).resolve().parents[3] / "docs" / "formats.md").read_text(encoding="utf-8")
ANNOTATION = AnnotationRecord(
    kind="quote",
    article=ArticleRecord(),
    fragments=(FragmentRecord("words", occurrence=1),),
    speakers=(NameRecord("Mira Okonjo"),),
    claims=(LinkRecord("That"),),
    said_on=date(2025, 3, 4),
    annotator=AnnotatorRecord(),
    created_at=datetime(2025, 3, 4, tzinfo=UTC),
    change=ChangeRecord("changed", datetime(2025, 3, 5, tzinfo=UTC)),
)
RECORDS = (
    ANNOTATION,
    SpeakerRecord(name="Mira Okonjo"),
    ClaimRecord(statement="That"),
    ProjectRecord(slug="ferry"),
)


def keys_under(heading: str) -> list[str]:
    section = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", DOCS, re.M | re.S)
    assert section, heading
    return re.findall(r"^\| `(\w+)` \|", section[1], re.M)


def written() -> dict[str, dict[str, Any]]:
    rows = map(json.loads, write(RECORDS))
    return {row["record"]: row for row in rows}


def test_every_format_is_described() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+) \| `\.(\w+)` \| `(.+)` \| (.+) \|$", DOCS, re.M)
    assert rows == [
        (one.name, one.label, one.extension, one.media_type, one.description)
        for one in FORMATS.values()
    ]


def test_every_key_is_described_in_the_order_in_which_it_is_written() -> None:
    lines = written()
    for record, row in lines.items():
        assert keys_under(f"`{record}`") == list(row)
    annotation = lines["annotation"]
    assert keys_under("`article`") == list(annotation["article"])
    assert keys_under("`fragments`") == list(annotation["fragments"][0])
    names = "`speakers`, `on_behalf_of`, `relayed_by`, `targets`"
    assert keys_under(names) == list(annotation["speakers"][0])
    assert keys_under("`claims`") == list(annotation["claims"][0])
    assert keys_under("`change`") == list(annotation["change"])


def test_every_value_is_described() -> None:
    for choices in (Kind, Wording, Flag, Scope, SpeakerType, Decision):
        for value in filter(None, choices.values):
            assert f"`{value}`" in DOCS


def test_the_example_is_one() -> None:
    (example,) = re.findall(r"```json\n(.*?)\n```", DOCS, re.S)
    row = read(example)
    assert isinstance(row, AnnotationRecord)
    assert row.article.file_name == "harbour.txt"
