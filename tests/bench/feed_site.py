"""`python -m tests.bench.feed_site NUMBER ITEMS`: a site with so many feeds of so many articles.

A process of its own, so that it takes no time from who asks it. It writes its address, and ends
when its standard input does.
"""

import sys
from random import Random

from tests.rss import item, rss
from tests.website import website

WORDS = 120
"""In an article."""


def main() -> None:
    """Serve until told to stop."""
    number, items = map(int, sys.argv[1:])
    random = Random(1)
    vocabulary = ["".join(random.choices("aeioulnrstdm", k=6)) for _ in range(5_000)]
    with website() as site:
        for feed in range(number):
            listed = (
                item(
                    f"{feed}-{n}",
                    f"{' '.join(random.choices(vocabulary, k=WORDS))}.",
                    link=f"https://coast.example/{feed}/{n}",
                )
                for n in range(items)
            )
            site.page(f"/{feed}", rss(listed, f"Feed {feed}"), "application/rss+xml")
        print(site.address, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
