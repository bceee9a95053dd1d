"""Marking the same words elsewhere, with who says them."""

from uuid import UUID

from django.db import transaction

from annotations.models import Annotation, Attribution, AttributionRole, Kind, Speaker
from annotations.services.marking import Marked, mark
from annotations.services.places import Place
from annotations.services.speakers import speaker_called
from reader.models import Article, Revision, User

_MENTION = "mention"


@transaction.atomic
def mark_elsewhere(
    source: Annotation,
    article: Article,
    revision: Revision,
    place: Place,
    *,
    id: UUID,  # noqa: A002  # the annotation's id, issued with the form
    annotator: User,
) -> Marked:
    """Another annotation of the same project, on the same words in another place.

    Kind, wording, speakers and on whose behalf they speak come along, of an allegation who is
    accused, and whether it is a mention only: without that it would count as alleged once more.
    Cue, date, note and claims do not: they belong to the passage. An unnamed source belongs to one
    article, so in another it is another one of the same name.

    Raises:
        Refused: as in `mark`.
    """
    marked = mark(
        source.project,
        article,
        revision,
        annotator,
        id=id,
        kind=source.kind,
        places=[place],
        wording=source.wording,
    )
    if not marked.is_new:
        return marked
    if _MENTION in source.flags:
        marked.annotation.flags = [_MENTION]
        marked.annotation.save(update_fields=["flags"])
    roles = {AttributionRole.SPEAKER, AttributionRole.ON_BEHALF_OF}
    if source.kind == Kind.ALLEGATION:
        roles.add(AttributionRole.TARGET)
    Attribution.objects.bulk_create(
        Attribution(
            annotation=marked.annotation,
            speaker=_speaker_in(one.speaker, article),
            role=one.role,
            position=one.position,
        )
        for one in source.attributions.filter(role__in=roles).select_related("speaker__project")
    )
    return marked


def _speaker_in(speaker: Speaker, article: Article) -> Speaker:
    if speaker.article_id in (None, article.pk):
        return speaker
    return speaker_called(speaker.project, speaker.name, article)
