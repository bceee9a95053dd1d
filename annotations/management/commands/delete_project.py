"""Erase a project for good."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.management.confirm import add_yes_argument, erase
from annotations.services.erasing import delete_project
from reader.models import Project


class Command(BaseCommand):
    help = "Erase a project with its own articles, its annotations and all their history."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the last part of the project's address")
        add_yes_argument(parser)

    def handle(self, **options: Any) -> None:
        project = Project.objects.filter(slug=options["slug"]).first()
        if project is None:
            raise CommandError(f"There is no project “{options['slug']}”.")
        project_id = project.pk
        what = f"project {project.slug} (“{project.name}”)"
        erase(self, what, lambda: delete_project(project_id), yes=options["yes"])
