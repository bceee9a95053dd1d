"""Pictures that are there to be shown."""

from uuid import UUID

from django.db.models import QuerySet

from reader.models import Picture, PictureStatus


def stored_pictures(article_id: UUID) -> QuerySet[Picture]:
    """The pictures of an article that have been fetched."""
    return Picture.objects.filter(article=article_id, status=PictureStatus.STORED)
