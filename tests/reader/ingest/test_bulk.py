"""Many articles at once: bad ones stop nothing, and a second time changes nothing."""

from collections.abc import Iterator

import pytest
from django.db import connection

from reader.ingest import bulk
from reader.ingest.bulk import import_all
from reader.ingest.details import check_details
from reader.ingest.incoming import Arrival, Incoming, Refusal, from_text
from reader.ingest.pipeline import Outcome, Result
from reader.models import Article, Project, ProjectArticle, Revision
from tests.factories import make_project


@pytest.fixture
def project(db: None, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setattr(bulk, "BATCH", 4)
    return make_project("ferry")


def numbered(number: int, words: str = "") -> Incoming:
    details = {"title": f"Number {number}", "url": f"https://courier.example/{number}"}
    text = words or f"Text {number}."
    return from_text(text, check_details(details), where=f"row {number}")


def results(outcomes: Iterator[Outcome | Refusal]) -> list[str]:
    return [one.reason if isinstance(one, Refusal) else one.result for one in outcomes]


def test_many_batches(project: Project) -> None:
    rows = [numbered(i) for i in range(11)]
    assert results(import_all(rows, project)) == ["imported"] * 11
    assert Article.objects.filter(scope=project, current_revision__number=1).count() == 11
    assert ProjectArticle.objects.filter(project=project).count() == 11
    assert results(import_all(rows, project)) == ["unchanged"] * 11
    assert Revision.objects.count() == 11


def test_refused_rows_are_passed_on(project: Project) -> None:
    arrivals: list[Arrival] = [numbered(1), Refusal("row 2", "No text."), numbered(3)]
    assert sorted(results(import_all(arrivals, project))) == ["No text.", "imported", "imported"]


def test_large_articles_make_small_batches(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH_CHARACTERS", 10)
    arrivals = (numbered(i, "Twelve chars") for i in range(3))
    outcomes = import_all(arrivals, project)
    next(outcomes)
    assert Article.objects.count() == 1


def test_one_row_that_postgres_refuses_stops_nothing(project: Project) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reader_article ADD CHECK (title <> 'Number 2')")
    outcomes = results(import_all([numbered(i) for i in range(6)], project))
    assert outcomes.count("imported") == 5
    (reason,) = (one for one in outcomes if one != "imported")
    assert reason.startswith("The database does not take it: ")
    assert not Article.objects.filter(title="Number 2").exists()
    assert Article.objects.exclude(current_revision=None).count() == 5


@pytest.mark.django_db(transaction=True)
def test_a_batch_is_committed_before_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "BATCH", 2)
    project = make_project("ferry")

    def killed() -> Iterator[Incoming]:
        yield from (numbered(i) for i in range(3))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        results(import_all(killed(), project))
    assert Article.objects.count() == Revision.objects.count() == 2
    again = results(import_all((numbered(i) for i in range(3)), project))
    assert again == [Result.UNCHANGED, Result.UNCHANGED, Result.IMPORTED]
