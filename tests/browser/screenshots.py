"""Pictures of the page, as people see it: `python -m tests.browser.screenshots FOLDER`, or `make screenshots`."""

import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.driving import (
    CHROMIUM,
    FLAGS,
    ROOT,
    Server,
    ask,
    ask_first_example,
    choose,
    hoi,
    open_citation,
    settle,
)
from tests.browser.test_check import ARTICLE
from tests.browser.test_documents import PLAN
from tests.browser.test_model import lying
from tests.chain.scripted_server import Script, serving

SIZES: dict[str, dict[str, Any]] = {
    "": {"viewport": {"width": 1280, "height": 860}},
    "phone-": {"viewport": {"width": 360, "height": 740}},
    "dark-": {"viewport": {"width": 1280, "height": 860}, "color_scheme": "dark"},
}


def welcome(page: Page) -> None:
    page.locator(".st-key-examples").wait_for()


def answer(page: Page) -> None:
    ask_first_example(page)


def source(page: Page) -> None:
    ask_first_example(page)
    open_citation(page)


def page_of_source(page: Page) -> None:
    ask_first_example(page)
    picture = open_citation(page).locator("img")
    picture.wait_for()
    settle(page)
    picture.evaluate("image => image.scrollIntoView({ block: 'start' })")


def follow_up(page: Page) -> None:
    ask(page, "dn nop thue qua mang 2030")
    page.locator(".hq-answer").first.wait_for()
    ask(page, "con 2020?")
    page.locator(".hq-answer").nth(1).wait_for()


def filters(page: Page) -> None:
    page.locator(".st-key-examples").wait_for()
    settle(page)
    page.get_by_role("button", name="Lọc").click()
    choose(page, "Địa phương", "Bắc Ninh")
    page.get_by_text("Chỉ trả lời từ: Bắc Ninh").wait_for()


def export(page: Page) -> None:
    ask_first_example(page)
    page.get_by_role("button", name="Cuộc hỏi đáp").click()
    page.get_by_role("button", name="Tải về dạng Word").wait_for()


def reason(page: Page) -> None:
    ask_first_example(page)
    page.get_by_role("radio", name="Không hữu ích").click()
    page.get_by_role("button", name="Gửi góp ý").wait_for()


def reloaded(page: Page) -> None:
    ask_first_example(page)
    page.wait_for_url(re.compile(r"\?c="))
    page.reload()
    page.locator(".hq-answer").wait_for()


def check(page: Page) -> None:
    go_to(page, "check")
    page.get_by_label("Bài viết").fill(ARTICLE)
    page.get_by_role("button", name="Kiểm chứng", exact=True).click()
    page.locator(".hq-badge").nth(1).wait_for()
    settle(page)
    page.locator(".hq-summary").evaluate("line => line.scrollIntoView({ block: 'center' })")


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


def refused(page: Page) -> None:
    documents(page)
    page.get_by_text("Chỉ người đã khởi động").scroll_into_view_if_needed()


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
    "export": export,
    "reason": reason,
    "reloaded": reloaded,
    "check": check,
    "figures": figures,
    "charts": charts,
    "documents": documents,
    "refused": refused,
    "english": english,
}


def uploaded(page: Page, scratch: Path, begin: str, server: Server) -> None:
    """A document that is added, and a question about it; `begin` is how the names of its pictures begin."""
    documents(page)
    link = re.search(r"http://\S+key=\S+", server.log.read_text(encoding="utf-8"))
    assert link, "the terminal shows no link"
    page.goto(link[0])
    page.get_by_role("button", name="Nạp vào kho").wait_for()
    settle(page)
    file = scratch / "lang-son.txt"
    file.write_text(PLAN, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Nạp vào kho").click()
    page.locator(".hq-report").wait_for()
    settle(page)
    page.locator(".hq-report").scroll_into_view_if_needed()
    take(page, begin, "uploaded")
    page.goto(server.url)
    ask(page, "Đến năm 2027 bao nhiêu thôn ở Lạng Sơn có nhà văn hóa số?")
    page.locator(".hq-answer").wait_for()
    take(page, begin, "asked-about-upload")


def take(page: Page, begin: str, name: str) -> None:
    settle(page)
    page.wait_for_timeout(500)  # fonts and the drawer settle
    page.screenshot(path=f"{begin}{name}.png")


def opened(browser: Browser, url: str, prefix: str) -> Page:
    page = browser.new_page(locale="vi-VN", reduced_motion="reduce", **SIZES[prefix])
    page.goto(url)
    return page


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        serving(Script(reply=lying)) as model,
        sync_playwright() as playwright,
    ):
        store = Path(scratch) / "store"
        hoi("ingest", ROOT / "plans", store=store)
        server = Server(store, Path(scratch) / "log")
        with_model = Server(store, Path(scratch) / "model-log", HOI_MODEL="scripted", HOI_MODEL_URL=model.url)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for prefix in SIZES:
            for name, scene in SCENES.items():
                page = opened(browser, server.url, prefix)
                scene(page)
                take(page, f"{folder}/{prefix}", name)
                page.close()
            page = opened(browser, with_model.url, prefix)
            ask_first_example(page)
            take(page, f"{folder}/{prefix}", "model")
            page.close()
        for prefix in SIZES:  # last: it changes the store
            page = opened(browser, server.url, prefix)
            uploaded(page, Path(scratch), f"{folder}/{prefix}", server)
            page.close()
        browser.close()
        server.stop()
        with_model.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
