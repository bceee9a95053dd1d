"""Processes that share an embedded server of their own, in a folder made for one test."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

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
def start() -> Iterator[Callable[[Path], Client]]:
    """Start client processes; those still there at the end of the test are ended."""
    clients: list[Client] = []

    def start_client(folder: Path) -> Client:
        clients.append(Client(folder))
        return clients[-1]

    yield start_client
    for client in clients:
        client.leave()
