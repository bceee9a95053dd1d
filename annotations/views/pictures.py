"""The pictures of articles, for those who may read these whole."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from annotations.access import OpenShare, picture_in
from annotations.views.reading import seat_for
from annotations.views.shares import with_share
from reader.access import article_in
from reader.views.pictures import picture_response


@require_safe
def picture(
    request: HttpRequest, article_id: UUID, sha256: str, slug: str | None = None
) -> HttpResponseBase:
    """A picture of an article in a project."""
    where = seat_for(request.user, slug)
    found = picture_in(where, article_in(where, article_id), sha256)
    return picture_response(request, found)


@require_safe
@with_share
def shared_picture(
    request: HttpRequest, opened: OpenShare, sha256: str, article_id: UUID | None = None
) -> HttpResponseBase:
    """A picture of a shared article, or of an article of a shared project."""
    share = opened.share
    shown = share.project_article.article_id if share.project_article else None
    if share.project is not None:
        shown = article_id
    if shown is None or article_id not in (None, shown):
        raise Http404
    found = picture_in(opened.seat, article_in(opened.seat, shown), sha256)
    return picture_response(request, found)
