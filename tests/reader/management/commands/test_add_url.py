"""Articles by their addresses, on the command line."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from reader.ingest import fetch
from reader.ingest.robots import Robots
from reader.models import Article
from tests.factories import make_project
from tests.reader.ingest.test_extract import MORE, WORDS, page
from tests.website import Website, website

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Website]:
    settings.FETCH_ALLOW_PRIVATE = True
    monkeypatch.setattr(fetch, "_ROBOTS", Robots())
    with website() as site:
        yield site


def add(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("add_url", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        err.write(str(error))
    return out.getvalue(), err.getvalue()


def test_without_a_project_articles_go_into_the_library(site: Website) -> None:
    content = page(head="<title>Ferry aground</title>")
    out, err = add(site.page("/a", content), site.page("/b", page(MORE + WORDS)))
    assert out.startswith("imported: Ferry aground (")
    assert err == ""
    assert Article.objects.filter(scope=None).count() == 2
    assert Article.objects.get(title="Ferry aground").current_revision.received == content


def test_into_a_project(site: Website) -> None:
    project = make_project("ferry")
    add(site.page("/a", page()), "--project", "ferry")
    assert Article.objects.get().scope == project
    out, _ = add(site.page("/a", page(WORDS + MORE + WORDS.replace("a", "o"))), "--project=ferry")
    assert out.startswith("revised: ")


def test_what_fails_stops_nothing(site: Website) -> None:
    out, err = add(site.address + "/missing", site.page("/a", page()))
    assert out.startswith("imported: ")
    assert f"refused: {site.address}/missing: The site answered “404 Not Found”." in err
    assert "1 of 2 could not be added." in err
