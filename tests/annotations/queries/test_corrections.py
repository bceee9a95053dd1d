"""Corrections as the database kept them, and what public pages say of them."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from annotations.corrections import Correction
from annotations.models import Annotation, Attribution, Claim, ClaimLink, Share, Speaker
from annotations.queries.corrections import corrections
from annotations.queries.passages import passages
from annotations.services import extents
from annotations.services.claims import LinkTo
from annotations.services.editing import edit
from annotations.services.marking import delete, restore
from annotations.services.merging import merge
from tests.annotations.affair import CLAIM, Affair, affair
from tests.annotations.past import since_yesterday
from tests.factories import fields_of, make_mark, place_of

# The history says when a transaction began: what happens in two is told apart.
pytestmark = pytest.mark.django_db(transaction=True)

SAID = {"speakers": ["Reed Society"], "targets": ["The tannery"], "links": [LinkTo(CLAIM)]}


@pytest.fixture
def world() -> Affair:
    """Public since yesterday, and marked then; everybody is named twice."""
    found = affair(visibility="public", readers_see="whole")
    make_mark(
        found.project,
        found.article,
        "It rained all week",
        "allegation",
        speakers=["Reed Society"],
        targets=["The tannery"],
    )
    since_yesterday()
    return found


@pytest.fixture
def private() -> Affair:
    found = affair()
    Annotation.objects.update(created_at=timezone.now() - timedelta(days=1))
    return found


def save(annotation: Annotation, **changes: object) -> None:
    current = Annotation.objects.get(pk=annotation.pk)
    edit(current.pk, current.version, fields_of(current, **SAID | changes), None)


def correction(annotation: Annotation) -> Correction | None:
    rows = Annotation.objects.filter(pk=annotation.pk)
    return corrections(passages(rows, for_readers=True)).get(annotation.pk)


def was(annotation: Annotation):
    found = correction(annotation)
    assert found
    return found.earlier[-1].state


def test_what_was_filled_in_before_readers_saw_it_is_no_correction(world: Affair) -> None:
    assert correction(world.alleged) is None
    fresh = make_mark(world.project, world.article, "It rained", "quote", speakers=["Ida"])
    assert correction(fresh) is None


def test_an_import_with_days_of_old_is_no_correction(world: Affair) -> None:
    annotation = Annotation.objects.create(
        project=world.project,
        article=world.article,
        kind="allegation",
        wording="paraphrase",
        created_at=timezone.now() - timedelta(days=400),
    )
    speaker = Speaker.objects.get(name="Reed Society")
    Attribution.objects.create(annotation=annotation, speaker=speaker, role="speaker")
    ClaimLink.objects.create(annotation=annotation, claim=Claim.objects.get(statement=CLAIM))
    (found,) = passages(Annotation.objects.filter(pk=annotation.pk), for_readers=True)
    assert not found.changed_in_public
    save(annotation, cue="says")
    assert was(annotation).cue == ""
    assert was(annotation).called("speaker") == ("Reed Society",)


def test_fields_names_and_claims(world: Affair) -> None:
    save(world.alleged, flags=["unsure"], speakers=["A clerk"], targets=["The mayor"], links=[])
    state = was(world.alleged)
    assert state.flags == ()
    assert (state.called("speaker"), state.called("target")) == (
        ("Reed Society",),
        ("The tannery",),
    )
    assert [one.statement for one in state.links] == [CLAIM]
    found = correction(world.alleged)
    assert found and found.on == localdate()


def test_the_words_that_were_marked(world: Affair) -> None:
    alleged = Annotation.objects.get(pk=world.alleged.pk)
    place = place_of(world.article, " the Reed Society said on Monday.")
    extents.change_extent(alleged.pk, alleged.version, "remove", place)
    assert was(alleged).words.endswith("the Reed Society said on Monday.")


def test_what_is_undone_deleted_or_brought_back_is_none(world: Affair) -> None:
    save(world.alleged, kind="quote", targets=[])
    assert was(world.alleged).kind == "allegation"
    save(world.alleged, kind="allegation")
    delete(world.quoted.pk)
    restore(world.quoted.pk)
    for one in (world.alleged, world.quoted):
        assert correction(one) is None


def test_renaming_and_merging_correct_no_passage(world: Affair) -> None:
    save(world.alleged, cue="says")
    Speaker.objects.filter(name="Reed Society").update(name="The Reed Society")
    merge(
        Claim.objects.get(statement=CLAIM),
        Claim.objects.create(project=world.project, statement="That it leaked"),
    )
    found = correction(world.alleged)
    assert found
    assert (was(world.alleged).names, was(world.alleged).links) == (
        found.now.names,
        found.now.links,
    )


def test_internal_notes_are_never_told(world: Affair) -> None:
    save(world.alleged, note="Ask nobody.", note_public=True)
    assert correction(world.alleged) is None


def test_what_only_members_saw_is_not_told(private: Affair) -> None:
    save(private.alleged, cue="says")
    private.share(private.unanswered)
    save(private.alleged, cue="said")
    assert correction(private.alleged) is None


@pytest.mark.parametrize("shared", ["project", "article", "alleged", "claim", "speaker"])
def test_from_the_first_link_that_shows_it(private: Affair, shared: str) -> None:
    named = {
        "claim": lambda: Claim.objects.get(statement=CLAIM),
        "speaker": lambda: Speaker.objects.get(name="Reed Society"),
    }
    save(private.alleged, cue="says")
    private.share(named[shared]() if shared in named else getattr(private, shared))
    assert correction(private.alleged) is None
    save(private.alleged, cue="said")
    assert was(private.alleged).cue == "says"


def test_public_pages_say_so_and_who_did_it_is_nobodys_business(world: Affair) -> None:
    shares = [world.share(one) for one in (world.alleged, world.article)]
    claim = Claim.objects.get(statement=CLAIM)
    save(world.alleged, speakers=["A clerk"])
    day = re.compile(r"Corrected on \d+ \w+ \d{4}")
    for path in (
        f"/projects/tannery/articles/{world.article.pk}/",
        *(f"/share/{share.code}/" for share in shares),
        f"/claims/{claim.pk}/",
        f"/speakers/{Speaker.objects.get(name='The tannery').pk}/",
    ):
        page = Client().get(path).content.decode()
        page = " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
        assert day.search(page), path
        assert "Speaker Reed Society" in page, path
        assert "Bobbin" not in page


def test_one_query_for_many(world: Affair, django_assert_num_queries) -> None:
    assert Share.objects.count() == 0
    for one in (world.alleged, world.unanswered, world.denied):
        save(one, cue="says", targets=[])
    for rows in (Annotation.objects.filter(pk=world.alleged.pk), Annotation.objects.all()):
        found = passages(rows, for_readers=True)
        with django_assert_num_queries(1):
            corrections(found)
    unchanged = passages(Annotation.objects.filter(pk=world.quoted.pk), for_readers=True)
    with django_assert_num_queries(0):
        assert corrections(unchanged) == {}
