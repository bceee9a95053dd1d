"""What all tests share: the database."""

import re

import psutil
import pytest
from django.conf import settings
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker


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
