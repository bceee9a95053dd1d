"""`manage.py load_samples`: the sample newsroom, as `make demo` shows it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from annotations.services.samples import PASSWORD, IncompleteSamples, accounts, load_samples


class Command(BaseCommand):
    help = (
        "Load the sample newsroom: invented articles, two public projects, and people whose "
        "password everybody knows. What is there already stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--yes", action="store_true", help="also on a site in production, passwords and all"
        )

    def handle(self, *, yes: bool, **options: Any) -> None:
        if settings.MODE == "production" and not yes:
            raise CommandError(
                "This site is in production, and anybody could sign in as a sample person. "
                "Add --yes to load the samples all the same."
            )
        try:
            load_samples()
        except IncompleteSamples as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Sign in with the password “{PASSWORD}” as")
        for one in accounts():
            self.stdout.write(f"  {one.email} ({one.name}, {one.role})")
