"""The sample newsroom: invented people, two dossiers, and what is marked in their articles."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone

from annotations.formats.reading import record_of
from annotations.formats.records import Record
from annotations.services.importing import Result, import_annotations
from annotations.services.placing import put_in
from reader.ingest.details import check_details
from reader.ingest.incoming import Incoming, from_page
from reader.ingest.pictures import make
from reader.ingest.pipeline import store_all
from reader.models import Article, Membership, OldSlug, Picture, Project, Role, User
from reader.services.people import create_person
from reader.services.pictures import record
from reader.services.projects import ProjectSettings, create_project, default_guidelines

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
PASSWORD = "on the record"  # noqa: S105  # of invented people, whose site anybody may try out

Row = dict[str, Any]


class IncompleteSamples(ValueError):
    """The sample files don't fit one another."""


@dataclass(frozen=True, slots=True)
class Account:
    """A sample person, and the highest role they have in a sample project."""

    name: str
    email: str
    role: Role


@transaction.atomic
def load_samples() -> list[Project]:
    """Make the sample projects that are missing, with all that belongs to them.

    What is there already stays as it is, whatever has been done to it.

    Returns:
        The projects that were made.

    Raises:
        IncompleteSamples: a sample annotation finds no place.
    """
    newsroom = _newsroom()
    missing = [row for row in newsroom["projects"] if not _is_there(row["slug"])]
    if not missing:
        return []
    people = {row["email"]: _person(row) for row in newsroom["people"]}
    return [_make(row, people) for row in missing]


def accounts() -> list[Account]:
    """The people of the newsroom."""
    newsroom = _newsroom()
    roles: dict[str, list[Role]] = {}
    for project in newsroom["projects"]:
        for member in project["members"]:
            roles.setdefault(member["email"], []).append(Role(member["role"]))
    return [
        Account(row["name"], row["email"], max(roles[row["email"]], key=lambda role: role.rank))
        for row in newsroom["people"]
    ]


def _is_there(slug: str) -> bool:
    return Project.objects.filter(slug=slug).exists() or OldSlug.objects.filter(slug=slug).exists()


def _person(row: Row) -> User:
    known = User.objects.filter(email=row["email"]).first()
    return known or create_person(row["email"], row["name"], PASSWORD)


def _make(row: Row, people: dict[str, User]) -> Project:
    owners = [one["email"] for one in row["members"] if one["role"] == Role.OWNER]
    settings = ProjectSettings(
        name=row["name"],
        slug=row["slug"],
        description=row["description"],
        guidelines=f"{row['guidelines_intro']}\n\n{default_guidelines()}",
        visibility=row["visibility"],
        readers_see=row["readers_see"],
        contact=row["contact"],
    )
    project = create_project(settings, people[owners[0]])
    Membership.objects.bulk_create(
        Membership(project=project, user=people[one["email"]], role=one["role"])
        for one in row["members"]
        if one["email"] != owners[0]
    )
    incoming = [_article(one) for one in _rows("articles") if row["slug"] in one["projects"]]
    # In the library, so that a sample project may be left and an article still be read.
    stored = [outcome.article_id for outcome in store_all(incoming, None)]
    for article in Article.objects.select_related("current_revision").filter(pk__in=stored):
        put_in(project, article, people[owners[0]])
        _give_pictures(article)
    for outcome in import_annotations(project, enumerate(_records(row, timezone.now()), 1)):
        if outcome.result == Result.REFUSED:
            raise IncompleteSamples(f"{row['slug']}, record {outcome.line}: {outcome.reason}")
    return project


def _article(row: Row) -> Incoming:
    html = (SAMPLES / "articles" / row["file"]).read_text(encoding="utf-8")
    given = {key: row[key] or "" for key in row if key not in {"file", "projects"}}
    return replace(from_page(html, check_details(given)), file_name=row["file"])


def _give_pictures(article: Article) -> None:
    """The article's pictures, as if they had come from their invented addresses."""
    for source in article.newest.document.pictures():
        file = SAMPLES / "pictures" / f"{PurePosixPath(urlsplit(source).path).stem}.webp"
        picture, is_new = Picture.objects.get_or_create(article=article, source=source)
        if is_new:
            record(picture, make(file.read_bytes()))


def _records(project: Row, now: datetime) -> Iterator[Record | None]:
    """What the project knows and marks, as records; the marks were made in the file's order."""
    statements = {claim["id"]: claim["statement"] for claim in project["claims"]}
    for speaker in project["speakers"]:
        article = {"file": speaker["file"]} if "file" in speaker else None
        yield record_of({**speaker, "record": "speaker", "article": article})
    for claim in project["claims"]:
        yield record_of(
            {
                "record": "claim",
                "statement": claim["statement"],
                "broader": statements.get(claim["broader"]),
            }
        )
    marks = [row for row in _rows("annotations") if row["project"] == project["slug"]]
    for position, row in enumerate(marks):
        made = now + timedelta(microseconds=position)
        yield record_of(
            {
                **row,
                # The same in every newsroom, so that a link in the documentation stays good.
                "id": str(uuid5(NAMESPACE_URL, f"on-record:samples:{row['id']}")),
                "origin": "hand",
                "origin_id": row["id"],
                "claims": [{**one, "claim": statements[one["claim"]]} for one in row["claims"]],
                "created_at": made.isoformat(),
            }
        )


def _newsroom() -> Row:
    found: Row = json.loads((SAMPLES / "projects.json").read_text(encoding="utf-8"))
    return found


def _rows(name: str) -> list[Row]:
    lines = (SAMPLES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]
