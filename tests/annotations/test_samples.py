"""The sample newsroom is whole, consistent, and follows its own codebook."""

import re
from collections import Counter

import pytest

from tests.annotations.samples import (
    ARTICLES,
    CODEBOOK,
    FILES,
    MARKS,
    NEWSROOM,
    PROJECTS,
    ROLES,
    SAMPLES,
    TAGS,
    Row,
    marks_about,
    source,
    spans,
    speaker,
    text,
)


def test_articles_and_files_are_the_same() -> None:
    assert sorted(FILES) == sorted(path.name for path in (SAMPLES / "articles").iterdir())
    assert len(FILES) >= 16
    assert len({article["publication"] for article in ARTICLES}) == 3
    assert len({article["url"] for article in ARTICLES}) == len(ARTICLES)
    assert {slug for article in ARTICLES for slug in article["projects"]} == set(PROJECTS)


@pytest.mark.parametrize("article", ARTICLES, ids=FILES)
def test_article_is_clean_and_of_a_readable_length(article: Row) -> None:
    html = source(article["file"])
    assert set(re.findall(r"<([a-z0-9]+)", html)) <= TAGS
    assert 300 <= len(text(article["file"]).split()) <= 1200
    assert article["title"] not in text(article["file"])
    assert article["language"] in {"en", "fr"}


def test_lengths_vary() -> None:
    words = [len(text(file).split()) for file in FILES]
    assert sum(count > 1000 for count in words) >= 2
    assert sum(count <= 500 for count in words) >= 5


def test_dates_are_days_but_for_one_month_and_one_undated() -> None:
    precision = Counter(len(article["published_on"] or "") for article in ARTICLES)
    assert precision == {10: len(ARTICLES) - 2, 7: 1, 0: 1}
    for article in ARTICLES:
        assert re.fullmatch(r"202[56]-\d\d(-\d\d)?", article["published_on"] or "2025-01")


def test_every_host_and_mailbox_is_invented() -> None:
    files = [path for path in SAMPLES.rglob("*.*") if path.parent.name != "pictures"]
    everything = [path.read_text(encoding="utf-8") for path in files]
    hosts = re.findall(r"(?:https?://|@)([^/\"\s<]+)", "\n".join(everything))
    assert hosts
    assert [host for host in hosts if not host.endswith(".example")] == []


def test_projects_have_members_claims_and_a_contact() -> None:
    people = {person["email"] for person in NEWSROOM["people"]}
    for project in PROJECTS.values():
        roles = Counter(member["role"] for member in project["members"])
        assert roles["owner"] == 1
        assert roles["annotator"] == 2
        assert {member["email"] for member in project["members"]} <= people
        assert (project["visibility"], project["readers_see"]) == ("public", "whole")
        assert project["contact"].endswith(".example")
        assert project["guidelines_intro"].startswith("# ")
        claims = {claim["id"] for claim in project["claims"]}
        assert len(project["claims"]) == len(claims) >= 6
        assert {claim["broader"] for claim in project["claims"]} <= claims | {None}
        assert any(claim["broader"] for claim in project["claims"])
        assert all(claim["statement"].startswith("That ") for claim in project["claims"])


def test_speakers_are_named_once() -> None:
    for project in PROJECTS.values():
        names: Counter[tuple[str, str | None]] = Counter()
        for one in project["speakers"]:
            names.update((name.lower(), one.get("file")) for name in (one["name"], *one["aliases"]))
            assert one["type"] in {"person", "organisation", "state", "unnamed"}
            assert (one["type"] == "unnamed") == ("file" in one)
        assert set(names.values()) == {1}


def test_annotations_fit_their_fields() -> None:
    assert len({mark["id"] for mark in MARKS}) == len(MARKS) >= 75
    for mark in MARKS:
        assert mark["kind"] in {"quote", "allegation", "denial"}
        assert mark["wording"] in {"verbatim", "paraphrase", "mixed"}
        assert set(mark["flags"]) <= {"unsure", "implied", "mention", "translated", "caption"}
        assert {link["scope"] for link in mark["claims"]} <= {"whole", "part", "other version"}
        assert re.fullmatch(r"202[56]-\d\d-\d\d", mark["said_on"] or "2025-01-01")
        assert mark["note"] or not mark["note_public"]
        assert mark["cue"] is None or mark["cue"] in text(mark["file"])


def test_everything_that_an_annotation_names_exists() -> None:
    of_file = {article["file"]: article["projects"] for article in ARTICLES}
    for mark in MARKS:
        project = PROJECTS[mark["project"]]
        assert mark["project"] in of_file[mark["file"]]
        assert mark["annotator"] in {
            member["email"] for member in project["members"] if member["role"] == "annotator"
        }
        claims = {claim["id"] for claim in project["claims"]}
        assert {link["claim"] for link in mark["claims"]} <= claims
        for name in (name for role in ROLES for name in mark[role]):
            assert speaker(mark, name)


def test_every_speaker_and_claim_is_used() -> None:
    used = {
        (mark["project"], name, speaker(mark, name).get("file"))
        for mark in MARKS
        for role in ROLES
        for name in mark[role]
    }
    listed = {
        (slug, one["name"], one.get("file"))
        for slug, project in PROJECTS.items()
        for one in project["speakers"]
    }
    assert used == listed
    for slug, project in PROJECTS.items():
        for claim in project["claims"]:
            assert marks_about(slug, "allegation", claim["id"]), claim["id"]


def test_unnamed_sources_only_speak() -> None:
    for mark in MARKS:
        for role in ("on_behalf_of", "relayed_by", "targets"):
            assert all(speaker(mark, name)["type"] != "unnamed" for name in mark[role])


def test_fragments_stand_in_the_text_in_order() -> None:
    for mark in MARKS:
        placed = spans(mark)
        ends = [position for span in placed for position in span]
        assert ends == sorted(ends)
        for start, end in placed:
            words = text(mark["file"])[start:end]
            assert words == words.strip()


def test_quotes_keep_their_quotation_marks_and_leave_the_cue() -> None:
    for mark in MARKS:
        if mark["kind"] == "quote":
            assert mark["wording"] == "verbatim"
            assert mark["fragments"][0]["exact"][0] in '“‘"«'
            assert mark["fragments"][-1]["exact"][-1] in '”’"»'
            assert mark["claims"] == []
            assert mark["speakers"]


def test_kinds_link_as_the_codebook_says() -> None:
    for mark in MARKS:
        if mark["kind"] != "quote":
            assert mark["claims"]
        if mark["kind"] == "denial":
            assert mark["speakers"]
            assert "mention" not in mark["flags"]
        if mark["wording"] == "paraphrase":
            assert mark["kind"] != "quote"
        if mark["kind"] != "allegation":
            assert not mark["targets"]


def test_nobody_denies_what_they_allege() -> None:
    for denial in (mark for mark in MARKS if mark["kind"] == "denial"):
        voices = {*denial["speakers"], *denial["on_behalf_of"]}
        for link in denial["claims"]:
            for allegation in marks_about(denial["project"], "allegation", link["claim"]):
                if "mention" not in allegation["flags"]:
                    assert not voices & {*allegation["speakers"], *allegation["on_behalf_of"]}


def test_codebook_is_short_enough_to_be_read() -> None:
    assert 600 <= len(CODEBOOK.read_text(encoding="utf-8").split()) <= 900
