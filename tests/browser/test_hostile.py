"""Text of documents, questions and links is shown as text, whatever it holds."""

from urllib.parse import urlencode

import pytest

from tests.browser.driving import ask, hoi

HOSTILE = (
    "<script>window.hacked = 1</script>",
    '<img src="https://example.com/pixel.png" onerror="window.hacked = 1">',
    '<a href="javascript:window.hacked = 1">bấm vào đây</a>',
    "![ảnh](https://example.com/pixel.png)",
    "[bấm vào đây](javascript:window.hacked=1)",
    '"><svg onload="window.hacked = 1">',
)


@pytest.fixture(scope="module")
def hostile(serve, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    plans = folder / "plans"
    plans.mkdir()
    lines = "\n\n".join(
        f"Đến năm 2030, trên {60 + number}% thôn loại {number} có {text} trạm số."
        for number, text in enumerate(HOSTILE)
    )
    head = f"Số: 9/KH-UBND\n\nKẾ HOẠCH\n{HOSTILE[0]} {HOSTILE[1]}\n\nI. Mục tiêu {HOSTILE[5]}"
    (plans / "kế hoạch <b>đậm.txt").write_text(f"{head}\n\n{lines}\n", encoding="utf-8")
    hoi("ingest", plans, store=folder / "store")
    return serve(folder / "store")


def nothing_ran(page):
    assert page.evaluate("window.hacked === undefined")
    main = page.get_by_test_id("stMain")
    assert (
        main.locator("a[href^='javascript'], img[src^='http'], svg[onload], .hq-answer script").count() == 0
    )


def test_a_question_is_shown_as_text(page):
    for text in HOSTILE:
        page.get_by_test_id("stChatInputTextArea").fill(f"thuế {text}")
        page.keyboard.press("Enter")
        page.locator(".hq-question", has_text=text).wait_for()
        nothing_ran(page)


def test_a_link_cannot_bring_markup(server, open_page):
    hostile = {"q": f"thuế {HOSTILE[1]}", "c": HOSTILE[0], "lang": HOSTILE[5]}
    page = open_page(f"{server.url}/?{urlencode(hostile)}")
    page.locator(".hq-question").wait_for()
    nothing_ran(page)


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_a_document_is_shown_as_text(hostile, open_page, number):
    page = open_page(hostile.url)
    ask(page, f"Đến năm 2030 bao nhiêu phần trăm thôn loại {number} có trạm số?")
    page.locator(".hq-answer, .hq-problem").first.wait_for()
    nothing_ran(page)
    chip = page.get_by_role("button", name="1 · ")
    if chip.count():
        chip.first.click()
        page.get_by_role("dialog").locator(".hq-passage").wait_for()
        nothing_ran(page)


def test_lists_of_documents_and_figures_show_text(hostile, open_page):
    page = open_page(hostile.url + "/documents")
    page.locator(".hq-card").first.wait_for()
    assert "<b>đậm" in page.locator(".hq-card").first.inner_text()
    nothing_ran(page)
    page.goto(hostile.url + "/figures")
    page.get_by_test_id("stDataFrame").wait_for()
    nothing_ran(page)
