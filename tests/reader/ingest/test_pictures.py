"""Pictures made anew, and pictures that mean harm."""

import os
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms
from pytest_django import Settings

from reader.ingest import pictures
from reader.ingest.errors import PictureError
from reader.ingest.pictures import keep, make, path_of, remove
from reader.ingest.reencode import LONGEST_SIDE
from tests.pictures import drawn

RED, BLUE = (254, 0, 0), (0, 0, 254)


def opened(content: bytes) -> Image.Image:
    """What we would serve, which has to be a WebP."""
    return Image.open(BytesIO(content), formats=["WEBP"])


def is_like(picture: Image.Image, place: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    """Whether a pixel has this colour, but for what the compression changed."""
    found = picture.convert("RGB").getpixel(place)
    assert isinstance(found, tuple)
    return all(abs(a - b) < 24 for a, b in zip(found, colour, strict=True))


def png(width: int, height: int, data: bytes = b"") -> bytes:
    """A PNG that says it has this size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", data or zlib.compress(bytes(3 * width + 1)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["AVIF", "GIF", "JPEG", "PNG", "WEBP"])
def test_every_kind_becomes_a_webp_of_its_size(kind: str) -> None:
    made = make(drawn(640, 480, kind))
    shown = opened(made.content)
    assert (made.width, made.height) == shown.size == (640, 480)
    assert is_like(shown, (320, 60), RED)
    assert is_like(shown, (320, 420), BLUE)


def test_a_large_picture_is_made_smaller() -> None:
    assert (make(drawn(4000, 3000)).width, make(drawn(4000, 3000)).height) == (LONGEST_SIDE, 1200)
    assert make(drawn(300, 4000, "PNG")).height == LONGEST_SIDE


def test_it_stands_upright_and_says_nothing_of_who_took_it() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E], exif[0x013B] = 6, "Harbour", "Ada Lune"
    made = make(drawn(640, 480, exif=exif, comment=b"Ada Lune"))
    assert (made.width, made.height) == (480, 640)
    shown = opened(made.content)
    assert is_like(shown, (420, 320), RED)
    assert is_like(shown, (60, 320), BLUE)
    assert not shown.getexif()
    assert b"Ada" not in made.content


def test_colours_are_those_that_the_profile_means() -> None:
    picture = Image.new("RGB", (200, 200), "red")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for icc in (profile, b"no profile"):
        written = BytesIO()
        picture.save(written, "JPEG", icc_profile=icc)
        shown = opened(make(written.getvalue()).content)
        assert is_like(shown, (100, 100), RED)
        assert "icc_profile" not in shown.info


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16", "RGBA"])
def test_every_way_to_write_a_colour_is_read(mode: str) -> None:
    grey = Image.new("L", (200, 200), 128)
    picture = (
        grey.point(lambda value: value * 257, "I").convert("I;16")
        if mode == "I;16"
        else grey.convert(mode, dither=Image.Dither.NONE)
    )
    written = BytesIO()
    picture.save(written, "JPEG" if mode == "CMYK" else "PNG")
    shown = opened(make(written.getvalue()).content)
    assert is_like(shown, (100, 100), (254, 254, 254) if mode == "1" else (128, 128, 128))


def test_what_shows_through_is_white() -> None:
    picture = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    picture.paste((255, 0, 0, 255), (0, 0, 200, 100))
    written = BytesIO()
    picture.save(written, "PNG")
    shown = opened(make(written.getvalue()).content)
    assert shown.mode == "RGB"
    assert is_like(shown, (100, 50), RED)
    assert is_like(shown, (100, 150), (254, 254, 254))


def test_of_a_film_the_first_frame_is_shown() -> None:
    frames = [Image.new("RGB", (200, 200), colour) for colour in ("red", "blue", "green")]
    for kind in ("GIF", "WEBP", "PNG"):
        written = BytesIO()
        frames[0].save(written, kind, save_all=True, append_images=frames[1:], duration=100)
        shown = opened(make(written.getvalue()).content)
        assert not getattr(shown, "is_animated", False)
        assert is_like(shown, (100, 100), RED)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no picture of a kind"),
        (b"<html><img src=1.jpg></html>", "no picture of a kind"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>a()</script></svg>', "no picture"),
        (b"%PDF-1.7 and more", "no picture of a kind"),
        (b"\x00\x00\x01\x00\x01\x00\x10\x10", "no picture of a kind"),
        (drawn(200, 200, "BMP"), "no picture of a kind"),
        (drawn(200, 200, "TIFF"), "no picture of a kind"),
        (drawn()[:3000], "is broken"),
        (drawn(kind="PNG")[:200], "is broken"),
        (drawn(kind="WEBP")[:200], "is broken"),
        (drawn(kind="GIF")[:200], "is broken"),
        (drawn(kind="AVIF")[:200], "is broken|no picture"),
        (drawn(1, 1), "smaller than 64 pixels"),
        (drawn(20, 4000, "PNG"), "smaller than 64 pixels"),
        (drawn(64, 9000, "PNG"), "smaller than 64 pixels"),
        (png(30_000, 30_000), "more than 40 million pixels"),
        (png(2_000_000_000, 2_000_000_000), "million pixels|no picture|is broken"),
        (png(8000, 6000), "more than 40 million pixels"),
        (png(4000, 4000, zlib.compress(b"\0" * 50_000_000)[:20_000]), "is broken"),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(PictureError, match=why):
        make(content)


def test_nothing_that_hides_in_a_picture_stays_in_it() -> None:
    page = b"<script>alert(1)</script><?php echo 1;"
    for content in (drawn() + page, drawn(kind="GIF").replace(b"GIF87a", b"GIF89a") + page):
        assert page not in make(content).content


def test_one_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "SECONDS", 0.01)
    with pytest.raises(PictureError, match="takes too long"):
        make(drawn())


def test_it_may_use_so_much_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source = Path(pictures._REENCODE).read_text()
    greedy = tmp_path / "reencode.py"
    greedy.write_text(source.replace("    written = BytesIO()\n", "    bytearray(2 * MEMORY)\n"))
    assert greedy.read_text() != source
    monkeypatch.setattr(pictures, "_REENCODE", greedy)
    with pytest.raises(PictureError, match="too much memory"):
        make(drawn())


def test_a_file_is_written_whole_and_once(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    made = make(drawn())
    assert keep(made) == keep(made) == made.sha256
    assert path_of(made.sha256).read_bytes() == made.content
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == [path_of(made.sha256)]
    os.utime(path_of(made.sha256), (1, 1))
    keep(made)
    assert path_of(made.sha256).stat().st_mtime == 1
    remove([made.sha256, "0" * 64])
    assert not path_of(made.sha256).exists()


def test_a_file_that_cannot_be_written_leaves_nothing(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path
    made = make(drawn())

    def fail(*args: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        keep(made)
    assert not [one for one in tmp_path.rglob("*") if one.is_file()]
