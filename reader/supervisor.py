"""Keep child processes running until told to stop, and then end all of them.

`manage.py serve` prepares the site and then becomes this program, which knows neither Django nor
the site: it stays for days, and would otherwise hold 50 MB of code that it never runs.
"""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path
from types import FrameType
from typing import NoReturn

STOP_SECONDS = 15.0
STEADY_SECONDS = 60.0  # a child that ran for so long is started again at once
LONGEST_PAUSE = 30.0
STEP_SECONDS = 0.2
READY_SECONDS = 60.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Child:
    """A program to keep running, under the name that messages call it by."""

    name: str
    command: Sequence[str]


@dataclass(frozen=True)
class Probe:
    """Where to ask whether the site is up: answered with 200, it is."""

    host: str
    port: int
    host_header: str
    path: str = "/healthz"

    def succeeds(self) -> bool:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=5)
        try:
            connection.request("GET", self.path, headers={"Host": self.host_header})
            return connection.getresponse().status == HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


@dataclass(frozen=True)
class Plan:
    """All that the supervisor is told."""

    children: Sequence[Child]
    probe: Probe
    welcome: str
    embedded_data_dir: str | None
    """DATA_DIR, where the embedded server is to be stopped at the end."""


def become(plan: Plan) -> NoReturn:
    """Turn this process into the supervisor; what it held in memory is gone."""
    # No signal is lost between the two programs: those that come meanwhile wait.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    arguments = [sys.executable, "-m", "reader.supervisor", json.dumps(asdict(plan))]
    os.execv(sys.executable, arguments)  # noqa: S606


def on_stop_signals(act: Callable[[int, FrameType | None], None]) -> None:
    """Have `act` called when this process is asked to end."""
    for number in STOP_SIGNALS:
        # What is ignored already, as under nohup, stays so.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, act)


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


class _Running:
    """A child, its process, and when to start it again."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.pause = 1.0
        self.start()

    def start(self) -> None:
        # In a group of its own: Ctrl-C reaches a whole group, and gunicorn's workers, who would
        # hear it from the terminal and from their master, can hang between the two.
        self.process = subprocess.Popen(self.child.command, process_group=0)
        self.started = time.monotonic()
        self.restart_at: float | None = None

    def look_after(self) -> None:
        """Start the process again if it ended, after a pause that doubles with each crash."""
        now = time.monotonic()
        if self.restart_at is not None:
            if now >= self.restart_at:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self.pause = 1.0 if now - self.started > STEADY_SECONDS else self.pause * 2
        self.pause = min(self.pause, LONGEST_PAUSE)
        self.restart_at = now + self.pause
        _say(f"{self.child.name} ended with code {code}; starting it again in {self.pause:.0f} s")


class Supervisor:
    """Runs children until SIGINT, SIGTERM or SIGHUP arrives, which it alone hears; then it asks
    them to end."""

    def __init__(self, children: Sequence[Child]) -> None:
        self._children = children
        self._stopping = threading.Event()
        self._running: list[_Running] = []

    def start(self) -> None:
        """Start all children, and listen for the signals that stop them."""
        on_stop_signals(self._on_signal)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
        self._running = [_Running(child) for child in self._children]

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> bool:
        """Wait for `ready()`; False if a child ended, a stop was asked for, or time ran out."""
        deadline = time.monotonic() + seconds
        while not self._stopping.is_set() and time.monotonic() < deadline:
            if any(running.process.poll() is not None for running in self._running):
                return False
            if ready():
                return True
            time.sleep(0.05)
        return False

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()

    def run(self) -> None:
        """Start again what crashes, until a signal says stop."""
        while not self._stopping.wait(STEP_SECONDS):
            for running in self._running:
                running.look_after()

    def stop(self) -> None:
        """Ask every child to end, and kill what has not after STOP_SECONDS."""
        for running in self._running:
            running.process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for running in self._running:
            try:
                running.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                running.process.kill()
                running.process.wait()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._stopping.set()


def stop_embedded_server(data_dir: Path) -> None:
    """Stop the database if nobody uses it any more."""
    # Loaded only now: it brings the database driver along.
    from reader.database.server import Server

    server = Server(data_dir)
    server.join()
    server.release()


def main() -> int:
    """Run the plan given as JSON; the exit code is 1 if the site did not come up."""
    given = json.loads(sys.argv[1])
    plan = Plan(
        children=[Child(**child) for child in given["children"]],
        probe=Probe(**given["probe"]),
        welcome=given["welcome"],
        embedded_data_dir=given["embedded_data_dir"],
    )
    supervisor = Supervisor(plan.children)
    supervisor.start()
    came_up = supervisor.wait_until(plan.probe.succeeds, READY_SECONDS)
    if came_up:
        sys.stdout.write(plan.welcome)
        sys.stdout.flush()
        supervisor.run()
    elif not supervisor.stopping:
        _say(f"The site does not answer on port {plan.probe.port}; the reason should stand above.")
    supervisor.stop()
    if plan.embedded_data_dir is not None:
        stop_embedded_server(Path(plan.embedded_data_dir))
    return 0 if came_up or supervisor.stopping else 1


if __name__ == "__main__":
    sys.exit(main())
