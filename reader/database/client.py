"""`manage.py dbshell` with the psql that comes with the embedded server."""

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql import client

from reader.database.place import client_program


class DatabaseClient(client.DatabaseClient):
    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        arguments, environment = super().settings_to_cmd_args_env(settings_dict, list(parameters))
        return [str(client_program(cls.executable_name)), *arguments[1:]], environment

    def runshell(self, parameters: Iterable[str]) -> None:
        self.connection.ensure_connection()
        super().runshell(parameters)
