"""Checking an article in the browser: pasted, or from a file."""

from tests.browser.driving import settle

ARTICLE = (
    "Theo quy hoạch, đến năm 2030 Bắc Giang có trên 95% doanh nghiệp nộp thuế qua mạng. "
    "Đến năm 2030, 99% cán bộ y tế của Bắc Giang được phổ cập tin học. Thời tiết hôm nay đẹp."
)


def test_each_claim_is_coloured_has_its_verdict_and_opens_its_source(server, open_page):
    page = open_page(server.url + "/check")
    page.get_by_label("Bài viết").wait_for()
    settle(page)
    page.get_by_label("Bài viết").fill(ARTICLE)
    page.get_by_role("button", name="Kiểm chứng", exact=True).click()
    page.locator(".hq-badge").nth(1).wait_for()
    settle(page)
    assert "95%" in page.locator(".hq-article .hq-supported").inner_text()
    assert "99%" in page.locator(".hq-article .hq-contradicted").inner_text()
    assert [badge.inner_text()[0] for badge in page.locator(".hq-badge").all()] == ["✓", "✗"]
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải kết quả dạng Word").click()
    assert download.value.suggested_filename == "kiem-chung.docx"
    page.get_by_role("button", name="472/QĐ-UBND").first.click()
    page.get_by_role("dialog").locator(".hq-passage mark").first.wait_for()


def test_an_article_comes_from_a_file(server, open_page, tmp_path):
    file = tmp_path / "bài.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    page = open_page(server.url + "/check", width=360, height=740)
    page.get_by_label("Bài viết").wait_for()
    settle(page)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_text("bài.txt").wait_for()
    settle(page)
    page.get_by_role("button", name="Kiểm chứng", exact=True).click()
    page.locator(".hq-badge").nth(1).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
