"""Pictures of every page, for docs/screens.md, of a running site with the sample letters.

    python -m tests.browser.screens http://127.0.0.1:8000

Makes the site lifelike first, see tests/browser/lifelike.py.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser import chromium
from tests.browser.lifelike import lifelike

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {
    "cases": "/cases/",
    "filtered": "/cases/?item_outcome=overturned&category=therapy&category=diagnostic",
    "searched": "/cases/?q=knee+therapy",
    "nothing": "/cases/?q=acupuncture&age_min=99",
    "case": "{case}?as=pages",
    "text": "{case}?as=text",
    "correcting": "{case}correct/age",
    "due": "/due/",
    "calendar": "/due/calendar",
    "letters": "/letters/",
    "unreadable": "{letter}",
    "add": "/letters/add/",
    "export": "/cases/export/?item_outcome=overturned&kind=items",
    "exports": "/exports/",
    "written": "{export}",
    "views": "/views/",
    "help": "/help/",
    "tokens": "/account/tokens/",
    "api": "/api/v1/",
    "admin": "/admin/",
    "admin-letters": "/admin/cases/letter/",
    "missing": "/nowhere/",
}


def main(base: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.found(), args=chromium.OPTIONS
        )
        context = browser.new_context(base_url=base, java_script_enabled=False)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto("/login/")
        (DOCS / "screens").mkdir(exist_ok=True)
        page.get_by_label("User name").fill("demo")
        page.get_by_label("Password").fill("demo")
        page.get_by_role("button", name="Log in").click()
        places = lifelike(page)
        for theme in ("light", "dark"):
            for width in (1440, 390):
                picture(browser, context, places, theme, width)
        browser.close()


def picture(
    browser: Browser, known: BrowserContext, places: dict[str, str], theme: str, width: int
) -> None:
    context = browser.new_context(
        base_url=known.pages[0].url,
        viewport={"width": width, "height": 900},
        color_scheme=theme,
        storage_state=known.storage_state(),
    )
    page = context.new_page()
    for name, path in PAGES.items():
        page.goto(path.format(**places), wait_until="networkidle")
        if name == "case":
            page.locator("button.value, a.value").nth(6).click()
            page.wait_for_timeout(800)
            page.locator(".top").scroll_into_view_if_needed()
        save(page.screenshot(full_page=name == "text"), f"screens/{name}-{width}-{theme}")
        if theme == "light" and width == 1440 and name in ("cases", "case"):
            save(page.screenshot(), name)
    context.clear_cookies()
    page.goto("/login/")
    save(page.screenshot(), f"screens/login-{width}-{theme}")
    context.close()


def save(shot: bytes, name: str) -> None:
    drawn = Image.open(io.BytesIO(shot)).convert("RGB").quantize(128)
    drawn.save(DOCS / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1])
