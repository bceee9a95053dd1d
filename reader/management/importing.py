"""The project into which a command brings articles."""

from django.core.management.base import CommandError, OutputWrapper

from reader.models import Project
from reader.services.errors import Refused
from reader.services.importing import project_to_import_into
from reader.services.members import adopt


def into_project(given: str | None, stdout: OutputWrapper) -> Project | None:
    """The project that was named, made if it is missing; None, the library, if none was.

    Raises:
        CommandError: no address can be made of the name.
    """
    if not given:
        return None
    try:
        project, is_new = project_to_import_into(given)
    except Refused as refused:
        raise CommandError(refused.message) from refused
    if is_new:
        stdout.write(f"Made the private project “{project.name}” ({project.slug}).")
        owners = adopt(Project.objects.filter(pk=project.pk))
        who = ", ".join(owner.email for owner in owners)
        stdout.write(
            f"It belongs to {who}."
            if who
            else "It will belong to the site's first owner: manage.py create_owner."
        )
    return project
