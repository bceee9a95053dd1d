"""Looking for the same words among many articles: by index, and not for what everybody says."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from psycopg.sql import SQL

from reader.management.corpus import Corpus
from reader.models import Article, SearchBacklog, SentencePrints, User
from reader.queries.same_words import Elsewhere, same_words
from reader.sameness import Grade, level, shingles
from reader.search.sight import Sight
from reader.services.printing import write_prints
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db

SAID = "The dam at Lorrick was never inspected before the flood."
PHRASE = "the president of the united states of the north"
NOTHING_WITHDRAWN = SQL("false")


def look_up(words: str, *, reader: bool = True) -> Elsewhere:
    visitor = User.objects.first() or make_user() if reader else AnonymousUser()
    sight = Sight.of(visitor)
    (found,) = same_words(sight, NOTHING_WITHDRAWN, [level(words)])
    return found


def print_all() -> None:
    write_prints(list(Article.objects.values_list("pk", flat=True)))
    SearchBacklog.objects.all().delete()


def write_many(number: int) -> None:
    """So many articles, of which a hundred have a common phrase; and Postgres knows it."""
    corpus = Corpus(3, 20)
    for part in (range(500), range(500, number)):
        for _ in corpus.write(part):
            pass
        # Triggers keep the plans that this connection made for them when the tables were empty.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE reader_article, reader_revision, reader_publication")
    make_article(None, f"It rained. {SAID} Nobody came.")
    make_article(None, f"Somebody met {PHRASE} in Tarrow.")
    print_all()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reader_sentenceprints SET prints = prints || %s"
            " WHERE article_id IN (SELECT id FROM reader_article ORDER BY id LIMIT 100)",
            [shingles(level(PHRASE).words)],
        )
        cursor.execute("ANALYZE reader_sentenceprints, reader_article, reader_revision")


def test_no_table_is_read_from_end_to_end() -> None:
    write_many(5_000)
    with CaptureQueriesContext(connection) as queries:
        found = look_up(SAID)
    assert [hit.likeness.grade for hit in found.hits] == [Grade.SAME]
    asked = [one["sql"] for one in queries if "reader_article" in one["sql"]]
    assert len(asked) == 2
    for question in asked:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {question}")
            plan = "\n".join(row[0] for row in cursor)
        # A merge or a hash of all articles would be a walk through them as well. Tables that
        # are empty here may be read as they are.
        big = "reader_(article|revision|sentenceprints)"
        assert not re.search(rf"Seq Scan on {big}\b|(Merge|Hash)\b.* Join", plan), plan


def test_a_common_phrase_is_not_looked_for_nor_found_within_sentences() -> None:
    write_many(2_000)
    assert look_up(PHRASE).is_common
    assert not look_up(SAID).is_common
    found = look_up(f"{PHRASE} arrived at Lorrick last Thursday evening.")
    assert (found.is_common, found.hits) == (False, [])


def test_what_two_share_must_be_more_than_a_common_phrase() -> None:
    write_many(2_000)
    # The one shingle that is rare is not enough, with so many that are not.
    assert look_up(f"Somebody met {PHRASE} in Orrhaven.").hits == []
    assert [hit.likeness.grade for hit in look_up(f"Somebody met {PHRASE} in Tarrow!").hits] == [
        Grade.SAME
    ]


def test_few_articles_have_no_common_phrase() -> None:
    for number in range(10):
        make_article(None, f"On day {number} she met {PHRASE} again.")
    print_all()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE reader_sentenceprints")
    found = look_up(PHRASE)
    assert {hit.likeness.grade for hit in found.hits} == {Grade.CONTAINED}
    assert len(found.hits) == 10


def test_strangers_find_nothing_in_the_library() -> None:
    make_article(None, SAID)
    print_all()
    assert len(look_up(SAID).hits) == 1
    assert look_up(SAID, reader=False).hits == []


def test_a_place_is_known_by_its_code_points() -> None:
    make_article(None, f"😀 rained. She said: “{SAID}” Nobody came.")
    print_all()
    (hit,) = look_up(SAID).hits
    start, end = hit.extent
    assert hit.text[start:end] == SAID[:-1]
    assert hit.start <= start < end <= hit.end


def test_what_has_no_text_has_no_prints() -> None:
    article = make_article(None, "Ten words or so, but not in any one sentence. So.")
    Article.objects.filter(pk=article.pk).update(current_revision=None)
    print_all()
    assert not SentencePrints.objects.exists()
