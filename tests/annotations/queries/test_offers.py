"""What an editor offers."""

import pytest

from annotations.models import Annotation, Claim, Speaker
from annotations.queries.offers import (
    answerable,
    last_speaker,
    newest_claims,
    speaker_names,
    speakers_meant,
)
from annotations.queries.passages import passages
from annotations.services.marking import delete
from annotations.services.merging import merge
from tests.factories import in_library, make_article, make_mark, make_project

pytestmark = pytest.mark.django_db

TEXT = "One leaked. Two burnt. Three sank. Four fell. Nothing happened. Five broke. Six died."


@pytest.fixture
def article(project):
    return make_article(project, TEXT)


def offered(project, denial):
    (passage,) = passages(Annotation.objects.filter(pk=denial.pk))
    return [one.words for one in answerable(passage, project, passage.speaker_ids)]


def test_allegations_of_the_article_nearest_first(project, article, bob):
    denial = make_mark(project, article, "Nothing happened", "denial", bob)
    for words in ("One leaked", "Three sank", "Five broke", "Six died"):
        make_mark(project, article, words, "allegation", bob)
    assert offered(project, denial) == ["Five broke", "Three sank", "Six died", "One leaked"]


def test_never_its_own_speakers(project, article, bob):
    make_mark(project, article, "One leaked", "allegation", bob, speakers=["Ida", "Bo"])
    make_mark(project, article, "Two burnt", "allegation", bob, speakers=["Zoë"])
    denial = make_mark(project, article, "Nothing happened", "denial", bob, speakers=["Bo"])
    assert offered(project, denial) == ["Two burnt"]


def test_no_mentions_quotes_deleted_or_answered_ones_nor_those_elsewhere(project, article, bob):
    denial = make_mark(project, article, "Nothing happened", "denial", bob, claims=["That A"])
    make_mark(project, article, "One leaked", "allegation", bob, flags=["mention"])
    make_mark(project, article, "Two burnt", "quote", bob)
    make_mark(project, article, "Three sank", "allegation", bob, claims=["That A"])
    delete(make_mark(project, article, "Four fell", "allegation", bob).pk)
    make_mark(make_project("other"), in_library(article), "Five broke", "allegation", bob)
    make_mark(project, make_article(project, "Seven hid."), "Seven hid", "allegation", bob)
    make_mark(project, article, "Six died", "allegation", bob)
    assert offered(project, denial) == ["Six died"]


def test_names_of_the_project(project, article, bob):
    mark = make_mark(project, article, "One leaked", by=bob, speakers=["Zoë", "Bo"])
    make_mark(project, article, "Two burnt", by=bob, speakers=["a fisher"], unnamed=True)
    other = make_article(project, "Another article.")
    make_mark(project, other, "Another", by=bob, speakers=["an official"], unnamed=True)
    lind = Speaker.objects.create(project=project, name="Bo Lind", aliases=["the mayor", "BO"])
    Speaker.objects.filter(name="Bo").update(canonical=lind)
    Speaker.objects.create(project=make_project("other"), name="Nobody here")
    assert speaker_names(mark) == ["a fisher", "BO", "Bo Lind", "the mayor", "Zoë"]


def test_the_newest_claims_of_the_project(project):
    kept = Claim.objects.create(project=project, statement="That B")
    left_out = Claim.objects.create(project=project, statement="That A")
    newest = Claim.objects.create(project=project, statement="That E")
    Claim.objects.create(project=project, statement="That C", canonical=kept)
    Claim.objects.create(project=make_project("other"), statement="That D")
    assert newest_claims(project, [left_out.pk], 9) == [newest.pk, kept.pk]
    assert newest_claims(project, [], 2) == [newest.pk, left_out.pk]


def test_whom_typed_names_mean(project, article, bob):
    works = Speaker.objects.create(project=project, name="The works", aliases=["Lenne Works"])
    fisher = make_mark(project, article, "One leaked", by=bob, speakers=["a fisher"], unnamed=True)
    merged = Speaker.objects.create(project=project, name="Works Ltd")
    merge(merged, works)
    Speaker.objects.create(project=make_project("other"), name="The works")

    def meant(*names, where=article):
        return speakers_meant(project, names, where)

    assert meant("the WORKS") == meant("lenne works") == meant("Works Ltd") == {works.pk}
    unnamed = fisher.attributions.get().speaker_id
    assert meant("A fisher", "The works") == {unnamed, works.pk}
    assert meant("A fisher", where=make_article(project, "Another article.")) == frozenset()
    assert meant("Nobody", "", "x" * 300) == meant() == frozenset()


def test_the_last_speaker_is_ones_own_last_in_this_article(project, article, alice, bob):
    make_mark(project, article, "One leaked", by=bob, speakers=["Ida"])
    make_mark(project, article, "Two burnt", by=bob, speakers=["Zoë", "Bo"])
    make_mark(project, article, "Three sank", by=alice, speakers=["Mira"])
    make_mark(
        project, make_article(project, "Another article."), "Another", by=bob, speakers=["Per"]
    )
    fresh = make_mark(project, article, "Four fell", by=bob)
    assert last_speaker(project, bob, fresh) == "Zoë"
    first = Annotation.objects.order_by("created_at").first()
    assert last_speaker(project, bob, first) == ""
