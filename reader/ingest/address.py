"""An article from its address: fetched with the site's leave, and taken out of its page."""

import gzip

from reader.ingest.details import Details
from reader.ingest.fetch import fetch
from reader.ingest.incoming import Incoming, article, page_text


def fetch_article(url: str) -> tuple[Incoming, str]:
    """The article at `url`, and its HTML. `raw` is the page as it was received, gzipped.

    It takes a while: nobody should hold a transaction open meanwhile.

    Raises:
        FetchError: the page was not fetched.
        ExtractError: there is no article in it.
        Refused: its text cannot be kept.
    """
    # Loaded when first needed: the extractors weigh as much as all the rest of an idle process.
    from reader.ingest.extract import extract

    fetched = fetch(url, ask_robots=True)
    extracted = extract(fetched.content, fetched.url, fetched.charset)
    details = Details(
        title=extracted.title,
        url=fetched.url,
        byline=extracted.byline,
        publication=extracted.publication,
        language=extracted.language,
        published=extracted.published,
    )
    incoming = article(
        page_text(extracted.html),
        details,
        extractor=extracted.extractor,
        raw=gzip.compress(fetched.content, mtime=0),
        where=fetched.url,
    )
    return incoming, extracted.html
