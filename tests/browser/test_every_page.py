"""Every page in a real browser: open to everybody, in both themes and widths, without scripts."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from cases.models import Case, Export, Letter, Note
from reviews.cells import UNTOLD_DETAILS
from samples.writer import invent
from tests.cases.test_corrections import put
from tests.cases.test_items_by_hand import add, drop
from tests.letters import item, letter

pytestmark = pytest.mark.processes

PAGES = [
    "/cases/",
    "/cases/?item_outcome=overturned",
    "/cases/?age_min=99",
    "/cases/?q=therapy",
    "/cases/?q=therapie+knee",
    "/cases/?age_min=x",
    "/cases/?sex=female&shoe=42",
    "/views/",
    "/cases/{case}/",
    "/cases/{case}/?as=text",
    "/cases/{case}/correct/age",
    "/cases/{case}/correct/item-1-expert-new",
    "/cases/{case}/correct/item-1-details",
    "/cases/{case}/correct/item-1",
    "/cases/{case}/correct/item-new",
    "/cases/{case}/notes/{note}/",
    "/due/",
    "/due/?section=past",
    "/due/calendar",
    "/cases/export/?item_outcome=overturned&kind=items",
    "/cases/export/?age_min=x",
    "/exports/",
    "/exports/{export}/",
    "/letters/",
    "/letters/?section=attention",
    "/letters/{letter}/",
    "/letters/add/",
    "/account/tokens/",
    "/api/v1/",
    "/help/",
    "/admin/cases/letter/add/",
    "/nowhere/",
]


@pytest.fixture
def addresses(page: Page, take: Callable[..., Letter]) -> list[str]:
    """Of pages with something on them: two cases and a letter that cannot be read."""
    take(letter(items=(item(), item("MRI of the left knee", "Overturned"))))
    take(invent(11, generation="G4").pdf(sealed=True), "sealed.pdf")
    bad = take(b"Dear all, lunch is at noon. " * 40, "lunch.txt")
    drawn = Case.objects.exclude(number="CM17-9000001").get()
    ann = User.objects.get()
    asked = Export.objects.create(
        user=ann, kind="items", format="xlsx", state="waiting", filters="sex=male"
    )
    add(drawn, "Acupuncture 6 visits", ann, outcome="upheld")
    drop(drawn, 2, ann)
    put(drawn, "item-1-details", UNTOLD_DETAILS | {"quantity": 90}, ann)
    note = Note.objects.create(case=drawn, text="call the clinic", made_by=ann)
    keys = {"case": drawn.pk, "letter": bad.pk, "export": asked.pk, "note": note.pk}
    return [address.format(**keys) for address in PAGES]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, addresses: list[str], scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    for address in addresses:
        page.goto(address)
        found = Axe().run(page).response["violations"]
        assert not [(v["id"], v["nodes"][0]["html"]) for v in found], address


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_runs_out_of_the_page(page: Page, addresses: list[str], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for address in addresses:
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, address


def test_without_scripts_the_job_can_be_done(
    browser: Browser, page: Page, addresses: list[str], live_server: LiveServer
) -> None:
    state = page.context.storage_state()
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=state
    )
    bare = context.new_page()
    bare.goto("/cases/")
    bare.get_by_label("Partially overturned").check()
    bare.get_by_role("button", name="Apply").click()
    expect(bare.get_by_role("heading", name="1 case", exact=True)).to_be_visible()
    bare.get_by_role("link", name="CM17-9000001").click()
    expect(bare.get_by_text("HOW THE IMR FINAL DETERMINATION WAS MADE")).to_be_visible()
    bare.goto("/letters/add/")
    bare.get_by_label("Letters").set_input_files([{"name": "b.txt", "mimeType": "", "buffer": b""}])
    bare.get_by_role("button", name="Upload").click()
    expect(bare.get_by_text("The file is empty.")).to_be_visible()
    bare.goto("/letters/")
    bare.get_by_label("Choose lunch.txt").check()
    bare.get_by_role("button", name="Retry the chosen").click()
    expect(bare.get_by_text("1 letter waiting to be read again.")).to_be_visible()
    context.close()
