"""Generated articles, and the index made anew, by their commands."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from reader.models import Article, Publication, Revision, SearchBacklog, SearchDocument
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def test_articles_are_believable():
    call_command("make_corpus", articles=300, verbosity=0)
    articles = Article.objects.select_related("current_revision")
    assert articles.count() == 300
    assert Publication.objects.count() == 40
    years = {one.listed_at.year for one in articles}
    assert 10 <= len(years) <= 13
    assert 1 <= articles.filter(published_on=None).count() <= 30
    words = Counter(word for one in articles for word in one.newest.text.lower().split())
    # Zipf: the most frequent words are far more frequent than others, and most are rare.
    (_, first), *_, (_, thirtieth) = words.most_common(30)
    assert first > 3 * thirtieth
    assert sum(count == 1 for count in words.values()) > len(words) / 3
    assert {"alleged", "allegeing", "ministers"} & words.keys()
    lengths = [one.newest.word_count for one in articles]
    assert 60 <= min(lengths) <= max(lengths) <= 120
    for one in articles[:20]:
        assert one.newest.document.text == one.newest.text


def test_the_same_seed_gives_the_same_articles_and_goes_on_with_new_ones():
    def texts() -> list[str]:
        return list(Revision.objects.order_by("article__url").values_list("text", flat=True))

    call_command("make_corpus", articles=5, words=10, seed=3, verbosity=0)
    first = texts()
    Article.objects.update(current_revision=None)
    Article.objects.all().delete()
    call_command("make_corpus", articles=5, words=10, seed=3, verbosity=0)
    assert texts() == first
    call_command("make_corpus", articles=2, words=10, seed=3, verbosity=0)
    call_command("make_corpus", articles=2, words=10, seed=4, verbosity=0)
    assert len(set(texts())) == 9


def test_not_among_real_articles_unless_told(capsys):
    make_article(None)
    with pytest.raises(CommandError, match="real articles"):
        call_command("make_corpus", articles=1)
    call_command("make_corpus", articles=1, yes=True)
    assert "Made 1 articles" in capsys.readouterr().out
    assert Article.objects.count() == 2


@pytest.mark.parametrize("wrong", [{"articles": 0}, {"words": 0}, {"seed": -1}])
def test_numbers_that_are_none_are_refused(wrong):
    with pytest.raises(CommandError, match="counted from"):
        call_command("make_corpus", **{"articles": 1, **wrong})


def test_reindex_takes_everything_or_what_waits(capsys):
    make_article(None, "One.")
    call_command("reindex", waiting=True)
    assert "Indexed 1 articles." in capsys.readouterr().out
    make_article(None, "Two.")
    SearchDocument.objects.all().delete()
    call_command("reindex")
    assert "Indexed 2 articles." in capsys.readouterr().out
    assert not SearchBacklog.objects.exists()
    assert SearchDocument.objects.count() == 2
