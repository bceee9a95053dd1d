"""The site that is measured, and this process's way into its database."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import django

from tests.embedded import temporary_data_dir
from tests.served import Site, served


@contextmanager
def production_site(data_dir: Path | None = None) -> Iterator[Site]:
    """A site in production, served from `data_dir`, else from a folder of its own; this process
    shares its database.

    Django is set up here, so nothing that needs it can be imported before.
    """
    with nullcontext(data_dir) if data_dir else temporary_data_dir() as folder:
        own = {
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "ON_RECORD_ENV": "production",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DATA_DIR": str(folder),
        }
        os.environ.pop("DATABASE_URL", None)
        os.environ.update(own)
        django.setup()
        from django.db import connections

        from reader.database.base import embedded_server

        try:
            with served(folder, **own) as site:
                yield site
        finally:
            connections.close_all()
            embedded_server().release()
