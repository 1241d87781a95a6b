"""One server with a store made from plans/, and a real Chromium, shared by all browser tests."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.driving import CHROMIUM, FLAGS, ROOT, Server, hoi


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM:
        reason = "no Chromium on this machine (Debian: apt-get install chromium)"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def store(chromium, tmp_path_factory):
    folder = tmp_path_factory.mktemp("store")
    hoi("ingest", ROOT / "plans", store=folder)
    return folder


@pytest.fixture(scope="session")
def server(store, tmp_path_factory):
    running = Server(store, tmp_path_factory.mktemp("server") / "log")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def serve(chromium, tmp_path_factory):
    """A function that starts a server of its own for one store; stopped when the module is done."""
    started = []

    def start(store, **environment):
        started.append(Server(store, tmp_path_factory.mktemp("server") / "log", **environment))
        return started[-1]

    yield start
    for running in started:
        running.stop()


@pytest.fixture
def open_page(chromium):
    """Opens an address in a fresh browser; every request must go to that server, and none may fail."""
    contexts, foreign, errors = [], [], []

    def open_(url, width=1280, height=900, **options):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale="vi-VN", reduced_motion="reduce", **options
        )
        contexts.append(context)
        context.set_default_timeout(60_000)  # a machine may be slow and busy
        home = urlsplit(url).netloc

        def note(request):
            if not _is_local(request.url, home):
                foreign.append(request.url)

        context.on("request", note)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not foreign, f"requests left this machine: {foreign}"
    assert not errors, f"errors in the page: {errors}"


def _is_local(url, home):
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob") or parts.netloc == home


@pytest.fixture
def page(server, open_page):
    return open_page(server.url)
