"""The pictures of articles: fetched once each, and told of on the pages that show them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from reader.ingest.pictures import Made, fetch_picture, keep, path_of, remove
from reader.models import Article, Picture, PictureStatus
from reader.services.articles import note_on_pages
from reader.services.errors import Refused

_BATCH = 500


@dataclass(slots=True)
class Tally:
    """How many pictures a run has stored, and how many it could not."""

    stored: int = 0
    failed: int = 0


def fetch_pictures_of(article_id: UUID, *, failed_too: bool = False) -> Tally:
    """Fetch the pictures of an article's newest text that are not there yet.

    No transaction may be open: it takes up to a minute for each. Running it twice, or beside
    itself, does no harm.

    Args:
        failed_too: also those that could not be fetched before.
    """
    tally = Tally()
    article = Article.objects.select_related("current_revision").filter(pk=article_id).first()
    if article is None:
        return tally
    for picture in _missing(article, failed_too=failed_too):
        try:
            made = fetch_picture(picture.source)
        except Refused as refused:
            tally.failed += 1
            _record_failure(picture, refused.message)
        else:
            tally.stored += 1
            record(picture, made)
    return tally


def articles_with_pictures() -> Iterator[UUID]:
    """The articles whose newest text has pictures, the newest article first."""
    found = Article.objects.filter(current_revision__markup__contains=[["picture"]])
    ids = found.order_by("-pk").values_list("pk", flat=True)
    batch = list(ids[:_BATCH])
    while batch:
        yield from batch
        batch = list(ids.filter(pk__lt=batch[-1])[:_BATCH])


@transaction.atomic
def record(picture: Picture, made: Made) -> None:
    """Keep a picture, and have it shown on every page of its article."""
    picture.sha256, picture.width, picture.height = keep(made), made.width, made.height
    picture.status, picture.error, picture.fetched_at = PictureStatus.STORED, "", timezone.now()
    picture.save()
    note_on_pages(picture.article_id)


def remove_unused(digests: Iterable[str]) -> None:
    """Remove the files with these digests that no article shows any more."""
    unused = set(digests)
    unused -= set(Picture.objects.filter(sha256__in=unused).values_list("sha256", flat=True))
    remove(unused)


def _missing(article: Article, *, failed_too: bool) -> list[Picture]:
    """The article's pictures to fetch, in the order of the text; a file that got lost is one."""
    wanted = article.newest.document.pictures()
    Picture.objects.bulk_create(
        (Picture(article=article, source=source) for source in wanted), ignore_conflicts=True
    )
    rows = {one.source: one for one in article.pictures.filter(source__in=wanted)}
    in_order = [rows[source] for source in wanted]
    return [one for one in in_order if _is_missing(one, failed_too=failed_too)]


def _is_missing(picture: Picture, *, failed_too: bool) -> bool:
    if picture.status == PictureStatus.STORED:
        return not path_of(picture.sha256).exists()
    return failed_too or picture.status == PictureStatus.WAITING


def _record_failure(picture: Picture, message: str) -> None:
    picture.status, picture.error = PictureStatus.FAILED, message
    picture.fetched_at = timezone.now()
    picture.save(update_fields=["status", "error", "fetched_at"])
