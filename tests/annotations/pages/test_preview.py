"""Previews: both sides fit into what is shown of a link."""

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
    assert preview.title == "Allegation by Ana Reyes against the yard"
    assert preview.description == "Ana Reyes alleges: “They knew.” – Bo Lind denies: “We did not.”"


def test_several_denials_are_counted() -> None:
    preview = of_allegation(
        entry(line(), line("Bo Lind", "No."), line("Cy", "No."), line("Di", "No."))
    )
    assert preview.description.endswith("– Bo Lind denies (2 more): No.")


def test_silence_is_said_whole_however_long_the_allegation_is() -> None:
    preview = of_allegation(entry(line(LONG, LONG), targets=LONG))
    assert preview.description.endswith(f"No{SILENCE[2:]}.")
    assert len(preview.description) <= LIMIT


def test_long_words_leave_room_for_the_denial() -> None:
    preview = of_allegation(entry(line(LONG, LONG), line(LONG, LONG), line()))
    alleged, _, denied = preview.description.partition(" – ")
    assert "word … alleges: word" in alleged.replace("word…", "word …")
    assert "denies (1 more): word" in denied
    assert len(preview.description) <= LIMIT


def test_nobody_is_made_up_where_nobody_says_it() -> None:
    unattributed = line("unattributed")
    preview = of_allegation(entry(unattributed, unattributed, targets=""))
    assert preview.title == "Allegation"
    assert preview.description == (
        "Alleged, unattributed: “They knew.” – Denied, unattributed: “They knew.”"
    )
    assert of_quote(unattributed).description == "Unattributed: “They knew.”"
    assert of_denial(unattributed, []).description == "Denied, unattributed: “They knew.”"


def test_a_mention_alleges_nothing() -> None:
    preview = of_allegation(entry(line()), is_mention=True)
    assert preview.title.startswith("Mention of an allegation by Ana Reyes")
    assert preview.description.startswith("Ana Reyes refers to an allegation: ")


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
