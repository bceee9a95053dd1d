"""File locks (flock) that tell which processes use the embedded server.

A lock belongs to an open file, and the kernel drops it when the process dies, however it dies:
that is why a kill -9 leaves no stale user behind, as a counter in a file would.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def _open(path: Path) -> int:
    # Reading is enough for flock, so that root and the owner of the folder can share one file.
    return os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold `path` alone for the length of the block; waits for whoever has it."""
    descriptor = _open(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        # Unlocked by name: a child forked meanwhile shares this open file and would keep the lock.
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


class SharedLock:
    """One process's share in a lock file, kept until `release` or the process's end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        return self._descriptor is not None

    def acquire(self) -> None:
        """Take a share; waits while another process holds the lock alone."""
        if self._descriptor is None:
            descriptor = _open(self._path)
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            self._descriptor = descriptor

    def make_exclusive(self) -> bool:
        """Try to turn the share into sole possession, without waiting.

        On False the share may be gone (the kernel drops it before it tries), so call this only
        to leave, and never from two processes at once: both would fail.
        """
        if self._descriptor is None:
            return False
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Give the lock up."""
        if self._descriptor is not None:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
            self.forget()

    def forget(self) -> None:
        """Close without unlocking: what a forked child does with the share of its parent."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
