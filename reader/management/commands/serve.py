"""`make demo` and `make run`: the whole site in one command, until Ctrl-C."""

import io
import os
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from reader.collected import collect_if_changed
from reader.supervisor import Child, Plan, Probe, become, on_stop_signals


class Command(BaseCommand):
    help = "Run the site: database, migrations, static files, web server, worker. Ctrl-C stops all."
    # The steps below would fail with the same words, and checks cost half a second of each start.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="web server processes")
        parser.add_argument("--threads", type=int, default=4, help="threads in each of them")
        parser.add_argument(
            "--queue-workers", type=int, default=1, help="processes that poll feeds and fetch pages"
        )
        parser.add_argument("--demo", action="store_true", help="with the sample newsroom")

    def handle(self, *, host: str, port: int, demo: bool, **options: Any) -> None:
        on_stop_signals(leave)
        check_free(host, port)
        migrate_if_needed()
        collect_if_changed()
        welcome = io.StringIO()
        welcome.write(f"On Record is at http://{shown_host(host)}:{port}/\n")
        if demo:
            call_command("load_samples", stdout=welcome)
        welcome.write("Ctrl-C stops it.\n")
        connection.close()

        embedded = settings.DATABASES["default"]["ENGINE"] == "reader.database"
        os.chdir(settings.BASE_DIR)
        os.environ["DATA_DIR"] = str(settings.DATA_DIR)  # if relative, it was so to another folder
        become(
            Plan(
                children=[
                    web_server(host, port, options["workers"], options["threads"]),
                    *queue_workers(options["queue_workers"]),
                ],
                probe=health_probe(host, port),
                welcome=welcome.getvalue(),
                embedded_data_dir=str(settings.DATA_DIR) if embedded else None,
            )
        )


def leave(number: int, frame: FrameType | None) -> None:
    """End in the ordinary way while preparing, so that the database is stopped as well."""
    sys.exit(128 + number)


def check_free(host: str, port: int) -> None:
    """Raise CommandError, saying what to do, if nothing can listen at `port`."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise CommandError(
            f"Cannot listen on {host}, port {port} ({error.strerror}): "
            f"choose another port, such as PORT={port + 1} with make, or --port {port + 1}."
        ) from error


def migrate_if_needed() -> None:
    """Apply the migrations that the database lacks; a look at its list of them is quick."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def web_server(host: str, port: int, workers: int, threads: int) -> Child:
    """gunicorn: its first process starts again any worker that dies."""
    command = [sys.executable, "-m", "gunicorn", "reader.wsgi:application"]
    command += ["--bind", f"[{host}]:{port}" if ":" in host else f"{host}:{port}"]
    command += ["--worker-class", "gthread", "--workers", str(workers), "--threads", str(threads)]
    # Loaded once and then forked, so that the workers share the memory of the code.
    command += ["--preload", "--log-level", "warning"]
    command += ["--no-control-socket", "--graceful-timeout", "10"]
    if Path("/dev/shm").is_dir() and os.access("/dev/shm", os.W_OK):  # noqa: S108
        # A worker shows that it lives by touching a file, which on a slow disk could block.
        command += ["--worker-tmp-dir", "/dev/shm"]  # noqa: S108
    return Child("The web server", command)


def queue_workers(number: int) -> list[Child]:
    """What does the work that waits in the queue."""
    command = [sys.executable, "manage.py", "worker"]
    names = ["The worker"] if number == 1 else [f"Worker {n + 1}" for n in range(number)]
    return [Child(name, command) for name in names]


def shown_host(host: str) -> str:
    """The address as a person on this machine would type it."""
    if host in {"0.0.0.0", "::", "127.0.0.1"}:  # noqa: S104
        return "localhost"
    return f"[{host}]" if ":" in host else host


def health_probe(host: str, port: int) -> Probe:
    """How to ask this site, under a name that it answers to, whether it is up."""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    named = [name.lstrip(".") for name in settings.ALLOWED_HOSTS if name != "*"]
    return Probe(target, port, (named or ["localhost"])[0])
