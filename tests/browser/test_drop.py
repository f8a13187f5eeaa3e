"""Letters by drop in a real browser: a folder gone through, one batch, failures sent again."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from cases.models import Batch, Letter
from tests.letters import letter

pytestmark = pytest.mark.processes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sixty letters, a third of them in a folder within, two twins, clutter and an empty file."""
    top = tmp_path / "monday"
    (top / "more").mkdir(parents=True)
    for n in range(60):
        name = f"{n}.txt" if n % 3 else f"more/{n}.txt"
        (top / name).write_bytes(letter(f"CM17-90{n:05}"))
    (top / "twin.txt").write_bytes(letter("CM17-9000000"))
    (top / "empty.txt").write_bytes(b"")
    (top / ".DS_Store").write_bytes(b"x")
    return top


def drop(page: Page, *paths: Path) -> None:
    """As from the system's file manager: a script's own DataTransfer cannot hold a folder."""
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        place = {"type": kind, "x": 300, "y": 300, "data": data}
        session.send("Input.dispatchDragEvent", place)


def test_a_folder_dropped_on_the_letters_becomes_one_batch(page: Page, folder: Path) -> None:
    page.goto("/letters/")
    tries: list[int] = []

    def stumble(route: Route) -> None:
        tries.append(1)
        route.abort() if len(tries) == 2 else route.continue_()

    page.route("**/letters/add/", stumble)
    page.evaluate("window.sameDocument = true")
    drop(page, folder)
    expect(page.locator(".told")).to_have_text(
        "62 of 62 files sent: 60 received, 1 already here, 1 refused.", timeout=20_000
    )
    assert page.evaluate("window.sameDocument")
    assert len(tries) == 5  # 62 files in four requests, one of them sent twice
    batch = Batch.objects.get()
    assert batch.letters.count() == Letter.objects.count() == 60
    assert batch.name.endswith("and 61 more")
    expect(page.locator(".files li").first).to_have_text("empty.txt Refused. The file is empty.")
    expect(page.locator(".files .here a")).to_have_count(1)
    # The page below has kept up, and neither took the other's place.
    expect(page.get_by_role("region", name=f"Batch {batch.name}")).to_contain_text("0 of 60 read")
    page.get_by_role("link", name="Follow how they are read").click()
    page.wait_for_url(f"**/letters/?batch={batch.pk}")


def test_what_did_not_go_through_waits_for_the_person(page: Page, folder: Path) -> None:
    """Logged out in the middle: said, and taken up again after the login in another tab."""
    page.goto("/cases/")
    expect(page.get_by_role("region", name="Drop zone")).to_be_visible()
    page.context.clear_cookies()
    drop(page, folder / "1.txt", folder / "2.txt")
    expect(page.get_by_role("alert")).to_contain_text("You are logged out")
    assert not Letter.objects.exists()
    other = page.context.new_page()
    other.goto("/login/")
    other.get_by_label("User name").fill("ann")
    other.get_by_label("Password").fill("ann")
    other.get_by_role("button", name="Log in").click()
    other.wait_for_url("**/cases/")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".told")).to_have_text("2 of 2 files sent: 2 received.")
    assert Letter.objects.count() == 2
