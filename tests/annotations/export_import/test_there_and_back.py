"""What goes out comes back: nothing lost, nothing double."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.models import Annotation, Speaker
from annotations.services.importing import IMPORTER
from annotations.services.merging import merge, unmerge
from annotations.services.reanchoring import reanchor_article
from annotations.services.speakers import speaker_named
from reader.ingest.details import check_details
from reader.ingest.incoming import from_text
from reader.ingest.pipeline import store
from reader.models import Article, Project, Role, User
from tests.annotations.export_import.commands import export, run_import, without
from tests.factories import make_article, make_mark, make_member, make_project, make_user
from tests.feeds import take

pytestmark = pytest.mark.django_db


def test_a_lost_project_comes_back_as_it_was(project: Project, file: Path) -> None:
    before = export(project)
    call_command("export_annotations", project=project.slug, output=str(file))
    members = list(project.memberships.all())
    project.delete()
    again = make_project("ferry", description="One ferry", guidelines="Be *fair*.")
    for one in members:
        make_member(again, one.user, one.role)

    out, err, code = run_import(file, again)

    assert (out, err, code) == ("imported: 4, already here: 0, refused: 0\n", "", 0)
    times = ("exported_at", "updated_at")
    assert without(export(again), *times) == without(before, *times)


def test_merges_of_merges_come_back_also_where_some_are_merged_already(
    project: Project, file: Path
) -> None:
    office, port = (
        Speaker.objects.get(project=project, name=name)
        for name in ("Harbour office", "The Port Office")
    )
    unmerge(port)
    short = Speaker.objects.create(project=project, name="P. O.", aliases=["the port"])
    merge(short, port)
    merge(port, office)
    call_command("export_annotations", project=project.slug, output=str(file))
    copy = make_project("copy")
    known = [
        Speaker.objects.create(project=copy, name=name) for name in ("P. O.", "HARBOUR OFFICE", "H")
    ]
    merge(known[1], known[2])

    _, err, _ = run_import(file, copy)

    assert err == ""
    read_as = dict(Speaker.objects.filter(project=copy).values_list("name", "canonical__name"))
    assert read_as["P. O."] == read_as["The Port Office"] == read_as["HARBOUR OFFICE"] == "H"
    assert Speaker.objects.get(project=copy, name="P. O.").aliases == ["the port"]
    assert speaker_named(copy, "The Port").name == "P. O."


def test_a_copy_says_the_same_and_where_it_came_from(project: Project, file: Path) -> None:
    call_command("export_annotations", project=project.slug, output=str(file))
    copy = make_project("copy")
    for one in project.memberships.all():
        make_member(copy, one.user, one.role)

    run_import(file, copy)

    own = ("id", "project", "origin", "origin_id", "updated_at", "created_at")
    before, after = export(project)[1:], export(copy)[1:]
    assert without(after, *own) == without(before, *own)
    origins = {row["origin_id"] for row in after if row["record"] == "annotation"}
    assert origins == {row["id"] for row in before if row["record"] == "annotation"}
    assert {row.get("origin", "import") for row in after} == {"import"}


def test_a_second_import_makes_nothing_double(project: Project, file: Path) -> None:
    call_command("export_annotations", project=project.slug, output=str(file))
    copy = make_project("copy")
    run_import(file, copy)
    before = export(copy)

    assert run_import(file, copy)[0] == "imported: 0, already here: 4, refused: 0\n"
    assert run_import(file, project)[0] == "imported: 0, already here: 4, refused: 0\n"
    assert without(export(copy), "exported_at") == without(before, "exported_at")


def test_a_copy_of_a_copy_finds_its_way_home(project: Project, file: Path) -> None:
    """Ids that are free are kept; what was imported keeps the name it first had."""
    call_command("export_annotations", project=project.slug, output=str(file))
    copy = make_project("copy")
    run_import(file, copy)
    once = export(copy)
    call_command("export_annotations", project=copy.slug, output=str(file))
    copy.delete()
    run_import(file, make_project("copy"))

    assert without(export(Project.objects.get(slug="copy")), "exported_at", "updated_at") == (
        without(once, "exported_at", "updated_at")
    )


def test_the_moment_of_marking_is_kept(project: Project, article: Article, file: Path) -> None:
    row = {
        "kind": "quote",
        "url": article.url,
        "fragments": [{"exact": "Mira Okonjo"}],
        "created_at": "2024-02-29T10:30:00+02:00",
        "version": 7,
    }
    run_import(file, make_project(), [row])

    imported = Annotation.objects.get(project__slug="spill")
    assert imported.created_at == datetime(2024, 2, 29, 8, 30, tzinfo=UTC)
    assert imported.version == 7


def test_whose_they_are(project: Project, file: Path, alice: User, bob: User) -> None:
    call_command("export_annotations", project=project.slug, output=str(file))
    stays, nobody, taken = make_project("stays"), make_project("nobody"), make_project("taken")
    make_member(stays, alice)
    make_member(stays, bob, Role.VIEWER)
    make_member(taken, bob)
    run_import(file, stays)
    run_import(file, nobody)
    run_import(file, taken, email="bob@example.org")

    def annotators(project: Project) -> set[str]:
        return set(project.annotations.values_list("annotator__email", flat=True))

    assert annotators(stays) == {"alice@example.org", IMPORTER}
    assert annotators(nobody) == {IMPORTER}
    assert annotators(taken) == {"bob@example.org"}
    locked = User.objects.get(email=IMPORTER)
    assert not locked.is_active
    assert not locked.has_usable_password()


def test_only_annotators_may_take_them_on(project: Project, file: Path) -> None:
    make_member(project, make_user("vera@example.org"), Role.VIEWER)
    make_user("charlie@example.org")

    for email in ("vera@example.org", "charlie@example.org", "nobody@example.org"):
        with pytest.raises(CommandError, match="may annotate"):
            run_import(file, project, [], email=email)


def test_what_became_of_the_words_goes_out_and_is_not_taken_in(file, project, alice) -> None:
    text = "It was calm. The office denied it. Odo Fenn said that nobody had been told."
    article = make_article(project, text, url="https://courier.example/calm")
    changed, lost = (
        str(make_mark(project, article, words, by=alice).pk)
        for words in ("The office denied it", "nobody had been told")
    )
    now = "It was calm. The office has denied it."
    details = check_details({"url": "https://courier.example/calm", "title": "Calm"})
    store(from_text(now, details), project)
    reanchor_article(article.pk)
    rows = {row["id"]: row for row in export(project) if row["record"] == "annotation"}
    fetched = Article.objects.get(pk=article.pk).newest.fetched_at
    since = datetime.fromisoformat(rows[lost]["change"]["since"])
    assert since == fetched
    assert rows[lost]["change"] | {"since": ""} == {
        "status": "orphaned",
        "since": "",
        "words": "",
        "decision": "",
    }
    assert rows[changed]["change"]["words"] == "The office has denied it"
    assert rows[changed]["fragments"][0]["exact"] == "The office denied it"
    assert rows[changed]["article"]["revision"] == 1
    assert all(row["change"] is None for id_, row in rows.items() if id_ not in (changed, lost))
    Annotation.objects.all().delete()
    for job in ProcrastinateJob.objects.filter(task_name="reanchor"):
        take(job)
    sent = [rows[changed], rows[lost] | {"change": "anything"}]
    assert run_import(file, project, sent)[2] == 0
    assert ProcrastinateJob.objects.filter(task_name="reanchor").count() == 1
    reanchor_article(article.pk)
    again = {row["id"]: row for row in export(project) if row["record"] == "annotation"}
    assert [again[id_]["fragments"] for id_ in (changed, lost)] == [
        rows[id_]["fragments"] for id_ in (changed, lost)
    ]
    assert again[lost]["change"] == rows[lost]["change"]
