"""An allegation never leaves alone: the denials that the database finds for it."""

import pytest
from django.utils import timezone

from annotations.models import Annotation, Claim, Speaker, Withdrawal
from annotations.queries.answers import accusations, accusations_across, reading
from annotations.queries.passages import passages
from annotations.services.marking import delete
from tests.factories import in_library, make_article, make_mark, make_project

pytestmark = pytest.mark.django_db

CLAIM = "That the works poisoned the river"
DENIED = "The works denied that anything had leaked"


@pytest.fixture
def allegation(project, article, bob):
    return make_mark(
        project,
        article,
        "The works poisoned the river",
        "allegation",
        bob,
        speakers=["Ida Voss"],
        targets=["The works"],
        claims=[CLAIM],
    )


@pytest.fixture
def elsewhere(project):
    return make_article(
        project,
        f"{DENIED}, again.",
        title="Works deny",
        publication="The Courier",
        published_on="2026-02",
    )


def deny(project, article, by, speaker="The works", claims=(CLAIM,)):
    return make_mark(project, article, DENIED, "denial", by, speakers=[speaker], claims=claims)


def found(project, *allegations, public=False):
    wanted = Annotation.objects.filter(pk__in=[one.pk for one in allegations])
    return accusations(project, passages(wanted), public=public)


def answers(accusation):
    return {one.denial.id for one in accusation.answers}


def apart(accusation):
    return {one.id for one in accusation.apart}


def test_linked_denials_come_from_this_and_other_articles(
    project, article, elsewhere, allegation, bob
):
    here, there = deny(project, article, bob), deny(project, elsewhere, bob)
    (accusation,) = found(project, allegation)
    assert answers(accusation) == {here.pk, there.pk}
    assert apart(accusation) == set()


def test_the_accusers_own_denial_never_answers(project, article, elsewhere, allegation, bob):
    deny(project, article, bob, "Ida Voss")
    deny(project, elsewhere, bob, "Ida Voss")
    (accusation,) = found(project, allegation)
    assert answers(accusation) == apart(accusation) == set()


def test_not_even_under_a_name_that_was_merged(project, article, allegation, bob):
    deny(project, article, bob, "I. Voss")
    Speaker.objects.filter(name="I. Voss").update(canonical=Speaker.objects.get(name="Ida Voss"))
    (accusation,) = found(project, allegation)
    assert answers(accusation) == apart(accusation) == set()


def test_a_denial_of_a_merged_claim_answers(project, article, allegation, bob):
    denial = deny(project, article, bob, claims=["That the works leaked"])
    (accusation,) = found(project, allegation)
    assert apart(accusation) == {denial.pk}
    merged = Claim.objects.get(statement="That the works leaked")
    merged.canonical = Claim.objects.get(statement=CLAIM)
    merged.save()
    (accusation,) = found(project, allegation)
    assert answers(accusation) == {denial.pk}


def test_unlinked_denials_stand_apart_within_the_article_only(
    project, article, elsewhere, allegation, bob
):
    here = deny(project, article, bob, claims=())
    deny(project, elsewhere, bob, claims=())
    (accusation,) = found(project, allegation)
    assert answers(accusation) == set()
    assert apart(accusation) == {here.pk}


def test_deleted_denials_and_those_of_other_projects_do_not_count(
    project, article, allegation, bob
):
    delete(deny(project, article, bob).pk)
    deny(make_project("other"), in_library(article), bob)
    (accusation,) = found(project, allegation)
    assert answers(accusation) == apart(accusation) == set()


def test_what_is_withdrawn_is_left_out_for_the_public_only(project, article, allegation, bob):
    denial = deny(project, article, bob)
    withdrawal = Withdrawal.objects.create(
        project=project, annotation=denial, reason="Wrong.", by=bob
    )
    (accusation,) = found(project, allegation, public=True)
    assert answers(accusation) == set()
    (accusation,) = found(project, allegation)
    assert answers(accusation) == {denial.pk}
    withdrawal.lifted_at = timezone.now()
    withdrawal.save()
    (accusation,) = found(project, allegation, public=True)
    assert answers(accusation) == {denial.pk}


def test_quotes_and_denials_are_no_accusations(project, article, bob, django_assert_num_queries):
    quote = passages(Annotation.objects.filter(pk=make_mark(project, article, "Zoë", by=bob).pk))
    with django_assert_num_queries(0):
        assert accusations(project, quote, public=False) == []


def test_two_queries_for_one_allegation_or_fifty(
    project, article, elsewhere, allegation, bob, django_assert_num_queries
):
    deny(project, elsewhere, bob)
    several = [allegation]
    for size in (1, 50):
        while len(several) < size:
            several.append(
                make_mark(project, article, "the river", "allegation", bob, claims=[CLAIM])
            )
        alleged = passages(Annotation.objects.filter(pk__in=[one.pk for one in several]))
        with django_assert_num_queries(2):
            accused = accusations(project, alleged, public=True)
        assert [len(one.answers) for one in accused] == [1] * size


def test_who_denies_something_else_costs_no_query_more(
    project, article, elsewhere, allegation, bob, django_assert_num_queries
):
    other = "That Ida Voss moved the barrels"
    counter = make_mark(
        project, article, "Zoë", "allegation", bob, speakers=["The works"], claims=[other]
    )
    deny(project, elsewhere, bob, "The works")
    deny(project, elsewhere, bob, "Ida Voss", [other])
    alleged = passages(Annotation.objects.filter(pk__in=[allegation.pk, counter.pk]))
    with django_assert_num_queries(2):
        accused = accusations(project, alleged, public=True)
    assert [len(one.answers) for one in accused] == [1, 1]


def test_how_much_was_read(project, elsewhere):
    make_article(project, "An undated text.")
    found = reading(project)
    assert (found.articles, str(found.latest), found.latest_precision) == (2, "2026-02-01", "month")
    assert reading(make_project("empty")).articles == 0


@pytest.fixture
def other(article, bob):
    """Another project in which the same words are marked, in the same article."""
    return make_project("other", name="Another reading")


def across(*allegations, member_of=()):
    found = {one.project_id: passages(Annotation.objects.filter(pk=one.pk)) for one in allegations}
    return accusations_across(found, member_of)


def test_across_projects_each_has_the_denials_of_its_own(project, other, article, allegation, bob):
    denial = deny(project, article, bob)
    in_library(article)
    alike = make_mark(
        other, article, "The works poisoned the river", "allegation", bob, claims=[CLAIM]
    )
    deny(other, article, bob, claims=())

    found = across(allegation, alike)

    assert answers(found[allegation.pk]) == {denial.pk}
    assert apart(found[allegation.pk]) == set()
    assert answers(found[alike.pk]) == set()
    assert len(apart(found[alike.pk])) == 1
    assert [found[one.pk].reading.articles for one in (allegation, alike)] == [1, 1]


def test_across_projects_what_is_withdrawn_is_counted_for_those_who_are_no_members(
    project, article, allegation, bob
):
    denial = deny(project, article, bob)
    Withdrawal.objects.create(project=project, annotation=denial, reason="Wrong.", by=bob)

    outside = across(allegation)[allegation.pk]
    member = across(allegation, member_of=[project.pk])[allegation.pk]

    assert (answers(outside), len(outside.missing)) == (set(), 1)
    assert (answers(member), len(member.missing)) == ({denial.pk}, 0)


def test_across_projects_the_queries_stay_three(
    project, other, article, allegation, bob, django_assert_num_queries
):
    quote = make_mark(project, article, "Zoë", by=bob)
    with django_assert_num_queries(0):
        found = {project.pk: passages(Annotation.objects.none())}
        assert accusations_across(found, ()) == {}
    in_library(article)
    alike = make_mark(other, article, "the river", "allegation", bob)
    for several in ([allegation], [allegation, alike], [quote, alike]):
        alleged = {
            one.project_id: passages(Annotation.objects.filter(pk=one.pk)) for one in several
        }
        with django_assert_num_queries(3):
            accused = accusations_across(alleged, ())
        assert set(accused) == {one.pk for one in several if one.kind == "allegation"}
