"""A real browser on a real web server, with a real worker beside it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import current_app
from django.contrib.auth.models import Group, User
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser import chromium
from tests.workers import Worker, working


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.found()
    if path is None:
        pytest.skip(
            "No Chromium was found, so nothing was tried in a browser (apt install chromium)"
        )
    # Playwright runs an event loop in this thread, where Django would refuse to ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=chromium.OPTIONS)
        yield found
        found.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A logged-in analyst's page."""
    user = User.objects.create_user("ann", password="ann", is_staff=True)
    user.groups.add(Group.objects.get(name="analyst"))
    context = browser.new_context(base_url=live_server.url, accept_downloads=True)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("User name").fill("ann")
    page.get_by_label("Password").fill("ann")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/cases/")
    yield page
    context.close()


@pytest.fixture
def worker(transactional_db: None, letters_folder: Path) -> Iterator[Worker]:
    """A Celery worker of its own process on the test's database, broker and letters."""
    current_app.control.purge()
    with working() as started:
        yield started
