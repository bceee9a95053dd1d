"""A site as it is run in production, with one address more."""

from reader.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
