import pytest

from reader.text.images import content_image

ADDRESS = "https://a.example/1.jpg"


@pytest.mark.parametrize(
    ("attrs", "srcsets", "src"),
    [
        ({"src": ADDRESS}, [], ADDRESS),
        ({"src": " https://a.example/a b.jpg\n"}, [], "https://a.example/a%20b.jpg"),
        ({"src": "HTTPS://a.example/1.jpg"}, [], "HTTPS://a.example/1.jpg"),
        ({"src": "data:image/gif;base64,R0", "data-src": ADDRESS}, [], ADDRESS),
        ({"src": "https://a.example/placeholder.jpg", "data-src": ADDRESS}, [], ADDRESS),
        ({"src": "https://a.example/low.jpg", "data-original": ADDRESS}, [], ADDRESS),
        ({"src": "https://a.example/s.jpg", "srcset": f"{ADDRESS} 900w"}, [], ADDRESS),
        ({"srcset": f"https://a.example/3 3000w,{ADDRESS} 1600w, /2 800w"}, [], ADDRESS),
        ({"srcset": f"https://a.example/3 3000w,{ADDRESS} 2000w"}, [], ADDRESS),
        ({"srcset": f"https://a.example/s, {ADDRESS} 2x"}, [], ADDRESS),
        ({"src": ADDRESS, "srcset": "https://a.example/s, https://a.example/2 2x"}, [], ADDRESS),
        (
            {"srcset": "https://a.example/w_1,h_2/a.jpg 400w, https://a.example/s 40w"},
            [],
            "https://a.example/w_1,h_2/a.jpg",
        ),
        (
            {"src": "https://a.example/s", "srcset": "https://a.example/2 320w"},
            ["https://a.example/3 640w", f"{ADDRESS} 1280w"],
            ADDRESS,
        ),
        ({"srcset": "javascript:a() 900w", "src": ADDRESS}, [], ADDRESS),
    ],
)
def test_the_best_version_is_taken(attrs: dict[str, str], srcsets: list[str], src: str) -> None:
    assert content_image(attrs, srcsets) == {"src": src}


@pytest.mark.parametrize(
    "attrs",
    [
        {},
        {"src": ""},
        {"src": "/relative.jpg"},
        {"src": "//a.example/1.jpg"},
        {"src": "data:image/png;base64,AA=="},
        {"src": "javascript:alert(1)"},
        {"src": "java\nscript:alert(1)"},
        {"src": "file:///etc/passwd"},
        {"src": "ftp://a.example/1.jpg"},
        {"src": "https://[a.example/1.jpg"},
        {"data-src": '{"default": "https://a.example/1.jpg"}', "src": ADDRESS},
        {"src": "https://a.example/{width}.jpg"},
        {"src": f"https://a.example/{'a' * 2000}"},
        {"src": "https://a.example/drawing.svg?v=1"},
        {"src": "https://a.example/1x1.gif"},
        {"src": "https://a.example/spacer.gif?a=b"},
        {"src": "https://s.a.example/images/emoji/72x72/1f600.png"},
        {"src": ADDRESS, "width": "1", "height": "1"},
        {"src": ADDRESS, "width": "728", "height": "90"},
        {"src": ADDRESS, "height": "24px"},
        {"src": ADDRESS, "width": "0"},
    ],
)
def test_what_is_no_picture_of_the_text(attrs: dict[str, str]) -> None:
    assert content_image(attrs) is None


def test_addresses_are_relative_to_the_page() -> None:
    base = "https://a.example/news/1.html"
    for src in ("../1.jpg", "/1.jpg", "//a.example/1.jpg", ADDRESS):
        assert content_image({"src": src}, base=base) == {"src": ADDRESS}
    assert content_image({"srcset": "/1.jpg 640w"}, base=base) == {"src": ADDRESS}


def test_what_the_page_says_of_a_picture() -> None:
    attrs = {"src": ADDRESS, "alt": " A\x00 \nboat ", "width": "100%", "height": "480.5px"}
    assert content_image(attrs) == {"src": ADDRESS, "alt": "A boat", "height": "480"}
    assert len((content_image({"src": ADDRESS, "alt": "a " * 1000}) or {})["alt"]) == 999


def test_hostile_versions_are_read_in_time() -> None:
    for piece in ("a", "a ", "a,", " ,", "1w ", "a 1w", ADDRESS + " "):
        content_image({"srcset": piece * 200_000})
