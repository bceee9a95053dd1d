"""Annotations come to be, change their extent, go, and come back; whole or not at all."""

import pytest

from annotations.models import Annotation, Fragment, Kind
from annotations.services import extents, marking
from annotations.services.places import Place
from annotations.services.placing import take_out
from reader.models import ProjectArticle, uuid7
from reader.services.errors import Conflict, Refused
from tests.factories import in_library, make_article, make_mark, make_project, place_of

pytestmark = pytest.mark.django_db


def mark(project, article, by, *words, **changes):
    values = {"id": uuid7(), "kind": Kind.QUOTE}
    places = [place_of(article, piece) for piece in words]
    revision = article.current_revision
    return marking.mark(project, article, revision, by, places=places, **values | changes)


def extent(annotation):
    return [
        (f.start, f.end, f.exact)
        for f in Fragment.objects.filter(anchor__annotation=annotation).order_by("position")
    ]


def words_of(annotation):
    return [exact for _, _, exact in extent(annotation)]


def test_marked_words_are_the_words_of_the_text(project, article, bob):
    marked = mark(project, article, bob, "“Nothing leaked,”", "“not a drop.”")
    text = article.current_revision.text
    assert marked.is_new
    assert words_of(marked.annotation) == ["“Nothing leaked,”", "“not a drop.”"]
    assert all(text[start:end] == exact for start, end, exact in extent(marked.annotation))
    assert marked.annotation.wording == "verbatim"
    assert marked.annotation.annotator == bob


def test_sent_twice_it_is_made_once(project, article, bob):
    key = uuid7()
    first = mark(project, article, bob, "Zoë 😀", id=key)
    again = mark(project, article, bob, "Zoë 😀", id=key)
    assert (first.is_new, again.is_new) == (True, False)
    assert again.annotation == first.annotation
    assert Annotation.objects.count() == 1
    assert words_of(first.annotation) == ["Zoë 😀"]


def test_sent_again_after_an_edit_it_is_still_that_one(project, article, bob):
    key = uuid7()
    made = mark(project, article, bob, "Zoë 😀", id=key).annotation
    extents.change_extent(made.pk, 1, "add", place_of(article, "disagreed"))
    assert mark(project, article, bob, "Zoë 😀", id=key).annotation == made


@pytest.mark.parametrize("change", ["words", "kind", "annotator", "project", "article"])
def test_an_id_stands_for_one_annotation(project, article, alice, bob, change):
    sent = {"project": project, "article": article, "by": bob, "words": "Zoë", "kind": Kind.QUOTE}
    key = uuid7()
    mark(project, article, bob, "Zoë", id=key)
    sent |= {
        "words": {"words": "fisher"},
        "kind": {"kind": Kind.DENIAL},
        "annotator": {"by": alice},
        "project": {"project": make_project("other")},
        "article": {"article": make_article(project, "Zoë and another text.")},
    }[change]
    with pytest.raises(Refused, match="used for another annotation"):
        mark(sent["project"], sent["article"], sent["by"], sent["words"], id=key, kind=sent["kind"])
    assert Annotation.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"kind": "rumour"}, {"places": [Place(0, 3, "Nay")]}, {"places": []}]
)
def test_a_refused_mark_leaves_nothing(project, article, bob, wrong):
    values = {"kind": Kind.QUOTE, "places": [place_of(article, "Zoë")]} | wrong
    with pytest.raises(Refused):
        marking.mark(project, article, article.current_revision, bob, id=uuid7(), **values)
    assert not Annotation.objects.exists()
    assert not Fragment.objects.exists()


def test_a_library_article_that_is_marked_comes_into_the_project(project, bob):
    article = make_article(None, "A text of the library.")
    mark(project, article, bob, "library")
    place = ProjectArticle.objects.get(project=project, article=article)
    assert place.added_by == bob
    assert place.listed_at == article.listed_at


def test_a_second_kind_on_the_same_words_copies_what_was_said(project, article, bob):
    source = make_mark(
        project,
        article,
        ["“Nothing leaked,”", "“not a drop.”"],
        by=bob,
        speakers=["Mira Okonjo"],
        on_behalf_of=["The works"],
        cue="said",
        flags=["unsure"],
        note="Check the date.",
        claims=["That nothing leaked"],
    )
    made = marking.mark_again(source, Kind.DENIAL, id=uuid7(), annotator=bob).annotation
    made.refresh_from_db()
    assert extent(made) == extent(source)
    assert (made.kind, made.cue, made.flags, made.wording) == (
        Kind.DENIAL,
        "said",
        ["unsure"],
        source.wording,
    )
    assert [str(one.speaker) for one in made.attributions.order_by("role")] == [
        "The works",
        "Mira Okonjo",
    ]
    assert made.note == ""
    assert not made.claim_links.exists()


def test_an_accused_is_not_copied_onto_another_kind(project, article, bob):
    source = make_mark(
        project, article, "The works poisoned the river", "allegation", bob, targets=["The works"]
    )
    made = marking.mark_again(source, Kind.QUOTE, id=uuid7(), annotator=bob).annotation
    assert not made.attributions.exists()


def test_a_copy_sent_twice_is_made_once(project, article, bob):
    source = make_mark(project, article, "Zoë", by=bob, speakers=["Zoë"])
    key = uuid7()
    marking.mark_again(source, Kind.DENIAL, id=key, annotator=bob)
    assert not marking.mark_again(source, Kind.DENIAL, id=key, annotator=bob).is_new
    assert Annotation.objects.count() == 2


@pytest.mark.parametrize(
    ("operation", "words", "after"),
    [
        ("add", "“not a drop.”", ["“Nothing leaked,”", "“not a drop.”"]),
        ("add", "leaked,” said Mira", ["“Nothing leaked,” said Mira"]),
        ("add", "Nothing", ["“Nothing leaked,”"]),
        ("add", "said Mira", ["“Nothing leaked,” said Mira"]),
        ("remove", "“Nothing", ["leaked,”"]),
        ("remove", " leaked,”", ["“Nothing"]),
        ("remove", "hing lea", ["“Not", "ked,”"]),
        ("remove", "Zoë", ["“Nothing leaked,”"]),
        ("replace", "Zoë 😀", ["Zoë 😀"]),
    ],
)
def test_words_are_added_taken_away_and_replaced(project, article, bob, operation, words, after):
    annotation = make_mark(project, article, "“Nothing leaked,”", by=bob)
    changed = extents.change_extent(annotation.pk, 1, operation, place_of(article, words))
    text = article.current_revision.text
    assert words_of(annotation) == after
    assert all(text[start:end] == exact for start, end, exact in extent(annotation))
    assert changed.version == (2 if after != ["“Nothing leaked,”"] else 1)


@pytest.mark.parametrize(
    ("operation", "place", "reason"),
    [
        ("remove", Place(0, 30, ""), "other words"),
        ("sideways", None, "Choose whether to add"),
        ("remove", None, "No words would be left"),
    ],
)
def test_a_refused_change_of_extent_changes_nothing(
    project, article, bob, operation, place, reason
):
    annotation = make_mark(project, article, "“Nothing leaked,”", by=bob)
    before = extent(annotation)
    with pytest.raises(Refused, match=reason):
        extents.change_extent(
            annotation.pk, 1, operation, place or place_of(article, "“Nothing leaked,”")
        )
    annotation.refresh_from_db()
    assert extent(annotation) == before
    assert annotation.version == 1


def test_a_change_of_extent_from_an_old_page_is_a_conflict(project, article, bob):
    annotation = make_mark(project, article, "Zoë", by=bob)
    extents.change_extent(annotation.pk, 1, "add", place_of(article, "disagreed"))
    with pytest.raises(Conflict):
        extents.change_extent(annotation.pk, 1, "replace", place_of(article, "fisher"))
    assert words_of(annotation) == ["Zoë", "disagreed"]


def test_what_was_deleted_comes_back_as_it_was(project, article, bob):
    annotation = make_mark(project, article, "Zoë", by=bob, speakers=["Zoë"], note="A note.")
    before = extent(annotation)
    assert marking.delete(annotation.pk).deleted_at
    restored = marking.restore(annotation.pk)
    assert restored.deleted_at is None
    assert extent(restored) == before
    assert restored.note == "A note."
    assert restored.version == annotation.version + 2


def test_what_comes_back_brings_its_article_back(project, bob):
    article = in_library(make_article(project))
    annotation = make_mark(project, article, "“Nothing touched the ground,”", by=bob)
    marking.delete(annotation.pk)
    take_out(project, article)
    marking.restore(annotation.pk)
    assert ProjectArticle.objects.filter(project=project, article=article).exists()


def test_deleting_twice_changes_nothing_more(project, article, bob):
    annotation = make_mark(project, article, "Zoë", by=bob)
    first = marking.delete(annotation.pk)
    again = marking.delete(annotation.pk)
    assert (again.version, again.deleted_at) == (first.version, first.deleted_at)


def test_deleting_what_has_changed_meanwhile_is_a_conflict(project, article, bob):
    annotation = make_mark(project, article, "Zoë", by=bob, note="A note.")
    with pytest.raises(Conflict):
        marking.delete(annotation.pk, version=1)
    annotation.refresh_from_db()
    assert annotation.deleted_at is None


def test_the_same_words_may_carry_several_annotations(project, article, alice, bob):
    for kind in (Kind.QUOTE, Kind.QUOTE, Kind.DENIAL):
        mark(project, article, bob, "Zoë", kind=kind)
    assert Annotation.objects.count() == 3
