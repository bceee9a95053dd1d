"""Pictures for tests, drawn on the spot."""

from io import BytesIO
from typing import Any

from PIL import Image

from reader.ingest.pictures import Made, make
from reader.models import Article, Picture
from reader.services.pictures import record


def drawn(width: int = 640, height: int = 480, kind: str = "JPEG", **options: Any) -> bytes:
    """A picture, red above and blue below, as a file of this kind.

    Args:
        options: of Pillow, for that kind.
    """
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (0, height // 2, width, height))
    written = BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def give_picture(article: Article, source: str, made: Made | None = None) -> Picture:
    """The picture that stands at `source`, as if it had been fetched."""
    picture = Picture(article=article, source=source)
    record(picture, made or make(drawn()))
    return picture
