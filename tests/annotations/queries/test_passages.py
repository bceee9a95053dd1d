"""Annotations with all that belongs to them, as plain values."""

import pytest

from annotations.models import Annotation, Claim, Speaker
from annotations.passage import Piece
from annotations.queries.passages import passages
from annotations.services.marking import delete
from tests.factories import make_article, make_mark

pytestmark = pytest.mark.django_db


def one(annotation):
    (found,) = passages(Annotation.objects.filter(pk=annotation.pk))
    return found


def test_a_passage_says_everything(project, bob):
    article = make_article(
        project,
        "Zoë 😀 said: “A.” And then: “B.”",
        title="The spill",
        publication="The Courier",
        url="https://courier.example/spill",
        published_on="2026-02",
    )
    mark = make_mark(
        project,
        article,
        ["“A.”", "“B.”"],
        "allegation",
        bob,
        speakers=["Zoë", "Bo"],
        on_behalf_of=["The works"],
        relayed_by=["A radio"],
        targets=["The board"],
        claims=["That A"],
        flags=["caption"],
        note="Why?",
    )
    found = one(mark)
    assert found.pieces == (Piece(12, 16, "“A.”"), Piece(27, 31, "“B.”"))
    assert found.words == "“A.” […] “B.”"
    assert [who.name for who in found.speakers] == ["Zoë", "Bo"]
    assert [who.name for who in found.on_behalf_of] == ["The works"]
    assert [who.name for who in found.relayed_by] == ["A radio"]
    assert [who.name for who in found.targets] == ["The board"]
    assert [link.statement for link in found.links] == ["That A"]
    assert (found.flags, found.note, found.annotator) == (("caption",), "Why?", "Bob")
    source = found.source
    assert (source.title, source.publication) == ("The spill", "The Courier")
    assert (str(source.published_on), source.published_precision) == ("2026-02-01", "month")


def test_in_the_order_of_the_text(project, article, bob):
    for words in ("Zoë", "Ida Voss", "The works", "fisher"):
        make_mark(project, article, words, by=bob)
    found = passages(Annotation.objects.all())
    assert [passage.words for passage in found] == ["The works", "Ida Voss", "fisher", "Zoë"]


def test_merged_speakers_and_claims_are_read_as_one(project, article, bob):
    mark = make_mark(
        project,
        article,
        "Zoë",
        by=bob,
        speakers=["M. Okonjo", "Mira Okonjo"],
        claims=["That a", "That b"],
    )
    mira, claim = Speaker.objects.get(name="Mira Okonjo"), Claim.objects.get(statement="That b")
    Speaker.objects.filter(name="M. Okonjo").update(canonical=mira)
    Claim.objects.filter(statement="That a").update(canonical=claim)
    found = one(mark)
    assert [(who.id, who.name) for who in found.speakers] == [(mira.pk, "Mira Okonjo")]
    assert found.claim_ids == {claim.pk}


def test_deleted_ones_are_left_out_and_former_members_stay_unnamed(project, article, bob):
    delete(make_mark(project, article, "fisher", by=bob).pk)
    make_mark(project, article, "Zoë", by=bob)
    bob.delete()
    (found,) = passages(Annotation.objects.all())
    assert (found.words, found.annotator) == ("Zoë", "former member")


def test_one_query_for_any_number(project, article, bob, django_assert_num_queries):
    for size in (1, 20):
        while Annotation.objects.count() < size:
            make_mark(project, article, "Zoë", by=bob, speakers=["Zoë"], claims=["That a"])
        with django_assert_num_queries(1):
            assert len(passages(Annotation.objects.all())) == size
