"""The list in a real browser: filters with counts, a saved view, and keys alone."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from cases import facets
from cases.models import Case, Letter
from tests.letters import item, letter

pytestmark = pytest.mark.processes

MALE = "The injured worker is a 60 year old male who was injured on 1/2/2010 at a bakery."


@pytest.fixture
def cases(page: Page, take: Callable[..., Letter]) -> None:
    """Newest first: 03 upheld, of a man; 02 partial; 01 upheld."""
    take(letter("CM17-9000001", decided="02/01/2017"), "1.txt")
    items = (item(), item("MRI of the left knee", "Overturned"))
    take(letter("CM17-9000002", items, decided="03/01/2017"), "2.txt")
    take(letter("CM17-9000003", decided="04/01/2017", summary=MALE), "3.txt")


def test_filters_tell_their_counts(page: Page, cases: None) -> None:
    page.goto("/cases/")
    expect(page.locator("#tally")).to_contain_text("4 disputed items")
    expect(page.locator("#n-outcome-upheld")).to_have_text("2 cases")
    expect(page.locator("#n-outcome-partially-overturned")).to_have_text("1 cases")
    page.get_by_label("Sex").select_option(label="Female (2)")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("#n-outcome-upheld")).to_have_text("1 cases")
    page.locator("#tops-treatment").get_by_role("link", name="mri").click()
    expect(page.get_by_role("heading", name="1 case", exact=True)).to_be_visible()
    page.get_by_role("link", name="Remove Sex: Female").click()
    page.get_by_role("link", name="Remove Treatment").last.click()
    expect(page.get_by_role("heading", name="3 cases")).to_be_visible()


def test_counts_that_take_longer_come_after_the_page(
    page: Page, cases: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What somebody has chosen meanwhile is not undone by them."""
    monkeypatch.setattr(facets, "ONCE", 1)
    answers: list[Callable[[], None]] = []
    page.route("**/cases/facets/**", lambda route: answers.append(route.continue_))
    page.goto("/cases/")
    expect(page.get_by_text("Counting")).to_be_visible()
    page.get_by_label("Partially overturned").check()
    page.wait_for_function("() => true")
    assert len(answers) == 1
    answers[0]()
    expect(page.locator("#n-outcome-partially-overturned")).to_have_text("1 cases")
    expect(page.locator("#tally")).to_contain_text("1 overturned")
    expect(page.get_by_text("Counting")).to_have_count(0)
    expect(page.get_by_label("Partially overturned")).to_be_checked()


def test_a_view_is_saved_and_found_again(page: Page, cases: None) -> None:
    page.goto("/cases/?outcome=partially-overturned")
    page.locator("summary", has_text="Views").click()
    page.get_by_label("Save this list as").fill("Mixed")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved as “Mixed”.")).to_be_visible()
    page.goto("/cases/")
    page.locator("summary", has_text="Views").click()
    page.get_by_role("link", name="Mixed").click()
    expect(page.get_by_role("heading", name="1 case", exact=True)).to_be_visible()
    expect(page.get_by_text("View: Mixed")).to_be_visible()
    page.locator("summary", has_text="Columns").click()
    page.locator(".pop").get_by_label("Guidelines").uncheck()
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("columnheader", name="Guidelines")).to_have_count(0)
    assert page.url.endswith("/cases/?outcome=partially-overturned")


def test_the_list_is_worked_with_keys_alone(page: Page, cases: None) -> None:
    page.goto("/cases/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys on this page")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    for key in "jjx":
        page.keyboard.press(key)
    expect(page.get_by_role("link", name="CM17-9000002")).to_be_focused()
    expect(page.get_by_label("Tick CM17-9000002")).to_be_checked()
    expect(page.get_by_role("status").get_by_text("1 case ticked")).to_be_visible()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{Case.objects.get(number='CM17-9000003').pk}/**")
    page.goto("/cases/")
    page.locator("summary", has_text="Recent").click()
    expect(page.locator(".pop").get_by_role("link", name="CM17-9000003")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".pop").first).to_be_hidden()
    page.keyboard.press("/")
    page.keyboard.type("jaxk?/")
    expect(page.get_by_label("Search", exact=True)).to_have_value("jaxk?/")
    page.keyboard.press("Control+a")
    page.keyboard.type("MRI")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 case", exact=True)).to_be_visible()


def test_ticked_cases_go_to_the_export(page: Page, cases: None) -> None:
    page.goto("/cases/?sort=number")
    page.get_by_label("Tick all on this page").check()
    expect(page.get_by_text("3 cases ticked")).to_be_visible()
    page.get_by_label("Tick CM17-9000002").uncheck()
    expect(page.get_by_text("2 cases ticked")).to_be_visible()
    page.locator("#ticked .primary").click()
    expect(page.get_by_text("Ticked: 2 cases").first).to_be_visible()


def test_keys_can_be_turned_off(page: Page, cases: None) -> None:
    page.goto("/cases/")
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single keys work").uncheck()
    page.get_by_role("button", name="Close").click()
    page.reload()
    page.keyboard.press("?")
    page.keyboard.press("j")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("link", name="CM17-9000003")).not_to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens(page: Page, cases: None, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto("/cases/?sex=female")
    page.locator("summary", has_text="Views").click()
    page.get_by_label("Save this list as").fill("Women")
    page.get_by_role("button", name="Save").click()
    page.get_by_label("Tick CM17-9000002").check()
    for name in ("View: Women", "Recent", "Columns"):
        page.locator("summary", has_text=name).click()
        assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Keys").click()
    assert violations(page) == []
    page.goto("/views/")
    page.locator("summary", has_text="Delete").click()
    assert violations(page) == []
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_narrow_screen_the_cases_come_first(page: Page, cases: None) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/cases/")
    expect(page.get_by_role("button", name="Apply")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.get_by_label("Search", exact=True)).to_be_focused()
    page.goto("/cases/?age_min=x")
    expect(page.get_by_role("button", name="Apply")).to_be_visible()


def violations(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page).response["violations"]
    return [(each["id"], each["nodes"][0]["html"]) for each in found]
