"""The first owner of the site."""

import sys
from getpass import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reader.management.links import add_site_argument, say_link
from reader.models import Project
from reader.services.errors import Refused
from reader.services.members import adopt
from reader.services.people import create_person


class Command(BaseCommand):
    help = "Make an account that owns the site: it may use the admin pages too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", default="", help="shown to members of the same projects")
        parser.add_argument(
            "--password-file",
            help="a file that starts with the password, or - for standard input; without it the "
            "password is asked for, or a link printed for choosing one where nobody can be asked",
        )
        add_site_argument(parser)

    def handle(self, **options: Any) -> None:
        file = options["password_file"]
        password = _read(file) if file else _ask()
        try:
            owner = create_person(options["email"], options["name"], password, owns_site=True)
        except Refused as refused:
            raise CommandError(refused.message) from refused
        adopt(Project.objects.all())
        self.stdout.write(f"{owner.email} owns the site.")
        if password is None:
            say_link(self, owner, options["site"])


def _read(file: str) -> str:
    if file == "-":
        return sys.stdin.readline().rstrip("\r\n")
    try:
        return Path(file).read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error


def _ask() -> str | None:
    """The password, typed twice; None where there is nobody to ask, or nothing was typed."""
    if not sys.stdin.isatty():
        return None
    password = getpass("Password (leave empty for a link with which to choose one): ")
    if not password:
        return None
    if getpass("Password again: ") != password:
        raise CommandError("The two passwords differ. Nothing was made.")
    return password
