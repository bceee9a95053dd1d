"""The two commands, as tests call them, and two texts to mark."""

import io
import json
from pathlib import Path
from typing import Any

from django.core.management import call_command

from reader.models import Project

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


def without(rows: list[Row], *keys: str) -> list[Row]:
    """The rows without these keys, in an order of their own words."""
    kept = [{key: row[key] for key in row if key not in keys} for row in rows]
    return sorted(kept, key=lambda row: json.dumps(row, sort_keys=True))
