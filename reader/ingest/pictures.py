"""Pictures of articles: fetched like everything else, made anew, and kept as files of ours.

A file is named by its content and never changes, so that writing it twice does no harm and a file
that nobody names is only in the way.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from reader.ingest.errors import PictureError
from reader.ingest.fetch import fetch

TYPES = frozenset(
    {
        "image/avif",
        "image/gif",
        "image/jpeg",
        "image/jpg",
        "image/pjpeg",
        "image/png",
        "image/webp",
        "image/x-png",
    }
)
"""Content types that are read. SVG is none of them: it is a document with scripts."""

_REENCODE = Path(__file__).with_name("reencode.py")

SECONDS = 30
"""To make a picture anew, in which a busy machine may take its time."""


@dataclass(frozen=True, slots=True)
class Made:
    """A picture as we keep it, a WebP; its size is in pixels."""

    content: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """The digest of the content (hex), which is its name."""
        return hashlib.sha256(self.content).hexdigest()


def fetch_picture(url: str) -> Made:
    """The picture at an address.

    Raises:
        FetchError: it was not fetched.
        PictureError: it is none that is shown.
    """
    return make(fetch(url, accept=TYPES).content)


def make(content: bytes) -> Made:
    """A picture from anywhere made anew, in a process with bounds (`reader.ingest.reencode`).

    Raises:
        PictureError: it is none, is broken, too large or too small, or takes too long.
    """
    try:
        result = subprocess.run(
            [sys.executable, "-I", str(_REENCODE)],
            input=content,
            capture_output=True,
            check=False,
            timeout=SECONDS,
            # One arena: more would count as memory that is used.
            env={"MALLOC_ARENA_MAX": "1"},
        )
    except subprocess.TimeoutExpired:
        raise PictureError(_("The picture takes too long to read.")) from None
    if result.returncode != 0:
        raise PictureError(_("The picture is broken, or needs too much memory."))
    said, _newline, picture = result.stdout.partition(b"\n")
    told = json.loads(said)
    if "refused" in told:
        raise PictureError(_refusal(told["refused"], told["limit"]))
    return Made(picture, told["width"], told["height"])


def path_of(sha256: str) -> Path:
    """Where the picture with this digest lies, if it does."""
    return Path(settings.DATA_DIR) / "pictures" / sha256[:2] / f"{sha256}.webp"


def keep(made: Made) -> str:
    """Write a picture to its place, whole or not at all. Returns its digest."""
    sha256 = made.sha256
    path = path_of(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
            unfinished = Path(part.name)
            try:
                part.write(made.content)
                part.close()
                unfinished.replace(path)
            finally:
                unfinished.unlink(missing_ok=True)
    return sha256


def remove(digests: Iterable[str]) -> None:
    """Remove the files of these pictures, where there are any."""
    for sha256 in digests:
        path_of(sha256).unlink(missing_ok=True)


def _refusal(reason: str, limit: int) -> str:
    """Why the picture is `Unfit`, in words."""
    match reason:
        case "large":
            return _("It has more than %(millions)d million pixels.") % {
                "millions": limit // 1_000_000
            }
        case "small":
            return _("It is smaller than %(pixels)d pixels on a side.") % {"pixels": limit}
    return _("It is no picture of a kind that is read: JPEG, PNG, GIF, WebP or AVIF.")
