"""Keep a list of child processes running until told to stop, and then end all of them."""

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FrameType

STOP_SECONDS = 15.0
STEADY_SECONDS = 60.0  # a child that ran for so long is started again at once
LONGEST_PAUSE = 30.0
STEP_SECONDS = 0.2
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def on_stop_signals(act: Callable[[int, FrameType | None], None]) -> None:
    """Have `act` called when this process is asked to end."""
    for number in STOP_SIGNALS:
        # What is ignored already, as under nohup, stays so.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, act)


@dataclass(frozen=True)
class Child:
    """A program to keep running, under the name that messages call it by."""

    name: str
    command: Sequence[str]


class _Running:
    """A child, its process, and when to start it again."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.pause = 1.0
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(self.child.command)
        self.started = time.monotonic()
        self.restart_at: float | None = None

    def look_after(self, say: Callable[[str], None]) -> None:
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
        say(f"{self.child.name} ended with code {code}; starting it again in {self.pause:.0f} s")


class Supervisor:
    """Runs children until SIGINT, SIGTERM or SIGHUP arrives.

    The children share the terminal's process group, so Ctrl-C reaches them as well; both ways of
    hearing it end in the same orderly stop.
    """

    def __init__(self, children: Sequence[Child], say: Callable[[str], None]) -> None:
        self._children = children
        self._say = say
        self._stopping = threading.Event()
        self._running: list[_Running] = []

    def start(self) -> None:
        """Start all children, and listen for the signals that stop them."""
        on_stop_signals(self._on_signal)
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
        """Start again what crashes, until a signal says stop; then stop all."""
        while not self._stopping.wait(STEP_SECONDS):
            for running in self._running:
                running.look_after(self._say)
        self.stop()

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
