"""Speakers by the names people type."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Q

from annotations.models import Attribution, AttributionRole, Speaker, SpeakerType
from annotations.services.errors import Refused
from reader.models import Article, Project

MAX_NAMES = 20


def speaker_named(project: Project, name: str, unnamed_in: Article | None = None) -> Speaker:
    """The speaker whom the project knows by this name or alias, made if there is none.

    Args:
        unnamed_in: the name describes an unnamed source ("two officials") of this article.

    Raises:
        Refused: the name is too long.
    """
    name = " ".join(name.split())
    if len(name) > 200:
        raise Refused(f"“{name[:40]}…” is too long for a name: 200 characters at most.", "speakers")
    known = (
        Speaker.objects.filter(Q(name__iexact=name) | Q(aliases__contains=[name]), project=project)
        .filter(Q(article=None) | Q(article=unnamed_in) if unnamed_in else Q(article=None))
        .select_related("canonical")
        .order_by("article", "pk")
        .first()
    )
    if known:
        return known
    kind = SpeakerType.UNNAMED if unnamed_in else SpeakerType.UNKNOWN
    try:
        with transaction.atomic():
            return Speaker.objects.create(project=project, name=name, type=kind, article=unnamed_in)
    except IntegrityError:  # somebody else added the name at the same moment
        return Speaker.objects.get(project=project, name__iexact=name, article=unnamed_in)


def attribute(
    annotation_id: object,
    project: Project,
    names: dict[AttributionRole, Iterable[str]],
    unnamed_in: Article | None = None,
) -> bool:
    """Make these the annotation's attributions; those that stay are not touched.

    Returns:
        Whether anything changed.

    Raises:
        Refused: too many names, or one that is too long.
    """
    wanted: dict[tuple[str, int], int] = {}
    for role, given in names.items():
        several = [name for name in given if name.strip()]
        if len(several) > MAX_NAMES:
            raise Refused(f"At most {MAX_NAMES} names, please.", role)
        for position, name in enumerate(several):
            source = unnamed_in if role == AttributionRole.SPEAKER else None
            speaker = speaker_named(project, name, source)
            wanted.setdefault((role, speaker.pk), position)
    changed = False
    kept: set[tuple[str, int]] = set()
    for old in Attribution.objects.filter(annotation=annotation_id, role__in=list(names)):
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
        Attribution(annotation_id=annotation_id, role=role, speaker_id=speaker, position=position)
        for (role, speaker), position in wanted.items()
        if (role, speaker) not in kept
    ]
    Attribution.objects.bulk_create(fresh)
    return changed or bool(fresh)
