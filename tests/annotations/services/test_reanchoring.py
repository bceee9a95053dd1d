"""Marked passages in later revisions of their article."""

from collections.abc import Sequence

import pytest
from django.core.management import call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.models import Anchor, AnchorMaker, Annotation, Decision
from annotations.services.marking import delete
from annotations.services.reanchoring import reanchor_article
from reader.ingest.pipeline import store
from reader.models import Article, Project, Revision, User
from tests.factories import make_article, make_mark, make_project, make_user
from tests.reader.ingest.test_pipeline import text_of

pytestmark = pytest.mark.django_db

URL = "https://courier.example/ferry"
FIRST = "The harbour office denied on Monday that the ferry had run aground."
SECOND = "“Nothing touched the ground,” said Mira Okonjo, its director."
THIRD = "Odo Fenn of the crew alleged that the engines had been stopped to hide a leak."
TEXT = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
WORDS = ("had run aground", "Nothing touched the ground", "the engines had been stopped")


@pytest.fixture
def project() -> Project:
    return make_project("ferry")


@pytest.fixture
def bob() -> User:
    return make_user("bob@example.org")


@pytest.fixture
def article(project: Project) -> Article:
    return make_article(project, TEXT, url=URL)


def revise(article: Article, text: str) -> Revision:
    """The text as its site has it now, with the passages placed in it."""
    store(text_of(text, url=URL), article.scope)
    reanchor_article(article.pk)
    return Article.objects.get(pk=article.pk).newest


def marked(article: Article, words: str | Sequence[str] = WORDS[0]) -> Annotation:
    assert article.scope
    return make_mark(article.scope, article, words)


def standing(annotation: Annotation, revision: Revision) -> tuple[str, list[str | None]]:
    """The status of its anchor in a revision, and the words that stand at each fragment."""
    anchor = Anchor.objects.get(annotation=annotation, revision=revision)
    words = []
    for one in anchor.fragments.order_by("position"):
        if one.start is None:
            words.append(None)
        else:
            assert revision.text[one.start : one.end] == one.exact
            words.append(one.exact)
    return anchor.status, words


def decide(annotation: Annotation, revision: Revision, decision: Decision) -> None:
    Anchor.objects.filter(annotation=annotation, revision=revision).update(decision=decision)


def test_the_three_outcomes(article) -> None:
    first, second, third = (marked(article, words) for words in WORDS)
    revision = revise(article, f"{THIRD}\n\nIt rained.\n\n{FIRST.replace('had run', 'has run')}")
    assert standing(first, revision) == ("changed", ["has run aground"])
    assert standing(second, revision) == ("orphaned", [None])
    assert standing(third, revision) == ("moved", [WORDS[2]])


def test_what_is_not_touched_stays(article) -> None:
    first = marked(article)
    revision = revise(article, f"{TEXT}\n\nThe tide was low.")
    assert standing(first, revision) == ("exact", [WORDS[0]])


def test_evidence_is_not_rewritten(article) -> None:
    first = marked(article)
    revise(article, TEXT.replace("had run", "has run"))
    anchor = Anchor.objects.get(annotation=first, made_by=AnchorMaker.PERSON)
    assert anchor.revision.number == 1
    assert [one.exact for one in anchor.fragments.all()] == [WORDS[0]]


def test_twice_does_no_more(article) -> None:
    marked(article)
    revise(article, TEXT.replace("had run", "has run"))
    version = Article.objects.get(pk=article.pk).version
    assert reanchor_article(article.pk) == 0
    assert Article.objects.get(pk=article.pk).version == version


def test_pages_learn_of_it(article) -> None:
    marked(article)
    store(text_of(TEXT.replace("had run", "has run"), url=URL), article.scope)
    before = Article.objects.get(pk=article.pk).version
    reanchor_article(article.pk)
    assert Article.objects.get(pk=article.pk).version > before


def test_a_lost_fragment_does_not_lose_the_others(article) -> None:
    both = marked(article, (WORDS[0], WORDS[1]))
    revision = revise(article, f"{FIRST}\n\n{THIRD}")
    assert standing(both, revision) == ("changed", [WORDS[0], None])


def test_words_that_come_back_are_found_again(article) -> None:
    second = marked(article, WORDS[1])
    assert standing(second, revise(article, f"{FIRST}\n\n{THIRD}"))[0] == "orphaned"
    assert standing(second, revise(article, TEXT)) == ("exact", [WORDS[1]])


def test_small_steps_are_followed_far(article) -> None:
    third = marked(article, "the engines had been stopped to hide a leak")
    text = TEXT
    for old, new in (
        ("the engines", "both motors"),
        ("had been stopped", "were switched off"),
        ("to hide", "so as to conceal"),
        ("a leak", "the flooding"),
    ):
        text = text.replace(old, new)
        revision = revise(article, text)
    status, words = standing(third, revision)
    assert status == "changed"
    assert words == ["both motors were switched off so as to conceal the flooding"]


def test_what_a_person_confirmed_is_the_new_ground(article) -> None:
    first = marked(article)
    decide(first, revise(article, TEXT.replace("had run", "has run")), Decision.RIGHT)
    text = f"It rained.\n\n{TEXT.replace('had run', 'has run')}"
    assert standing(first, revise(article, text)) == ("moved", ["has run aground"])


def test_what_a_person_called_gone_is_asked_about_no_more(article) -> None:
    second = marked(article, WORDS[1])
    decide(second, revise(article, f"{FIRST}\n\n{THIRD}"), Decision.GONE)
    revision = revise(article, f"{FIRST} It rained.\n\n{THIRD}")
    anchor = Anchor.objects.get(annotation=second, revision=revision)
    assert (anchor.status, anchor.decision) == ("orphaned", Decision.GONE)
    revision = revise(article, TEXT)
    anchor = Anchor.objects.get(annotation=second, revision=revision)
    assert (anchor.status, anchor.decision) == ("exact", Decision.NONE)


def test_deleted_annotations_come_along(article) -> None:
    first = marked(article)
    delete(first.pk)
    assert standing(first, revise(article, f"{TEXT} It rained."))[0] == "exact"


def test_a_revision_puts_the_work_into_the_queue(article) -> None:
    marked(article)
    store(text_of(f"{TEXT} It rained.", url=URL), article.scope)
    jobs = ProcrastinateJob.objects.filter(task_name="reanchor")
    assert [job.args for job in jobs] == [{"article_id": str(article.pk)}]


def test_an_unmarked_article_makes_no_work(article) -> None:
    store(text_of(f"{TEXT} It rained.", url=URL), article.scope)
    assert not ProcrastinateJob.objects.filter(task_name="reanchor").exists()


def test_the_command_finds_what_was_left(article, capsys) -> None:
    first = marked(article)
    store(text_of(f"{TEXT} It rained.", url=URL), article.scope)
    call_command("reanchor")
    assert "1 articles, 1 passages placed anew." in capsys.readouterr().out
    assert standing(first, Article.objects.get(pk=article.pk).newest)[0] == "exact"
    call_command("reanchor")
    assert "0 articles, 0 passages" in capsys.readouterr().out


def test_many_share_the_work(article, django_assert_max_num_queries) -> None:
    for words in (*WORDS, "harbour office", "its director", "Odo Fenn", "leak", "Monday"):
        marked(article, words)
    store(text_of(f"{TEXT} It rained.", url=URL), article.scope)
    with django_assert_max_num_queries(20):
        assert reanchor_article(article.pk) == 8
