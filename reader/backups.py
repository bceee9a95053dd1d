"""Backup and restore of the whole database, with Postgres's own pg_dump and pg_restore.

Both work on the embedded server and on any other named by DATABASE_URL.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.db import connection
from psycopg import conninfo, sql

from reader.database.place import client_program

OWN_APPS = ("reader", "annotations")
# What any version of libpq understands of how the site connects.
CONNECTION_OPTIONS = {"host", "port", "user", "dbname", "service", "passfile"}
CONNECTION_OPTIONS |= {"sslmode", "sslrootcert", "sslcert", "sslkey", "options"}


class BackupError(RuntimeError):
    """A backup or restore that did not happen; the message says why. Nothing was changed."""


@dataclass(frozen=True)
class Target:
    """The site's database: how to reach it, and what its server is."""

    parameters: dict[str, Any]
    password: str
    server_version: int  # major

    @property
    def name(self) -> str:
        return str(self.parameters["dbname"])

    def conninfo(self, database: str) -> str:
        """Connection string for a database beside ours, without the password."""
        return conninfo.make_conninfo(**self.parameters | {"dbname": database})

    def run(self, program: str, *arguments: str) -> None:
        """Run pg_dump or pg_restore; raises BackupError with its own words."""
        result = subprocess.run(
            [str(find_program(program, self.server_version)), *arguments],
            check=False,
            capture_output=True,
            text=True,
            # The password goes by the environment: other users can read command lines.
            env=os.environ | ({"PGPASSWORD": self.password} if self.password else {}),
        )
        if result.returncode != 0:
            raise BackupError(f"{program} failed: {result.stderr.strip()}")


def current_target() -> Target:
    """The database that the settings name, started if it is the embedded one."""
    connection.ensure_connection()
    info = connection.connection.info
    given = {k: v for k, v in info.get_parameters().items() if k in CONNECTION_OPTIONS}
    return Target(given, info.password, info.server_version // 10_000)


def find_program(name: str, server_version: int) -> Path:
    """The oldest pg_dump or pg_restore at hand that suits the server.

    None may be older than the server, and since 17 pg_restore sets `transaction_timeout`, which
    servers before 17 refuse. Raises BackupError if none suits.
    """
    on_path = shutil.which(name)
    programs = [client_program(name), *([Path(on_path)] if on_path else [])]
    versions = {program: _major_version(program) for program in programs}
    newest = 16 if name == "pg_restore" and server_version < 17 else max(versions.values())
    suitable = [program for program in programs if server_version <= versions[program] <= newest]
    if not suitable:
        found = " and ".join(str(version) for version in sorted(versions.values()))
        raise BackupError(
            f"The server is Postgres {server_version}, and {name} is here only of version {found}: "
            f"install the client programs of Postgres {server_version} and put them on the PATH."
        )
    return min(suitable, key=versions.__getitem__)


@lru_cache
def _major_version(program: Path) -> int:
    words = subprocess.run([program, "--version"], check=True, capture_output=True, text=True)
    number = re.search(r"(\d+)", words.stdout)
    if number is None:
        raise BackupError(f"{program} does not tell its version: {words.stdout.strip()}")
    return int(number[1])


def backup(folder: Path) -> Path:
    """Write the database into a new file in `folder`, whole or not at all; returns its path."""
    target = current_target()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    path = folder / f"onrecord-{stamp}.dump"
    unfinished = path.with_suffix(".part")
    unfinished.touch(mode=0o600)
    try:
        target.run(
            "pg_dump",
            *("--format", "custom", "--no-owner", "--no-privileges"),
            *("--file", str(unfinished), "--dbname", target.conninfo(target.name)),
        )
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def has_data() -> bool:
    """Whether the database holds anything of people's making."""
    tables = set(connection.introspection.table_names())
    return any(
        model._base_manager.exists()
        for model in apps.get_models()
        if model._meta.app_label in OWN_APPS and model._meta.db_table in tables
    )


def restore(path: Path, *, replace: bool = False) -> None:
    """Put the content of a backup in the place of the database.

    It is read into a new database first, which then takes the name of the old one: whatever
    fails before that leaves everything as it was. Raises BackupError if there is data that
    `replace` does not give up, and if the file cannot be restored.
    """
    if not path.is_file():
        raise BackupError(f"There is no file {path}.")
    if not replace and has_data():
        raise BackupError(
            "The database has data, which a restore would replace. Make a backup, "
            "then say FORCE=1 with make, or --force."
        )
    target = current_target()
    connection.close()
    fresh = f"{target.name}_restored_{os.getpid()}"
    try:
        with _maintenance(target) as cursor:
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(fresh)))
            try:
                target.run(
                    "pg_restore",
                    *("--exit-on-error", "--no-owner", "--no-privileges"),
                    *("--dbname", target.conninfo(fresh), str(path)),
                )
                _take_place(cursor, fresh, target.name)
            finally:
                # The old one under its new name after success, else the new one.
                cursor.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(fresh))
                )
    except psycopg.Error as error:
        raise BackupError(str(error)) from error


@contextmanager
def _maintenance(target: Target) -> Iterator[psycopg.Cursor]:
    with (
        psycopg.connect(
            target.conninfo("postgres"), password=target.password, autocommit=True
        ) as maintenance,
        maintenance.cursor() as cursor,
    ):
        yield cursor


def _take_place(cursor: psycopg.Cursor, fresh: str, name: str) -> None:
    """Exchange the names of two databases, at once or not at all."""

    def alter(database: str, change: sql.Composable) -> None:
        cursor.execute(sql.SQL("ALTER DATABASE {} ").format(sql.Identifier(database)) + change)

    # A web server that runs would come back at once, so the door is shut first.
    alter(name, sql.SQL("ALLOW_CONNECTIONS false"))
    try:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
            [name],
        )
        aside = f"{name}_before_{os.getpid()}"
        with cursor.connection.transaction():
            for old, new in ((name, aside), (fresh, name), (aside, fresh)):
                alter(old, sql.SQL("RENAME TO {}").format(sql.Identifier(new)))
    except psycopg.Error:
        alter(name, sql.SQL("ALLOW_CONNECTIONS true"))
        raise
