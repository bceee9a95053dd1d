"""What a browser loads to show a reading page for the first time."""

import gzip
import http.client
import re
from urllib.parse import urljoin

from tests.bench.results import Result
from tests.served import Site

BUDGET_KB = 60

_LINKED = re.compile(rb'<(?:link rel="stylesheet"|script)[^>]*? (?:href|src)="([^"]+)"')
_IMPORTED = re.compile(rb'^import\b[^"]*"([^"]+)";?', re.MULTILINE)


def measure(site: Site, path: str) -> list[Result]:
    """Kilobytes of the page, its styles, and its scripts with the modules that they import, as
    they go over the wire to a browser that takes gzip."""
    page, page_bytes = _fetch(site, path)
    files = _files(site, path, page)
    total = page_bytes + sum(files.values())
    return [
        Result(
            "first load of the article page, compressed",
            f"{total / 1000:.0f} KB",
            f"page {page_bytes / 1000:.0f} KB, {len(files)} styles and scripts",
            budget=f"≤ {BUDGET_KB} KB",
            kept=total / 1000 <= BUDGET_KB,
        )
    ]


def _files(site: Site, path: str, page: bytes) -> dict[str, int]:
    """Bytes over the wire of each style and script."""
    todo = [urljoin(path, found.decode()) for found in _LINKED.findall(page)]
    sizes: dict[str, int] = {}
    while todo:
        address = todo.pop()
        if address not in sizes:
            body, sizes[address] = _fetch(site, address)
            if address.endswith(".js"):
                todo += [urljoin(address, found.decode()) for found in _IMPORTED.findall(body)]
    return sizes


def _fetch(site: Site, path: str) -> tuple[bytes, int]:
    """A body, and how many bytes of it went over the wire.

    Raises:
        ValueError: it isn't there.
    """
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        body = response.read()
    finally:
        connection.close()
    if response.status != 200:
        raise ValueError(f"{path}: {response.status}")
    is_small = response.getheader("Content-Encoding") == "gzip"
    return (gzip.decompress(body) if is_small else body), len(body)
