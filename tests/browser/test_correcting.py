"""Correcting in place in a real browser: the value, the reader's beside it, and a reading again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cases.models import Case, Letter
from cases.reader import read_letter
from cases.retry import retry
from tests.letters import item, letter

pytestmark = pytest.mark.processes


def test_a_value_is_corrected_in_place_and_stays(page: Page, take: Callable[..., Letter]) -> None:
    take(letter(items=(item(), item("MRI of the left knee"))))
    case = Case.objects.get()
    page.goto(case.get_absolute_url())
    page.evaluate("window.sameDocument = true")
    number = page.get_by_role("link", name="Correct: Case number")
    number.focus()
    page.keyboard.press("Enter")
    typed = page.get_by_label("Case number", exact=True)
    expect(typed).to_be_focused()
    typed.fill("17")
    page.keyboard.press("Enter")
    expect(page.get_by_text("A case number looks like CM17-0001234.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(typed).to_have_count(0)
    expect(number).to_be_focused()

    control = page.get_by_role("link", name="Correct: Worker's age")
    value = page.get_by_label("Worker's age", exact=True)
    control.click()
    value.fill("45")
    page.get_by_label("Why").fill("page 2")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_text("corrected, read as 44")).to_be_visible()
    expect(page.locator(".messages")).to_contain_text("Worker's age: corrected.")
    expect(page.locator(".history")).to_contain_text("ann corrected: Worker's age")
    expect(control).to_be_focused()
    page.get_by_role("button", name="Mark as checked").click()
    expect(page.locator(".desk")).to_contain_text("Checked by ann")
    assert page.evaluate("window.sameDocument")

    retry(Letter.objects.all())
    read_letter(Letter.objects.get().pk)
    page.reload()
    expect(page.get_by_text("corrected, read as 44")).to_be_visible()
    expect(page.locator(".desk")).to_contain_text("Checked by ann")
    page.get_by_role("button", name="withdraw the correction: Worker's age").click()
    expect(page.get_by_text("corrected, read as 44")).to_have_count(0)
    case.refresh_from_db()
    assert case.age == 44


def test_an_item_is_added_and_removed_in_place(page: Page, take: Callable[..., Letter]) -> None:
    take(letter(items=(item(), item("MRI of the left knee"))))
    page.goto(Case.objects.get().get_absolute_url())
    page.evaluate("window.sameDocument = true")
    page.get_by_role("link", name="add a disputed item").click()
    page.locator("form.here textarea").fill("Acupuncture 6 visits")
    page.locator("form.here").get_by_label("Outcome").select_option("Overturned")
    page.locator("form.here").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="3 Acupuncture 6 visits")).to_be_visible()
    expect(page.locator(".messages")).to_contain_text("Item 3: added.")
    expect(page.get_by_role("link", name="add a disputed item")).to_be_focused()

    page.get_by_role("link", name="not an item of this letter (Item 2)").click()
    page.get_by_label("Why").fill("of another letter")
    page.get_by_role("button", name="Remove this item").click()
    expect(page.get_by_role("heading", name="2 MRI of the left knee")).to_have_count(0)
    expect(page.locator("#correct-item-2")).to_be_focused()
    expect(page.locator("#correct-item-2")).to_contain_text("of another letter")
    page.get_by_role("button", name="withdraw the correction: Item 2").click()
    expect(page.get_by_role("heading", name="2 MRI of the left knee")).to_be_visible()
    expect(page.get_by_role("link", name="not an item of this letter (Item 2)")).to_be_focused()
    page.get_by_role("button", name="withdraw the correction: Item 3", exact=True).click()
    expect(page.get_by_role("heading", name="3 Acupuncture 6 visits")).to_have_count(0)
    assert page.evaluate("window.sameDocument")


def test_details_and_parts_of_a_request_are_corrected_in_place(
    page: Page, take: Callable[..., Letter]
) -> None:
    take(letter(items=(item("Soma 350mg #60"),)))
    page.goto(Case.objects.get().get_absolute_url())
    control = page.get_by_role("link", name="Correct: Item 1, details")
    control.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Strength")).to_be_focused()
    page.get_by_label("Quantity").fill("90")
    page.keyboard.press("Enter")
    expect(page.get_by_text("corrected, read as 350mg, #60")).to_be_visible()
    expect(control).to_be_focused()
    page.get_by_text("Was this request cut down?").click()
    page.get_by_role("link", name="Correct: Item 1, authorized already").click()
    page.locator("form.here textarea").fill("#30")
    page.locator("form.here").get_by_role("button", name="Save").click()
    expect(page.get_by_text("corrected, read as not told")).to_be_visible()
    expect(page.get_by_role("link", name="Correct: Item 1, authorized already")).to_be_focused()
