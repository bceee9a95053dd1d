"""Lines that were written are read as what they were; others are refused with the reason."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, strategies as st

from annotations.formats.fields import NotReadable
from annotations.formats.jsonl import write
from annotations.formats.reading import read
from annotations.formats.records import (
    AnnotationRecord,
    AnnotatorRecord,
    ArticleRecord,
    ClaimRecord,
    FragmentRecord,
    LinkRecord,
    NameRecord,
    ProjectRecord,
    Record,
    SpeakerRecord,
)

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
words = text.filter(str.strip)
number = st.integers(0, 2**31 - 1)
maybe_number = st.none() | number
moments = st.none() | st.datetimes(timezones=st.just(UTC))
articles = st.builds(ArticleRecord, text, text, text, text, text, text, maybe_number, text)
names = st.lists(st.builds(NameRecord, words, text, st.booleans()), max_size=3).map(tuple)
annotations = st.builds(
    AnnotationRecord,
    kind=words,
    fragments=st.lists(
        st.builds(FragmentRecord, words, maybe_number, maybe_number, text, text, maybe_number),
        max_size=3,
    ).map(tuple),
    article=articles,
    id=text,
    project=text,
    wording=text,
    cue=text,
    flags=st.lists(text, max_size=3).map(tuple),
    speakers=names,
    on_behalf_of=names,
    relayed_by=names,
    targets=names,
    claims=st.lists(
        st.builds(LinkRecord, words, st.sampled_from(["whole", "part"]), text, st.booleans()),
        max_size=3,
    ).map(tuple),
    said_on=st.none() | st.dates(),
    note=text,
    note_public=st.booleans(),
    annotator=st.none() | st.builds(AnnotatorRecord, text, text),
    version=st.integers(1, 2**31 - 1),
    created_at=moments,
    updated_at=moments,
    origin=text,
    origin_id=text,
)
speakers = st.builds(
    SpeakerRecord,
    name=words,
    type=text,
    aliases=st.lists(text, max_size=3).map(tuple),
    note=text,
    article=st.none() | articles,
    merged_into=text,
)
claims = st.builds(ClaimRecord, statement=words, broader=text, merged_into=text)
projects = st.builds(
    ProjectRecord, slug=text, name=text, description=text, guidelines=text, exported_at=moments
)


@given(st.lists(annotations | speakers | claims | projects, max_size=4))
def test_what_is_written_is_read_again(records: list[Record]) -> None:
    lines = list(write(records))

    assert [line.count(b"\n") for line in lines] == [1] * len(records)
    assert [read(line.decode()) for line in lines] == records


def short(**fields: Any) -> str:
    row: dict[str, Any] = {"kind": "quote", "file": "a.txt", "fragments": [{"exact": "words"}]}
    return json.dumps(row | fields)


def test_a_short_row_is_an_annotation() -> None:
    line = short(
        id=7,
        speakers=["Mira Okonjo", {"name": "two officials", "only_here": True}],
        claims=[
            "That the ferry ran aground",
            {"claim": "That it leaked", "scope": "other version"},
        ],
        cue=None,
        said_on="2025-03-04",
        annotator="alice@example.org",
        created_at="2025-03-05T10:00:00Z",
    )

    assert read(line) == AnnotationRecord(
        id="7",
        kind="quote",
        article=ArticleRecord(file_name="a.txt"),
        fragments=(FragmentRecord("words"),),
        speakers=(NameRecord("Mira Okonjo"), NameRecord("two officials", only_here=True)),
        claims=(
            LinkRecord("That the ferry ran aground"),
            LinkRecord("That it leaked", scope="other_version"),
        ),
        said_on=date(2025, 3, 4),
        annotator=AnnotatorRecord("alice@example.org"),
        created_at=datetime(2025, 3, 5, 10, tzinfo=UTC),
    )


def test_a_record_of_another_kind_is_passed_over() -> None:
    assert read('{"record": "reply", "text": "Not so."}') is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[" * 100_000, "nests too deeply"),
        ('{"id": ' + "9" * 5_000 + "}", "not JSON that can be read"),
        ("[]", "not a JSON object"),
        ("{}", "“kind” is missing"),
        (short(format=2), "is in format 2; this version of On Record reads up to format 1"),
        (short(offset_unit="utf-16"), "must count code points"),
        (short(fragments="words"), "“fragments” must be a list"),
        (short(fragments=[{"exact": " "}]), "“exact” is missing"),
        (short(fragments=[{"exact": "w", "start": -1}]), "“start” must be a whole number"),
        (short(fragments=[{"exact": "w", "start": True}]), "“start” must be a whole number"),
        (short(fragments=[{"exact": "w", "end": 2**31}]), "“end” must be a whole number"),
        (short(speakers=[3]), "The name is not a JSON object"),
        (short(flags=[3]), "“flags” must be a list of texts"),
        (short(cue="\0"), "“cue” contains a NUL"),
        (short(cue="\ud83d"), "“cue” contains half a character"),
        (short(note=3), "“note” must be a text"),
        (short(note_public="yes"), "“note_public” must be true or false"),
        (short(said_on="March"), "“said_on” is not a day"),
        (short(created_at="now"), "“created_at” is not a time"),
        (short(created_at="2025-03-05T10:00:00"), "“created_at” has no time zone"),
        (short(article="a.txt"), "The article is not a JSON object"),
    ],
)
def test_a_bad_line_says_what_is_wrong(line: str, reason: str) -> None:
    with pytest.raises(NotReadable, match=reason):
        read(line)
