"""The chat with a language model: a real chat-completions server that is honest, lies, breaks, or is slow."""

import threading

import pytest

from tests.browser.driving import FIRST_EXAMPLE, ask, settle
from tests.chain.scripted_server import Script, serving, text

EVIDENCE = "nộp thuế qua mạng đạt trên 95%"


def honest(request):
    return (
        f"Đến năm 2030, tỷ lệ doanh nghiệp nộp thuế qua mạng đạt **trên 95%** [{request.key_of(EVIDENCE)}]."
    )


def lying(request):
    key = request.key_of(EVIDENCE)
    return f"{honest(request)} Đến năm 2030, tỷ lệ doanh nghiệp nộp thuế qua mạng đạt 99% [{key}]."


@pytest.fixture(scope="module")
def model():
    with serving(text("")) as server:
        yield server


@pytest.fixture(scope="module")
def chat(model, serve, store):
    """A page whose answers come from `model`; what that does is set in each test."""
    return serve(store, HOI_MODEL="scripted", HOI_MODEL_URL=model.url, HOI_MODEL_TIMEOUT_SECONDS="60")


def asked(open_page, chat, model, script):
    model.script = script
    model.gone.clear()
    page = open_page(chat.url)
    ask(page, FIRST_EXAMPLE)
    return page


def answered(page):
    page.locator(".hq-answer").wait_for()
    settle(page)
    return page.locator(".hq-answer").inner_text()


def test_the_host_is_named_and_an_honest_answer_is_said_to_be_checked(open_page, chat, model):
    page = asked(open_page, chat, model, Script(reply=honest))
    assert "trên 95%" in answered(page)
    assert "mô hình ngôn ngữ ở 127.0.0.1" in page.locator(".st-key-tools").inner_text()
    assert "Đã đối chiếu từng câu của mô hình scripted" in page.locator(".hq-check").inner_text()
    assert page.locator(".hq-answer del").count() == 0


def test_a_number_that_the_plans_do_not_hold_is_struck_out_and_listed(open_page, chat, model):
    page = asked(open_page, chat, model, Script(reply=lying))
    answered(page)
    assert "99%" in page.locator(".hq-answer del").inner_text()
    assert "trên 95%" in page.locator(".hq-value").inner_text()
    check = page.locator(".hq-check").inner_text()
    assert "1 chỗ bị gạch hoặc đánh dấu" in check
    assert "99%" in check


@pytest.mark.parametrize(
    ("script", "reason"),
    [(Script(status=500), "gặp lỗi (mã 500)"), (Script(reply=honest, end="cut"), "đứt giữa chừng")],
)
def test_a_broken_server_gives_the_extractive_answer_and_one_line_why(open_page, chat, model, script, reason):
    page = asked(open_page, chat, model, script)
    assert "trên 95%" in answered(page)
    line = page.locator(".hq-check").inner_text()
    assert reason in line
    assert "trích thẳng từ tài liệu" in line
    assert "\n" not in line.strip()


def test_sentences_show_as_they_are_checked_and_stop_ends_the_request(open_page, chat, model):
    page = asked(
        open_page, chat, model, Script(reply=lambda request: f"{honest(request)} " * 30, between_s=0.1)
    )
    page.locator(".hq-answer-coming", has_text="trên 95%").wait_for()
    page.get_by_role("button", name="Dừng").click()
    assert model.gone.wait(20), "the request went on"
    page.get_by_text("Bạn đã dừng câu trả lời này").wait_for()
    settle(page)
    page.reload()
    page.get_by_text("Bạn đã dừng câu trả lời này").wait_for()


def test_stop_works_before_a_silent_server_has_said_anything(open_page, chat, model):
    page = asked(open_page, chat, model, Script(end="hang"))
    page.get_by_text("đang viết").wait_for()
    page.get_by_role("button", name="Dừng").click()
    page.get_by_role("button", name="Gửi câu hỏi").wait_for(timeout=10_000)
    model.script = Script(reply=honest)
    ask(page, "con 2020?")
    page.locator(".hq-answer").wait_for()


def test_a_click_elsewhere_does_not_lose_the_question(open_page, chat, model):
    clicked = threading.Event()
    page = asked(open_page, chat, model, Script(reply=honest, until=clicked))
    page.get_by_text("đang viết").wait_for()
    page.get_by_role("button", name="English").click()
    page.get_by_text("is writing").wait_for()
    clicked.set()
    assert "trên 95%" in answered(page)
    assert page.get_by_role("heading", name=FIRST_EXAMPLE, exact=True).count() == 1, "asked again beside a lost one"
