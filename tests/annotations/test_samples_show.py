"""The sample newsroom shows what the product can do: one test a thing to be seen."""

import re
from collections import Counter

import pytest

from tests.annotations.samples import (
    ARTICLES,
    FILES,
    MARKS,
    PROJECTS,
    marks_about,
    pairs,
    source,
    spans,
    speaker,
    text,
)


@pytest.mark.parametrize(
    "feature",
    [
        "<h2>", "<h3>", "<ul>", "<ol>", "<table>", "<figcaption>", '<a href="', "<em>", "<strong>",
        '<blockquote dir="rtl" lang="ar">', "“", "‘", '"', "«\u00a0", "\u00a0", "–", "—", "\u200d",
    ],
)  # fmt: skip
def test_articles_show_every(feature: str) -> None:
    assert any(feature in source(file).replace("&nbsp;", "\u00a0") for file in FILES)


def test_a_sentence_comes_back_elsewhere_in_other_words() -> None:
    accused = r"accused of switching off leak alarms ten days before (?:it reported|reporting)"
    said = r"Lorrick (?:has met|meets|met) every condition of its permits?\b"
    for sentence in (accused, said):
        found = [match for file in FILES if (match := re.search(sentence, text(file)))]
        assert len(found) >= 3
        assert len({match[0] for match in found}) >= 2


def test_two_people_marked_every_article() -> None:
    by_file = Counter(mark["file"] for mark in MARKS)
    assert set(by_file) == set(FILES)
    assert min(by_file.values()) >= 2
    assert max(by_file.values()) >= 12
    assert len({mark["annotator"] for mark in MARKS}) == 2
    for slug in PROJECTS:
        assert len({mark["annotator"] for mark in MARKS if mark["project"] == slug}) == 2


def test_some_annotations_overlap_and_some_are_nested() -> None:
    overlapping = nested = 0
    for one, other in pairs():
        for a, b in spans(one):
            for c, d in spans(other):
                overlapping += a < c < b < d or c < a < d < b
                nested += (a < c and d < b) or (c < a and b < d)
    assert overlapping >= 1
    assert nested >= 10


def test_the_same_words_carry_two_kinds() -> None:
    kinds = {
        frozenset((one["kind"], other["kind"]))
        for one, other in pairs()
        if spans(one) == spans(other)
    }
    assert kinds >= {frozenset(("quote", "denial")), frozenset(("quote", "allegation"))}


def test_two_annotators_marked_the_same_words_alike() -> None:
    assert any(
        spans(one) == spans(other)
        and one["kind"] == other["kind"]
        and one["annotator"] != other["annotator"]
        for one, other in pairs()
    )


def test_some_annotations_cross_paragraphs_and_some_are_broken() -> None:
    assert any("\n" in part["exact"] for mark in MARKS for part in mark["fragments"])
    sizes = Counter(len(mark["fragments"]) for mark in MARKS)
    assert sizes[2] >= 10
    assert sizes[3] >= 1


@pytest.mark.parametrize("flag", ["unsure", "implied", "mention", "translated", "caption"])
def test_every_flag_is_shown(flag: str) -> None:
    assert any(flag in mark["flags"] for mark in MARKS)


def test_every_attribution_is_shown() -> None:
    assert any(len(mark["speakers"]) > 1 for mark in MARKS)
    assert any(len(mark["targets"]) > 1 for mark in MARKS)
    assert any(mark["on_behalf_of"] for mark in MARKS)
    assert any(mark["kind"] == "allegation" and mark["relayed_by"] for mark in MARKS)
    assert any(
        mark["kind"] == "allegation" and not mark["speakers"] and "mention" not in mark["flags"]
        for mark in MARKS
    )
    types = {speaker(mark, name)["type"] for mark in MARKS for name in mark["speakers"]}
    assert types == {"person", "organisation", "state", "unnamed"}


def test_every_scope_note_and_wording_is_shown() -> None:
    links = [link for mark in MARKS if mark["kind"] == "denial" for link in mark["claims"]]
    assert {link["scope"] for link in links} == {"whole", "part", "other version"}
    assert any(link["unsure"] for link in links)
    assert {mark["wording"] for mark in MARKS} == {"verbatim", "paraphrase", "mixed"}
    assert {mark["note_public"] for mark in MARKS if mark["note"]} == {True, False}


def test_some_claims_are_denied_by_nobody() -> None:
    silent = [
        claim["id"]
        for slug, project in PROJECTS.items()
        for claim in project["claims"]
        if not marks_about(slug, "denial", claim["id"])
    ]
    assert len(silent) >= 2


def test_a_denial_may_come_first_and_in_another_article() -> None:
    published = {article["file"]: article["published_on"] for article in ARTICLES}
    elsewhere = earlier = above = 0
    for slug, project in PROJECTS.items():
        for claim in project["claims"]:
            alleged = marks_about(slug, "allegation", claim["id"])
            files = {mark["file"] for mark in alleged}
            days = sorted(day for file in files if (day := published[file]))
            for denial in marks_about(slug, "denial", claim["id"]):
                day = published[denial["file"]]
                elsewhere += denial["file"] not in files
                earlier += bool(day and day < days[0])
                here = [spans(mark)[0] for mark in alleged if mark["file"] == denial["file"]]
                above += bool(here and spans(denial)[0] < min(here))
    assert elsewhere >= 1
    assert earlier >= 1
    assert above >= 1
