"""`manage.py import_articles`: what goes in, what is said, and how it ends."""

import json
import os
import sys
from io import BufferedReader, BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reader.management.commands import import_articles
from reader.models import Article, OldSlug, Project, ProjectArticle, Revision, Visibility
from tests.factories import make_project

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"

pytestmark = pytest.mark.django_db


class Run:
    """One run of the command: what it wrote, and its exit code."""

    def __init__(self, *arguments: str | Path) -> None:
        out, err = StringIO(), StringIO()
        self.code = 0
        try:
            call_command("import_articles", *map(str, arguments), stdout=out, stderr=err)
        except SystemExit as ended:
            self.code = int(ended.code or 0)
        self.out, self.err = out.getvalue(), err.getvalue()
        self.summary = self.out.splitlines()[-1]


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def jsonl(*rows: dict[str, str]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def counts(**given: int) -> str:
    names = ("imported", "revised", "completed", "unchanged", "refused")
    return ", ".join(f"{name}: {given.get(name, 0)}" for name in names)


def test_a_text_file_twice_then_changed(tmp_path: Path) -> None:
    file = write(tmp_path / "ferry.txt", "The ferry ran aground.\n\nNobody was hurt.\n")
    assert Run(file).summary == counts(imported=1)
    assert Run(file).summary == counts(unchanged=1)
    write(file, "The ferry did not run aground.\n")
    run = Run(file)
    assert run.summary == counts(revised=1)
    assert run.code == 0
    article = Article.objects.get()
    assert article.scope is None
    assert article.file_name == "ferry.txt"
    assert article.title_derived
    assert article.current_revision.number == 2
    assert bytes(article.current_revision.raw) == file.read_bytes()


def test_into_a_project_that_is_made(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", "One.")
    run = Run(file, "--project", "ferry-affair")
    assert "Made the private project “Ferry affair” (ferry-affair)." in run.out
    project = Project.objects.get()
    assert project.visibility == Visibility.PRIVATE
    assert project.guidelines
    assert Article.objects.get().scope == project
    assert ProjectArticle.objects.get().project == project
    again = Run(file, "--project", "ferry-affair")
    assert "Made" not in again.out
    assert again.summary == counts(unchanged=1)


def test_into_a_project_by_its_name_or_former_address(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", "One.")
    Run(file, "--project", "Ferry & Quay")
    project = Project.objects.get(slug="ferry-quay", name="Ferry & Quay")
    OldSlug.objects.create(slug="old", project=project)
    assert Run(file, "--project", "old").summary == counts(unchanged=1)
    with pytest.raises(CommandError, match="cannot be a project's address"):
        Run(file, "--project", "«»")


def test_a_folder_in_order(tmp_path: Path) -> None:
    write(tmp_path / "b.txt", "Bee.")
    write(tmp_path / "a.HTML", "<p>Ay.</p>")
    write(tmp_path / "sub" / "a.txt", "Sub.")
    write(tmp_path / "rows.jsonl", jsonl({"text": "Row."}))
    write(tmp_path / "photo.jpg", b"\xff\xd8\xff")
    write(tmp_path / ".hidden.txt", "No.")
    write(tmp_path / ".git" / "c.txt", "No.")
    run = Run(tmp_path)
    assert run.summary == counts(imported=4)
    names = Article.objects.exclude(file_name="").order_by("id").values_list("file_name", flat=True)
    assert sorted(names) == ["a.HTML", "b.txt", "sub/a.txt"]
    assert Run(tmp_path).summary == counts(unchanged=4)


def test_files_of_one_name_are_not_taken_for_each_other(tmp_path: Path) -> None:
    one = write(tmp_path / "one" / "index.html", "<p>One.</p>")
    two = write(tmp_path / "two" / "index.html", "<p>Two.</p>")
    run = Run(one, two, one)
    assert run.summary == counts(imported=1, unchanged=1, refused=1)
    assert f"refused: {two}: {one} has the same name" in run.err
    assert Run(tmp_path).summary == counts(imported=1, unchanged=1)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"One\0two.", "The file contains NUL characters"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "The file is an image, not text."),
        ("a.txt", b"x" * 2_000_001, "The file has 2.0 MB; 2 MB is the most."),
        ("a.html", b"<p>" + b"x" * 2_000_001, "The file has 2.0 MB; 2 MB is the most."),
        ("a.txt", b" \n\n", "There is no text in the file."),
        ("a.html", b"<script>x</script>", "There is no text in the HTML."),
        ("a.docx", b"PK", "It is no .txt, .html, .htm or .jsonl file."),
    ],
)
def test_refused_files(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    bad = write(tmp_path / name, content)
    good = write(tmp_path / "good.txt", "Good.")
    run = Run(bad, good)
    assert run.code == 1
    assert run.summary == counts(imported=1, refused=1)
    assert run.err.startswith(f"refused: {bad}: {reason}")


def test_no_such_file_and_nothing_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    run = Run(tmp_path / "gone.txt", tmp_path / "empty")
    assert run.code == 1
    assert "gone.txt: It cannot be read: No such file or directory." in run.err
    assert "empty: There is no .txt, .html, .htm or .jsonl file in it." in run.err


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Caf\u00e9.\r\n\r\nTwo.".encode("utf-8-sig"), "Café.\n\nTwo."),
        ("“Café”, they said.".encode("cp1252"), "“Café”, they said."),
        ("Cafe\u0301.".encode(), "Café."),
    ],
)
def test_text_as_it_really_comes(tmp_path: Path, content: bytes, text: str) -> None:
    Run(write(tmp_path / "a.txt", content))
    assert Revision.objects.get().text == text


def test_rows_with_bad_ones_in_the_middle(tmp_path: Path) -> None:
    file = write(
        tmp_path / "rows.jsonl",
        jsonl({"text": "One.", "url": "https://courier.example/1"})
        + "{bad}\n"
        + jsonl(
            {"text": "Two.", "url": "not an address"},
            {"text": "Two.", "url": "https://courier.example/2"},
            {"text": "One.", "url": "https://www.courier.example/1/"},
            {"text": "One, corrected.", "url": "https://courier.example/1"},
        ),
    )
    run = Run(file)
    assert run.code == 1
    assert run.summary == counts(imported=2, unchanged=1, revised=1, refused=2)
    assert f"refused: {file}:2: The line is not JSON: " in run.err
    assert f"refused: {file}:3: “not an address” is not the address of a page" in run.err
    texts = Article.objects.order_by("url").values_list("current_revision__text", flat=True)
    assert list(texts) == ["One, corrected.", "Two."]


def pipe(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BufferedReader(BytesIO(content))))


@pytest.mark.parametrize(
    ("content", "count", "text"),
    [
        (b'\n {"text": "Row."}\n{"text": "Row 2."}\n', 2, "Row."),
        (b"\xef\xbb\xbf" + b'{"text": "Row."}', 1, "Row."),
        (b"\n\nPlain {text}.\n", 1, "Plain {text}."),
        (b"<!doctype html><p>Page.", 1, "Page."),
    ],
)
def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, content: bytes, count: int, text: str
) -> None:
    pipe(monkeypatch, content)
    assert Run("-").summary == counts(imported=count)
    assert Revision.objects.order_by("id").first().text == text


def test_standard_input_that_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, b"")
    run = Run("-")
    assert run.code == 1
    assert "refused: standard input: There is no text in the file." in run.err


def test_what_articles_do_not_say_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "mo")
    options = ("--publication", "The Courier", "--published-on", "2020-05", "--language", "en")
    stated = {"text": "One.", "publication": "The Mercantile", "published_on": "2021-01-02"}
    Run(write(tmp_path / "rows.jsonl", jsonl(stated, {"text": "Two."})), *options)
    one = Article.objects.get(title="One.")
    two = Article.objects.get(title="Two.")
    assert (str(one.publication), one.published_precision) == ("The Mercantile", "day")
    assert one.date_set_at is None
    assert (str(two.publication), two.published_precision) == ("The Courier", "month")
    assert two.date_set_login == "mo"
    assert two.date_set_at is not None
    assert one.language == two.language == "en"


def test_a_date_is_set_by_hand_afterwards(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", "One.")
    Run(file)
    assert Run(file, "--published-on", "2020-05-29").summary == counts(completed=1)
    article = Article.objects.get()
    assert article.published_on.isoformat() == "2020-05-29"
    assert article.date_set_login
    assert Run(file, "--published-on", "2021-01-01").summary == counts(unchanged=1)


def test_a_date_set_where_people_have_no_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise KeyError

    monkeypatch.setattr(import_articles, "getuser", nobody)
    Run(write(tmp_path / "a.txt", "One."), "--published-on", "2020")
    assert Article.objects.get().date_set_login == f"uid {os.getuid()}"


def test_wrong_options_import_nothing(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", "One.")
    with pytest.raises(CommandError, match="is not a date"):
        Run(file, "--published-on", "yesterday")
    assert not Article.objects.exists()


def test_projects_do_not_share_articles(tmp_path: Path) -> None:
    make_project("one")
    make_project("two")
    file = write(tmp_path / "a.txt", "One.")
    for options in (("--project", "one"), ("--project", "two"), ()):
        assert Run(file, *options).summary == counts(imported=1)
    assert Article.objects.count() == 3


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here")
def test_the_seeds() -> None:
    assert Run(SEEDS / "000_3665c1a7cd33e9ef.txt", SEEDS / "001_080665838bcccbe7.txt").code == 0
    first, second = Article.objects.order_by("file_name").select_related("current_revision")
    assert first.published_on is None
    assert first.current_revision.text.startswith("China on Friday said")
    assert first.title_derived
    assert (second.published_on.isoformat(), second.published_precision) == ("2021-03-29", "day")
    assert second.current_revision.text.startswith("China would welcome")
    assert second.date_set_at is None
    run = Run(SEEDS / "000_3665c1a7cd33e9ef.txt", SEEDS / "001_080665838bcccbe7.txt")
    assert run.summary == counts(unchanged=2)
