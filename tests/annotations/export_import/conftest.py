"""A project in which everything is said that an annotation can say, and a file to carry it."""

from datetime import date
from pathlib import Path

import pytest

from annotations.models import Claim, Speaker, SpeakerType
from annotations.services.merging import merge
from reader.ingest.details import check_details
from reader.ingest.incoming import from_text
from reader.ingest.pipeline import store
from reader.models import Article, Project, Role, User
from tests.annotations.export_import.commands import HARBOUR, LATER
from tests.factories import make_article, make_mark, make_member, make_project


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "annotations.jsonl"


@pytest.fixture
def article() -> Article:
    return make_article(
        None, HARBOUR, title="Aground?", url="https://courier.example/1", published_on="2025-03"
    )


@pytest.fixture
def project(alice: User, bob: User, article: Article) -> Project:
    """Two annotators, two articles, and something of everything that an annotation can say."""
    project = make_project("ferry", description="One ferry", guidelines="Be *fair*.")
    make_member(project, alice, Role.OWNER)
    make_member(project, bob)
    make_mark(
        project,
        article,
        ["“Nothing touched the ground,”", "“Nothing at all.”"],
        "denial",
        alice,
        wording="verbatim",
        speakers=["Mira Okonjo"],
        on_behalf_of=["Harbour office"],
        cue="said",
        flags=["unsure", "implied"],
        said_on=date(2025, 3, 4),
        note="Since when?\nAsk her.",
        note_public=True,
        claims=["That the ferry ran aground", "That the ferry leaked"],
    )
    make_mark(
        project,
        article,
        "Two officials said that the ferry had run aground twice.",
        "allegation",
        bob,
        speakers=["Two officials"],
        targets=["Harbour office"],
        relayed_by=["The Courier"],
        wording="paraphrase",
        unnamed=True,
        claims=["That the ferry ran aground twice"],
    )
    make_mark(project, article, "the ferry had run aground 😀", "allegation", bob)
    earlier = make_article(None, LATER, title="Back", url="https://courier.example/2")
    make_mark(project, earlier, "“Nothing touched the ground,”", "quote", alice)
    # The second article says something else today; what was marked stands in its first revision.
    store(
        from_text("Gone.", check_details({"title": "Back", "url": "https://courier.example/2"})),
        None,
    )
    twice = Claim.objects.get(project=project, statement="That the ferry ran aground twice")
    once = Claim.objects.get(project=project, statement="That the ferry ran aground")
    Claim.objects.filter(pk=twice.pk).update(broader=once)
    office = Speaker.objects.get(project=project, name="Harbour office")
    Speaker.objects.filter(pk=office.pk).update(
        type=SpeakerType.ORGANISATION, aliases=["Port office"], note="Since 1901."
    )
    merge(Speaker.objects.create(project=project, name="The Port Office"), office)
    return project
