"""What is withdrawn is in no query that the public's pages ask."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from annotations.models import Anchor, Annotation, Fragment
from annotations.queries.answers import accusations
from annotations.queries.library import list_articles
from annotations.queries.passages import in_public, passages
from annotations.services.withdrawals import lift, withdraw
from reader.models import Revision, Role, User
from reader.queries.walk import Sources
from tests.annotations.affair import Affair, affair
from tests.factories import in_library, make_mark, make_member, make_project

pytestmark = pytest.mark.django_db

Hide = Callable[[Affair], object]


def public(world: Affair) -> set[str]:
    found = in_public(Annotation.objects.filter(project=world.project))
    return {"".join(piece.exact for piece in one.pieces)[:20] for one in passages(found)}


def begins(*marks: Annotation) -> set[str]:
    return {Fragment.objects.get(anchor__annotation=one).exact[:20] for one in marks}


def test_a_passage_is_hidden_alone() -> None:
    world = affair()
    made = withdraw(world.subject(world.alleged), world.alice, "Wrong.")
    rest = (world.unanswered, world.apart, world.quoted, world.denied)
    assert public(world) == begins(*rest)
    lift(made)
    assert public(world) == begins(world.alleged, *rest)


@pytest.mark.parametrize("text_only", [True, False])
def test_a_page_or_its_text_is_hidden_with_all_that_stands_in_it(text_only: bool) -> None:
    world = affair()
    withdraw(world.subject(world.article), world.alice, "Wrong.", text_only=text_only)
    assert public(world) == begins(world.denied)


def test_another_projects_marks_in_the_same_article_stay_public() -> None:
    world = affair()
    other = make_project("other")
    make_member(other, world.alice, Role.OWNER)
    theirs = make_mark(other, in_library(world.article), "It rained all week.", by=world.alice)
    withdraw(world.subject(world.article), world.alice, "Wrong.")
    withdraw(world.subject(world.later), world.alice, "Wrong.", text_only=True)
    assert list(in_public(Annotation.objects.all())) == [theirs]


def test_an_earlier_text_hides_what_was_marked_in_it_and_no_more() -> None:
    world = affair()
    old = world.later.current_revision
    assert old
    withdraw(world.subject(world.later), world.alice, "Corrected since.", text_only=True)
    new = Revision.objects.create(
        article=world.later,
        number=2,
        text=f"{old.text} More.",
        markup=old.markup,
        title=old.title,
        sha256="0" * 64,
        word_count=9,
        fetched_at=timezone.now(),
        extractor="test",
    )
    world.later.current_revision = new
    world.later.save()
    marked = make_mark(world.project, world.later, "More.", by=world.bob)
    Anchor.objects.create(annotation=world.denied, revision=new, made_by="machine")
    shown = in_public(Annotation.objects.filter(article=world.later))
    assert list(shown) == [marked]


def test_a_withdrawn_denial_answers_nothing_in_public() -> None:
    world = affair()
    withdraw(world.subject(world.denied), world.alice, "Not his words.")
    alleged = passages(Annotation.objects.filter(pk=world.alleged.pk))
    (for_readers,) = accusations(world.project, alleged, public=True)
    (for_members,) = accusations(world.project, alleged, public=False)
    assert (for_readers.answers, len(for_readers.missing)) == ((), 1)
    assert [one.denial.id for one in for_members.answers] == [world.denied.pk]


def test_counts_leave_out_what_is_withdrawn_but_for_members(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    world = affair(visibility="public")
    withdraw(world.subject(world.alleged), world.alice, "Wrong.")
    withdraw(world.subject(world.later), world.alice, "Wrong.")
    everybody = {world.alice: True, world.charlie: False, AnonymousUser(): False}
    for visitor, is_member in everybody.items():
        with django_assert_num_queries(7 if isinstance(visitor, User) else 5):
            found = list_articles(visitor, [world.project], Sources([world.project])).entries
        counts = {one.article.pk: one.counts for one in found}
        assert counts[world.article.pk]["allegation"] == (2 if is_member else 1)
        assert counts[world.later.pk] == ({"denial": 1} if is_member else {})
