"""A whole site in processes of its own: `manage.py serve`, run as a person runs it."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
COMES_UP_SECONDS = 90


def environment(**changes: str) -> dict[str, str]:
    """That of a command of the site's, whatever site this process belongs to."""
    kept = {k: v for k, v in os.environ.items() if k not in {"SECRET_KEY", "DATABASE_URL"}}
    return kept | {"DJANGO_SETTINGS_MODULE": "reader.settings"} | changes


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def status(port: int) -> int | None:
    """The status of /healthz, or None where nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def until(condition: Callable[[], bool], seconds: float = 30) -> bool:
    """Wait for a condition; False where time ran out."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


@dataclass(frozen=True)
class Site:
    """A site that was started, and its processes."""

    process: subprocess.Popen[bytes]
    port: int
    data_dir: Path

    @property
    def is_up(self) -> bool:
        return status(self.port) == 200

    @property
    def web_server(self) -> psutil.Process:
        """gunicorn's first process, which starts the workers."""
        return self._child("gunicorn")

    @property
    def workers(self) -> list[psutil.Process]:
        return self.web_server.children()

    @property
    def queue_worker(self) -> psutil.Process:
        """The process that does the work in the queue."""
        return self._child("worker")

    def _child(self, word: str) -> psutil.Process:
        children = psutil.Process(self.process.pid).children()
        (child,) = [one for one in children if word in one.cmdline()]
        return child

    @property
    def output(self) -> str:
        """What it wrote to standard output so far."""
        return (self.data_dir / "output").read_text()

    @property
    def errors(self) -> str:
        """What it wrote to standard error so far."""
        return (self.data_dir / "errors").read_text()

    def stop(self) -> int:
        """End it in the ordinary way. Returns its exit code."""
        self.process.terminate()
        return self.process.wait(60)


@contextmanager
def served(data_dir: Path, **changes: str) -> Iterator[Site]:
    """A site on a free port, up when the block begins and stopped when it ends.

    Args:
        changes: environment variables; without any, it is a demo without samples.

    Raises:
        TimeoutError: it did not come up.
    """
    port = free_port()
    given = {"DATA_DIR": str(data_dir), "ON_RECORD_ENV": "demo"} | changes
    # Files, since a pipe that nobody reads would stop a site that logs much.
    with (data_dir / "output").open("wb") as output, (data_dir / "errors").open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=ROOT,
            env=environment(**given),
            stdout=output,
            stderr=errors,
        )
    site = Site(process, port, data_dir)
    try:
        until(lambda: site.is_up or process.poll() is not None, COMES_UP_SECONDS)
        if not site.is_up:
            raise TimeoutError(f"the site did not come up: {site.errors}")
        yield site
    finally:
        site.stop()
