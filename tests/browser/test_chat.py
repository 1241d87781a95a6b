"""The chat in a real browser: ask, follow up, open sources, filter, take away, come back."""

import re
from pathlib import Path
from urllib.parse import urlencode

from tests.browser.driving import FIRST_EXAMPLE, ask, ask_first_example, choose, open_citation, settle


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


def test_the_page_of_a_pdf_is_shown_with_the_quotation_marked_and_can_be_turned(page):
    ask_first_example(page)
    dialog = open_citation(page)
    picture = dialog.locator("img")
    picture.wait_for()
    assert _marked_pixels(page, picture) > 500
    assert "Trang 5 / 13" in dialog.inner_text()
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Tải tệp gốc").click()
    assert download.value.suggested_filename.endswith(".pdf")
    dialog.get_by_role("button", name="Trang sau").click()
    dialog.get_by_text("Trang 6 / 13").wait_for()
    page.wait_for_function("document.querySelector('[role=dialog] img').alt.includes('trang 6')")


def _marked_pixels(page, picture):
    """How many pixels of a picture have the colour of the marker pen."""
    return page.evaluate(
        """async (image) => {
          await image.decode();
          const canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
          const context = canvas.getContext("2d");
          context.drawImage(image, 0, 0);
          const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
          let marked = 0;
          for (let at = 0; at < pixels.length; at += 4)
            if (pixels[at] > 240 && pixels[at + 1] > 200 && pixels[at + 2] < 160) marked += 1;
          return marked;
        }""",
        picture.element_handle(),
    )


def test_a_follow_up_is_understood_and_both_answers_stay(page):
    ask(page, "dn nop thue qua mang 2030")
    page.locator(".hq-answer").first.wait_for()
    ask(page, "con 2020?")
    page.locator(".hq-answer").nth(1).wait_for()
    settle(page)
    assert "90%" in page.locator(".hq-value").last.inner_text()
    assert "Hiểu câu hỏi là" in page.locator(".hq-note", has_text="2020").first.inner_text()
    assert page.locator(".hq-answer").count() == 2


def test_a_reload_keeps_the_conversation_and_deleting_ends_it(page):
    ask_first_example(page)
    page.wait_for_url(re.compile(r"\?c=[\w-]{22}$"))
    page.reload()
    page.locator(".hq-answer").wait_for()
    address = page.url
    settle(page)
    page.get_by_role("button", name="Cuộc hỏi đáp").click()
    page.get_by_role("button", name="Xoá cuộc này").click()
    page.locator(".st-key-examples").wait_for()
    page.goto(address)
    page.locator(".st-key-examples").wait_for()
    assert page.locator(".hq-answer").count() == 0


def test_a_link_asks_its_question(server, open_page):
    page = open_page(f"{server.url}/?{urlencode({'q': FIRST_EXAMPLE})}")
    page.locator(".hq-answer").wait_for()
    assert "95%" in page.locator(".hq-value").inner_text()


def test_a_filter_bounds_the_answer_and_shows_that_it_is_on(page):
    page.locator(".st-key-examples").wait_for()
    settle(page)
    page.get_by_role("button", name="Lọc").click()
    choose(page, "Địa phương", "Bắc Ninh")
    page.get_by_text("Chỉ trả lời từ: Bắc Ninh").wait_for()
    settle(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Đang lọc (1)").wait_for()
    ask(page, FIRST_EXAMPLE)
    page.locator(".hq-answer").wait_for()
    assert page.locator(".hq-value").count() == 0, "a figure of Bắc Giang must not answer for Bắc Ninh"


def test_an_answer_is_copied_with_its_evidence(server, open_page):
    page = open_page(server.url, permissions=["clipboard-read", "clipboard-write"])
    ask_first_example(page)
    page.get_by_role("button", name="Chép kèm dẫn chứng").click()
    page.get_by_role("button", name="Đã chép").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    for part in (
        "trên 95%",
        "472/QĐ-UBND",
        "“Tỷ lệ doanh nghiệp nộp thuế qua mạng đạt trên 95%.”",
        "trang 5",
    ):
        assert part in copied
    assert "**" not in copied


def test_the_conversation_is_taken_away_as_word_and_markdown(page, tmp_path):
    from docx import Document

    ask_first_example(page)
    page.get_by_role("button", name="Cuộc hỏi đáp").click()
    for kind, name in (("Word", "hoi-quy-hoach.docx"), ("Markdown", "hoi-quy-hoach.md")):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Tải về dạng {kind}").click()
        assert download.value.suggested_filename == name
        download.value.save_as(tmp_path / name)
    word = "\n".join(
        paragraph.text for paragraph in Document(str(tmp_path / "hoi-quy-hoach.docx")).paragraphs
    )
    for text in (word, Path(tmp_path / "hoi-quy-hoach.md").read_text(encoding="utf-8").replace("\\", "")):
        for part in (FIRST_EXAMPLE, "trên 95%", "472/QĐ-UBND", "nộp thuế qua mạng đạt trên 95%"):
            assert part in text


def test_a_thumb_down_asks_why(page):
    ask_first_example(page)
    page.get_by_role("radio", name="Không hữu ích").click()
    page.get_by_text("Sai trích dẫn").wait_for()
    settle(page)
    page.get_by_text("Sai trích dẫn").click()
    page.get_by_role("button", name="Gửi góp ý").click()
    page.get_by_text("Cảm ơn góp ý").wait_for()


def test_a_question_that_cannot_be_used_gets_one_clear_line(page):
    ask(page, "?!…")
    problem = page.get_by_role("alert").last
    problem.wait_for()
    assert "chỉ có dấu câu" in problem.inner_text()


def test_a_new_question_stands_at_the_top_so_that_its_figure_is_seen(server, open_page):
    page = open_page(server.url, width=360, height=740)
    for count, question in enumerate(("dn nop thue qua mang 2030", "con 2020?", "con 2030?"), start=1):
        ask(page, question)
        page.locator(".hq-answer").nth(count - 1).wait_for()
        settle(page)
        figure = page.locator(".hq-value").last.bounding_box()
        assert 60 < figure["y"] < 320, f"the figure of {question!r} is out of sight"


def test_a_mark_in_a_sentence_opens_its_source(page):
    ask_first_example(page)
    page.locator(".hq-answer .hq-key", has_text="2").click()
    page.get_by_role("dialog").get_by_text("Nguồn [2]").wait_for()


def test_the_language_can_be_changed(page):
    page.locator(".st-key-examples").wait_for()
    page.get_by_role("button", name="Gửi câu hỏi").wait_for()
    settle(page)
    page.get_by_role("button", name="English").click()
    page.get_by_text("Every answer cites the passage").wait_for()
    page.wait_for_function("document.documentElement.lang === 'en'")
    page.get_by_role("button", name="Send message").wait_for()
    assert "Ask" in page.get_by_test_id("stTopNavLinkContainer").first.inner_text()
