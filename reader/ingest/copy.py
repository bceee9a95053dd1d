"""COPY for models: Postgres takes rows this way several times faster than by INSERT."""

import json
from collections.abc import Mapping, Sequence

from django.db import connection
from django.db.models import JSONField, Model


def copy_in(model: type[Model], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows into a model's table.

    Args:
        rows: values by the names of the model's attributes (`article_id`), in the same order in
            each. Nothing is filled in for what is missing but what Postgres knows itself.

    Raises:
        django.db.Error: Postgres refuses a row; then none is written.
    """
    if not rows:
        return
    fields = {field.attname: field for field in model._meta.concrete_fields}
    names = list(rows[0])
    json_at = [place for place, name in enumerate(names) if isinstance(fields[name], JSONField)]
    columns = ", ".join(f'"{fields[name].column}"' for name in names)
    statement = f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN'
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(statement) as copy,
    ):
        for row in rows:
            values = list(row.values())
            for place in json_at:
                values[place] = json.dumps(values[place])
            copy.write_row(values)


def next_ids(model: type[Model], count: int) -> list[int]:
    """Keys for rows that are not written yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, count],
        )
        return [row[0] for row in cursor.fetchall()]
