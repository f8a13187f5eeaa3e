"""A value and its words, both ways: in the text, on drawn pages and on a scan's; copy and keys."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from cases.models import Case, Letter
from cases.reader import read_letter
from samples.writer import invent
from tests.letters import item, letter
from tests.ocr.scans import scan

pytestmark = pytest.mark.processes
Take = Callable[..., Letter]


def assert_shown(page: Page, value: Locator) -> None:
    """The value has the focus, is marked, and stands in the window."""
    expect(value).to_be_focused()
    expect(value).to_have_attribute("aria-current", "true")
    expect(value).to_be_in_viewport()
    expect(page.locator("#letter mark").first).to_be_visible()


def place_of(mark: Locator) -> object:
    return mark.evaluate("m => ['left', 'top', 'width', 'height'].map(side => m.style[side])")


def test_words_of_the_text_lead_to_their_value(page: Page, take: Take) -> None:
    take(letter(items=(item(), item("Norco 10mg \U0001f642 of the left knee", "Overturned"))))
    case = Case.objects.get()
    page.goto(case.get_absolute_url())
    told = page.locator("#letter .told")
    told.filter(has_text="lumbar strain").first.click()
    assert_shown(page, page.locator("#v-diagnoses-0"))
    # By keyboard alone, and into what is folded away.
    told.filter(has_text="44").first.focus()
    page.keyboard.press("Enter")
    assert_shown(page, page.locator("#v-age"))
    # Marked to the character, although one before it takes two units of the browser's.
    page.locator("#v-2-details-body_parts-0").click()
    assert page.locator("#letter mark").all_text_contents() == ["knee"]
    start, end, *_ = case.review.items.last().receipts["rationale"]
    page.goto(f"{case.get_absolute_url()}#at-{start}-{end}")
    page.reload()
    expect(page.locator("#letter mark").first).to_be_in_viewport()
    marked = "".join(page.locator("#letter mark").all_text_contents())
    assert marked == case.review.transcript.text[start:end]


@pytest.mark.parametrize("turns", [None, (90, 180, 270, 90)])
def test_words_of_drawn_pages_lead_to_their_value(
    page: Page, take: Take, turns: tuple[int, ...] | None
) -> None:
    invented = invent(11, generation="G4")
    found = take(scan(invented, turns=turns) if turns else invented.pdf(), "drawn.pdf")
    if turns:
        read_letter(found.pk, scan=True)
    case = Case.objects.get()
    page.goto(case.get_absolute_url())
    spot = page.locator(".spot[href='#v-decision_date']")
    spot.focus()
    page.keyboard.press("Enter")
    assert_shown(page, page.locator("#v-decision_date"))
    # What is marked is what was pressed.
    assert place_of(page.locator(".sheet mark")) == place_of(spot)
    # A place that an address asks for is marked and scrolled to.
    start, end, number, _rule = case.review.items.last().receipts["service"]
    page.goto(f"{case.get_absolute_url()}?sex=female#at-{start}-{end}")
    mark = page.locator(f".sheet mark[data-page='{number}']").first
    expect(mark).to_be_in_viewport()


def test_keys_lead_through_the_list_and_buttons_copy(page: Page, take: Take) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for n in (1, 2, 3):
        take(letter(f"CM17-900000{n}"), f"{n}.txt")
    page.goto("/cases/?sort=number")
    page.get_by_role("link", name="CM17-9000001").click()
    expect(page).to_have_title("CM17-9000001 · imrsite")
    page.wait_for_load_state()
    for key, number in (("j", 2), ("]", 3), ("j", 3), ("k", 2), ("[", 1)):
        page.keyboard.press(key)
        expect(page).to_have_title(f"CM17-900000{number} · imrsite")
        page.wait_for_load_state()
    page.get_by_role("button", name="Copy summary").click()
    expect(page.locator("#said")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("IMR case CM17-9000001\nDecision date: 2017-02-01\n")
    page.locator(".trail .back").click()
    page.wait_for_url("**/cases/?sort=number*")
