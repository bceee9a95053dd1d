"""Several processes, some of them killed, on one embedded server."""

import os
import signal
import stat
import subprocess
from pathlib import Path

import pytest

from reader.database import place, postgres
from tests.embedded import answers
from tests.served import until

NEW_TABLE = "DROP TABLE IF EXISTS kept; CREATE TABLE kept (n int)"
INSERT = "INSERT INTO kept SELECT count(*) + 1 FROM kept"
STARTED = "SELECT pg_postmaster_start_time()::text"
COUNT = "SELECT count(*) FROM kept"


def kill_postmaster(folder: Path) -> None:
    server = postgres.postmaster(place.find(folder))
    assert server is not None
    server.send_signal(signal.SIGKILL)


def test_first_start_speaks_unicode_and_no_tcp(data_dir, start):
    client = start(data_dir)
    assert client.ask("SELECT lower('É'), upper('ж')") == ["é", "Ж"]
    client.ask("CREATE EXTENSION pg_trgm")
    assert len(client.ask("SELECT show_trgm('привет')")[0]) == 7
    assert client.ask("SHOW listen_addresses") == [""]
    assert client.ask("SHOW fsync") == ["on"]
    assert client.ask("SELECT current_database(), current_user") == ["onrecord", "onrecord"]
    sockets = place.find(data_dir).sockets
    assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    client.leave()
    assert not answers(data_dir)


def test_data_is_there_after_a_restart(used_data_dir, start):
    client = start(used_data_dir)
    client.ask(NEW_TABLE)
    client.ask(INSERT)
    client.leave()
    assert start(used_data_dir).ask(COUNT) == [1]


@pytest.mark.parametrize("end", ["leave", "kill"])
def test_the_last_process_stops_the_server(used_data_dir, start, end):
    first, second = start(used_data_dir), start(used_data_dir)
    assert first.ask("SELECT 1") == second.ask("SELECT 1") == [1]
    getattr(first, end)()
    assert second.ask("SELECT 2") == [2]
    second.leave()
    assert not answers(used_data_dir)


def test_two_that_leave_together_stop_the_server(used_data_dir, start):
    clients = [start(used_data_dir) for _ in range(3)]
    for client in clients:
        assert client.ask("SELECT 1") == [1]
    for client in clients:
        client.process.stdin.close()
    for client in clients:
        client.process.wait(60)
        client.process.stdin = None
    assert not answers(used_data_dir)


def test_a_server_whose_only_user_was_killed_is_used_and_stopped_by_the_next(used_data_dir, start):
    client = start(used_data_dir)
    identity = client.ask(STARTED)
    client.kill()
    assert answers(used_data_dir)
    following = start(used_data_dir)
    assert following.ask(STARTED) == identity
    following.leave()
    assert not answers(used_data_dir)


def test_processes_that_start_together_share_one_server(data_dir, start):
    clients = [start(data_dir) for _ in range(3)]
    for client in clients:
        client.send(STARTED)
    assert len({tuple(client.receive()) for client in clients}) == 1


def test_killed_postmaster_is_replaced_and_nothing_committed_is_lost(used_data_dir, start):
    first, second = start(used_data_dir), start(used_data_dir)
    first.ask(NEW_TABLE)
    for _ in range(3):
        first.ask(INSERT)
    before = first.ask(STARTED)
    assert second.ask(STARTED) == before
    kill_postmaster(used_data_dir)
    for client in (first, second):
        # An open connection answers until Postgres has noticed, and then breaks, once; the next
        # one finds a new server.
        assert until(lambda client=client: client.ask(STARTED) != before)
        assert isinstance(client.ask(STARTED), list)
        assert client.ask(STARTED) != before
        assert client.ask(COUNT) == [3]
    first.leave()
    assert second.ask(COUNT) == [3]
    second.leave()
    assert not answers(used_data_dir)


def test_a_recycled_pid_is_not_taken_for_the_server(used_data_dir, start):
    start(used_data_dir).kill()
    client = start(used_data_dir)
    client.ask(NEW_TABLE)
    client.kill()
    kill_postmaster(used_data_dir)
    here = place.find(used_data_dir)
    pid_file = here.data / "postmaster.pid"
    with subprocess.Popen(["sleep", "60"], **place.run_as(here.account)) as other:
        lines = pid_file.read_text().split("\n")
        pid_file.write_text("\n".join([str(other.pid), *lines[1:]]))
        following = start(used_data_dir)
        assert following.ask(COUNT) == [0]
        following.leave()
        assert other.poll() is None, "the process that got the pid was hit"
        other.kill()


def test_a_forked_child_keeps_the_server_when_its_parent_leaves(used_data_dir, start):
    client = start(used_data_dir)
    assert client.ask("SELECT 1") == [1]
    assert client.ask("fork") == "forked"
    client.process.wait(60)
    assert client.ask("SELECT 2") == [2]
    assert answers(used_data_dir)
    client.process.stdin.close()
    assert client.process.stdout.read() == ""  # the child has ended too
    client.process.stdin = None
    assert not answers(used_data_dir)


def test_what_a_killed_initdb_left_is_swept_away(data_dir, start):
    home = place.find(data_dir).home
    (home / "data.new-abc").mkdir()
    assert start(data_dir).ask("SELECT 1") == [1]
    assert sorted(path.name for path in home.glob("data*")) == ["data"]


@pytest.mark.parametrize("name", ["with spaces, and a comma's ünïcode", "long" * 30])
def test_unusual_paths(data_dir, start, name):
    folder = data_dir / name
    client = start(folder)
    assert client.ask("SELECT 1") == [1]
    sockets = place.find(folder).sockets
    assert len(os.fsencode(sockets / place.SOCKET_NAME)) <= place.SOCKET_PATH_LIMIT
    assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    client.leave()
    assert not sockets.exists()


def test_somebody_elses_socket_folder_is_refused(data_dir):
    folder = place.Place(data_dir / ("long" * 30), None)
    folder.sockets.mkdir(mode=0o777)
    try:
        folder.sockets.chmod(0o777)
        with pytest.raises(place.ServerError, match="not a private folder"):
            postgres.make_socket_folder(folder)
    finally:
        folder.sockets.rmdir()
