"""`manage.py serve`, run as a person runs it, in processes of its own."""

import socket
import subprocess
import sys

import psutil

from tests.embedded import answers
from tests.served import ROOT, environment, served, until


def manage(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run a command of manage.py to its end; `changes` are environment variables."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(**changes),
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_killed_worker_is_replaced_and_a_stop_leaves_nothing(data_dir):
    with served(data_dir) as site:
        web, workers = site.web_server, site.workers
        assert len(workers) == 2
        for worker in workers:
            worker.kill()
        assert until(lambda: site.is_up)
        assert until(lambda: len(web.children()) == 2)

        workers = web.children()
        web.kill()
        for worker in workers:
            worker.kill()
            worker.wait(10)
        assert until(lambda: site.is_up), "the web server was not started again"

        family = psutil.Process(site.process.pid).children(recursive=True)
        assert site.stop() == 0
        assert f"http://localhost:{site.port}/" in site.output
        assert "The web server ended" in site.errors
        assert not [child for child in family if child.is_running()]
        assert not answers(data_dir)


def test_a_busy_port_is_named(data_dir):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = manage("serve", "--port", str(port), DATA_DIR=str(data_dir), ON_RECORD_ENV="demo")
    assert result.returncode == 1
    assert f"port {port}" in result.stderr
    assert f"PORT={port + 1}" in result.stderr
    assert "Traceback" not in result.stderr


def test_production_needs_a_secret_key_and_says_how_to_make_one(data_dir):
    result = manage("serve", DATA_DIR=str(data_dir), ON_RECORD_ENV="production")
    assert result.returncode != 0
    assert "secrets.token_urlsafe" in result.stderr
    assert "Traceback" not in result.stderr
