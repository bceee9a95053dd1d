"""What stands at an address, fetched with care: within limits, from the open internet only, and
with the site's leave.

Every request of the server goes through `fetch`; no other code opens a connection.
"""

from collections.abc import Mapping
from concurrent.futures import Future, TimeoutError as TookTooLong
from contextlib import closing
from dataclasses import dataclass, field, replace
from email.message import Message
from threading import Thread
from types import MappingProxyType
from urllib.parse import urljoin, urlsplit

import requests
from django.conf import settings
from django.utils.translation import gettext as _
from requests.utils import requote_uri
from requests_hardened import Config, HTTPSession

from reader.ingest import robots
from reader.ingest.details import CHECKS
from reader.ingest.errors import FetchError, NotAllowed
from reader.ingest.guard import GuardedAdapter, Watch
from reader.ingest.trouble import in_words
from reader.services.errors import Refused

PAGES = frozenset({"text/html", "application/xhtml+xml"})
"""Content types of web pages."""

ANY_TYPE: frozenset[str] = frozenset()

_PERMANENT = frozenset({301, 308})
_ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
_CHUNK = 65_536
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_ROBOTS = robots.Robots()


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect and for all of it, bytes after decompression, redirects followed."""

    connect: float = 10
    total: float = 30
    size: int = 10_000_000
    redirects: int = 5


LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a site answered with: a success, or 304.

    `url` is where it stood after all redirects, `permanent_url` where those that the site calls
    permanent led: the address to ask from now on. `content_type` is in lower case and without
    parameters, `charset` what came with it; both are "" where the site did not say.
    """

    url: str
    permanent_url: str
    status: int
    content_type: str
    charset: str
    content: bytes
    headers: Mapping[str, str] = field(repr=False)


def fetch(
    url: str,
    *,
    accept: frozenset[str] = PAGES,
    headers: Mapping[str, str] = _NO_HEADERS,
    ask_robots: bool = False,
    limits: Limits = LIMITS,
) -> Fetched:
    """Get `url`. It takes no longer than `limits.total`, whatever the site does.

    Args:
        accept: the content types that are read, or `ANY_TYPE`; an answer that names none is read.
        headers: sent along, as `If-None-Match`.
        ask_robots: respect the robots.txt of each site on the way.

    Raises:
        FetchError: nothing that was asked for came back; the message says why. `NotAllowed` where
            a robots.txt does not let it be read.
    """
    watch = Watch()
    result: Future[Fetched] = Future()
    work = _Fetch(accept, headers, ask_robots, limits, watch)
    # Only another thread can give up on a name server, or on headers that come byte by byte.
    Thread(target=_settle, args=(result, work, url), name="fetch", daemon=True).start()
    try:
        return result.result(limits.total)
    except TookTooLong:
        raise FetchError(
            _("The site took longer than %(seconds)s seconds.") % {"seconds": f"{limits.total:g}"}
        ) from None
    finally:
        watch.end()


def user_agent() -> str:
    """Who asks, and whom to write to about it."""
    about = "; ".join(part for part in (settings.SITE_NAME, settings.SITE_CONTACT) if part)
    about = about.encode("ascii", "replace").decode()
    about = "".join(char if char.isprintable() and char not in "()" else " " for char in about)
    return f"{robots.AGENT}/{settings.VERSION} ({about})"


def _settle(result: "Future[Fetched]", work: "_Fetch", url: str) -> None:
    try:
        result.set_result(work.run(url))
    except BaseException as error:  # noqa: BLE001  # raised again where the result is awaited
        result.set_exception(error)


@dataclass(frozen=True, slots=True)
class _Fetch:
    """One fetch with all its redirects, in a session that is closed behind it."""

    accept: frozenset[str]
    headers: Mapping[str, str]
    ask_robots: bool
    limits: Limits
    watch: Watch
    cut_at_size: bool = False

    def run(self, url: str) -> Fetched:
        with self._session() as session:
            permanent_url, is_permanent = url, True
            for _hop in range(self.limits.redirects + 1):
                url = _checked(url)
                if self.ask_robots and not _ROBOTS.allow(url, self._robots_txt):
                    raise NotAllowed(
                        _(
                            "%(host)s asks programs not to read this page, or cannot say at "
                            "present (robots.txt). Paste its text instead."
                        )
                        % {"host": urlsplit(url).hostname}
                    )
                trouble = in_words(url, self.limits.connect, self.limits.total)
                with trouble, closing(self._ask(session, url)) as response:
                    if not response.is_redirect:
                        return self._read(response, url, permanent_url)
                is_permanent = is_permanent and response.status_code in _PERMANENT
                url = urljoin(url, requote_uri(response.headers["Location"]))
                permanent_url = url if is_permanent else permanent_url
        raise FetchError(
            _("The site redirects more than %(number)s times.") % {"number": self.limits.redirects}
        )

    def _session(self) -> HTTPSession:
        allow = settings.FETCH_ALLOW_PRIVATE
        session = HTTPSession(
            Config(
                ip_filter_enable=False,  # GuardedAdapter is its filter, and more
                ip_filter_allow_loopback_ips=allow,
                never_redirect=True,
                default_timeout=(self.limits.connect, self.limits.total),
                user_agent_override=user_agent(),
            )
        )
        # No proxy and no passwords by way of the environment: a proxy would connect to addresses
        # that nobody has checked.
        session.trust_env = False
        for scheme in ("http", "https"):
            adapter = GuardedAdapter(scheme, allow_loopback=allow, watch=self.watch)
            session.mount(f"{scheme}://", adapter)
        return session

    def _robots_txt(self, url: str) -> tuple[int, bytes]:
        limits = replace(self.limits, size=robots.MAX_BYTES)
        asking = _Fetch(ANY_TYPE, _NO_HEADERS, False, limits, self.watch, cut_at_size=True)
        try:
            fetched = asking.run(url)
        except FetchError as error:
            if not error.status:
                raise
            return error.status, b""
        return fetched.status, fetched.content

    def _ask(self, session: HTTPSession, url: str) -> requests.Response:
        """An answer, of which the body is still to be read."""
        sent = {
            "Accept": ", ".join([*sorted(self.accept), "*/*;q=0.1"]),
            "Accept-Encoding": "gzip, deflate",
            **self.headers,
        }
        return session.get(url, headers=sent, stream=True)

    def _read(self, response: requests.Response, url: str, permanent_url: str) -> Fetched:
        status = response.status_code
        if not (200 <= status < 300 or status == 304):
            raise FetchError(
                _("The site answered “%(status)s %(reason)s”.")
                % {"status": status, "reason": response.reason},
                status=status,
                retry_after=response.headers.get("Retry-After", ""),
            )
        content_type, charset = _kind(response.headers.get("Content-Type", ""))
        if content_type and self.accept and content_type not in self.accept and status != 304:
            raise FetchError(
                _("What stands there is of the type %(type)s, and not readable.")
                % {"type": content_type}
            )
        return Fetched(
            url=url,
            permanent_url=permanent_url,
            status=status,
            content_type=content_type,
            charset=charset,
            content=b"" if status == 304 else self._content(response),
            headers=response.headers,
        )

    def _content(self, response: requests.Response) -> bytes:
        for encoding in response.headers.get("Content-Encoding", "").lower().split(","):
            if encoding.strip() not in _ENCODINGS:
                raise FetchError(
                    _("The site sent it packed as %(encoding)s, unasked.")
                    % {"encoding": encoding.strip()}
                )
        received = bytearray()
        for chunk in response.iter_content(_CHUNK):
            received += chunk
            if len(received) > self.limits.size:
                if self.cut_at_size:
                    break
                raise FetchError(
                    _("It is larger than %(size)s MB.") % {"size": f"{self.limits.size / 1e6:g}"}
                )
        return bytes(received)


def _checked(url: str) -> str:
    """The address as details may have it: http or https, and without a password."""
    try:
        checked = CHECKS["url"](url)
    except Refused as refused:
        raise FetchError(refused.message) from None
    if not checked:
        raise FetchError(_("There is no address."))
    return checked


def _kind(content_type: str) -> tuple[str, str]:
    """Type and charset of a Content-Type header."""
    if not content_type.strip():
        return "", ""
    message = Message()
    message["Content-Type"] = content_type
    return message.get_content_type(), message.get_content_charset("")
