"""Annotations as cards show them."""

import pytest

from annotations.pages.cards import card, names, qualifier, who
from annotations.passage import Piece
from tests.annotations.passages import link, named, passage


def shown(member=False, **fields):
    return card(passage(**fields), 1, member=member, may_edit=False)


@pytest.mark.parametrize(
    ("wording", "words", "expected"),
    [
        ("verbatim", "Nothing leaked", "“Nothing leaked”"),
        ("verbatim", "“Nothing leaked”", "“Nothing leaked”"),
        ("verbatim", "«\u00a0Rien\u00a0»", "«\u00a0Rien\u00a0»"),
        ("paraphrase", "nothing leaked", "nothing leaked"),
        ("mixed", "that “nothing” leaked", "that “nothing” leaked"),
    ],
)
def test_only_verbatim_words_get_quotation_marks(wording, words, expected):
    assert shown(wording=wording, pieces=(Piece(0, 9, words),)).words == expected


@pytest.mark.parametrize(
    ("several", "expected"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")],
)
def test_names(several, expected):
    assert names(named(*several)) == expected


def test_who_says_it():
    assert who(passage(by=["Ana"])) == "Ana"
    assert who(passage(by=["Ana"], on_behalf_of=named("the works"))) == "Ana, for the works"
    assert who(passage(on_behalf_of=named("the works"))) == "unattributed, for the works"
    assert who(passage()) == "unattributed"


def test_the_heading_of_a_shared_passage():
    works = named("the works")
    assert shown(by=["Ana"], kind="quote").heading == "Quote by Ana"
    accused = shown(by=["Ana"], kind="allegation", targets=works)
    assert accused.heading == "Allegation by Ana against the works"
    nobodys = shown(kind="allegation", targets=works)
    assert nobodys.heading == "Unattributed allegation against the works"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (link(1), ""),
        (link(1, "part"), "part of it"),
        (link(1, "part", "the second spill"), "part of it: the second spill"),
        (link(1, "other_version", unsure=True), "another version of events; unsure"),
        (link(1, "whole", "left over", unsure=True), "unsure"),
    ],
)
def test_what_limits_a_link(found, expected):
    assert qualifier(found) == expected


def test_claims_say_how_the_annotation_stands_to_them():
    verbs = {
        kind: shown(kind=kind, claims=[1]).claims[0].verb
        for kind in ("quote", "allegation", "denial")
    }
    assert verbs == {"quote": "on", "allegation": "alleges", "denial": "denies"}


def test_readers_see_public_notes_and_no_annotators():
    assert shown(note="x").note == ""
    assert shown(note="x", note_public=True).note == "x"
    assert shown(member=True, note="x").note == "x"
    assert "Alice" not in shown().facts
    assert "Alice" in shown(member=True).facts


def test_facts_in_one_line():
    facts = shown(
        cue="said", flags=("unsure", "caption"), relayed_by=named("A radio"), wording="mixed"
    ).facts
    assert facts == "Mixed · “said” · relayed by A radio · Unsure, Caption"


def test_words_without_a_place_say_so():
    assert "not in the present text" in shown(pieces=(Piece(None, None, "gone"),)).facts
