"""Running Postgres's own programs: make a cluster, start it, ask whether it answers, stop it."""

import os
import secrets
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psutil
from psycopg import conninfo, pq

from reader.database.place import Place, ServerError, run_as, server_programs

ROLE = DATABASE = "onrecord"
PORT = 5432  # only the name of the socket: no TCP port is opened
LOG_LIMIT = 5_000_000

# For a laptop with two cores. Passed on the command line, so that no file has to be kept in step.
SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "2GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "jit": "off",
    # Parallel plans gain little on two cores and fail where a container's /dev/shm is small.
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
}
if sys.platform == "linux":
    # After a crash, one call writes out what the disk lacks: file by file it takes seconds, during
    # which the site stands still.
    SETTINGS["recovery_init_sync_method"] = "syncfs"


def make_cluster(place: Place) -> None:
    """Make the cluster and its database, if it is not there: whole, or not at all."""
    if place.data.exists():
        return
    for leftover in place.home.glob("data.new-*"):
        shutil.rmtree(leftover)  # of a process that was killed here
    fresh = place.home / f"data.new-{secrets.token_hex(3)}"
    fresh.mkdir(mode=0o700)
    if place.account is not None:
        os.chown(fresh, place.account.uid, place.account.gid)
    # Under LC_CTYPE=C, trigrams of Cyrillic words would be empty; macOS has no C.UTF-8 of its own.
    ctype = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
    _run(
        place,
        "initdb",
        *("--pgdata", str(fresh), "--username", ROLE, "--auth", "trust", "--encoding", "UTF8"),
        *("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
        *("--locale", "C", "--lc-ctype", ctype),
    )
    _run(
        place,
        "postgres",
        *("--single", "-D", str(fresh), "-c", "exit_on_error=on", "template1"),
        stdin=f"CREATE DATABASE {DATABASE}\n",
    )
    fresh.rename(place.data)


def _run(place: Place, program: str, *arguments: str, stdin: str = "") -> None:
    result = subprocess.run(
        [str(server_programs(place.account) / program), *arguments],
        check=False,
        input=stdin,
        capture_output=True,
        text=True,
        errors="replace",
        **run_as(place.account),
    )
    if result.returncode != 0:
        raise ServerError(f"{program} failed: {result.stderr.strip()}")


def ping(place: Place) -> pq.Ping:
    """Whether the server answers: OK, REJECT (it starts, recovers or stops) or NO_RESPONSE."""
    target = conninfo.make_conninfo(
        host=str(place.sockets), port=PORT, dbname="postgres", user=ROLE, connect_timeout=2
    )
    return pq.Ping(pq.PGconn.ping(target.encode()))


def launch(place: Place) -> psutil.Process | None:
    """Start the server process and return it at once; None if it has ended already."""
    make_socket_folder(place)
    if place.log.exists() and place.log.stat().st_size > LOG_LIMIT:
        place.log.replace(place.log.with_suffix(".log.1"))
    settings = SETTINGS | {"unix_socket_directories": str(place.sockets)}
    # The shell leaves at once, so the server is nobody's child here: no zombie can keep its pid,
    # and a session of its own keeps the terminal's Ctrl-C away.
    result = subprocess.run(
        ["/bin/sh", "-c", 'log=$1; shift; "$@" </dev/null >>"$log" 2>&1 & echo $!', "sh"]
        + [str(place.log), str(server_programs(place.account) / "postgres"), "-D", str(place.data)]
        + [part for name, value in settings.items() for part in ("-c", f"{name}={value}")],
        check=True,
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        **run_as(place.account),
    )
    try:
        return psutil.Process(int(result.stdout))
    except psutil.NoSuchProcess:
        return None


def is_alive(process: psutil.Process | None) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return process is not None and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def make_socket_folder(place: Place) -> None:
    """Make the folder of the socket; raises ServerError if somebody else's stands there."""
    try:
        place.sockets.mkdir(mode=0o700)
    except FileExistsError:
        status = place.sockets.lstat()
        private = stat.S_ISDIR(status.st_mode) and status.st_mode & 0o077 == 0
        if private and status.st_uid == place.uid:
            return
        raise ServerError(
            f"{place.sockets} is not a private folder of the database's user: remove it, or set "
            "DATA_DIR to a shorter path."
        ) from None
    if place.account is not None:
        os.chown(place.sockets, place.account.uid, place.account.gid)


def _pid_file(place: Place) -> Path:
    return place.data / "postmaster.pid"


def postmaster(place: Place) -> psutil.Process | None:
    """The server process, if the pid that it left in its data folder is really still its own."""
    try:
        process = psutil.Process(int(_pid_file(place).read_text().split("\n", 1)[0]))
        if is_alive(process) and Path(process.cwd()) == place.data:
            return process
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess, psutil.AccessDenied):
        pass
    return None


def remove_stale_pid(place: Place) -> None:
    """Remove a pid file whose process is another's by now; Postgres would believe it.

    Should parts of the dead server still live, Postgres finds them by their shared memory.
    """
    if postmaster(place) is None:
        _pid_file(place).unlink(missing_ok=True)


def stop(place: Place, seconds: float) -> bool:
    """Fast shutdown: roll back, write all out, end. False if that took longer than `seconds`."""
    process = postmaster(place)
    deadline = time.monotonic() + seconds
    if process is not None:
        process.send_signal(signal.SIGINT)
        while is_alive(process):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.01)
    if place.sockets.parent != place.home:
        shutil.rmtree(place.sockets, ignore_errors=True)
    return True


def last_words(place: Place) -> str:
    """The end of the server's log, for an error message."""
    try:
        return "\n".join(place.log.read_text(errors="replace").splitlines()[-8:])
    except FileNotFoundError:
        return "(no log)"
