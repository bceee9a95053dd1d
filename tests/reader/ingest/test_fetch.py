"""Fetching: limits, redirects, robots.txt, and what people are told. No test leaves the machine."""

import gzip
import socket
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest
from pytest_django import Settings

from reader.ingest import fetch as module
from reader.ingest.errors import FetchError
from reader.ingest.fetch import ANY_TYPE, Limits, fetch, user_agent
from reader.ingest.robots import Robots
from tests.website import Website, website

QUICK = Limits(connect=1, total=1, size=100_000, redirects=2)


@pytest.fixture
def site(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Website]:
    settings.FETCH_ALLOW_PRIVATE = True
    monkeypatch.setattr(module, "_ROBOTS", Robots())
    with website() as site:
        yield site


def refused(url: str, **options: object) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch(url, **{"limits": QUICK, **options})
    return caught.value


class TestAnswers:
    def test_a_page_comes_with_what_the_site_said_of_it(self, site: Website) -> None:
        url = site.page("/a", "<p>Über</p>".encode("latin-1"), "Text/HTML; Charset=ISO-8859-1")
        fetched = fetch(url)
        assert fetched.content == "<p>Über</p>".encode("latin-1")
        assert (fetched.content_type, fetched.charset) == ("text/html", "iso-8859-1")
        assert fetched.url == fetched.permanent_url == url
        assert fetched.status == 200

    def test_we_say_who_we_are(self, site: Website, settings: Settings) -> None:
        settings.SITE_NAME, settings.SITE_CONTACT = "The Dësk\n", "desk@example.org"
        fetch(site.page("/a", "x"), headers={"If-None-Match": '"1"'})
        assert site.headers[0]["User-Agent"].startswith("OnRecord/")
        assert user_agent().endswith("(The D?sk ; desk@example.org)")
        assert site.headers[0]["If-None-Match"] == '"1"'
        assert "Cookie" not in site.headers[0]

    def test_not_modified_is_an_answer(self, site: Website) -> None:
        assert fetch(site.page("/a", "", "", status=304)).status == 304

    def test_an_error_of_the_site_is_told(self, site: Website) -> None:
        error = refused(site.page("/a", "", status=503, Retry_After="120"))
        assert error.message == "The site answered “503 Service Unavailable”."
        assert (error.status, error.retry_after, error.field) == (503, "120", "url")

    @pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/octet-stream"])
    def test_other_types_are_not_read(self, site: Website, kind: str) -> None:
        assert kind in refused(site.page("/a", b"%PDF", kind)).message

    def test_any_type_can_be_asked_for(self, site: Website) -> None:
        assert fetch(site.page("/a", b"%PDF", "application/pdf"), accept=ANY_TYPE).content

    def test_a_page_without_a_type_is_read(self, site: Website) -> None:
        assert fetch(site.page("/a", "<p>", "")).content_type == ""

    def test_packed_pages_are_unpacked(self, site: Website) -> None:
        url = site.page("/a", gzip.compress(b"<p>Packed"), Content_Encoding="gzip")
        assert fetch(url).content == b"<p>Packed"

    def test_unknown_packing_is_told(self, site: Website) -> None:
        assert "br" in refused(site.page("/a", b"?", Content_Encoding="gzip, br")).message

    def test_what_is_packed_wrongly_is_told(self, site: Website) -> None:
        error = refused(site.page("/a", b"not gzip", Content_Encoding="gzip"))
        assert "cannot be unpacked" in error.message


class TestLimits:
    def test_a_large_page(self, site: Website) -> None:
        assert refused(site.page("/a", b"x" * 100_001)).message == "It is larger than 0.1 MB."

    @pytest.mark.parametrize("encoding", ["gzip", "deflate", "gzip, gzip"])
    def test_a_decompression_bomb(self, site: Website, encoding: str) -> None:
        packed = b"\0" * 50_000_000
        for one in encoding.split(", "):
            packed = gzip.compress(packed) if one == "gzip" else zlib.compress(packed)
        assert len(packed) < 100_000
        error = refused(site.page("/a", packed, Content_Encoding=encoding))
        assert error.message == "It is larger than 0.1 MB."

    def test_a_stream_without_end(self, site: Website) -> None:
        def endless(request: BaseHTTPRequestHandler) -> None:
            request.send_response(200)
            request.send_header("Content-Type", "text/html")
            request.end_headers()
            while True:
                request.wfile.write(b"x" * 1000)

        site.answers["/a"] = endless
        assert "larger" in refused(site.address + "/a").message

    @pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"])
    def test_a_site_that_answers_byte_by_byte(self, site: Website, start: bytes) -> None:
        done: list[bool] = []

        def dribble(request: BaseHTTPRequestHandler) -> None:
            try:
                request.wfile.write(start)
                while True:
                    request.wfile.write(b"X")
                    time.sleep(0.05)
            finally:
                done.append(True)

        site.answers["/a"] = dribble
        began = time.monotonic()
        assert refused(site.address + "/a").message == "The site took longer than 1 seconds."
        assert time.monotonic() - began < 10  # not for ever; a busy machine is slow
        for _ in range(100):  # the connection is cut, not just left alone
            if done:
                break
            time.sleep(0.05)
        assert done

    def test_a_name_server_that_does_not_answer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def slow(*args: object, **kwargs: object) -> list[object]:
            time.sleep(1.5)
            return []

        monkeypatch.setattr(socket, "getaddrinfo", slow)
        assert (
            "longer than 0.3 seconds"
            in refused("http://slow.example/", limits=Limits(total=0.3)).message
        )

    def test_a_site_that_is_not_there(self, site: Website) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
            assert refused(url).message == "127.0.0.1 cannot be reached."

    def test_a_site_that_breaks_off(self, site: Website) -> None:
        def broken(request: BaseHTTPRequestHandler) -> None:
            request.send_response(200)
            request.send_header("Content-Length", "1000")
            request.end_headers()
            request.wfile.write(b"x")

        site.answers["/a"] = broken
        assert "broke off" in refused(site.address + "/a").message


class TestRedirects:
    def test_the_last_address_counts(self, site: Website) -> None:
        last = site.page("/last", "x")
        site.redirect("/second", "/last", 302)
        first = site.redirect("/first", "second", 301)
        fetched = fetch(first, limits=QUICK)
        assert fetched.url == last
        assert fetched.permanent_url == site.address + "/second"

    def test_a_permanent_one_behind_a_passing_one_is_none(self, site: Website) -> None:
        site.page("/last", "x")
        site.redirect("/second", "/last", 308)
        first = site.redirect("/first", "/second", 307)
        assert fetch(first).permanent_url == first

    def test_too_many(self, site: Website) -> None:
        error = refused(site.redirect("/round", "/round"))
        assert error.message == "The site redirects more than 2 times."
        assert len(site.asked) == 3

    @pytest.mark.parametrize(
        "target",
        [
            "http://10.0.0.1/",
            "http://169.254.169.254/latest/meta-data",
            "//[fd00:ec2::254]/",
            "file:///etc/passwd",
            "http://user:secret@example.org/",
        ],
    )
    def test_each_step_is_checked(self, site: Website, target: str) -> None:
        assert refused(site.redirect("/a", target)).status == 0
        assert site.asked == ["/a"]


class TestRobots:
    def ask(self, site: Website) -> bytes:
        return fetch(site.page("/a", "here"), ask_robots=True, limits=QUICK).content

    @pytest.mark.parametrize("status", [403, 404, 410, 429])
    def test_a_site_without_rules_allows_all(self, site: Website, status: int) -> None:
        site.page("/robots.txt", "User-agent: *\nDisallow: /", status=status)
        assert self.ask(site) == b"here"

    def test_a_site_that_cannot_say_allows_nothing(self, site: Website) -> None:
        site.page("/robots.txt", "", status=500)
        with pytest.raises(FetchError, match=r"robots\.txt"):
            self.ask(site)
        site.page("/robots.txt", "")
        assert self.ask(site) == b"here"

    @pytest.mark.parametrize("agent", ["*", "onrecord"])
    def test_rules_are_kept(self, site: Website, agent: str) -> None:
        site.page("/robots.txt", f"User-agent: {agent}\nDisallow: /a\nAllow: /b", "text/plain")
        for _ in range(2):
            with pytest.raises(FetchError, match=r"127\.0\.0\.1 asks programs not to read"):
                self.ask(site)
        assert fetch(site.page("/b", "there"), ask_robots=True).content == b"there"
        assert site.asked == ["/robots.txt", "/b"]

    def test_rules_hold_where_a_redirect_leads(self, site: Website) -> None:
        site.page("/robots.txt", "User-agent: *\nDisallow: /a")
        site.page("/a", "here")
        assert "robots.txt" in refused(site.redirect("/b", "/a"), ask_robots=True).message

    def test_only_the_beginning_of_a_long_file_counts(self, site: Website) -> None:
        rules = "User-agent: *\nDisallow: /a\n" + "# and so on\n" * 100_000
        site.page("/robots.txt", rules)
        assert "robots.txt" in refused(site.page("/a", ""), ask_robots=True).message

    def test_feeds_do_not_ask(self, site: Website) -> None:
        site.page("/robots.txt", "User-agent: *\nDisallow: /")
        assert fetch(site.page("/a", "here")).content == b"here"
        assert site.asked == ["/a"]
