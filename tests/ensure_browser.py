"""Make sure that there is a Chromium for the browser tests: `python -m tests.ensure_browser`.

One on this machine is taken first; then Playwright's own download is tried; then, for root on
Debian and its kin, the distribution's package.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_PATHS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def find_browser() -> str | None:
    """The path of a Chromium that can be started, or None."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    for path in MAC_PATHS:
        if Path(path).exists():
            return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def _download() -> bool:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command, check=False, timeout=600).returncode == 0


def _apt_install() -> bool:
    if os.getuid() != 0 or not shutil.which("apt-get"):
        return False
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "chromium"]):
        if subprocess.run(command, check=False, env=environment, timeout=1200).returncode != 0:
            return False
    return True


def main() -> None:
    """Say which browser the tests will use, getting one if need be."""
    for get in (lambda: True, _download, _apt_install):
        if get() and (path := find_browser()):
            print(f"browser: {path}")
            return
    sys.exit(
        "The browser tests need Chromium or Chrome. Install one, such as with\n"
        "    apt-get install chromium"
    )


if __name__ == "__main__":
    main()
