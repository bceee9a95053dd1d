"""The documentation names what there is, and nothing else."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = {name for name, app in get_commands().items() if app in {"reader", "annotations"}}


def test_every_setting_is_documented() -> None:
    read = re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "reader/settings.py").read_text())
    listed = re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/settings.md").read_text(), re.MULTILINE)
    assert set(listed) == set(read)


def test_the_environment_is_read_in_the_settings_alone() -> None:
    for path in (*ROOT.glob("reader/**/*.py"), *ROOT.glob("annotations/**/*.py")):
        if path != ROOT / "reader/settings.py":
            assert not re.search(r"os\.environ(\.get\(|\[)[^]]*\](?! ?=)", path.read_text()), path


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`{command}" in (ROOT / "README.md").read_text()


def test_the_readme_opens_with_the_two_commands() -> None:
    opening = (ROOT / "README.md").read_text().split("```")[1]
    assert "make demo" in opening
    assert "make test" in opening


def test_links_between_documents_lead_somewhere() -> None:
    for document in (ROOT / "README.md", *ROOT.glob("docs/*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name} → {target}"
