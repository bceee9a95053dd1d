"""A program: a picture from anywhere on its standard input, a WebP without metadata on its output.

Decoders are where pictures attack, so they run in a process of their own, which knows nothing of
the site and may use so much memory and time. The first line of its output is JSON: the size in
pixels, or why the picture is `refused`. Whatever else ends it means that the picture is broken.
"""

import json
import resource
import sys
from contextlib import suppress
from io import BytesIO

from PIL import AvifImagePlugin, Image, ImageCms, ImageOps, UnidentifiedImageError

FORMATS = ("AVIF", "GIF", "JPEG", "PNG", "WEBP")
LONGEST_SIDE = 1600  # pixels, of what is written
SHORTEST_SIDE = 64
MOST_PIXELS = 40_000_000
QUALITY = 80
MEMORY = 1_500_000_000  # bytes of address space
CPU_SECONDS = 20


class Unfit(Exception):
    """The picture is not one that is shown: "format", "large" or "small", and by which limit."""

    def __init__(self, reason: str, limit: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.limit = reason, limit


def reencode(content: bytes) -> Image.Image:
    """The first frame of a picture, upright, opaque, in sRGB and no larger than it is shown.

    Raises:
        Unfit: as it says. For a broken picture Pillow raises what it likes.
    """
    try:
        picture: Image.Image = Image.open(BytesIO(content), formats=FORMATS)
    except UnidentifiedImageError:
        raise Unfit("format") from None
    except Image.DecompressionBombError:
        raise Unfit("large", MOST_PIXELS) from None
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise Unfit("large", MOST_PIXELS)
    shrunk = min(1, LONGEST_SIDE / max(width, height))
    if min(width, height) * shrunk < SHORTEST_SIDE:
        raise Unfit("small", SHORTEST_SIDE)
    picture.draft(picture.mode, (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded smaller
    profile, orientation = picture.info.get("icc_profile"), picture.getexif()
    if picture.mode.startswith("I;16"):  # which Pillow would cut off, not scale
        picture = picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode not in ("CMYK", "L", "RGB", "RGBA"):
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    picture = _in_srgb(picture, profile)
    picture.info["exif"] = orientation.tobytes()
    picture = ImageOps.exif_transpose(picture)
    if picture.mode == "RGB":
        return picture
    # What shows through is white, as on most pages: dark words on a dark page could not be read.
    opaque = Image.new("RGB", picture.size, "white")
    opaque.paste(picture, mask=picture)
    return opaque


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    if profile and picture.mode in ("CMYK", "RGB", "RGBA"):
        # A profile that is wrong says nothing of the picture.
        with suppress(ImageCms.PyCMSError, OSError):
            given = ImageCms.ImageCmsProfile(BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, given, srgb, outputMode=mode)
            if converted is not None:
                return converted
    return picture if picture.mode == mode else picture.convert(mode)


def main() -> None:
    """Read, write, and say how large it is."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    with suppress(ValueError):  # macOS sets no such limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # from twice of which Pillow refuses
    written = BytesIO()
    try:
        picture = reencode(sys.stdin.buffer.read())
        picture.save(written, "WEBP", quality=QUALITY, exif=b"", icc_profile=b"", xmp=b"")
        said: dict[str, int | str] = {"width": picture.width, "height": picture.height}
    except Unfit as unfit:
        said = {"refused": unfit.reason, "limit": unfit.limit}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + written.getvalue())


if __name__ == "__main__":
    main()
