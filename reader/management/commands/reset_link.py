"""A link for choosing a new password, for sites that send no e-mail."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reader.management.links import add_site_argument, say_link
from reader.services.errors import Refused
from reader.services.people import find_person


class Command(BaseCommand):
    help = "Print a link with which somebody chooses a new password; it works once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        add_site_argument(parser)

    def handle(self, **options: Any) -> None:
        try:
            person = find_person(options["email"])
        except Refused as refused:
            raise CommandError(refused.message) from refused
        if not person.is_active:
            raise CommandError(f"{person.email} is switched off: switch it on in the admin first.")
        say_link(self, person, options["site"])
