"""Projects come to be and change."""

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _

from reader.models import Membership, OldSlug, Project, Readers, Role, User, Visibility
from reader.services.errors import Conflict, Refused

# Names that stand where a project's slug stands in an address.
RESERVED_SLUGS = frozenset({"new"})
CODEBOOK = Path(__file__).resolve().parent.parent / "codebook.md"


@dataclass(frozen=True, slots=True)
class ProjectSettings:
    """What an owner decides about a project; an empty `slug` is made from the name."""

    name: str
    slug: str = ""
    description: str = ""
    guidelines: str = ""
    visibility: str = Visibility.PRIVATE
    readers_see: str = Readers.PASSAGES
    contact: str = ""
    indexed: bool = False


_NAMES = tuple(field.name for field in fields(ProjectSettings))


def settings_of(project: Project) -> ProjectSettings:
    """The project's settings as they are."""
    return ProjectSettings(**{name: getattr(project, name) for name in _NAMES})


def stamp(project: Project) -> str:
    """Tells one state of the settings from another. `Project.version` also counts what annotators
    do, and would report a conflict where there is none."""
    words = json.dumps(asdict(settings_of(project)), sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def default_guidelines() -> str:
    """The codebook that a new project starts with."""
    return CODEBOOK.read_text(encoding="utf-8")


@transaction.atomic
def create_project(settings: ProjectSettings, owner: User) -> Project:
    """A new project with its first owner.

    Raises:
        Refused: there is no name, or the address is taken.
    """
    values = _checked(settings, None)
    try:
        with transaction.atomic():
            project = Project.objects.create(**values)
    except IntegrityError:
        raise _taken(values["slug"]) from None
    Membership.objects.create(project=project, user=owner, role=Role.OWNER)
    return project


@transaction.atomic
def change_settings(project: Project, settings: ProjectSettings, seen: str) -> Project:
    """Save the settings. A former address redirects for ever.

    Args:
        seen: the `stamp` that the person's form was made with.

    Raises:
        Refused: there is no name, or the address is taken.
        Conflict: somebody else was faster.
    """
    project = lock(project.pk)
    if stamp(project) != seen:
        raise Conflict(project)
    values = _checked(settings, project)
    old_slug = project.slug
    changed = [name for name, value in values.items() if getattr(project, name) != value]
    if not changed:
        return project
    for name in changed:
        setattr(project, name, values[name])
    project.version += 1
    try:
        with transaction.atomic():
            project.save(update_fields=[*changed, "version"])
            if project.slug != old_slug:
                OldSlug.objects.filter(slug=project.slug).delete()
                OldSlug.objects.create(slug=old_slug, project=project)
    except IntegrityError:
        raise _taken(values["slug"]) from None
    return project


def _checked(settings: ProjectSettings, project: Project | None) -> dict[str, object]:
    values = asdict(settings)
    values["name"] = " ".join(settings.name.split())
    if not values["name"]:
        raise Refused(_("A project needs a name."), "name")
    slug = settings.slug or slugify(settings.name)[:60].strip("-") or f"project-{_random()}"
    if slug in RESERVED_SLUGS or OldSlug.objects.filter(slug=slug).exclude(project=project):
        raise _taken(slug)
    if not settings.slug and Project.objects.filter(slug=slug).exists():
        slug = f"{slug}-{_random()}"
    values["slug"] = slug
    return values


def _taken(slug: object) -> Refused:
    return Refused(_("The address “%(slug)s” is taken. Choose another.") % {"slug": slug}, "slug")


def personal_project(user: User) -> Project:
    """The private project that is used when no other is chosen, made when it is first needed."""
    mine = Project.objects.filter(personal_to=user).first()
    if mine:
        return mine
    try:
        with transaction.atomic():
            project = Project.objects.create(
                slug=f"notes-{_random()}",
                name="My notes",
                guidelines=default_guidelines(),
                personal_to=user,
            )
            Membership.objects.create(project=project, user=user, role=Role.OWNER)
            return project
    except IntegrityError:  # another request made it at the same moment
        return Project.objects.get(personal_to=user)


def lock(project_id: int) -> Project:
    """The project, so that nobody else takes it until the transaction ends.

    Who writes annotations or articles, too, locks those first, as whoever marks a passage does: two
    that take the same rows in different orders would wait for each other. No key is locked, of
    nothing: whoever adds a row that belongs to it holds the key, and may want the row next.
    """
    return Project.objects.select_for_update(no_key=True).get(pk=project_id)


def touch(project: Project) -> None:
    """Note a change that shows on several pages of the project."""
    Project.objects.filter(pk=project.pk).update(version=F("version") + 1)


def _random() -> str:
    return secrets.token_hex(4)
