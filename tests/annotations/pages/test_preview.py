"""Previews: both sides fit into what is shown of a link."""

from dataclasses import replace

import pytest

from annotations.pages.counts import kind_counts
from annotations.pages.preview import (
    LIMIT,
    TITLE_LIMIT,
    of_allegation,
    of_claim,
    of_denial,
    of_page,
    of_quote,
    shorten,
)
from annotations.pages.summary import Entry, Line

SILENCE = "no denial recorded in this project (14 articles, latest 30 September 2026)"
LONG = "word " * 200


def line(who: str = "Ana Reyes", words: str = "“They knew.”") -> Line:
    said_by = f"<strong>{who}</strong>"
    return Line(who=who, said_by=said_by, words=words, is_verbatim=True, path="", where="")


def entry(allegation: Line, *answers: Line, targets: str = "the yard") -> Entry:
    return Entry(
        allegation=allegation,
        targets=targets,
        claims=(),
        answers=answers,
        apart=(),
        gone=(),
        silence="" if answers else SILENCE,
        replies=(),
    )


def test_accuser_accused_and_denial_are_named() -> None:
    preview = of_allegation(entry(line(), line("Bo Lind", "“We did not.”")))
    assert preview.title == "Alleged by Ana Reyes against the yard, denied by Bo Lind"
    assert preview.description == (f"{preview.title}: “They knew.” – Bo Lind denies: “We did not.”")


def test_what_limits_a_denial_is_said() -> None:
    denial = replace(line("Bo Lind"), qualifier="unsure")
    assert of_allegation(entry(line(), denial)).title.endswith("denied by Bo Lind (unsure)")
    of_it = of_claim("That it leaked", "Ana Reyes", "Bo Lind", "", note="unsure")
    for said in (of_it.title, of_it.description):
        assert said.startswith("Alleged by Ana Reyes, denied by Bo Lind (unsure). Alleged: That")


def test_several_denials_are_counted() -> None:
    preview = of_allegation(
        entry(line(), line("Bo Lind", "No."), line("Cy", "No."), line("Di", "No."))
    )
    assert preview.description.endswith("– Bo Lind denies (2 more): No.")


def test_silence_is_said_whole_however_long_the_allegation_is() -> None:
    preview = of_allegation(entry(line(LONG, LONG), targets=LONG))
    assert f", {SILENCE}: word" in preview.description
    assert len(preview.description) <= LIMIT
    assert preview.title.endswith(", no denial recorded in this project")


def test_long_words_leave_room_for_the_denial() -> None:
    preview = of_allegation(entry(line(LONG, LONG), line(LONG, LONG), line()))
    alleged, _, denied = preview.description.partition(" – ")
    assert ": word" in alleged
    assert "denies (1 more): word" in denied
    assert len(preview.description) <= LIMIT


def test_nobody_is_made_up_where_nobody_says_it() -> None:
    unattributed = line("unattributed")
    preview = of_allegation(entry(unattributed, unattributed, targets=""))
    assert preview.title == "Alleged by nobody named, denied, unattributed"
    assert preview.description == (
        f"{preview.title}: “They knew.” – Denied, unattributed: “They knew.”"
    )
    assert of_quote(unattributed).description == "Unattributed: “They knew.”"
    assert of_denial(unattributed, []).description == "Denied, unattributed: “They knew.”"


def test_a_mention_alleges_nothing() -> None:
    preview = of_allegation(replace(entry(line()), is_mention=True))
    start = "Ana Reyes refers to an allegation, no denial recorded"
    assert preview.title.startswith(start)
    assert preview.description.startswith(start)


def test_a_denial_names_whose_allegation_it_answers() -> None:
    preview = of_denial(line("Bo Lind", LONG), [entry(line()), entry(line("Cy Fell"))])
    assert preview.description.endswith(" Answers what is alleged by: Ana Reyes and Cy Fell.")
    assert len(preview.description) <= LIMIT


def test_a_page_gives_numbers_and_no_side() -> None:
    preview = of_page("A title", "The Reed", kind_counts({"allegation": 2, "denial": 1}))
    assert preview.description == (
        "The Reed 2 allegations, 1 denial marked. An allegation is an accusation, not a finding."
    )
    assert of_page("A title", "", kind_counts({})).description == ""
    assert len(of_page(LONG, LONG, kind_counts({"quote": 1})).description) <= LIMIT
    assert len(of_page(LONG, "", []).title) <= TITLE_LIMIT


@pytest.mark.parametrize(
    ("words", "limit", "short"),
    [
        ("as it is", 8, "as it is"),
        ("cut at a word here", 12, "cut at a…"),
        ("onewordthatneverends", 10, "onewordth…"),
        ("“We did not do it,”", 14, "“We did not…”"),
        ("«Nous ne l’avons pas fait»", 14, "«Nous ne…»"),
        ("  white \n space ", 20, "white space"),
        ("", 5, ""),
    ],
)
def test_words_are_cut_at_a_word_and_quotations_closed(words: str, limit: int, short: str) -> None:
    assert shorten(words, limit) == short
    assert len(shorten(words, limit)) <= limit


WHO = ["", "Ana Reyes", "The People’s Committee for the Rivers of the Lower Valley", LONG]
STATEMENTS = ["That it leaked", f"That {LONG}"]
SILENCES = [SILENCE, "1 denial recorded in this project, withdrawn from public view (9 articles)"]


@pytest.mark.parametrize("targets", WHO)
@pytest.mark.parametrize("denier", WHO)
@pytest.mark.parametrize("accuser", WHO[1:])
@pytest.mark.parametrize("is_mention", [False, True])
def test_an_allegation_names_accuser_and_denial_in_its_first_90_characters(
    accuser: str, denier: str, targets: str, is_mention: bool
) -> None:
    answers = [replace(line(denier), qualifier="part of it: all of it")] if denier else []
    alleged = replace(entry(line(accuser), *answers, targets=targets), is_mention=is_mention)
    preview = of_allegation(alleged)
    assert len(preview.title) <= TITLE_LIMIT and len(preview.description) <= LIMIT
    answer = f"denied by {denier.split()[0]}" if denier else "no denial recorded in this project"
    for seen in (preview.title, preview.description[:90]):
        assert accuser.split()[0] in seen and answer in seen
        assert "They knew" not in seen.partition(answer)[0]


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize("denier", WHO)
@pytest.mark.parametrize("accusers", WHO)
@pytest.mark.parametrize("silence", SILENCES)
def test_a_claim_names_accuser_and_denial_in_its_first_90_characters(
    statement: str, accusers: str, denier: str, silence: str
) -> None:
    preview = of_claim(statement, accusers, denier, "" if denier else silence)
    assert len(preview.title) <= TITLE_LIMIT and len(preview.description) <= LIMIT
    for seen in (preview.title, preview.description[:90]):
        assert (accusers or "nobody named").split()[0] in seen
        answer = f"denied by {denier.split()[0]}" if denier else silence.partition(" (")[0]
        assert answer in seen
        assert seen.index(answer) < seen.find("That ") or "That " not in seen
