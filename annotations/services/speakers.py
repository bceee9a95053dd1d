"""Speakers by the names people type."""

import unicodedata
from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from annotations.models import Annotation, Attribution, AttributionRole, Speaker, SpeakerType
from annotations.typed import line
from reader.models import Article, Project
from reader.services.errors import Refused

MAX_NAMES = 20
MAX_NAME = 200
"""Code points."""


def speaker_named(
    project: Project, name: str, article: Article | None = None, *, unnamed: bool = False
) -> Speaker:
    """The speaker whom the project knows by this name or alias, made if there is none.

    Args:
        article: where the name stands: unnamed sources of it are known there by their names.
        unnamed: somebody new is an unnamed source ("two officials") of the article.

    Raises:
        Refused: the name is too long.
    """
    name = level_name(name)
    known = speakers_known_as(project, [name], article).first()
    return known or speaker_called(project, name, article if unnamed else None)


# Whether a speaker has one of some names, whatever their case and white space: levelled by Postgres
# on both sides, since languages differ in what they call lower. Aliases that were imported may have
# any white space; names never have.
_CALLED = """
lower(normalize(annotations_speaker.name))
IN (SELECT lower(typed) FROM unnest(%s::text[]) AS typed)"""
_ALSO_CALLED = r"""
EXISTS (SELECT FROM unnest(annotations_speaker.aliases) AS alias
         WHERE lower(normalize(regexp_replace(btrim(alias), '\s+', ' ', 'g')))
            IN (SELECT lower(typed) FROM unnest(%s::text[]) AS typed))"""


def speakers_known_as(
    project: Project, names: Iterable[str], article: Article | None = None
) -> QuerySet[Speaker]:
    """The speakers who have one of these names or aliases; case and white space do not count.

    Who was merged into somebody else is among them, as themselves: links keep what they named.
    Unnamed sources of the article come first, then whoever has one of the names as a name.

    Args:
        names: levelled (`level_name`).
        article: whose unnamed sources are known by their names too.
    """
    wanted = list(names)
    called, also_called = (
        RawSQL(sql, [wanted], output_field=BooleanField())  # noqa: S611  # constants
        for sql in (_CALLED, _ALSO_CALLED)
    )
    known = Speaker.objects.filter(project=project).annotate(
        is_called=called, is_also_called=also_called
    )
    return (
        known.filter(Q(is_called=True) | Q(is_also_called=True))
        .filter(Q(article=None) | Q(article=article) if article else Q(article=None))
        .select_related("canonical")
        .order_by("article", "-is_called", "pk")
    )


def speaker_to_merge(project: Project, name: str) -> Speaker:
    """The named speaker, no unnamed source, whom the project knows by this name or alias.

    Raises:
        Refused: there is none.
    """
    known = speakers_known_as(project, [level_name(name)]).first()
    if known is None:
        raise Refused(
            _("Nobody is called “%(name)s” here. Choose one of the speakers.") % {"name": name},
            "into",
        )
    return known


def speaker_called(project: Project, name: str, only_in: Article | None) -> Speaker:
    """The speaker of this very name, made if there is none; aliases do not count.

    Args:
        only_in: the article of an unnamed source.

    Raises:
        Refused: the name is too long.
    """
    name = level_name(name)
    kind = SpeakerType.UNNAMED if only_in else SpeakerType.UNKNOWN
    try:
        with transaction.atomic():
            return Speaker.objects.create(project=project, name=name, type=kind, article=only_in)
    except IntegrityError:  # known, or added by somebody else at the same moment
        return Speaker.objects.get(project=project, name__iexact=name, article=only_in)


def level_name(name: str) -> str:
    """A name as it is kept: one line, and letters with their accents as one code point where
    Unicode has one (NFC).

    Raises:
        Refused: it is too long.
    """
    name = line(unicodedata.normalize("NFC", name))
    if len(name) > MAX_NAME:
        raise Refused(
            _("“%(name)s…” is too long for a name: %(most)s characters at most.")
            % {"name": name[:40], "most": MAX_NAME},
            "speakers",
        )
    return name


def attribute(
    annotation: Annotation,
    names: Mapping[AttributionRole, Iterable[str]],
    *,
    unnamed: bool = False,
) -> bool:
    """Make these the annotation's attributions; those that stay are not touched.

    Args:
        names: as people read them: who was merged into somebody else stays under their name.
        unnamed: speakers new here are unnamed sources of the annotation's article.

    Returns:
        Whether anything changed.

    Raises:
        Refused: too many names, or one that is too long.
    """
    attributions = Attribution.objects.filter(annotation=annotation, role__in=list(names))
    earlier = list(attributions.select_related("speaker__canonical"))
    known = {(old.role, _read_as(old.speaker)): old.speaker_id for old in earlier}
    wanted: dict[tuple[str, int], int] = {}
    for role, given in names.items():
        several = [name for one in given if (name := line(one))]
        if len(several) > MAX_NAMES:
            raise Refused(_("At most %(most)s names, please.") % {"most": MAX_NAMES}, role)
        for position, name in enumerate(several):
            speaker = (
                known.get((role, name.lower()))
                or speaker_named(
                    annotation.project,
                    name,
                    annotation.article,
                    unnamed=unnamed and role == AttributionRole.SPEAKER,
                ).pk
            )
            wanted.setdefault((role, speaker), position)
    changed = False
    kept: set[tuple[str, int]] = set()
    for old in earlier:
        key = (old.role, old.speaker_id)
        if key not in wanted:
            old.delete()
            changed = True
        else:
            kept.add(key)
            if old.position != wanted[key]:
                old.position = wanted[key]
                old.save(update_fields=["position"])
                changed = True
    fresh = [
        Attribution(annotation=annotation, role=role, speaker_id=speaker, position=position)
        for (role, speaker), position in wanted.items()
        if (role, speaker) not in kept
    ]
    Attribution.objects.bulk_create(fresh)
    return changed or bool(fresh)


def _read_as(speaker: Speaker) -> str:
    return line((speaker.canonical or speaker).name).lower()
