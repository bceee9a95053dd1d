"""Processes that share an embedded server of their own, in a folder made for one test."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from psycopg import pq

from reader.database import place, postgres

ROOT = Path(__file__).resolve().parents[3]
CLIENT = Path(__file__).with_name("client.py")


class Client:
    """A process that asks the server of `data_dir`."""

    def __init__(self, data_dir: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(CLIENT), str(data_dir)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )

    def send(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def receive(self):
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())

    def ask(self, sql: str):
        self.send(sql)
        return self.receive()

    def leave(self) -> None:
        """End in the ordinary way."""
        self.process.communicate(timeout=60)

    def kill(self) -> None:
        self.process.kill()
        self.leave()


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A folder that the server's account can come to, unlike pytest's own; stopped at the end."""
    folder = Path(tempfile.mkdtemp(prefix="on-record-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        for data in folder.rglob("postgres/data"):
            server = postgres.postmaster(place.Place(data.parent.resolve(), None))
            if server is not None:
                server.send_signal(signal.SIGQUIT)
                server.wait(20)
        shutil.rmtree(folder)


@pytest.fixture
def start() -> Iterator[Callable[[Path], Client]]:
    """Start client processes; those still there at the end of the test are ended."""
    clients: list[Client] = []

    def start_client(folder: Path) -> Client:
        clients.append(Client(folder))
        return clients[-1]

    yield start_client
    for client in clients:
        client.leave()


def answers(folder: Path) -> bool:
    """Whether the server of `folder` runs."""
    return postgres.ping(place.find(folder)) is pq.Ping.OK
