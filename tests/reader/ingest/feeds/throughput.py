"""How many entries a second are parsed, on feeds as news sites have them."""

import time

from reader.ingest.feeds import parse

_PARAGRAPH = (
    '<p>The <a href="/people/lee">mayor</a> &amp; the council <b>met</b> on Monday. '
    + "Nobody said a word about the harbour. " * 4
    + "</p>"
)
_ITEM = (
    "<item><title>Council meets again, part {n}</title><link>https://news.example/{n}</link>"
    '<guid isPermaLink="false">n-{n}</guid><pubDate>Mon, 29 Mar 2021 10:00:00 GMT</pubDate>'
    "<dc:creator>Ann Lee</dc:creator><description><![CDATA[{short}]]></description>"
    "<content:encoded><![CDATA[{long}]]></content:encoded></item>"
)


def a_feed(entries: int = 50, paragraphs: int = 10) -> bytes:
    """RSS 2.0 with whole articles."""
    items = "".join(
        _ITEM.format(n=n, short=_PARAGRAPH, long=_PARAGRAPH * paragraphs) for n in range(entries)
    )
    return (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>The Coast</title>{items}</channel></rss>"
    ).encode()


def entries_per_second(feeds: int = 20) -> float:
    """Entries parsed in a second of processor time."""
    content = a_feed()
    start = time.process_time()
    count = sum(len(parse(content, "https://news.example/feed").entries) for _ in range(feeds))
    return count / (time.process_time() - start)


if __name__ == "__main__":
    print(f"{entries_per_second():,.0f} entries/s")
