"""From the address that a person knows, of a site or of a feed, to the feeds that it leads to."""

from django.utils.translation import gettext as _

from reader.ingest.errors import FetchError
from reader.ingest.feeds import FoundFeed, Unreadable, discover, parse
from reader.ingest.fetch import ANY_TYPE, Fetched, Limits, fetch

# Somebody waits for the answer, which may take two fetches.
LIMITS = Limits(connect=5, total=15)


def find_feeds(url: str) -> list[FoundFeed]:
    """The feeds that `url` leads to: itself, if a feed stands there, else those that the page
    there names. A single one has been read; several are for a person to choose from.

    It takes up to 30 seconds: nobody should hold a transaction open meanwhile.

    Raises:
        FetchError: nothing was fetched, or there is no feed; the message says what there is.
    """
    fetched = fetch(_with_scheme(url), accept=ANY_TYPE, limits=LIMITS)
    try:
        return [_itself(fetched)]
    except Unreadable as unreadable:
        named = discover(fetched.content, fetched.url)
        found = [feed for feed in named if feed.declared] or named
        if not found:
            raise FetchError(_nothing_at(fetched, str(unreadable))) from None
    if len(found) > 1:
        return found
    behind = fetch(found[0].url, accept=ANY_TYPE, limits=LIMITS)
    try:
        return [_itself(behind)]
    except Unreadable as unreadable:
        raise FetchError(
            _("The page names one feed, %(url)s, but it cannot be read: %(why)s")
            % {"url": found[0].url, "why": unreadable}
        ) from None


def _with_scheme(url: str) -> str:
    """People write "courier.example", and browsers hand over "feed:" addresses."""
    url = url.strip()
    if url.lower().startswith("feed:"):
        url = url[5:].removeprefix("//")
    return url if "://" in url else f"https://{url}"


def _itself(fetched: Fetched) -> FoundFeed:
    """The feed that was fetched. Raises `Unreadable`."""
    feed = parse(
        fetched.content, fetched.url, fetched.headers.get("Content-Type", fetched.content_type)
    )
    return FoundFeed(fetched.permanent_url, feed.title, feed.kind, declared=True)


def _nothing_at(fetched: Fetched, why: str) -> str:
    if fetched.content_type in ("text/html", "application/xhtml+xml"):
        return _(
            "There is a web page at this address, but it names no feed. Look on the site for a "
            "link called RSS, Atom or feed and paste its address, or try the site’s front page."
        )
    return _("No feed was found there: %(why)s") % {"why": why}
