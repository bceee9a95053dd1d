"""The project that a command imports into."""

from django.utils.text import slugify

from reader.models import OldSlug, Project
from reader.services.errors import Refused
from reader.services.projects import RESERVED_SLUGS, default_guidelines


def project_to_import_into(given: str) -> tuple[Project, bool]:
    """The project with this slug, a former one included, and whether it had to be made.

    A new one is private and has no members yet (`members.adopt`); `given` may also be its name.

    Raises:
        Refused: no address can be made of what was given.
    """
    project = Project.objects.filter(slug=given).first()
    if project:
        return project, False
    old = OldSlug.objects.select_related("project").filter(slug=given).first()
    if old:
        return old.project, False
    slug = slugify(given)[:80].strip("-")
    if not slug or slug in RESERVED_SLUGS:
        raise Refused(f"“{given}” cannot be a project's address.", "project")
    name = given if given != slug else given.replace("-", " ").capitalize()
    return Project.objects.get_or_create(
        slug=slug, defaults={"name": name[:150], "guidelines": default_guidelines()}
    )
