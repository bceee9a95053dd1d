"""Asking before something goes for good."""

from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from annotations.services.erasing import Erased


def add_yes_argument(parser: CommandParser) -> None:
    """The option that answers the question beforehand."""
    parser.add_argument("--yes", action="store_true", help="do not ask")


def erase(command: BaseCommand, what: str, action: Callable[[], Erased], *, yes: bool) -> None:
    """Say what an erasure would remove, ask, do it, and say what it has removed.

    Raises:
        CommandError: the answer was no, or there was none.
    """
    if not yes:
        with transaction.atomic():  # tried out and taken back, so that nothing is held meanwhile
            _report(command, f"Erasing {what} would remove:", action())
            transaction.set_rollback(True)
        try:
            answer = input("There is no way back. Erase it? [yes/no] ")
        except EOFError:
            answer = ""
        if answer.strip().lower() != "yes":
            raise CommandError("Nothing was erased.")
    _report(command, f"Erased {what}:", action())
    command.stdout.write("Backups and exports made before still hold it.")


def _report(command: BaseCommand, title: str, erased: Erased) -> None:
    command.stdout.write(title)
    for name, number in sorted(erased.rows.items()):
        if number:
            command.stdout.write(f"  {number:,} {name}")
    for remark in erased.remarks:
        command.stdout.write(remark)
