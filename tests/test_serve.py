"""`manage.py serve`, run as a person runs it, in processes of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.embedded import answers

ROOT = Path(__file__).resolve().parent.parent


def manage(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    kept = {k: v for k, v in os.environ.items() if k not in {"SECRET_KEY", "DATABASE_URL"}}
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=kept | {"DJANGO_SETTINGS_MODULE": "reader.settings"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


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
    except OSError:
        return None
    finally:
        connection.close()


def until(condition: Callable[[], bool], seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def site(data_dir) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A served site: its process and its port."""
    port = free_port()
    process = manage("serve", "--port", str(port), DATA_DIR=str(data_dir), ON_RECORD_ENV="demo")
    try:
        if not until(lambda: status(port) == 200 or process.poll() is not None, 90):
            pytest.fail("the site did not come up in 90 s")
        yield process, port
    finally:
        process.terminate()
        process.communicate(timeout=60)


def test_a_killed_worker_is_replaced_and_a_stop_leaves_nothing(site, data_dir):
    process, port = site
    assert process.poll() is None, process.communicate()
    (web,) = psutil.Process(process.pid).children()
    workers = web.children()
    assert len(workers) == 2
    for worker in workers:
        worker.kill()
    assert until(lambda: status(port) == 200)
    assert until(lambda: len(web.children()) == 2)

    workers = web.children()
    web.kill()
    for worker in workers:
        worker.kill()
        worker.wait(10)
    assert until(lambda: status(port) == 200), "the web server was not started again"

    family = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGTERM)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert f"http://localhost:{port}/" in output
    assert "The web server ended" in errors
    assert not [child for child in family if child.is_running()]
    assert not answers(data_dir)


def test_a_busy_port_is_named(data_dir):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = manage("serve", "--port", str(port), DATA_DIR=str(data_dir), ON_RECORD_ENV="demo")
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"port {port}" in errors
    assert f"PORT={port + 1}" in errors
    assert "Traceback" not in errors


def test_production_needs_a_secret_key_and_says_how_to_make_one(data_dir):
    process = manage("serve", DATA_DIR=str(data_dir), ON_RECORD_ENV="production")
    _, errors = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "secrets.token_urlsafe" in errors
    assert "Traceback" not in errors
