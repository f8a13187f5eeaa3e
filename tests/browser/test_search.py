"""From a search to its words in the letter, with scripts and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from cases.models import Case, Letter
from samples.writer import invent
from tests.letters import item, letter

pytestmark = pytest.mark.processes

NAME = "CM17-9000001"


@pytest.fixture
def text_case(page: Page, take: Callable[..., Letter]) -> Case:
    take(letter(NAME, (item("Aquatic therapy"), item("MRI", rationale="The zebra is not seen."))))
    return Case.objects.get(name=NAME)


def search(page: Page, words: str) -> None:
    page.goto("/cases/")
    page.get_by_label("Search", exact=True).fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")


def test_the_words_are_marked_in_the_list_and_in_the_letter(page: Page, text_case: Case) -> None:
    search(page, "zebras")
    passage = page.get_by_role("link", name="Rationale of item 2")
    expect(passage.locator("mark")).to_have_text("zebra")
    passage.click()
    expect(page.locator("#letter mark")).to_have_text("zebra")
    expect(page.locator("#letter mark")).to_be_in_viewport()
    page.go_back()
    expect(page.get_by_label("Search", exact=True)).to_have_value("zebras")


def test_a_misspelt_word_leads_to_the_right_one(page: Page, text_case: Case) -> None:
    search(page, "aquatik therapy")
    expect(page.get_by_text("“aquatik” stands in no letter.")).to_be_visible()
    page.get_by_role("link", name="aquatik therapy".replace("k", "c"), exact=True).click()
    expect(page.locator(".passages mark").first).to_have_text("Aquatic therapy")


def test_the_words_are_marked_on_the_drawn_page(page: Page, take: Callable[..., Letter]) -> None:
    take(invent(11, generation="G4").pdf(sealed=True), "sealed.pdf")
    service = Case.objects.get().review.items.first().service
    search(page, service.split()[0])
    page.locator(".passages a").first.click()
    expect(page.locator(".sheet mark").first).to_be_visible()
    expect(page.locator(".sheet mark").first).to_be_in_viewport()


def test_without_scripts_the_text_has_the_mark(
    browser: Browser, page: Page, text_case: Case, live_server: LiveServer
) -> None:
    state = page.context.storage_state()
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=state
    )
    bare = context.new_page()
    search(bare, "zebra")
    bare.get_by_role("link", name="Rationale of item 2").click()
    expect(bare.locator("#letter mark")).to_have_text("zebra")
    expect(bare.locator("#letter mark")).to_be_in_viewport()
    context.close()
