"""The chat in a real browser: the first question, its answer, its source."""

from tests.browser.driving import FIRST_EXAMPLE, ask, ask_first_example, open_citation


def test_the_first_example_is_answered_with_its_figure(page):
    ask_first_example(page)
    assert "trên 95%" in page.locator(".hq-value").first.inner_text()
    assert page.get_by_role("heading", name=FIRST_EXAMPLE).is_visible()


def test_a_citation_opens_its_passage_with_the_quotation_highlighted(page):
    ask_first_example(page)
    dialog = open_citation(page)
    assert "95%" in dialog.locator(".hq-passage mark").first.inner_text()
    text = dialog.inner_text()
    for part in ("472/QĐ-UBND", "31/3/2016", "III. Định hướng đến năm 2030", "trang 5", "bản tóm lược"):
        assert part in text
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")


def test_a_follow_up_is_understood_and_both_answers_stay(page):
    ask(page, FIRST_EXAMPLE)
    page.locator(".hq-answer").first.wait_for()
    ask(page, "còn năm 2020?")
    page.locator(".hq-answer").nth(1).wait_for()
    assert "90%" in page.locator(".hq-value").last.inner_text()
    assert "Hiểu câu hỏi là" in page.locator(".hq-note", has_text="2020").first.inner_text()
    assert page.locator(".hq-answer").count() == 2


def test_a_question_that_cannot_be_used_gets_one_clear_line(page):
    ask(page, "?!…")
    problem = page.get_by_role("alert").last
    problem.wait_for()
    assert "chỉ có dấu câu" in problem.inner_text()


def test_a_phone_shows_the_figure_without_scrolling_sideways(server, open_page):
    page = open_page(server.url, width=360, height=740)
    ask_first_example(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator(".hq-value").first.is_visible()
