"""One process's share in the embedded server: start it when needed, stop it when last to leave."""

import atexit
import os
import threading
import time
from pathlib import Path

import psutil
from psycopg import pq

from reader.database import place as places, postgres
from reader.database.lock import SharedLock, exclusive
from reader.database.place import Place, ServerError

START_SECONDS = 10.0  # a failed start is tried again for so long
RECOVERY_SECONDS = 120.0  # a server that replays its log after a crash is waited for
STOP_SECONDS = 20.0
STEP_SECONDS = 0.02


class Server:
    """The server that belongs to one DATA_DIR, as seen by this process.

    Sharing rests on two lock files. Whoever uses the server holds `lock` shared, so nobody who
    holds it alone, as one must to stop the server, can do so under a user. Starting and leaving
    take `start.lock`, one process at a time: two who left together would each see the other.
    """

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._place: Place | None = None
        self._share: SharedLock | None = None
        self._thread_lock = threading.RLock()
        atexit.register(self.release)
        os.register_at_fork(after_in_child=self._forget)

    def _forget(self) -> None:
        # A forked child's copy of the open lock file is its parent's lock, not one of its own,
        # and a thread that held the thread lock was left behind in the parent.
        self._thread_lock = threading.RLock()
        if self._share is not None:
            self._share.forget()
            self._share = None

    @property
    def place(self) -> Place:
        """Where this server lies; makes the outer folders, but starts nothing."""
        with self._thread_lock:
            if self._place is None:
                self._place = places.find(self._data_dir)
            return self._place

    def ensure(self) -> None:
        """Use the server from here to the end of this process, started if it did not run.

        Costs nothing after the first call. Raises ServerError if it cannot be started.
        """
        if self._share is not None:
            return
        with self._thread_lock:
            self.join()
            self.revive()

    def join(self) -> None:
        """Count as a user of the server, running or not, until `release`."""
        with self._thread_lock:
            if self._share is None:
                share = SharedLock(self.place.home / "lock")
                share.acquire()
                self._share = share

    def revive(self) -> None:
        """Start the server if it does not answer.

        Raises ServerError, with the end of the server's log, if it cannot be started.
        """
        with self._thread_lock:
            if postgres.ping(self.place) is not pq.Ping.OK:
                with exclusive(self.place.home / "start.lock"):
                    _start(self.place)

    def release(self) -> None:
        """Leave the server, and stop it if no other process uses it."""
        with self._thread_lock:
            if self._share is None:
                return
            with exclusive(self.place.home / "start.lock"):
                if self._share.make_exclusive():
                    postgres.stop(self.place, STOP_SECONDS)
                self._share.release()
                self._share = None


def _start(place: Place) -> None:
    """Start and wait until it answers; the caller holds `start.lock`."""
    postgres.make_cluster(place)
    started = time.monotonic()
    launched: psutil.Process | None = None
    while (answer := postgres.ping(place)) is not pq.Ping.OK:
        if answer is pq.Ping.NO_RESPONSE and not postgres.is_alive(launched):
            postgres.remove_stale_pid(place)
            if postgres.postmaster(place) is None:
                launched = postgres.launch(place)
        limit = RECOVERY_SECONDS if answer is pq.Ping.REJECT else START_SECONDS
        if time.monotonic() - started > limit:
            raise ServerError(
                f"Postgres does not answer at {place.sockets}. The end of its log, {place.log}:\n"
                + postgres.last_words(place)
            )
        time.sleep(STEP_SECONDS)
