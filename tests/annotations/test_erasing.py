"""What is erased with an article or a project is in no table any more: every column of every
table is searched for it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from annotations.models import Annotation, Claim, ClaimPair, Share, Speaker, Verdict
from annotations.services.claim_pairs import judge
from annotations.services.claims import LinkTo
from annotations.services.editing import Fields, edit
from reader.models import Article, Project, Role, uuid7
from tests.annotations.traces import CANARY, TEXT, mark_words, marked_everywhere, tables_holding
from tests.factories import make_article, make_member, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(alice):
    project = make_project("spill")
    make_member(project, alice, Role.OWNER)
    return project


@pytest.fixture
def article(project, alice):
    return marked_everywhere(project, alice)


def test_a_purged_article_is_nowhere(article):
    before = tables_holding(CANARY)
    assert {"reader_revision", "annotations_fragment", "annotations_fragmentevent"} <= before
    assert {"annotations_speakerevent", "annotations_claimevent"} & before == set()

    call_command("purge_article", str(article.pk), "--yes", stdout=StringIO())

    assert tables_holding(CANARY) == set()
    assert not Share.objects.exists()


def test_what_hung_on_a_purged_articles_project_is_told(article, project):
    version = Project.objects.get().version

    call_command("purge_article", str(article.pk), "--yes", stdout=StringIO())

    assert Project.objects.get().version > version


def test_other_articles_keep_everything(article, project, alice):
    other = make_article(project, "The mayor denied on Friday that it had leaked at all.")
    kept = mark_words(project, other, alice, "denial", 0, 30)
    fields = Fields(
        kind="denial",
        wording="paraphrase",
        speakers=["The mayor"],
        links=[LinkTo(statement="That it leaked")],
    )
    edit(kept.pk, 1, fields, alice)
    edit(kept.pk, 2, Fields(**{**fields_of(fields), "note": "Check."}), alice)

    call_command("purge_article", str(article.pk), "--yes", stdout=StringIO())

    assert [one.pk for one in Annotation.objects.all()] == [kept.pk]
    assert [one.name for one in Speaker.objects.all()] == ["The mayor"]
    assert [one.statement for one in Claim.objects.all()] == ["That it leaked"]
    assert kept.events.exists()


def fields_of(fields):
    return {name: getattr(fields, name) for name in Fields.__slots__}


def test_what_a_purged_claim_was_merged_into_goes_too(article, project):
    """Unless something else stands on it."""
    first = Claim.objects.get(statement__contains="(3)")
    canonical = Claim.objects.create(project=project, statement=f"That {CANARY} leaked")
    Claim.objects.filter(pk=first.pk).update(canonical=canonical, merged_into=canonical)
    Claim.objects.filter(pk=canonical.pk).update(statement=f"That the {CANARY} leaked")

    call_command("purge_article", str(article.pk), "--yes", stdout=StringIO())

    assert tables_holding(CANARY) == set()


def test_what_was_judged_of_purged_claims_goes_too(article, project, alice):
    """The judgement of others stays."""
    purged = list(Claim.objects.filter(project=project).order_by("pk"))
    other = make_article(project, "The mayor denied on Friday that it had leaked at all.")
    kept = [LinkTo("That it leaked"), LinkTo("That it leaked much")]
    fields = Fields(kind="denial", wording="paraphrase", links=kept)
    edit(mark_words(project, other, alice, "denial", 0, 30).pk, 1, fields, alice)
    leaked, much = Claim.objects.filter(statement__startswith="That it").order_by("pk")
    for first, second in ((leaked, much), (purged[0], leaked)):
        for verdict in (Verdict.UNSURE, Verdict.SAME):
            judge(first, second, verdict, alice)

    call_command("purge_article", str(article.pk), "--yes", stdout=StringIO())

    pair = ClaimPair.objects.get()
    assert (pair.first, pair.second) == (leaked, much)
    assert [one.second_id for one in ClaimPair.pgh_event_model.objects.all()] == [much.pk]


def test_the_same_text_elsewhere_is_named(article):
    twin = make_article(None, TEXT, title="Another paper", url="https://example.org/other")
    said = StringIO()

    call_command("purge_article", str(article.pk), "--yes", stdout=said)

    assert f"The same text is also in article {twin.pk}." in said.getvalue()
    assert Article.objects.get() == twin


def test_nothing_goes_without_a_yes(article, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _: "no")
    said = StringIO()

    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("purge_article", str(article.pk), stdout=said)

    assert "would remove" in said.getvalue()
    assert "2 annotations" in said.getvalue()
    assert Annotation.objects.count() == 2


def test_a_yes_erases_what_was_shown(article, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _: "yes")
    said = StringIO()

    call_command("purge_article", str(article.pk), stdout=said)

    would, did = said.getvalue().split("Erased article")
    assert [line for line in would.splitlines() if line.startswith("  ")] == [
        line for line in did.splitlines() if line.startswith("  ")
    ]
    assert not Article.objects.exists()


def test_an_unknown_article_is_said_to_be_unknown():
    with pytest.raises(CommandError, match="There is no article"):
        call_command("purge_article", str(uuid7()), "--yes")


def test_a_deleted_project_is_nowhere_and_the_library_stays(article, project, alice):
    library = make_article(None, "The mayor denied on Friday that it had leaked at all.")
    mark_words(project, library, alice, "denial", 0, 30)

    call_command("delete_project", "spill", "--yes", stdout=StringIO())

    assert tables_holding(CANARY) == set()
    assert tables_holding("spill") == set()
    assert Article.objects.get() == library
    assert not Annotation.objects.exists()


def test_an_unknown_project_is_said_to_be_unknown():
    with pytest.raises(CommandError, match="There is no project"):
        call_command("delete_project", "nothing", "--yes")
