"""Where the server lies, above all when root runs it."""

import os
import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reader.database import place

as_root = pytest.mark.skipif(os.getuid() != 0, reason="only root runs the server as somebody else")


@pytest.fixture
def state_dir(data_dir, monkeypatch) -> Path:
    """What stands for /var/lib/on-record."""
    state = data_dir / "state"
    monkeypatch.setattr(place, "STATE_DIR", state)
    return state


@pytest.fixture
def private(data_dir) -> Path:
    """A private home."""
    folder = data_dir / "home"
    folder.mkdir(mode=0o700)
    return folder


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_no_folder_is_opened(private, state_dir):
    place.find(private / "site" / "var")
    assert mode(private) == 0o700


@as_root
def test_data_under_a_private_home_lie_elsewhere_and_are_found_again(private, state_dir, capsys):
    found = place.find(private / "var")
    assert found.home.parent == state_dir
    assert str(found.home) in capsys.readouterr().err
    assert place.find(private / "var") == found
    assert capsys.readouterr().err == ""


@as_root
def test_all_that_start_at_once_agree_on_one_folder(private, state_dir):
    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(place.find, [private / "var"] * 8))
    assert len(found) == 1
    assert [folder.name for folder in state_dir.iterdir()] == [found.pop().home.name]


@as_root
def test_a_removed_data_dir_starts_anew(private, state_dir):
    first = place.find(private / "var")
    shutil.rmtree(private / "var")
    assert place.find(private / "var").home != first.home


@as_root
def test_a_home_made_private_later_is_an_error_that_names_it(private, state_dir):
    private.chmod(0o755)
    place.find(private / "var")
    private.chmod(0o700)
    with pytest.raises(place.ServerError, match=str(private)):
        place.find(private / "var")


@as_root
def test_root_serves_an_ordinary_users_data_as_that_user(data_dir):
    data = data_dir / "postgres" / "data"
    data.mkdir(parents=True)
    os.chown(data, 12345, 12345)
    assert place.find(data_dir).account == place.Account(12345, 12345)


@as_root
def test_programs_in_a_private_home_are_copied(private, state_dir, monkeypatch):
    package = private / place.PACKAGE
    installed = place.client_program("postgres").parents[2]
    shutil.copytree(installed, package, symlinks=True)
    libraries = installed.with_name(f"{place.PACKAGE}.libs")
    if libraries.exists():
        shutil.copytree(libraries, private / libraries.name)
    monkeypatch.setattr(place, "_package", lambda: package)
    place.server_programs.cache_clear()
    account = place._unprivileged_account()
    try:
        programs = place.server_programs(account)
    finally:
        place.server_programs.cache_clear()
    assert state_dir in programs.parents
    for program in ("initdb", "postgres", "psql"):
        assert place.can_run([str(programs / program), "--version"], account)
    assert mode(private) == 0o700
