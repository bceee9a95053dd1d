"""What all tests share: the database, and how properties are tested."""

import re
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings as hypothesis_settings
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from reader.ingest import fetch
from reader.ingest.robots import Robots
from tests.embedded import temporary_data_dir
from tests.website import Website, website

# A busy machine makes no test fail.
hypothesis_settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("untimed")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Drop the test databases that killed runs left behind."""
    if settings.DATABASES["default"]["ENGINE"] != "reader.database":
        return
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test_onrecord_%'")
        for (name,) in cursor.fetchall():
            pid = re.match(r"test_onrecord_(\d+)", name)
            if pid and not psutil.pid_exists(int(pid[1])):
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Keep autovacuum from the tables. What a test wrote is always taken back, so it would learn
    that all of them are empty, and joins of what the next test writes would be planned for one
    row: three hundred claims took a quarter of an hour. Never counted, they are estimated by
    their size."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('ALTER TABLE %s SET (autovacuum_enabled = off)', oid::regclass)"
            " FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        cursor.execute(";".join(statement for (statement,) in cursor.fetchall()))


# What migrations wrote, and all tests may read.
_KEPT = {"django_migrations", "django_content_type", "auth_permission"}


def _delete_rows(case: TransactionTestCase) -> None:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    deletions = [f'DELETE FROM "{name}"' for name in names if name not in _KEPT]
    with transaction.atomic(), connection.cursor() as cursor:
        # Neither foreign keys nor history matter where everything goes.
        cursor.execute(";".join(["SET LOCAL session_replication_role = replica", *deletions]))


@pytest.fixture(scope="session", autouse=True)
def tables_emptied_by_deleting() -> Iterator[None]:
    """After a test that commits, Django truncates all tables and writes permissions anew, which
    takes half a second. Needs a superuser, who the embedded server's user is."""
    with pytest.MonkeyPatch.context() as patch:
        if settings.DATABASES["default"]["ENGINE"] == "reader.database":
            patch.setattr(TransactionTestCase, "_fixture_teardown", _delete_rows)
        yield


@pytest.fixture(scope="session", autouse=True)
def files_found_when_asked_for() -> Iterator[None]:
    """Each test client has middleware of its own, which would list all static files first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "WHITENOISE_AUTOREFRESH", True, raising=False)
        yield


@pytest.fixture
def site(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Website]:
    """A web site of this machine that the server may fetch from, whose robots.txt is not known
    from an earlier test."""
    settings.FETCH_ALLOW_PRIVATE = True
    monkeypatch.setattr(fetch, "_ROBOTS", Robots())
    with website() as running:
        yield running


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A DATA_DIR for a server of the test's own, where its account can come; stopped at the end."""
    with temporary_data_dir() as folder:
        yield folder


@pytest.fixture(scope="module")
def used_data_dir() -> Iterator[Path]:
    """The same with a cluster that earlier tests of the module may have used."""
    with temporary_data_dir() as folder:
        yield folder


@pytest.fixture(autouse=True)
def queue_left_empty(request: pytest.FixtureRequest) -> Iterator[None]:
    """Empty the queue behind a test that commits: Django does not, since the tables are not its."""
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(request.fixturenames)
    if not commits and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    with connection.cursor() as cursor:
        for table in ("periodic_defers", "jobs", "workers"):
            cursor.execute(f"DELETE FROM procrastinate_{table}")
