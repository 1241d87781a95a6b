"""Pictures of the page, as people see it: `python -m tests.browser.screenshots FOLDER`, or `make screenshots`."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.driving import CHROMIUM, FLAGS, ROOT, Server, ask, ask_first_example, hoi, open_citation
from tests.browser.test_check import ARTICLE

SIZES = {"": (1280, 860), "phone-": (360, 740)}


def welcome(page: Page) -> None:
    page.locator(".st-key-examples").wait_for()


def answer(page: Page) -> None:
    ask_first_example(page)


def source(page: Page) -> None:
    ask_first_example(page)
    open_citation(page)


def follow_up(page: Page) -> None:
    ask(page, "dn nop thue qua mang 2030")
    page.locator(".hq-answer").first.wait_for()
    ask(page, "con 2020?")
    page.locator(".hq-answer").nth(1).wait_for()


def page_of_source(page: Page) -> None:
    ask_first_example(page)
    dialog = open_citation(page)
    dialog.locator("img").scroll_into_view_if_needed()


def filters(page: Page) -> None:
    page.locator(".st-key-examples").wait_for()
    page.get_by_role("button", name="Lọc").click()


def check(page: Page) -> None:
    go_to(page, "check")
    page.get_by_label("Bài viết").fill(ARTICLE)
    page.get_by_role("button", name="Kiểm chứng", exact=True).click()
    page.locator(".hq-badge").nth(1).wait_for()
    page.locator(".hq-article").scroll_into_view_if_needed()


def figures(page: Page) -> None:
    go_to(page, "figures")
    page.get_by_test_id("stDataFrame").wait_for()


def charts(page: Page) -> None:
    go_to(page, "figures")
    page.get_by_role("tab", name="Biểu đồ").click()
    page.locator(".hq-bars").wait_for()


def documents(page: Page) -> None:
    go_to(page, "documents")
    page.locator(".hq-card").first.wait_for()


def english(page: Page) -> None:
    page.goto(page.url + "?lang=en")
    page.get_by_text("Every answer cites").wait_for()


def go_to(page: Page, name: str) -> None:
    page.goto(f"{page.url.rstrip('/')}/{name}")


SCENES = {
    "welcome": welcome,
    "answer": answer,
    "source": source,
    "source-page": page_of_source,
    "follow-up": follow_up,
    "filters": filters,
    "check": check,
    "figures": figures,
    "charts": charts,
    "documents": documents,
    "english": english,
}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        store = Path(scratch) / "store"
        hoi("ingest", ROOT / "plans", store=store)
        server = Server(store, Path(scratch) / "log")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for prefix, (width, height) in SIZES.items():
            for name, scene in SCENES.items():
                page = browser.new_page(
                    viewport={"width": width, "height": height}, locale="vi-VN", reduced_motion="reduce"
                )
                page.goto(server.url)
                scene(page)
                page.wait_for_timeout(700)  # fonts and the drawer settle
                page.screenshot(path=folder / f"{prefix}{name}.png")
                page.close()
        browser.close()
        server.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
