"""May this page be fetched? What a site's robots.txt says (RFC 9309), asked once in a while."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from urllib.parse import urlsplit

from protego import Protego

AGENT = "OnRecord"
"""The name by which a robots.txt may address us."""

MAX_BYTES = 500 * 1024
"""As much as RFC 9309, section 2.5, asks one to read; what comes after does not count."""

KEPT_SECONDS = 600
KEPT_SITES = 500

Ask = Callable[[str], tuple[int, bytes]]
"""Gets an address; returns the status and the beginning of the content. What it raises is passed
on: a site that cannot be reached lets nothing be read."""


class Robots:
    """The rules of the sites that were asked lately. Threads may share it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._rules: OrderedDict[str, tuple[float, Protego]] = OrderedDict()
        self._lock = Lock()

    def allow(self, url: str, ask: Ask) -> bool:
        """Whether `url` may be fetched.

        A site without a robots.txt (4xx) allows everything. One that fails (5xx) allows nothing,
        and is asked again the next time.
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}".lower()
        rules = self._known(site)
        if rules is None:
            status, content = ask(f"{site}/robots.txt")
            if status >= 500:
                return False
            said = content[:MAX_BYTES].decode(errors="replace") if status == 200 else ""
            rules = Protego.parse(said)
            self._keep(site, rules)
        return bool(rules.can_fetch(url, AGENT))

    def _known(self, site: str) -> Protego | None:
        with self._lock:
            found = self._rules.get(site)
            if found is None or found[0] <= self._clock():
                return None
            return found[1]

    def _keep(self, site: str, rules: Protego) -> None:
        with self._lock:
            self._rules[site] = (self._clock() + KEPT_SECONDS, rules)
            self._rules.move_to_end(site)
            while len(self._rules) > KEPT_SITES:
                self._rules.popitem(last=False)
