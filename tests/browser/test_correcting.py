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
