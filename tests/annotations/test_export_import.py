"""What goes out comes back: nothing lost, nothing double, nothing guessed."""

import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from annotations.models import Annotation, Claim, Speaker, SpeakerType
from annotations.services.importing import IMPORTER
from annotations.services.marking import delete
from annotations.services.merging import merge, unmerge
from annotations.services.reanchoring import reanchor_article
from annotations.services.speakers import speaker_named
from reader.ingest.details import check_details
from reader.ingest.incoming import from_text
from reader.ingest.pipeline import store
from reader.models import Article, Project, ProjectArticle, Role, User
from tests.factories import make_article, make_mark, make_member, make_project, make_user
from tests.feeds import take

pytestmark = pytest.mark.django_db

Row = dict[str, Any]
HARBOUR = (
    "The harbour office denied on Monday that the ferry had run aground 😀.\n\n"
    "“Nothing touched the ground,” said Mira Okonjo, its director. “Nothing at all.”\n\n"
    "Two officials said that the ferry had run aground twice."
)
LATER = "The ferry was back on Friday.\n\n“Nothing touched the ground,” the office said again."


def export(project: Project) -> list[Row]:
    out = io.StringIO()
    call_command("export_annotations", project=project.slug, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def run_import(
    path: Path, project: Project, rows: list[Row] | None = None, **options: Any
) -> tuple[str, str, int]:
    """The command's output, its complaints, and its exit code."""
    if rows is not None:
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command(
            "import_annotations", str(path), project=project.slug, stdout=out, stderr=err, **options
        )
    except SystemExit as exit_:
        code = int(exit_.code or 0)
    return out.getvalue(), err.getvalue(), code


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "annotations.jsonl"


@pytest.fixture
def alice() -> User:
    return make_user("alice@example.org")


@pytest.fixture
def bob() -> User:
    return make_user("bob@example.org")


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


def without(rows: list[Row], *keys: str) -> list[Row]:
    """The rows without these keys, in an order of their own words."""
    kept = [{key: row[key] for key in row if key not in keys} for row in rows]
    return sorted(kept, key=lambda row: json.dumps(row, sort_keys=True))


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


def test_a_dry_run_writes_nothing(project: Project, file: Path) -> None:
    call_command("export_annotations", project=project.slug, output=str(file))
    copy = make_project("copy")

    out, _, code = run_import(file, copy, dry_run=True)

    assert (out, code) == ("Nothing was written. imported: 4, already here: 0, refused: 0\n", 0)
    assert len(export(copy)) == 1
    assert not User.objects.filter(email=IMPORTER).exists()


def test_one_bad_row_stops_nothing_else(project: Project, article: Article, file: Path) -> None:
    good = {"kind": "quote", "url": article.url, "fragments": [{"exact": "Mira Okonjo"}]}
    bad: list[tuple[Row, str]] = [
        ({"fragments": [{"exact": "Mina Okonjo"}]}, "“Mina Okonjo” do not stand in the text"),
        ({"fragments": [{"exact": "run aground"}]}, "stand 2 times in the text: say which"),
        ({"fragments": []}, "Nothing is selected"),
        ({"url": "https://courier.example/9"}, "There is no article “https://courier.example/9”"),
        ({"kind": "rumour"}, "Choose quote, allegation or denial"),
        ({"wording": "rough"}, "Choose verbatim, paraphrase or mixed"),
        ({"flags": ["loud"]}, "There is no flag “loud”"),
        ({"cue": "s" * 201}, "A cue is a word or two"),
        ({"speakers": ["s" * 201]}, "A name has 201 characters"),
        ({"speakers": ["s"] * 21}, "At most 20 names as speaker"),
        ({"speakers": [{"name": "Iga", "type": "ship"}]}, "There is no type of speaker “ship”"),
        ({"claims": ["c" * 501]}, "A claim has 500 characters at most"),
        ({"claims": [{"claim": "That", "scope": "half"}]}, "There is no scope “half”"),
        ({"claims": [{"claim": "That", "part": "p" * 301}]}, "A part of a claim has 300"),
        ({"id": "i" * 201}, "An id has 200 characters at most"),
        ({"record": "speaker", "name": "Iga", "type": "ship"}, "no type of speaker “ship”"),
        ({"record": "speaker", "name": "Iga", "aliases": ["n" * 201]}, "An alias has 200"),
        ({"record": "speaker", "name": "n" * 201}, "too long for a name"),
        ({"record": "claim", "statement": "c" * 501}, "The claim has 501 characters"),
        ({"record": "claim", "statement": "That", "broader": "that"}, "broader than itself"),
        ({"record": "claim", "statement": "That", "merged_into": "that"}, "can't be merged"),
    ]
    into = make_project()
    rows = [good | changes for changes, _ in bad]

    out, err, code = run_import(file, into, [*rows, good])

    assert code == 1
    assert out.startswith("imported: 1 (1 of them placed by their words)")
    assert out.endswith(f"refused: {len(bad)}\n")
    complaints = err.splitlines()
    for line, ((_, reason), complaint) in enumerate(zip(bad, complaints, strict=True), 1):
        assert complaint.startswith(f"line {line}: ")
        assert reason in complaint


def test_lines_that_are_no_rows_are_told(article: Article, file: Path) -> None:
    row = {"kind": "quote", "url": article.url, "fragments": [{"exact": "Mira Okonjo"}]}
    lines = [b"\xef\xbb\xbf" + json.dumps(row).encode(), b"", b"\xff", b"{", b'{"record": "x"}']
    file.write_bytes(b"\r\n".join(lines))

    out, err, code = run_import(file, make_project())

    assert (code, out.partition(",")[0]) == (1, "imported: 1 (1 of them placed by their words)")
    assert err.splitlines()[0] == "line 3: The line is not UTF-8."
    assert err.splitlines()[1].startswith("line 4: The line is not JSON")


def test_a_line_without_end_is_told(
    article: Article, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotations.management.commands.import_annotations.MAX_LINE", 500)
    row = {"kind": "quote", "url": article.url, "fragments": [{"exact": "Mira Okonjo"}]}

    out, err, _ = run_import(file, make_project(), [row | {"note": "n" * 2000}, row])

    assert err.startswith("line 1: The line is longer than")
    assert "imported: 1" in out


def test_offsets_are_certain_only_in_the_text_they_count_in(article: Article, file: Path) -> None:
    start = HARBOUR.index("run aground 😀")
    row = {
        "kind": "quote",
        "article": {"url": article.url, "text_sha256": article.current_revision.sha256},
        "fragments": [{"exact": "run aground", "start": start + 1, "end": start + 12}],
    }
    elsewhere = row | {"article": {"url": article.url, "text_sha256": "0" * 64}}

    out, err, _ = run_import(file, make_project(), [row, elsewhere])

    assert "line 1: The text has other words at that place" in err
    assert "imported: 1 (1 of them placed by their words)" in out


def test_other_words_under_the_same_id_are_told(article: Article, file: Path) -> None:
    row = {"id": "7", "kind": "quote", "url": article.url, "fragments": [{"exact": "Mira Okonjo"}]}
    into = make_project()
    run_import(file, into, [row])

    out, err, code = run_import(file, into, [row | {"fragments": [{"exact": "its director"}]}, row])

    assert (out, code) == ("imported: 0, already here: 1, refused: 1\n", 1)
    assert "line 1: The annotation “7” is here already, as quote of “Mira Okonjo”" in err


def test_rows_without_an_id_are_known_by_what_they_say(article: Article, file: Path) -> None:
    row = {"kind": "quote", "url": article.url, "fragments": [{"exact": "Mira Okonjo"}]}
    other = row | {"note": "She again."}
    into = make_project()

    assert "imported: 2" in run_import(file, into, [row, row, other])[0]
    assert "imported: 0" in run_import(file, into, [other, row])[0]


def test_imports_add_to_what_is_known_and_replace_nothing(article: Article, file: Path) -> None:
    into = make_project()
    Speaker.objects.create(
        project=into, name="Harbour Office", type=SpeakerType.STATE, note="Ours.", aliases=["Port"]
    )
    speaker = {
        "record": "speaker",
        "name": "harbour office",
        "type": "organisation",
        "note": "Theirs.",
        "aliases": ["Port", "Port office"],
    }
    quote = {"kind": "quote", "url": article.url, "fragments": [{"exact": "Mira Okonjo"}]}
    run_import(file, into, [speaker, quote | {"speakers": ["port office"]}])

    known = Speaker.objects.get(project=into)
    assert (known.name, known.type, known.note) == ("Harbour Office", "state", "Ours.")
    assert known.aliases == ["Port", "Port office"]
    assert known.attributions.count() == 1


def test_a_name_is_not_taken_for_somebody_elses_alias(
    project: Project, article: Article, file: Path
) -> None:
    Speaker.objects.filter(project=project, name="Harbour office").update(aliases=["The Courier"])
    Speaker.objects.create(project=project, name="Two officials")
    copy = make_project("copy")
    call_command("export_annotations", project=project.slug, output=str(file))
    run_import(file, copy)

    own = ("id", "project", "origin", "origin_id", "updated_at", "created_at", "annotator")
    assert without(export(copy)[1:], *own) == without(export(project)[1:], *own)


def test_an_unnamed_source_is_nobody_elsewhere(article: Article, file: Path) -> None:
    other = make_article(None, LATER, title="Back", url="https://courier.example/2")
    source = {"name": "Two officials", "only_here": True}
    rows = [
        {"kind": "quote", "url": one.url, "fragments": [{"exact": "ferry", "occurrence": 1}]}
        | {"speakers": [speaker]}
        for one in (article, other)
        for speaker in (source, "two officials")
    ]
    rows[1]["kind"] = rows[3]["kind"] = "allegation"
    run_import(file, make_project(), rows)

    assert list(Speaker.objects.order_by("article").values_list("article", "type")) == [
        (article.pk, SpeakerType.UNNAMED),
        (other.pk, SpeakerType.UNNAMED),
    ]


def test_an_article_of_another_project_is_not_found(file: Path) -> None:
    hidden = make_article(
        make_project("hidden"), LATER, title="Back", url="https://courier.example/2"
    )
    into = make_project()
    rows = [
        {"kind": "quote", "fragments": [{"exact": "Friday"}], "article": way}
        for way in ({"id": str(hidden.pk)}, {"url": hidden.url}, {"title": "Back"})
    ]

    _, err, code = run_import(file, into, rows)

    assert (code, err.count("There is no article")) == (1, 3)


def test_one_address_in_library_and_project_means_the_projects(file: Path) -> None:
    into = make_project()
    make_article(None, LATER, title="Back", url="https://courier.example/2")
    own = make_article(into, LATER, title="Back", url="https://courier.example/2")
    row = {"kind": "quote", "url": own.url, "fragments": [{"exact": "Friday"}]}
    run_import(file, into, [row])

    assert Annotation.objects.get().article == own


def test_articles_alike_are_told_apart_or_refused(file: Path) -> None:
    into = make_project()
    for number in (1, 2):
        make_article(into, LATER, title="Back", url=f"https://courier.example/{number}")
    third = make_article(into, HARBOUR, title="Back", url="https://courier.example/3")
    row = {"kind": "quote", "fragments": [{"exact": "Mira Okonjo"}]}
    assert third.current_revision
    sha256 = third.current_revision.sha256

    out, err, _ = run_import(
        file, into, [row | {"title": "Back"}, row | {"title": "Back", "text_sha256": sha256}]
    )

    assert "line 1: Several articles fit “Back”" in err
    assert "imported: 1" in out


def test_an_annotated_article_belongs_to_the_project(article: Article, file: Path) -> None:
    into = make_project()
    row = {"kind": "quote", "url": article.url, "fragments": [{"exact": "Mira Okonjo"}]}
    run_import(file, into, [row])

    assert ProjectArticle.objects.filter(project=into, article=article).exists()
    assert Project.objects.get(pk=into.pk).version > into.version


def test_a_file_is_there_whole_or_not_at_all(
    project: Project, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("before")
    monkeypatch.setattr("annotations.queries.exporting._annotation", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        call_command("export_annotations", project=project.slug, output=str(file))
    assert file.read_text() == "before"
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_what_is_not_there_is_told(file: Path) -> None:
    project = make_project()
    with pytest.raises(CommandError, match="There is no project “other”"):
        call_command("export_annotations", project="other")
    with pytest.raises(CommandError, match="There is no project “other”"):
        call_command("import_annotations", "-", project="other")
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run_import(file, project)
    with pytest.raises(CommandError, match="cannot be written: No such file"):
        call_command("export_annotations", project="spill", output=str(file / "deeper"))


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
