"""Of an account that is erased nothing is in any table any more, and others keep what is theirs."""

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

from annotations.models import Annotation, Claim, Reply, Verdict
from annotations.services.claim_pairs import judge
from annotations.services.editing import Fields, edit
from reader.models import Invitation, Membership, Project, Role, User
from reader.services.invitations import invite
from reader.services.members import change_role
from reader.services.projects import personal_project
from tests.annotations.traces import CANARY, TEXT, mark_words, marked_everywhere, tables_holding
from tests.factories import PASSWORD, make_article, make_member, make_project, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(alice):
    project = make_project("spill")
    make_member(project, alice, Role.OWNER)
    return project


@pytest.fixture
def article(project, alice):
    return marked_everywhere(project, alice)


EMAIL = "quetzal.bob@example.org"


@pytest.fixture
def bob(alice, project):
    """A colleague with traces wherever one can leave them."""
    bob = make_user(EMAIL, name="Quetzal Bob")
    make_member(project, bob, Role.CURATOR)
    change_role(project, bob.pk, Role.ANNOTATOR)
    own = personal_project(bob)
    note = make_article(own, "What only Quetzal wrote, and nobody else has read.")
    mark_words(own, note, bob, end=10)
    EmailAddress.objects.create(user=bob, email=EMAIL, verified=True, primary=True)
    TOTP.activate(bob, generate_totp_secret())
    LogEntry.objects.log_actions(alice.pk, [bob], CHANGE, single_object=True)
    invitation, _ = invite(project, alice, Role.VIEWER, note=f"for {EMAIL}")
    Invitation.objects.filter(pk=invitation.pk).update(used_by=bob)
    Reply.objects.create(project=project, name="B", text="It is wrong.", contact=EMAIL)
    browser = Client()
    browser.force_login(bob)
    shared = make_article(project, TEXT, title="Shared")
    marked = mark_words(project, shared, bob)
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
