"""Static files are collected again only when one of their sources changed."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_if_changed() -> bool:
    """Collect the static files into STATIC_ROOT. True if there was anything to do."""
    sources = _fingerprint()
    # Outside STATIC_ROOT, which is served.
    stamp = settings.DATA_DIR / "static.sources"
    if stamp.exists() and stamp.read_text() == sources and settings.STATIC_ROOT.is_dir():
        return False
    # Anew, since it would keep an older copy of a file that was changed within the same second.
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(sources)
    return True


def _fingerprint() -> str:
    """What tells one state of the sources from another: names, sizes, times of change."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list(ignore_patterns=None):
            changed = storage.get_modified_time(name).timestamp()
            digest.update(f"{name} {storage.size(name)} {changed}\n".encode())
    return digest.hexdigest()
