"""What comes in: nothing is guessed, and what is wrong is told."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotations.models import Speaker, SpeakerType
from annotations.services.importing import IMPORTER
from reader.models import Article, Project, User
from tests.annotations.export_import.commands import (
    HARBOUR,
    LATER,
    Row,
    export,
    run_import,
    without,
)
from tests.factories import make_article, make_project

pytestmark = pytest.mark.django_db


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
        ({"record": "claim", "statement": "That A", "broader": "that a"}, "broader than itself"),
        ({"record": "claim", "statement": "That A", "merged_into": "that a"}, "can't be merged"),
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
