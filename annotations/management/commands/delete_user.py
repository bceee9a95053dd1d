"""Erase an account for good."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.management.confirm import add_yes_argument, erase
from annotations.services.erasing import delete_user
from reader.services.errors import Refused
from reader.services.people import find_person


class Command(BaseCommand):
    help = "Erase an account; what it marked in projects with others stays, by a former member."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        add_yes_argument(parser)

    def handle(self, **options: Any) -> None:
        try:
            person = find_person(options["email"])
        except Refused as refused:
            raise CommandError(refused.message) from refused
        erase(self, person.email, lambda: delete_user(person.pk), yes=options["yes"])
