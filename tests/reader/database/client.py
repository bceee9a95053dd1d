"""A process that uses the embedded server: reads SQL by the line, answers with the first row.

Usage: client.py DATA_DIR. It leaves when its standard input ends. The line `fork` makes a child
that takes over the conversation, while the parent leaves.
"""

import json
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.db import DatabaseError, connection


def answer(sql: str) -> object:
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone() if cursor.description else None
    except DatabaseError as error:
        connection.close()
        return f"error: {error}"


def main() -> None:
    settings.configure(
        DATA_DIR=Path(sys.argv[1]),
        DATABASES={"default": {"ENGINE": "reader.database", "NAME": "onrecord"}},
        USE_TZ=True,
    )
    django.setup()
    while line := sys.stdin.readline():
        if line.strip() == "fork":
            if os.fork() > 0:
                sys.exit()
            connection.connection = None  # the parent's
            print('"forked"', flush=True)
            continue
        print(json.dumps(answer(line)), flush=True)


main()
