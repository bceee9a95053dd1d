"""The pictures of a text, at the addresses where a page has them."""

from uuid import UUID

from annotations.paths import Ways
from reader.queries.pictures import stored_pictures
from reader.text import Document, Shown


def shown_pictures(document: Document, article_id: UUID, ways: Ways) -> dict[str, Shown]:
    """What `render` shows for the document's pictures: those that are there, and to which the
    page's ways lead. One query, or none where the text has no pictures."""
    sources = document.pictures()
    if not sources:
        return {}
    return {
        picture.source: Shown(path, picture.width, picture.height)
        for picture in stored_pictures(article_id).filter(source__in=sources)
        if (path := ways.to_picture(article_id, picture.sha256))
    }
