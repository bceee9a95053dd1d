"""reader.settings as the tests run them: in test mode, with a server and databases of their own."""

import os
from pathlib import Path

os.environ.setdefault("ON_RECORD_ENV", "test")
os.environ.setdefault("DATA_DIR", str(Path(__file__).resolve().parent.parent / "var" / "test"))

from reader.settings import *  # noqa: F403
from reader.settings import DATABASES

# Two test runs at once do not take each other's database.
DATABASES["default"]["TEST"] = {"NAME": f"test_onrecord_{os.getpid()}"}
