"""What is erased is in no table any more: every column of every table is searched for it."""

from io import StringIO

import pghistory
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from annotations.models import (
    Annotation,
    Claim,
    ClaimPair,
    Reply,
    Share,
    Speaker,
    Verdict,
    Withdrawal,
)
from annotations.services.claim_pairs import judge
from annotations.services.claims import LinkTo
from annotations.services.editing import Fields, edit
from annotations.services.extents import change_extent
from annotations.services.marking import delete, mark
from annotations.services.places import Place
from reader.models import Article, Invitation, Membership, Project, Role, User, uuid7
from reader.services.invitations import invite
from reader.services.members import change_role
from reader.services.projects import personal_project
from tests.factories import PASSWORD, make_article, make_member, make_project, make_user

pytestmark = pytest.mark.django_db

CANARY = "Zanzibarium"
TEXT = f"The {CANARY} leaked, said Ida {CANARY}. The works denied that the {CANARY} leaked."


def tables_holding(words: str) -> set[str]:
    """The tables with these words in any column, in any case, bytes included."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT EXISTS (SELECT FROM "{table}" AS t'
                " WHERE strpos(lower(t::text), lower(%s)) > 0 OR strpos(t::text, %s) > 0)",
                [words, words.encode().hex()],
            )
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def make_mark(project, article, annotator, kind="allegation", start=0, end=22):
    revision = article.current_revision
    place = Place(start, end, revision.text[start:end])
    return mark(
        project, article, revision, annotator, id=uuid7(), kind=kind, places=[place]
    ).annotation


@pytest.fixture
def alice():
    return make_user("alice@example.org")


@pytest.fixture
def project(alice):
    project = make_project("spill")
    make_member(project, alice, Role.OWNER)
    return project


@pytest.fixture
def article(project, alice):
    """An article with everything that can hang on one, all of it naming the canary."""
    article = make_article(project, TEXT, title=f"{CANARY} leaks", byline=f"By {CANARY}")
    article.current_revision.raw = TEXT.encode()
    article.current_revision.save()
    marked = make_mark(project, article, alice)
    change_extent(marked.pk, 1, "add", Place(24, 28, TEXT[24:28]))
    for version, note in ((2, f"{CANARY}?"), (3, f"{CANARY}!")):
        edit(
            marked.pk,
            version,
            Fields(
                kind="allegation",
                wording="verbatim",
                speakers=[f"a man at the {CANARY}"],
                unnamed=True,
                targets=[f"{CANARY} works {version}"],
                cue=CANARY,
                links=[LinkTo(statement=f"That the {CANARY} leaked ({version})")],
                note=note,
            ),
            alice,
        )
    delete(make_mark(project, article, alice, "denial", 35, 80).pk)
    in_project = article.project_articles.get()
    Share.objects.create(annotation=marked, created_by=alice)
    Share.objects.create(project_article=in_project, created_by=alice)
    Withdrawal.objects.create(project=project, annotation=marked, reason=CANARY)
    Withdrawal.objects.create(
        project=project, revision=article.current_revision, reason=CANARY, by=alice
    )
    Reply.objects.create(project=project, annotation=marked, name="Ida", text=CANARY)
    Reply.objects.create(project=project, project_article=in_project, name="Ida", text=CANARY)
    return article


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
    kept = make_mark(project, other, alice, "denial", 0, 30)
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
    edit(make_mark(project, other, alice, "denial", 0, 30).pk, 1, fields, alice)
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
    make_mark(project, library, alice, "denial", 0, 30)

    call_command("delete_project", "spill", "--yes", stdout=StringIO())

    assert tables_holding(CANARY) == set()
    assert tables_holding("spill") == set()
    assert Article.objects.get() == library
    assert not Annotation.objects.exists()


def test_an_unknown_project_is_said_to_be_unknown():
    with pytest.raises(CommandError, match="There is no project"):
        call_command("delete_project", "nothing", "--yes")


EMAIL = "quetzal.bob@example.org"


@pytest.fixture
def bob(alice, project):
    """A colleague with traces wherever one can leave them."""
    bob = make_user(EMAIL, name="Quetzal Bob")
    make_member(project, bob, Role.CURATOR)
    change_role(project, bob.pk, Role.ANNOTATOR)
    own = personal_project(bob)
    note = make_article(own, "What only Quetzal wrote, and nobody else has read.")
    make_mark(own, note, bob, end=10)
    EmailAddress.objects.create(user=bob, email=EMAIL, verified=True, primary=True)
    TOTP.activate(bob, generate_totp_secret())
    LogEntry.objects.log_actions(alice.pk, [bob], CHANGE, single_object=True)
    invitation, _ = invite(project, alice, Role.VIEWER, note=f"for {EMAIL}")
    Invitation.objects.filter(pk=invitation.pk).update(used_by=bob)
    Reply.objects.create(project=project, name="B", text="It is wrong.", contact=EMAIL)
    browser = Client()
    browser.force_login(bob)
    shared = make_article(project, TEXT, title="Shared")
    marked = make_mark(project, shared, bob)
    claims = [Claim.objects.create(project=project, statement=f"That {n}") for n in range(2)]
    for verdict in (Verdict.UNSURE, Verdict.SAME):
        judge(*claims, verdict, bob)
    with pghistory.context(user=bob.pk, sent_by=EMAIL):
        edit(marked.pk, 1, Fields(kind="quote", wording="verbatim", note="Look."), bob)
    return bob


def test_a_deleted_user_is_nowhere(bob, project):
    assert {"reader_user", "account_emailaddress", "pghistory_context"} <= tables_holding(EMAIL)
    user_id = bob.pk

    call_command("delete_user", EMAIL.upper(), "--yes", stdout=StringIO())

    assert tables_holding(EMAIL) == set()
    assert tables_holding("Quetzal") == set()
    assert references_to(user_id) == set()
    assert (
        Client().post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD}).status_code
        == 200
    )


def references_to(user_id: int) -> set[str]:
    """Columns that still hold the id of an erased account."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name ~"
            " '(annotator|user|_by|personal_to|^by)_id$'"
        )
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT 1 FROM "{table}" WHERE "{column}" = %s LIMIT 1', [user_id])
            if cursor.fetchone():
                found.add(f"{table}.{column}")
        cursor.execute(
            "SELECT 1 FROM pghistory_context WHERE metadata->'user' = to_jsonb(%s)", [user_id]
        )
        if cursor.fetchone():
            found.add("pghistory_context.metadata")
    return found


def test_what_a_deleted_user_marked_with_others_stays(bob, project):
    call_command("delete_user", EMAIL, "--yes", stdout=StringIO())

    left = Annotation.objects.get()
    assert (left.project, left.annotator, left.note) == (project, None, "Look.")
    assert left.events.exists()
    assert Project.objects.get() == project


def test_a_deleted_users_browser_is_signed_out(bob):
    browser = Client()
    browser.force_login(bob)

    call_command("delete_user", EMAIL, "--yes", stdout=StringIO())

    assert browser.get(reverse("account")).status_code == 302


def test_a_project_always_keeps_an_owner(bob, project):
    said = StringIO()

    call_command("delete_user", "alice@example.org", "--yes", stdout=said)

    assert Membership.objects.get(project=project, role=Role.OWNER).user == bob
    assert f"Project spill is now owned by {EMAIL}." in said.getvalue()


def test_a_private_project_that_nobody_else_belongs_to_goes(article, alice):
    call_command("delete_user", alice.email, "--yes", stdout=StringIO())

    assert not Project.objects.exists()
    assert tables_holding(CANARY) == set()


def test_a_public_project_that_nobody_else_belongs_to_stays(article, alice):
    Project.objects.update(visibility="public", contact=f"Write to {alice.email}")
    said = StringIO()

    call_command("delete_user", alice.email, "--yes", stdout=said)

    assert Project.objects.get().contact == ""
    assert "Project spill has no member left" in said.getvalue()
    assert "The contact of project spill was theirs" in said.getvalue()
    assert tables_holding(alice.email) == set()


def test_nobody_goes_without_a_yes(bob, monkeypatch):
    def nobody_there(_):
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody_there)
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("delete_user", EMAIL, stdout=StringIO())
    assert User.objects.filter(email=EMAIL).exists()


def test_an_unknown_address_is_said_to_be_unknown():
    with pytest.raises(CommandError, match="There is no account"):
        call_command("delete_user", "nobody@example.org", "--yes")
