"""How passages stand to speakers: counted by Postgres as the rules say."""

from collections import Counter
from itertools import product

import pytest

from annotations.models import Annotation, Speaker
from annotations.queries.passages import passages
from annotations.queries.standings import over_time, passages_of, tallies
from annotations.services.marking import delete
from annotations.services.merging import merge
from annotations.services.withdrawals import withdraw
from annotations.standing import Standing, standings
from annotations.subjects import Subject
from reader.access import seat_in
from tests.factories import make_article, make_mark, make_project

pytestmark = pytest.mark.django_db

ROLES = ("speakers", "targets", "on_behalf_of", "relayed_by")


def named(project, name):
    return Speaker.objects.get(project=project, name=name)


def test_postgres_and_the_rules_agree(project, article, bob):
    """Every kind, with and without a mention, and somebody in any of the roles beside others."""
    for kind, flags, roles in product(
        ("quote", "allegation", "denial"),
        ((), ("mention",)),
        [
            [role for role, is_in in zip(ROLES, given, strict=True) if is_in]
            for given in product((False, True), repeat=4)
        ],
    ):
        for others in ({}, {"speakers": ["Bo"]}, {"relayed_by": ["Bo"]}):
            fields = {role: ["Ida"] for role in roles}
            for role, names in others.items():
                fields[role] = [*fields.get(role, []), *names]
            make_mark(project, article, "Zoë", kind, bob, flags=flags, **fields)
    ida = named(project, "Ida")
    expected = Counter()
    for passage in passages(Annotation.objects.filter(project=project)):
        expected.update(standings(passage, ida.pk))
    assert set(expected) == set(Standing)
    assert tallies(project, [ida.pk], public=False) == {ida.pk: expected}
    counted = Counter()
    for one in over_time(ida, public=False):
        counted[one.standing] += one.number
    assert counted == expected
    for standing in Standing:
        found = passages_of(ida, [standing], public=False, limit=200)
        assert len(found.passages) == expected[standing]
        assert all(standing in standings(one, ida.pk) for one in found.passages)


def test_mentions_and_reports_count_for_nobody(project, article, bob):
    by = {"speakers": ["Ida"], "targets": ["Odo"]}
    make_mark(project, article, "poisoned", "allegation", bob, flags=["mention"], **by)
    make_mark(project, article, "leaked", "allegation", bob, relayed_by=["Ida"], targets=["Odo"])
    ida, odo = named(project, "Ida"), named(project, "Odo")
    assert tallies(project, [ida.pk, odo.pk], public=True) == {
        ida.pk: {Standing.MENTIONS: 1, Standing.RELAYS: 1},
        odo.pk: {Standing.REPORTED: 2},
    }


def test_what_was_merged_counts_once(project, article, bob):
    make_mark(project, article, "leaked", "quote", bob, speakers=["M. Okonjo", "Mira Okonjo"])
    make_mark(project, article, "disagreed", "quote", bob, speakers=["M. Okonjo"])
    mira, short = named(project, "Mira Okonjo"), named(project, "M. Okonjo")
    merge(short, mira)
    assert tallies(project, [mira.pk], public=True) == {mira.pk: {Standing.SAYS: 2}}
    assert len(passages_of(mira, [Standing.SAYS], public=True).passages) == 2


def test_deleted_withdrawn_and_others_projects_passages_are_left_out(project, article, alice, bob):
    make_mark(project, article, "leaked", "quote", bob, speakers=["Ida"])
    hidden = make_mark(project, article, "Zoë", "quote", bob, speakers=["Ida"])
    delete(make_mark(project, article, "drop", "quote", bob, speakers=["Ida"]).pk)
    other = make_project("other")
    make_mark(other, make_article(other, "It leaked."), "leaked", speakers=["Ida"])
    withdraw(Subject(seat_in(alice, project), article, hidden), alice, "A mistake.")
    ida = named(project, "Ida")
    for public, number in ((True, 1), (False, 2)):
        assert tallies(project, [ida.pk], public=public) == {ida.pk: {Standing.SAYS: number}}


def test_pages_go_on_in_the_order_of_dates_undated_ones_last(project, bob):
    dates = ["2024-05-08", "", "2024-05", "2023", "2024-05-08", ""]
    for number, published_on in enumerate(dates):
        article = make_article(project, f"It leaked {number}.", published_on=published_on)
        for words in ("leaked", "It"):
            make_mark(project, article, words, "quote", bob, speakers=["Ida"])
    ida = named(project, "Ida")
    whole = passages_of(ida, [Standing.SAYS], public=True)
    assert [one.source.published_on is None for one in whole.passages] == [False] * 8 + [True] * 4
    assert whole.following is None
    found, after = [], None
    while True:
        page = passages_of(ida, [Standing.SAYS], public=True, after=after, limit=5)
        found += page.passages
        if page.following is None:
            break
        after = page.following
    assert found == whole.passages
    times = [one.source.published_on for one in found[:8]]
    assert times == sorted(times)
