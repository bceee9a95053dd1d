"""What goes out, to whom, and in which order."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from annotations.models import Annotation
from annotations.services.marking import delete
from reader.models import Article, Project, User
from tests.annotations.export_import.commands import HARBOUR, export, without
from tests.factories import make_article, make_mark, make_user

pytestmark = pytest.mark.django_db


def test_an_export_says_everything(project: Project, article: Article) -> None:
    head, *rest = export(project)

    assert (head["record"], head["slug"], head["guidelines"]) == ("project", "ferry", "Be *fair*.")
    kinds = [row["record"] for row in rest]
    assert kinds == ["speaker"] * 5 + ["claim"] * 3 + ["annotation"] * 4
    (denial,) = [row for row in rest if row.get("kind") == "denial"]
    assert article.current_revision
    assert denial["article"] == {
        "id": str(article.pk),
        "file_name": "",
        "url": "https://courier.example/1",
        "title": "Aground?",
        "publication": "",
        "published_on": "2025-03",
        "revision": 1,
        "text_sha256": article.current_revision.sha256,
    }
    for piece in denial["fragments"]:
        assert HARBOUR[piece["start"] : piece["end"]] == piece["exact"]
        assert HARBOUR[: piece["start"]].endswith(piece["prefix"])
        assert HARBOUR[piece["end"] :].startswith(piece["suffix"])
        assert max(len(piece["prefix"]), len(piece["suffix"])) <= 32
    assert denial["speakers"] == [{"name": "Mira Okonjo", "type": "", "only_here": False}]
    assert denial["claims"][1] == {
        "claim": "That the ferry leaked",
        "scope": "whole",
        "part": "",
        "unsure": False,
    }
    assert denial["annotator"] == {"email": "alice@example.org", "name": "Alice"}
    (unnamed,) = [row for row in rest if row.get("type") == "unnamed"]
    assert unnamed["article"]["id"] == str(article.pk)


def test_annotations_are_in_order_of_article_and_id(project: Project) -> None:
    rows = [row for row in export(project) if row["record"] == "annotation"]

    keys = [(row["article"]["id"], row["id"]) for row in rows]
    assert keys == sorted(keys)


def test_batches_leave_out_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = export(project)
    monkeypatch.setattr("annotations.queries.export_rows.BATCH", 1)

    assert without(export(project), "exported_at") == without(whole, "exported_at")


def test_deleted_annotations_stay_out(project: Project) -> None:
    delete(Annotation.objects.filter(project=project, kind="denial").get().pk)

    assert not [row for row in export(project) if row.get("kind") == "denial"]


def test_a_file_is_there_whole_or_not_at_all(
    project: Project, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("before")
    monkeypatch.setattr("annotations.queries.exporting._annotation", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        call_command("export_annotations", project=project.slug, output=str(file))
    assert file.read_text() == "before"
    assert [path.name for path in file.parent.iterdir()] == [file.name]


ADDRESS = "/projects/ferry/export/jsonl"


def test_members_download_everything(project: Project, bob: User, client: Client) -> None:
    client.force_login(bob)
    response = client.get(ADDRESS)

    assert response.status_code == 200
    assert response.streaming
    assert response["Content-Type"] == "application/jsonl; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="ferry.jsonl"'
    assert "no-store" in response["Cache-Control"]
    rows = [json.loads(line) for line in response.getvalue().decode().splitlines()]
    assert without(rows, "exported_at") == without(export(project), "exported_at")


@pytest.mark.parametrize("visibility", ["private", "public"])
def test_others_find_nothing(project: Project, client: Client, visibility: str) -> None:
    Project.objects.update(visibility=visibility)
    assert client.get(ADDRESS).status_code == 404
    client.force_login(make_user("charlie@example.org"))
    assert client.get(ADDRESS).status_code == 404


def test_an_unknown_format_and_a_post_are_refused(
    project: Project, alice: User, client: Client
) -> None:
    client.force_login(alice)
    assert client.get("/projects/ferry/export/docx").status_code == 404
    assert client.post(ADDRESS).status_code == 405


def test_as_many_queries_for_many_as_for_few(
    project: Project,
    article: Article,
    alice: User,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(alice)
    for _ in range(2):
        # Session, user, project, role; speakers and claims; annotations with their articles,
        # fragments, attributions and links, and what became of them.
        with django_assert_num_queries(12):
            assert client.get(ADDRESS).getvalue()
        for words in ("Mira Okonjo", "its director", "on Monday"):
            make_mark(project, article, words, by=alice, speakers=[words], claims=[words])
        more = make_article(None, words, title=words, url=f"{article.url}/{len(words)}")
        make_mark(project, more, words, by=alice)
