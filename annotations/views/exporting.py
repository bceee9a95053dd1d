"""A project's annotations as a file."""

from collections.abc import Iterable, Iterator

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from annotations.formats import FORMATS
from annotations.queries.exporting import records
from reader.access import seat

BLOCK = 1 << 16
"""Bytes to a write: one for each line would take longer than making the lines."""


@require_safe
@never_cache
def export(request: HttpRequest, slug: str, format_name: str) -> StreamingHttpResponse:
    """Everything that members know, and so for members only; streamed."""
    where = seat(request.user, slug)
    where.require(where.is_member)
    chosen = FORMATS.get(format_name)
    if chosen is None:
        raise Http404
    return StreamingHttpResponse(
        _blocks(chosen.write(records(where.project))),
        content_type=chosen.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{where.project.slug}.{chosen.extension}"'
        },
    )


def _blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    gathered: list[bytes] = []
    size = 0
    for piece in pieces:
        gathered.append(piece)
        size += len(piece)
        if size >= BLOCK:
            yield b"".join(gathered)
            gathered, size = [], 0
    yield b"".join(gathered)
