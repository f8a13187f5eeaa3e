"""The main job in a real browser: upload, wait for the worker, filter, open, take away."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect

from cases.models import Case, Letter
from samples.writer import invent
from tests.letters import item, letter
from tests.workers import Worker

pytestmark = pytest.mark.processes


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """An encrypted PDF, a text with a partial overturn, and a file that is no letter at all."""
    invented = invent(11, generation="G4")
    pdf = tmp_path / "sealed.pdf"
    pdf.write_bytes(invented.pdf(sealed=True))
    text = tmp_path / "partial.txt"
    text.write_bytes(letter(items=(item(), item("MRI of the left knee", "Overturned"))))
    tool = tmp_path / "tool.pdf"
    tool.write_bytes(b"\x7fELF" + bytes(2000))
    return [str(pdf), str(text), str(tool)]


def test_from_upload_to_csv(page: Page, worker: Worker, files: list[str]) -> None:
    page.get_by_role("link", name="Add letters").first.click()
    page.get_by_label("Letters").set_input_files(files)
    answers = page.locator(".files li")
    expect(answers).to_have_count(3)
    expect(answers.nth(0)).to_contain_text("neither a PDF nor text")
    expect(answers.nth(1)).to_contain_text("Received")

    # The letters' page tells how each stands, without a reload.
    page.get_by_role("link", name="Follow how they are read").click()
    page.evaluate("window.sameDocument = true")
    expect(page.locator("[aria-labelledby=s-done] .state.read")).to_have_count(2, timeout=30_000)
    assert page.evaluate("window.sameDocument")

    page.goto("/cases/")
    expect(page.get_by_role("heading", name="2 cases")).to_be_visible()
    page.get_by_label("Partially overturned").check()
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("heading", name="1 case", exact=True)).to_be_visible()
    assert page.url.endswith("/cases/?sort=-decided&outcome=partially-overturned")

    page.get_by_role("link", name="Export…").click()
    page.get_by_role("button", name="Items", exact=True).click()
    page.get_by_label("CSV", exact=False).first.check()
    page.get_by_label("Say what it is").uncheck()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Export items").click()
    raw = Path(waiting.value.path()).read_bytes()
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert [(r["Case"], r["Disputed item"], r["Outcome"]) for r in rows] == [
        ("CM17-9000001", "Aquatic therapy 8 visits", "upheld"),
        ("CM17-9000001", "MRI of the left knee", "overturned"),
    ]

    page.get_by_role("navigation", name="Back").get_by_role("link").click()
    expect(page.get_by_role("heading", name="1 case", exact=True)).to_be_visible()
    page.get_by_role("link", name="CM17-9000001").click()
    expect(page.get_by_text("Overturned, the treatment is necessary")).to_be_visible()
    page.locator(".item").get_by_role("link", name="MRI of the left knee", exact=True).click()
    expect(page.locator("#letter mark").first).to_be_visible()
    marked = page.locator("#letter mark").all_text_contents()
    assert "".join(marked) == "MRI of the left knee"
    page.keyboard.press("Escape")
    expect(page.locator("#letter mark")).to_have_count(0)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download the Text").click()
    assert Path(waiting.value.path()).read_bytes() == Path(files[1]).read_bytes()


def test_values_are_marked_on_the_drawn_page(
    page: Page, take: Callable[..., Letter], tmp_path: Path
) -> None:
    invented = invent(11, generation="G4")
    take(invented.pdf(sealed=True), "sealed.pdf")
    page.goto(Case.objects.get().get_absolute_url())
    expect(page.locator(".sheet img").first).to_have_js_property("complete", True)
    assert page.locator(".sheet img").first.evaluate("image => image.naturalWidth") > 800

    value = page.locator(".item h2 .value").first
    value.focus()
    page.keyboard.press("Enter")
    marks = page.locator(".sheet mark")
    expect(marks.first).to_be_visible()
    expect(value).to_have_attribute("aria-current", "true")
    # The words under the marks are those of the value, by the PDF's own characters.
    assert words_under(marks, invented.pdf()) == "".join((value.text_content() or "").split())
    page.keyboard.press("Escape")
    expect(marks).to_have_count(0)

    page.get_by_role("link", name="Text", exact=True).click()
    page.locator(".item h2 .value").first.click()
    expect(page.locator("#letter pre mark").first).to_be_visible()


def words_under(marks: Locator, data: bytes) -> str:
    """The letters and digits that a PDF draws inside the marked rectangles, without spaces."""
    found = ""
    with pypdfium2.PdfDocument(data) as document:
        for mark in marks.all():
            sheet = document[int(mark.get_attribute("data-page") or 0) - 1]
            width, height = sheet.get_size()
            left, top, across, down = mark.evaluate(
                "m => ['left', 'top', 'width', 'height'].map(s => parseFloat(m.style[s]) / 100)"
            )
            found += sheet.get_textpage().get_text_bounded(
                left * width,
                height * (1 - top - down),
                (left + across) * width,
                height * (1 - top),
            )
    return "".join(found.split())
