"""Makes a site with the sample letters lifelike, by the pages that people use.

More letters, a scan and a text that is no letter; a case that is corrected, noted, given and
checked; days of receipt; a view, an export and a token.
"""

import time
from datetime import date, timedelta

from playwright.sync_api import Page

from samples.writer import invent
from tests.ocr.scans import scan

NAMES = [
    "IMR determination.pdf",
    "2016-11-04 determination.pdf",
    "Final_Determination_Letter (2).pdf",
    "IMR 9825758.pdf",
    "letter 0417.pdf",
    "determination copy.pdf",
]
CASE, OTHERS = "CM18-9188868", ["CM17-9544257", "CM15-9795593"]


def lifelike(page: Page) -> dict[str, str]:
    """What there is to see, made where it is not there yet; where the case and others stand."""
    page.goto("/letters/")
    if page.get_by_role("link", name="lunch.txt").count() == 0:
        add_letters(page)
    letter = address(page, "lunch.txt")
    for number in OTHERS:
        open_case(page, number)
        page.get_by_label("Received on").fill((date.today() - timedelta(days=2)).isoformat())
        page.locator("#received ~ button").first.click()
    case = open_case(page, CASE)
    if page.get_by_text("Call the clinic").count() == 0:
        work_on(page, case)
    page.goto("/views/")
    if page.get_by_text("Overturned items").count() == 0:
        save_view(page)
    page.goto("/cases/export/?item_outcome=overturned&kind=items")
    page.get_by_label("Excel").check()
    with page.expect_download():
        page.get_by_role("button", name="Export items").click()
    page.goto("/exports/")
    export = address(page, "Export 1")
    page.goto("/account/tokens/")
    if page.get_by_text("None yet.").count():
        page.get_by_label("What will use it").fill("monthly report")
        page.get_by_role("button", name="Make a token").click()
    return {"case": case, "letter": letter, "export": export}


def add_letters(page: Page) -> None:
    letters = [(name, invent(31 + n).pdf()) for n, name in enumerate(NAMES)]
    letters.append(("fax from the clinic.pdf", scan(invent(37), tilt=0.4, noise=20)))
    letters.append(("lunch.txt", b"Dear all, lunch is at noon. " * 40))
    page.goto("/letters/add/")
    files = [{"name": name, "mimeType": "", "buffer": data} for name, data in letters]
    page.get_by_label("Letters").set_input_files(files)
    page.get_by_role("button", name="Upload").click()
    page.goto("/letters/")
    while page.get_by_text("No letter waits or is being read.").count() == 0:
        time.sleep(1)
        page.reload()


def save_view(page: Page) -> None:
    page.goto("/cases/?item_outcome=overturned")
    page.get_by_text("Views", exact=True).click()
    page.get_by_label("Save this list as").fill("Overturned items")
    page.locator("#view-name ~ button").click()


def work_on(page: Page, case: str) -> None:
    page.goto(f"{case}correct/age")
    page.locator("[name=value]").fill("38")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Add a note", exact=True).click()
    page.locator(".add-note textarea").fill("Call the clinic about the work hardening program.")
    page.get_by_role("button", name="Add the note").click()
    page.get_by_label("Given to", exact=True).select_option("demo")
    page.get_by_role("button", name="Give", exact=True).click()
    page.locator("#mark-checked").click()


def open_case(page: Page, number: str) -> str:
    page.goto(f"/cases/?q={number}")
    case = address(page, number)
    page.goto(case)
    return case


def address(page: Page, link: str) -> str:
    found = page.get_by_role("link", name=link, exact=True).first.get_attribute("href")
    return (found or "").split("?")[0]
