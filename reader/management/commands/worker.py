"""`manage.py worker`: polls feeds and fetches pages. Any number of them, on any machines."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from reader.tasks.worker import Plan, run


class Command(BaseCommand):
    help = "Do the work that waits in the queue, until told to stop."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, default=4, help="jobs at once")
        parser.add_argument(
            "--queues", nargs="+", default=[], metavar="QUEUE", help="only from these; default: all"
        )
        parser.add_argument("--once", action="store_true", help="end when nothing is left to do")

    def handle(self, *, concurrency: int, queues: list[str], once: bool, **options: Any) -> None:
        run(Plan(max(1, concurrency), queues, once))
