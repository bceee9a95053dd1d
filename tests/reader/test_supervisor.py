"""The supervisor as a process; tests/test_serve.py sees it with a whole site."""

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from reader.supervisor import Child, Plan, Probe

ROOT = Path(__file__).resolve().parents[2]


class Healthy(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.headers["Host"] == "news.example" else 400)
        self.end_headers()

    def log_message(self, *arguments) -> None:
        pass


@pytest.fixture
def healthy_port():
    """A port where a site answers to the name news.example."""
    with HTTPServer(("127.0.0.1", 0), Healthy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def supervise(port: int, *commands: str) -> subprocess.Popen[str]:
    plan = Plan(
        children=[Child(f"Child {n}", ["sh", "-c", line]) for n, line in enumerate(commands)],
        probe=Probe("127.0.0.1", port, "news.example"),
        welcome="It is up.\n",
        embedded_data_dir=None,
    )
    # Tests that run in the background of a shell ignore SIGINT, and so would what they start; what
    # is handled here is at its default there.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return _started(plan)
    finally:
        signal.signal(signal.SIGINT, before)


def _started(plan: Plan) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "reader.supervisor", json.dumps(asdict(plan))],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_all_children(healthy_port, number):
    process = supervise(healthy_port, "exec sleep 60", "exec sleep 60")
    assert process.stdout.readline() == "It is up.\n"
    process.send_signal(number)
    process.communicate(timeout=60)  # children that lived on would keep the pipes open
    assert process.returncode == 0


def test_ctrl_c_reaches_children_once(healthy_port, tmp_path):
    heard = tmp_path / "heard"
    child = f"trap 'echo INT >> {heard}' INT; trap 'echo TERM >> {heard}; exit' TERM; "
    process = supervise(healthy_port, f"{child} echo ready; while :; do sleep 0.05; done")
    assert {process.stdout.readline(), process.stdout.readline()} == {"It is up.\n", "ready\n"}
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=60)
    assert heard.read_text() == "TERM\n"


def test_a_crashed_child_is_started_again(healthy_port, tmp_path):
    count = tmp_path / "count"
    process = supervise(healthy_port, f"sleep 0.3; echo x >> {count}; exit 3")
    assert process.stdout.readline() == "It is up.\n"
    assert "Child 0 ended with code 3; starting it again in 2 s" in process.stderr.readline()
    assert "Child 0 ended with code 3; starting it again in 4 s" in process.stderr.readline()
    process.terminate()
    process.communicate(timeout=60)
    assert count.read_text() == "x\nx\n"


def test_a_site_that_does_not_come_up_is_an_error(healthy_port):
    process = supervise(healthy_port + 1, "exit 3", "exec sleep 60")
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert output == ""
    assert f"port {healthy_port + 1}" in errors
