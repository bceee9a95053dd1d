"""The search index: what the database notes, and what workers write."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from reader.models import (
    Article,
    Revision,
    SearchBacklog,
    SearchDocument,
    SearchLanguage,
    SentencePrints,
    uuid7,
)
from reader.queries.indexing import backlog
from reader.sameness import prints
from reader.services import indexing
from reader.services.indexing import index_all, index_some, put_all_into_backlog
from tests.factories import make_article, make_project

pytestmark = pytest.mark.django_db


def waiting() -> set:
    return set(SearchBacklog.objects.values_list("article", flat=True))


def document(article: Article) -> SearchDocument:
    return SearchDocument.objects.get(article=article)


def lexemes(article: Article) -> set[str]:
    """The words of a document, with their weights (D is none)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lexeme, weights FROM reader_searchdocument, unnest(tsv) WHERE article_id = %s",
            [article.pk],
        )
        return {f"{word}:{''.join(sorted(set(weights or '')))}" for word, weights in cursor}


def partitions() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits "
            "WHERE inhparent = 'reader_searchdocument'::regclass"
        )
        return {row[0].removeprefix("reader_searchdocument_") for row in cursor}


def test_a_new_article_waits_and_is_indexed_once():
    article = make_article(None, "Ferries ran aground.", title="A port", language="en")
    assert waiting() == {article.pk}
    assert index_some() == 1
    assert index_some() == 0
    assert waiting() == set()
    assert document(article).in_library


def test_title_byline_text_and_language_are_told_apart():
    article = make_article(
        None, "The ferries ran.", title="Ports denied", byline="Zoë Running", language="en-GB"
    )
    index_all()
    assert lexemes(article) == {
        "port:A", "deni:A", "zoe:B", "running:B", "ferri:D", "ran:D", "§english:"
    }  # fmt: skip
    assert set(SearchLanguage.objects.values_list("name", flat=True)) == {"english"}


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("de", "Die Häfen wurden geschlossen", "haf:D"),
        ("fr", "Les élections", "elect:D"),
        ("", "The running", "the:D"),
        ("xx", "The running", "running:D"),
        ("zh", "访问北京", "北:D"),
        ("ru", "Министры отрицали", "министр:D"),
        ("ar", "مرحبا", "مرحب:D"),
    ],
)
def test_each_language_is_read_by_its_own_rules(language, text, word):
    article = make_article(None, text, title="x", language=language)
    index_all()
    assert word in lexemes(article)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another"},
        {"byline": "Another"},
        {"language": "de"},
        {"listed_at": datetime(2001, 2, 3, tzinfo=UTC)},
        {"published_on": "2001-02-03", "published_precision": "day"},
        {"publication": None},
    ],
)
def test_what_changes_in_the_document_is_indexed_again(change):
    article = make_article(None, publication="The Reed")
    index_all()
    Article.objects.filter(pk=article.pk).update(**change)
    assert waiting() == {article.pk}


def test_a_new_text_a_project_and_a_lead_are_indexed_again():
    article, lead = make_article(None, "One."), make_article(None, "Two.")
    index_all()
    first = article.newest
    article.current_revision = Revision.objects.create(
        article=article,
        number=2,
        text="Three.",
        markup=first.markup,
        title=article.title,
        sha256="0" * 64,
        word_count=1,
        fetched_at=first.fetched_at,
        extractor="test",
    )
    article.save()
    index_all()
    assert "three:D" in lexemes(article)
    Article.objects.filter(pk=article.pk).update(lead=lead)
    index_all()
    assert not document(article).in_library
    Article.objects.filter(pk=article.pk).update(lead=None, scope=make_project())
    index_all()
    assert not document(article).in_library


def test_what_does_not_change_the_document_is_not_indexed_again():
    article = make_article(None)
    index_all()
    Article.objects.filter(pk=article.pk).update(version=7, url="https://other.example/")
    Article.objects.update(title=article.title)
    assert waiting() == set()


def test_a_deleted_article_leaves_nothing():
    indexed, waits = make_article(None, "One."), None
    index_all()
    waits = make_article(None, "Two.")
    Article.objects.all().update(current_revision=None)
    indexed.delete()
    waits.delete()
    assert waiting() == set()
    assert not SearchDocument.objects.exists()


def test_a_new_date_moves_the_document_into_its_year():
    article = make_article(None, published_on="2021-03-29")
    index_all()
    assert partitions() >= {"2021", "early", "late"}
    for year, moment in {"1890": "1890-05-01", "2005": "2005-12-31", "2150": "2150-01-01"}.items():
        Article.objects.filter(pk=article.pk).update(listed_at=f"{moment}T00:00Z")
        index_all()
        assert document(article).listed_at.year == int(year)
    assert "2005" in partitions()
    assert not partitions() & {"1890", "2150"}


@pytest.mark.parametrize(
    ("given", "until"),
    [("2021-03-29", "2021-03-29"), ("2020-02", "2020-02-29"), ("2021", "2021-12-31"), ("", None)],
)
def test_the_last_day_of_what_is_given_as_date(given, until):
    article = make_article(None, published_on=given)
    index_all()
    found = document(article).dated_until
    assert (found and found.isoformat()) == until


def test_put_all_into_the_backlog():
    article = make_article(None)
    index_all()
    assert put_all_into_backlog() == 1
    assert put_all_into_backlog() == 0
    assert waiting() == {article.pk}
    assert backlog().waiting == 1


def test_of_a_long_backlog_only_the_beginning_is_counted(monkeypatch):
    monkeypatch.setattr("reader.queries.indexing.MOST_COUNTED", 1)
    assert backlog().since is None
    make_article(None, "One.")
    make_article(None, "Two.")
    found = backlog()
    assert (found.waiting, found.is_more) == (1, True)
    assert found.since


def test_a_huge_text_is_indexed_as_far_as_it_goes():
    words = " ".join(f"w{n:x}" for n in range(200_000))
    article = make_article(None, f"{words} behindall", title="Endless")
    index_all()
    found = lexemes(article)
    assert "endless:A" in found
    assert "w1:D" in found
    assert "behindall:D" not in found
    assert "§long:" in found


def test_one_text_that_is_too_much_for_postgres_stops_no_other(monkeypatch):
    # As many different words as there is room for, each with a place.
    monkeypatch.setattr(indexing, "INDEXED_BYTES", 3_000_000)
    huge = make_article(None, " ".join(f"{n:05x}" for n in range(330_000)), title="Endless")
    other = make_article(None, "Short.", title="Other")
    assert index_some() == 2
    assert "endless:A" in lexemes(huge)
    assert "short:D" in lexemes(other)


@pytest.mark.django_db(transaction=True)
def test_workers_share_the_backlog_and_wait_for_nobody():
    # The first article of a year and of a language is waited for.
    articles = {make_article(None, "First.").pk}
    index_all()
    articles |= {make_article(None, f"Number {n}.").pk for n in range(4)}

    def work():
        index_some(3)
        connection.close()

    with transaction.atomic():
        # One worker has taken one, and is not done.
        assert index_some(1) == 1
        other = threading.Thread(target=work)
        other.start()
        other.join(20)
        assert not other.is_alive()
    assert waiting() == set()
    assert set(SearchDocument.objects.values_list("article", flat=True)) == articles


@pytest.mark.django_db(transaction=True)
def test_a_change_while_the_article_is_indexed_is_not_lost():
    article = make_article(None, "One.", title="Before")
    started = threading.Event()

    def change():
        started.set()
        Article.objects.filter(pk=article.pk).update(title="After")
        connection.close()

    with transaction.atomic():
        index_some()
        changing = threading.Thread(target=change)
        changing.start()
        started.wait(20)
        changing.join(0.5)
    changing.join(20)
    index_all()
    assert "after:A" in lexemes(article)


@pytest.mark.django_db(transaction=True)
def test_an_article_that_is_being_changed_is_left_for_later():
    article = make_article(None, "One.", title="Before")
    index_all()
    results = []

    def work():
        results.append(index_some())
        connection.close()

    with transaction.atomic():
        Article.objects.filter(pk=article.pk).update(title="After")
        other = threading.Thread(target=work)
        other.start()
        other.join(20)
    assert results == [0]
    assert index_some() == 1
    assert "after:A" in lexemes(article)


def test_documents_of_copied_articles_need_no_code():
    project = make_project()
    first = make_article(project)
    row = Article.objects.filter(pk=first.pk).values().get()
    row |= {"id": uuid7(), "url_key": "", "file_name": "", "current_revision_id": None}
    with connection.cursor() as cursor:
        names = ", ".join(row)
        with cursor.copy(f"COPY reader_article ({names}) FROM STDIN") as copy:
            copy.write_row(list(row.values()))
    assert waiting() == {first.pk, row["id"]}
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM reader_article WHERE id = %s", [row["id"]])
    assert waiting() == {first.pk}


def test_prints_are_written_with_the_document_and_go_with_the_article():
    article = make_article(None, "Two ferries ran aground outside Tarrow on Monday.")
    index_all()
    assert SentencePrints.objects.get(article=article).prints == prints(article.newest.text)

    Revision.objects.filter(article=article).update(text="Two ferries left Tarrow on Monday.")
    put_all_into_backlog()
    index_all()
    assert SentencePrints.objects.get().prints == prints("Two ferries left Tarrow on Monday.")

    Article.objects.filter(pk=article.pk).update(current_revision=None)
    Revision.objects.all().delete()
    Article.objects.all().delete()
    assert not SentencePrints.objects.exists()
