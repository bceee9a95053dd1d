"""COPY for model instances: Postgres takes rows this way several times faster than by INSERT."""

from collections.abc import Sequence
from typing import TypeVar

from django.db import connection
from django.db.models import Model

Instance = TypeVar("Instance", bound=Model)


def copy_in(instances: Sequence[Instance]) -> None:
    """Insert instances of one model. Those without a key get one, but do not learn it.

    Raises:
        django.db.Error: Postgres refuses a row; then none is written.
    """
    if not instances:
        return
    meta = instances[0]._meta
    fields = [
        field
        for field in meta.concrete_fields
        if not field.primary_key or instances[0].pk is not None
    ]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    statement = f"COPY {connection.ops.quote_name(meta.db_table)} ({columns}) FROM STDIN"
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(statement) as copy,
    ):
        for instance in instances:
            copy.write_row(
                [
                    field.get_db_prep_save(field.pre_save(instance, add=True), connection)
                    for field in fields
                ]
            )


def next_ids(model: type[Model], count: int) -> list[int]:
    """Keys for rows that are not written yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, count],
        )
        return [row[0] for row in cursor.fetchall()]
