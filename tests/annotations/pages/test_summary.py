"""What is alleged, and answered: the entries of a summary, and how they are put together."""

from datetime import date

import pytest

from annotations.answers import Reading, Said, answer
from annotations.pages.groups import grouped
from annotations.pages.summary import entries, silence
from annotations.passage import Source
from annotations.paths import InProject
from reader.models import Project
from tests.annotations.passages import ELSEWHERE, HERE, link, named, passage, source

WAYS = InProject(Project(slug="spill"))
READING = Reading(14, date(2026, 5, 3), "day")


def listed(allegations, denials=(), replies=None):
    return entries(WAYS, answer(allegations, denials, READING), replies or {}, HERE)


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (READING, "no denial recorded in this project (14 articles, latest 3 May 2026)"),
        (
            Reading(1, date(2026, 5, 1), "month"),
            "no denial recorded in this project (1 article, latest May 2026)",
        ),
        (Reading(2, None, ""), "no denial recorded in this project (2 articles, none dated)"),
    ],
)
def test_silence_is_about_our_reading(reading, words):
    assert silence(reading) == words


def test_an_allegation_without_answer_says_so():
    (entry,) = listed([passage("allegation", by=["Ida"], claims=[7], targets=named("the works"))])
    assert (entry.allegation.who, entry.targets) == ("Ida", "the works")
    assert entry.silence.startswith("no denial recorded")
    assert entry.answers == ()


def test_an_allegation_with_an_answer_does_not():
    denial = passage(
        "denial",
        by=["Mo"],
        claims=[link(7, "part", "the second spill")],
        article=ELSEWHERE,
    )
    (entry,) = listed([passage("allegation", by=["Ida"], claims=[7])], [denial])
    assert entry.silence == ""
    (line,) = entry.answers
    assert (line.who, line.qualifier) == ("Mo", "part of it: the second spill")
    assert line.path.endswith(f"/articles/{ELSEWHERE}/#a-{denial.id}")


def test_lines_from_elsewhere_say_where_they_stand_after_the_articles_own():
    other = Source(
        id=ELSEWHERE,
        title="Works deny",
        publication="The Courier",
        url="",
        published_on=date(2026, 5, 1),
        published_precision="month",
    )
    denials = [
        passage("denial", claims=[7], source=other),
        passage("denial", claims=[7], source=source(ELSEWHERE, title="Works deny")),
        passage("denial", claims=[7]),
    ]
    (entry,) = listed([passage("allegation", claims=[7])], denials)
    assert [line.where for line in entry.answers] == ["", "The Courier, May 2026", "Works deny"]


def test_a_mention_makes_no_entry():
    assert listed([passage("allegation", claims=[7], flags=("mention",))]) == []


def test_denials_apart_are_listed_apart():
    denial = passage("denial", by=["Mo"])
    (entry,) = listed([passage("allegation", by=["Ida"], claims=[7])], [denial])
    assert [line.who for line in entry.apart] == ["Mo"]
    assert entry.silence


def test_published_replies_stand_beside():
    allegation = passage("allegation")
    reply = Said("The works", "We did not.", date(2026, 5, 4))
    (entry,) = listed([allegation], replies={allegation.id: [reply]})
    assert entry.replies == (reply,)


def test_what_says_the_same_and_is_answered_the_same_stands_together():
    allegations = [
        passage("allegation", by=["Ida"], claims=[7]),
        passage("allegation", by=["Bo"], claims=[8]),
        passage("allegation", by=["Zoë"], claims=[7]),
    ]
    denial = passage("denial", by=["Mo"], claims=[7])
    summary = grouped(listed(allegations, [denial]))
    assert [[one.line.who for one in group.accusers] for group in summary.groups] == [
        ["Ida", "Zoë"],
        ["Bo"],
    ]
    assert [[line.who for line in group.here] for group in summary.groups] == [["Mo"], []]
    assert summary.apart == ()


def test_an_accusers_own_denial_does_not_slip_in_beside_others():
    allegations = [
        passage("allegation", by=["Ida"], claims=[7]),
        passage("allegation", by=["Mo"], claims=[7]),
    ]
    denial = passage("denial", by=["Mo"], claims=[7])
    ida, mo = grouped(listed(allegations, [denial])).groups
    assert [line.who for line in ida.here] == ["Mo"]
    assert mo.here == ()
    assert mo.silence


def test_allegations_of_no_claim_stand_alone():
    allegations = [passage("allegation", by=["Ida"]), passage("allegation", by=["Bo"])]
    assert len(grouped(listed(allegations)).groups) == 2
