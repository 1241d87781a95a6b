"""What the page says when it has nothing to answer from."""

from tests.browser.driving import ROOT, hoi


def test_no_store_says_what_to_do_and_tries_again(serve, open_page, tmp_path):
    folder = tmp_path / "store"
    page = open_page(serve(folder).url)
    page.get_by_text("Chưa có văn bản nào để hỏi").wait_for()
    assert "hoi ingest" in page.get_by_role("alert").inner_text()
    hoi("ingest", ROOT / "plans", store=folder)
    page.get_by_role("button", name="Thử lại").click()
    page.get_by_role("button", name="Mục tiêu doanh nghiệp nộp thuế").wait_for()


def test_a_broken_store_says_so(serve, open_page, tmp_path):
    (tmp_path / "catalogue.sqlite").write_bytes(b"this is no database" * 100)
    page = open_page(serve(tmp_path).url)
    page.get_by_text("Chưa mở được kho văn bản").wait_for()
    assert "Không đọc được kho" in page.get_by_role("alert").inner_text()
