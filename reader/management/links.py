"""Links for choosing a password, printed on the terminal: how a site without e-mail works."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from reader.models import User
from reader.services.people import password_link


def add_site_argument(parser: CommandParser) -> None:
    """The option that says how the site's addresses begin."""
    parser.add_argument(
        "--site",
        default=next(iter(settings.CSRF_TRUSTED_ORIGINS), "http://localhost:8000"),
        help="how the site's addresses begin (%(default)s)",
    )


def say_link(command: BaseCommand, person: User, site: str) -> None:
    """Print the link; whoever has it can take over the account."""
    command.stdout.write("Open this link to choose a password. It works once, for three days:")
    command.stdout.write(site.rstrip("/") + password_link(person))
