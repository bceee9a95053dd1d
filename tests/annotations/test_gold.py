"""A human reading of two real articles lands on the right words, with all that it says."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from annotations.models import AnchorMaker, Annotation
from annotations.queries.passages import passages
from reader.ingest.pipeline import store_all
from reader.ingest.sources import Sources
from reader.models import Project
from tests.factories import make_project

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
GOLD = SEEDS / "gold.jsonl"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not GOLD.exists(), reason="the seeds are not beside the checkout"),
]


@pytest.fixture
def project() -> Project:
    project = make_project()
    files = [str(file) for file in sorted(SEEDS.glob("*.txt"))]
    store_all(list(Sources(files, io.BytesIO(), lambda size: None)), project)
    return project


def test_every_row_says_what_it_said(project: Project) -> None:
    out = io.StringIO()
    call_command("import_annotations", str(GOLD), project=project.slug, stdout=out)

    rows = {row["id"]: row for row in map(json.loads, GOLD.read_text().splitlines())}
    assert out.getvalue().startswith("imported: 32 (32 of them placed by their words)")
    assert len(rows) == 32
    origins = dict(Annotation.objects.values_list("id", "origin_id"))
    for passage in passages(Annotation.objects.filter(project=project)):
        row = rows.pop(origins[passage.id])
        assert passage.kind == row["kind"]
        assert passage.wording == row["wording"]
        assert passage.cue == (row["cue"] or "")
        assert set(passage.flags) == set(row["flags"])
        for role in ("speakers", "on_behalf_of", "relayed_by", "targets"):
            assert [who.name for who in getattr(passage, role)] == row[role]
        links = [(link.statement, link.scope, link.unsure) for link in passage.links]
        assert links == [
            (one["claim"], one["scope"].replace(" ", "_"), one["unsure"]) for one in row["claims"]
        ]
    assert not rows


def test_every_fragment_stands_at_its_words(project: Project) -> None:
    call_command("import_annotations", str(GOLD), project=project.slug, stdout=io.StringIO())

    rows = {row["id"]: row for row in map(json.loads, GOLD.read_text().splitlines())}
    for annotation in Annotation.objects.filter(project=project):
        anchor = annotation.anchors.select_related("revision").get(made_by=AnchorMaker.PERSON)
        row = rows.pop(annotation.origin_id)
        raw = (SEEDS / row["file"]).read_text(encoding="utf-8")
        # The import took a leading date away, and nothing else.
        assert raw.endswith(anchor.revision.text)
        cut = len(raw) - len(anchor.revision.text)
        assert [(one.start + cut, one.end + cut) for one in anchor.fragments.all()] == [
            (one["start"], one["end"]) for one in row["fragments"]
        ]
        assert [anchor.revision.text[one.start : one.end] for one in anchor.fragments.all()] == [
            one["exact"] for one in row["fragments"]
        ]
    assert not rows


def test_a_second_import_makes_nothing_double(project: Project) -> None:
    call_command("import_annotations", str(GOLD), project=project.slug, stdout=io.StringIO())
    out = io.StringIO()
    call_command("import_annotations", str(GOLD), project=project.slug, stdout=out)

    assert out.getvalue() == "imported: 0, already here: 32, refused: 0\n"
    assert Annotation.objects.count() == 32
