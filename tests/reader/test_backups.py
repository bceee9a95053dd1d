"""Backup and restore, on whatever Postgres the tests run on."""

from pathlib import Path

import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection

from annotations.queries.searching import FoundArticles, search_articles
from reader import backups
from reader.models import Role
from reader.search import parse
from reader.search.sight import Sight
from reader.services.indexing import index_all
from tests.factories import make_article, make_mark, make_member, make_project, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dump(tmp_path):
    """A backup of a database with one person in it."""
    get_user_model().objects.create(email="alice@example.org")
    path = backups.backup(tmp_path / "backups")
    assert path.stat().st_mode & 0o777 == 0o600
    return path


def people() -> list[str]:
    return list(get_user_model().objects.values_list("email", flat=True))


def databases() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {name for (name,) in cursor.fetchall()}


def test_round_trip_into_an_empty_database(dump):
    get_user_model().objects.all().delete()
    before = databases()
    call_command("restore", str(dump))
    assert people() == ["alice@example.org"]
    assert databases() == before
    get_user_model().objects.create(email="bob@example.org")  # sequences are restored too


def test_what_is_searched_comes_back_with_all_that_keeps_it(tmp_path):
    alice = make_user()
    project = make_project()
    make_member(project, alice, Role.OWNER)
    article = make_article(project, "Zoë denied it.", title="Häfen", published_on="2001-05-01")
    make_mark(project, article, "Zoë denied it.", "denial", alice, speakers=["Zoë Marr"])
    index_all()
    path = backups.backup(tmp_path / "backups")
    call_command("restore", str(path), force=True)
    for text in ("hafen", '"zoe denied it"', "speaker:zoe", "kind:denial date:2001"):
        found = search_articles(Sight.of(alice), parse(text))
        assert isinstance(found, FoundArticles)
        assert [one.article.title for one in found.found] == ["Häfen"], text
    # Triggers and configurations are there, too.
    make_article(project, "A later text.", title="Later", published_on="2003-05-01")
    assert index_all() == 1
    assert len(search_articles(Sight.of(alice), parse("later")).found) == 1


def test_data_are_replaced_only_by_force(dump):
    get_user_model().objects.update(email="carol@example.org")
    with pytest.raises(CommandError, match="FORCE=1"):
        call_command("restore", str(dump))
    assert people() == ["carol@example.org"]
    call_command("restore", str(dump), force=True)
    assert people() == ["alice@example.org"]


def test_a_site_that_runs_is_disconnected_and_comes_back(dump):
    target = backups.current_target()
    with psycopg.connect(target.conninfo(target.name), password=target.password) as other:
        call_command("restore", str(dump), force=True)
        with pytest.raises(psycopg.OperationalError):
            other.execute("SELECT 1")
    assert people() == ["alice@example.org"]


def test_a_broken_file_changes_nothing(dump):
    before = databases()
    dump.write_bytes(dump.read_bytes()[:-1000])
    with pytest.raises(CommandError, match="pg_restore failed"):
        call_command("restore", str(dump), force=True)
    assert people() == ["alice@example.org"]
    assert databases() == before


def test_the_command_writes_under_data_dir_and_prints_where(settings, capsys):
    call_command("backup")
    path = Path(capsys.readouterr().out.strip())
    assert path.parent == settings.DATA_DIR / "backups"
    path.unlink()


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match="no file"):
        call_command("restore", str(tmp_path / "nothing.dump"))


def test_programs_too_old_for_the_server_are_refused():
    with pytest.raises(backups.BackupError, match="install the client programs of Postgres 99"):
        backups.find_program("pg_dump", 99)
