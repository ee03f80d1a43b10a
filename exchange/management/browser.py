"""The machine's own Chromium, for the tests that look at pages."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def chromium() -> str | None:
    """The path of a Chromium: the one CHROMIUM names, else the first that is found; nothing where there is none."""
    names = (os.environ["CHROMIUM"],) if os.environ.get("CHROMIUM") else (*NAMES, MAC)
    return next((path for path in map(shutil.which, names) if path), None)
