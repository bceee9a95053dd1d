"""Two real articles, ten months apart: the sentence that both have is found from either side."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from annotations.models import Annotation
from annotations.pages.same_words import Place, passage_page, selection_page
from reader.access import seat_in
from reader.ingest.pipeline import store_all
from reader.ingest.sources import Sources
from reader.models import Article, Precision, Project, Publication
from reader.sameness import Grade
from reader.services.indexing import index_all
from tests.factories import make_member, make_project, make_user

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
GOLD = SEEDS / "gold.jsonl"
SINGULAR = "The purpose of the visit is to promote exchange and cooperation"
PLURAL = "promote exchanges and cooperation between the two sides"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not GOLD.exists(), reason="the seeds are not beside the checkout"),
]


@pytest.fixture
def project() -> Project:
    project = make_project()
    files = [str(file) for file in sorted(SEEDS.glob("*.txt"))]
    store_all(list(Sources(files, io.BytesIO(), lambda size: None)), project)
    call_command("import_annotations", str(GOLD), project=project.slug, stdout=io.StringIO())
    for article, day, name in (
        (_with(SINGULAR), "2022-01-28", "The Reed"),
        (_with(PLURAL), "2021-03-29", "The Wharf"),
    ):
        article.publication = Publication.objects.create(name=name)
        article.published_on, article.published_precision = day, Precision.DAY
        article.save()
    index_all()
    return project


def _with(words: str) -> Article:
    return Article.objects.get(current_revision__text__contains=words)


def near(project: Project, words: str) -> list[Place]:
    """What may be the same as the passage with these words, as its project's owner sees it."""
    owner = make_user()
    make_member(project, owner, "owner")
    annotation = Annotation.objects.filter(anchors__fragments__exact__contains=words).first()
    seat = seat_in(owner, project)
    if annotation:
        page = passage_page(seat, Annotation.objects.get(pk=annotation.pk))
    else:
        article = _with(words)
        start = article.newest.text.index(words)
        page = selection_page(seat, article, (start, start + len(words)))
    return [
        place
        for sentence in page.sentences
        for group in sentence.groups
        if group.grade == Grade.NEAR
        for place in group.places
    ]


@pytest.mark.parametrize(
    ("words", "change"),
    [(SINGULAR, ("exchange", "exchanges")), (PLURAL, ("exchanges", "exchange"))],
)
def test_the_two_find_each_other_with_what_differs(
    project: Project, words: str, change: tuple[str, str]
) -> None:
    (place,) = near(project, words)
    assert place.beside.changes == (change,)
    assert place.beside.apart == "10 months apart"
    assert not place.beside.in_same_article
    assert {place.beside.here.source.publication, place.beside.there.source.publication} == {
        "The Reed",
        "The Wharf",
    }


def test_undated_they_are_not_so_many_months_apart(project: Project) -> None:
    Article.objects.update(published_on=None, published_precision="")
    (place,) = near(project, SINGULAR)
    assert place.beside.apart == "dates unknown"


def test_nothing_else_of_the_two_is_taken_for_the_same(project: Project) -> None:
    owner = make_user()
    make_member(project, owner, "owner")
    seat = seat_in(owner, project)
    found = [
        (group.grade, sentence.words, place)
        for annotation in Annotation.objects.filter(project=project)
        for sentence in passage_page(seat, annotation).sentences
        for group in sentence.groups
        for place in group.places
    ]
    near = [words for grade, words, _ in found if grade == Grade.NEAR]
    assert near and all("purpose of the visit" in words for words in near)
    # One article says it twice.
    ((grade, words, twice),) = [one for one in found if one[0] != Grade.NEAR]
    assert grade == Grade.CONTAINED
    assert words == '"investigation with a presumption of guilt,"'
    assert twice.beside.in_same_article
