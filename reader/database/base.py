"""What Django loads for `ENGINE = "reader.database"`: Postgres, run by ourselves."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base
from psycopg import Connection, OperationalError

from reader.database.client import DatabaseClient
from reader.database.postgres import PORT, ROLE
from reader.database.server import Server


@lru_cache
def embedded_server() -> Server:
    """The embedded server of this site, as this process shares it."""
    return Server(settings.DATA_DIR)


def is_embedded() -> bool:
    """Whether the site's database is the embedded server."""
    return bool(settings.DATABASES["default"]["ENGINE"] == __package__)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's Postgres backend, with the address filled in and the server started on demand."""

    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        self.settings_dict["HOST"] = str(embedded_server().place.sockets)
        self.settings_dict["PORT"] = str(PORT)
        self.settings_dict["USER"] = ROLE
        return super().get_connection_params()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection[Any]:
        server = embedded_server()
        server.ensure()
        try:
            return super().get_new_connection(conn_params)
        except OperationalError:
            # It may have been killed since, and may be back already, started by another process:
            # so one more attempt, whatever the fault was.
            server.revive()
        return super().get_new_connection(conn_params)
