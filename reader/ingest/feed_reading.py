"""A feed is parsed within limits of time and memory, however it was made.

A small one takes a second at most, whatever is in it (docs/feeds.md). A large one is parsed by a
process of its own, which can be ended; for each of the others, that would take far longer than
the parsing.
"""

import pickle
import resource
import subprocess
import sys
from pathlib import Path

from reader.ingest.feeds import ParsedFeed, Unreadable, parse

SMALL = 1_000_000
"""Bytes of a feed that is parsed here."""

COMMAND = ["-m", "reader.ingest.feed_reading"]
SECONDS = 30
MEMORY = 2_000_000_000
"""Bytes of address space, of which the libraries take a part."""

_ROOT = Path(__file__).resolve().parent.parent.parent


def read_feed(content: bytes, url: str, content_type: str = "") -> ParsedFeed:
    """What `reader.ingest.feeds.parse` makes of it, within `SECONDS`.

    Raises:
        Unreadable: it is no feed, or took too long or too much.
    """
    if len(content) <= SMALL:
        return parse(content, url, content_type)
    try:
        done = subprocess.run(
            [sys.executable, *COMMAND, url, content_type],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            cwd=_ROOT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(
            f"The feed took longer than {SECONDS} seconds to read, so it was given up."
        ) from None
    if done.returncode != 0:
        raise Unreadable("The feed could not be read: it needs too much memory.")
    found = pickle.loads(done.stdout)  # noqa: S301  # written by `main` below
    if isinstance(found, ParsedFeed):
        return found
    raise Unreadable(str(found))


def main() -> None:
    """Parse what stands on the standard input; write a `ParsedFeed`, or why there is none."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    url, content_type = sys.argv[1:]
    found: ParsedFeed | str
    try:
        found = parse(sys.stdin.buffer.read(), url, content_type)
    except Unreadable as unreadable:
        found = str(unreadable)
    sys.stdout.buffer.write(pickle.dumps(found))


if __name__ == "__main__":
    main()
