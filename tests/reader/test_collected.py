"""Collecting static files only when they changed."""

import pytest
from django.contrib.staticfiles import finders

from reader.collected import collect_if_changed


@pytest.fixture
def source(settings, tmp_path):
    """A folder of static files, the only one."""
    folder = tmp_path / "static"
    folder.mkdir()
    (folder / "page.css").write_text("p {}")
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATICFILES_DIRS = [folder]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    finders.get_finder.cache_clear()
    yield folder
    finders.get_finder.cache_clear()


def test_collected_once_and_again_after_a_change(source, settings):
    assert collect_if_changed()
    assert not collect_if_changed()
    (source / "page.css").write_text("p { color: inherit }")
    assert collect_if_changed()
    assert (settings.STATIC_ROOT / "page.css").read_text() == "p { color: inherit }"


def test_collected_again_where_the_result_was_removed(source, settings):
    collect_if_changed()
    for path in settings.STATIC_ROOT.iterdir():
        path.unlink()
    settings.STATIC_ROOT.rmdir()
    assert collect_if_changed()
