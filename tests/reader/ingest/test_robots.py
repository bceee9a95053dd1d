"""How long a site's rules are remembered."""

from reader.ingest import robots
from reader.ingest.robots import Robots


def test_rules_are_asked_for_again_after_a_while() -> None:
    now, asked = [0.0], []

    def ask(url: str) -> tuple[int, bytes]:
        asked.append(url)
        return 200, b"User-agent: *\nDisallow: /private"

    rules = Robots(lambda: now[0])
    assert rules.allow("https://Courier.example/a", ask)
    assert not rules.allow("https://courier.example/private/a", ask)
    now[0] = robots.KEPT_SECONDS - 1
    rules.allow("https://courier.example/b", ask)
    assert asked == ["https://courier.example/robots.txt"]
    now[0] = robots.KEPT_SECONDS
    rules.allow("https://courier.example/b", ask)
    assert len(asked) == 2


def test_each_site_has_its_own() -> None:
    asked = []
    rules = Robots()
    for url in ("http://a.example/", "https://a.example/", "http://a.example:8080/"):
        rules.allow(url, lambda url: asked.append(url) or (404, b""))
    assert asked == [
        f"{url}robots.txt"
        for url in ("http://a.example/", "https://a.example/", "http://a.example:8080/")
    ]


def test_not_more_sites_are_remembered_than_fit() -> None:
    asked = []
    rules = Robots()
    for number in [*range(robots.KEPT_SITES + 1), 0]:
        rules.allow(f"http://{number}.example/", lambda url: asked.append(url) or (404, b""))
    assert len(asked) == robots.KEPT_SITES + 2
