"""The Chromium that is installed here."""

import shutil

NAMES = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def found() -> str | None:
    return next((at for name in NAMES if (at := shutil.which(name))), None)
