"""An embedded server of one's own: a folder for it, and whether it runs."""

import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg import pq
from psycopg.conninfo import make_conninfo

from reader.database import place, postgres


def answers(folder: Path) -> bool:
    """Whether the server of the DATA_DIR `folder` runs."""
    return postgres.ping(place.find(folder)) is pq.Ping.OK


def target(folder: Path) -> str:
    """What psycopg connects to for the server of the DATA_DIR `folder`."""
    return make_conninfo(
        host=str(place.find(folder).sockets),
        port=postgres.PORT,
        dbname=postgres.DATABASE,
        user=postgres.ROLE,
    )


@contextmanager
def temporary_data_dir() -> Iterator[Path]:
    """A DATA_DIR where the server's account can come; stopped and removed when the block ends."""
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
