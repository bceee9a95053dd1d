"""What a project says of a speaker: name, aliases, type and note, all at once, as one save."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotations.models import Speaker, SpeakerType
from annotations.services.speakers import level_name, speakers_known_as
from reader.services.errors import Conflict, Refused
from reader.services.projects import lock, touch as touch_project

MAX_ALIASES = 50
MAX_NOTE = 10_000
"""Code points."""


@dataclass(frozen=True, slots=True)
class About:
    """What a person says of a speaker, as typed."""

    name: str
    aliases: Sequence[str] = ()
    type: str = SpeakerType.UNKNOWN
    note: str = ""


class NameTaken(Refused):
    """Other speakers have the name or aliases; `other` is the first of them, as they are read after
    merging."""

    def __init__(self, taken: Sequence[tuple[str, Speaker]], field: str) -> None:
        """
        Args:
            taken: names, each with who has it.
        """
        said = [_is_taken(name, other) for name, other in taken]
        super().__init__(" ".join(dict.fromkeys(said)), field)
        self.other = taken[0][1]


def _is_taken(name: str, other: Speaker) -> str:
    if other.name.lower() == name.lower():
        return _("“%(name)s” is another speaker here.") % {"name": name}
    return _("“%(name)s” is a name of “%(other)s” here.") % {"name": name, "other": other.name}


@transaction.atomic
def edit_speaker(speaker: Speaker, about: About, version: int) -> Speaker:
    """Save what is said of a speaker; nothing is written where nothing changed.

    An unnamed source that gets another type is somebody from now on, whom the whole project knows;
    nobody becomes an unnamed source that way.

    Args:
        version: the one that the person saw.

    Raises:
        Refused: a field is not right; nothing is saved.
        NameTaken: somebody else is known by the name or an alias; nothing is saved.
        Conflict: somebody else was faster; nothing is saved.
    """
    # One at a time in a project: two could take the same name as aliases.
    lock(speaker.project_id)
    speaker = Speaker.objects.select_related("project", "article").get(pk=speaker.pk)
    if speaker.version != version:
        raise Conflict(speaker)
    name = _field(about.name, "name")
    if not name:
        raise Refused(_("A speaker needs a name."), "name")
    if about.type not in SpeakerType.values:
        raise Refused(_("Choose one of the types."), "type")
    if about.type == SpeakerType.UNNAMED and speaker.type != SpeakerType.UNNAMED:
        raise Refused(
            _("An unnamed source is marked as such in its article, in the editor."), "type"
        )
    if len(about.note) > MAX_NOTE:
        raise Refused(_("A note has %(most)s characters at most.") % {"most": MAX_NOTE}, "note")
    article = speaker.article if about.type == SpeakerType.UNNAMED else None
    aliases = _checked_aliases(about.aliases, name)
    family = {speaker.pk, *speaker.merged.values_list("pk", flat=True)}
    for field, names in (("name", [name]), ("aliases", aliases)):
        taken = [
            (_name_of(other, names), other.canonical or other)
            for other in speakers_known_as(speaker.project, names, article)
            if other.pk not in family and other.article_id == (article.pk if article else None)
        ]
        if taken:
            raise NameTaken(taken, field)
    if clash := Speaker.objects.filter(pk__in=family - {speaker.pk}, name__iexact=name).first():
        raise Refused(
            _("“%(name)s” is merged into this speaker, who is found by that name already.")
            % {"name": clash.name},
            "name",
        )
    wanted = {
        "name": name,
        "aliases": aliases,
        "type": about.type,
        "note": about.note,
        "article": article,
    }
    changed = [field for field, value in wanted.items() if getattr(speaker, field) != value]
    if changed:
        for field in changed:
            setattr(speaker, field, wanted[field])
        speaker.version += 1
        try:
            with transaction.atomic():
                speaker.save(update_fields=[*changed, "version"])
        except IntegrityError:  # somebody has just named them in a passage
            others = Speaker.objects.filter(project=speaker.project, article=article)
            raise NameTaken([(name, others.get(name__iexact=name))], "name") from None
        touch_project(speaker.project)
    return speaker


def _checked_aliases(given: Iterable[str], name: str) -> list[str]:
    """Each once, in their order, without the name itself and empty ones."""
    aliases: dict[str, str] = {}
    for one in given:
        if alias := _field(one, "aliases"):
            aliases.setdefault(alias.lower(), alias)
    aliases.pop(name.lower(), None)
    if len(aliases) > MAX_ALIASES:
        raise Refused(_("At most %(most)s aliases, please.") % {"most": MAX_ALIASES}, "aliases")
    return list(aliases.values())


def _field(name: str, field: str) -> str:
    """The name as it is kept; what is wrong with it is said beside its field."""
    try:
        return level_name(name)
    except Refused as refused:
        raise Refused(refused.message, field) from None


def _name_of(other: Speaker, names: Sequence[str]) -> str:
    """Which of the names it is that somebody else has."""
    theirs = {one.lower() for one in (other.name, *map(level_name, other.aliases))}
    return next((one for one in names if one.lower() in theirs), names[0])
