"""How fast the page is, measured in a browser: `python -m tests.browser.speed`.

Script start to a page that can be typed into, and question to painted answer, on the five documents of plans/.
Prints one JSON object: seconds and milliseconds, medians of several rounds.
"""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.driving import CHROMIUM, FLAGS, ROOT, Server, hoi

STARTS = 5
QUESTIONS = (
    "Mục tiêu doanh nghiệp nộp thuế qua mạng đến năm 2030?",
    "dn nop thue qua mang 2020",
    "Ai ký quyết định phê duyệt quy hoạch công nghệ thông tin tỉnh Bắc Giang?",
    "Tỷ trọng kinh tế số của Bắc Ninh đến năm 2025?",
    "Tổng vốn đầu tư của các dự án là bao nhiêu?",
    "Quan điểm phát triển công nghệ thông tin của tỉnh là gì?",
    "Tỷ lệ cán bộ y tế được phổ cập tin học đến năm 2030?",
    "Giá vàng hôm nay bao nhiêu?",
)
# Runs in the page: the time from Enter to the frame in which the answer after the given ones is painted.
_PAINTED = """(before) => new Promise((done) => {
  const started = performance.now();
  const look = () => {
    if (document.querySelectorAll(".hq-answer").length > before)
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - started)));
    else requestAnimationFrame(look);
  };
  look();
})"""


def start_seconds(browser: Browser, store: Path, log: Path) -> float:
    started = time.monotonic()
    server = Server(store, log)
    page = browser.new_page()
    page.goto(server.url)
    page.get_by_test_id("stChatInputTextArea").fill("dn nop thue")
    seconds = time.monotonic() - started
    page.close()
    server.stop()
    return seconds


def answer_milliseconds(browser: Browser, url: str) -> list[float]:
    """One a question, each in a conversation of its own; the first, which warms the program up, is left out."""
    measured = []
    for question in (QUESTIONS[0], *QUESTIONS):
        page = browser.new_page()
        page.goto(url)
        page.locator(".st-key-examples").wait_for()
        page.get_by_test_id("stChatInputTextArea").fill(question)
        page.wait_for_timeout(300)
        page.evaluate(f"() => {{ window.painted = ({_PAINTED})(0); }}")  # not awaited here
        page.keyboard.press("Enter")
        measured.append(float(page.evaluate("window.painted")))
        page.close()
    return measured[1:]


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        store, log = Path(scratch) / "store", Path(scratch) / "log"
        hoi("ingest", ROOT / "plans", store=store)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        starts = [start_seconds(browser, store, log) for _ in range(STARTS)]
        server = Server(store, log)
        answers = answer_milliseconds(browser, server.url)
        server.stop()
        browser.close()
    json.dump(
        {
            "start_to_typing_seconds": {
                "median": round(statistics.median(starts), 2),
                "worst": round(max(starts), 2),
            },
            "question_to_answer_ms": {
                "median": round(statistics.median(answers)),
                "worst": round(max(answers)),
            },
        },
        sys.stdout,
    )
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
