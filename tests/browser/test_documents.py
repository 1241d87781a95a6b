"""The documents page: what it shows, who may change it, and that what is added can be asked about."""

import re

import pytest

from pages.parts.password import hashed
from tests.browser.driving import ROOT, ask, choose, hoi, settle

PLAN = """Số: 12/KH-UBND

Lạng Sơn, ngày 5 tháng 2 năm 2024

KẾ HOẠCH
Phát triển nhà văn hóa số tỉnh Lạng Sơn

I. Mục tiêu

Đến năm 2027, trên 64% thôn có nhà văn hóa số.
"""


@pytest.fixture(scope="module")
def own(serve, tmp_path_factory):
    """A server with a store of its own, and the starter's link from its terminal."""
    folder = tmp_path_factory.mktemp("own-store")
    hoi("ingest", ROOT / "plans" / "bac-ninh-464-kh-ubnd-2020-trang-tin-tom-luoc.html", store=folder)
    return serve(folder)


def starters_link(page, own):
    page.get_by_text("Chỉ người đã khởi động").wait_for()
    found = re.search(r"http://\S+key=\S+", own.log.read_text(encoding="utf-8"))
    assert found, "the terminal shows no link"
    return found[0]


def test_the_collection_is_listed_and_nobody_else_may_change_it(own, open_page):
    page = open_page(own.url + "/documents")
    page.get_by_text("Chỉ người đã khởi động").wait_for()
    assert "23/11/2020" in page.locator(".hq-card").inner_text()
    assert page.locator("input[type=file]").count() == 0
    page.goto(own.url + "/documents?key=" + "a" * 32)
    page.get_by_text("Chỉ người đã khởi động").wait_for()
    assert page.locator("input[type=file]").count() == 0


def test_a_request_through_a_proxy_may_not_even_with_the_key(own, open_page):
    link = starters_link(open_page(own.url + "/documents"), own)
    page = open_page(link, extra_http_headers={"X-Forwarded-For": "203.0.113.9"})
    page.get_by_text("Chỉ người đã khởi động").wait_for()
    assert page.locator("input[type=file]").count() == 0


def test_the_starter_adds_a_document_asks_about_it_and_removes_it(own, open_page, tmp_path):
    page = open_page(own.url + "/documents")
    page.goto(starters_link(page, own))
    page.get_by_role("button", name="Nạp vào kho").wait_for()
    assert "key=" not in page.url
    assert "200 MiB" in page.get_by_text("mỗi tệp không quá").inner_text()
    file = tmp_path / "lang-son.txt"
    file.write_text(PLAN, encoding="utf-8")
    settle(page)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Nạp vào kho").click()
    page.locator(".hq-report", has_text="Thêm: lang-son.txt").wait_for()
    assert page.locator(".hq-card").count() == 2

    page.get_by_role("link", name="Hỏi đáp").first.click()
    ask(page, "Đến năm 2027 bao nhiêu thôn ở Lạng Sơn có nhà văn hóa số?")
    page.locator(".hq-answer").wait_for()
    assert "64%" in page.locator(".hq-answer").inner_text()

    page.get_by_role("link", name="Văn bản").first.click()
    page.locator(".hq-card", has_text="lang-son.txt").wait_for()
    choose(page, "Văn bản cần xoá", "lang-son.txt")
    page.get_by_role("button", name="Xoá khỏi kho").click()
    page.locator(".hq-card", has_text="lang-son.txt").wait_for(state="detached")


def test_a_configured_password_lets_in_and_a_wrong_one_does_not(serve, store, open_page):
    running = serve(store, HOI_EDITOR_PASSWORD_HASH=hashed("đúng mật khẩu"))
    page = open_page(running.url + "/documents")
    field = page.get_by_label("Mật khẩu của người biên tập")
    settle(page)
    field.fill("sai")
    page.get_by_role("button", name="Vào", exact=True).click()
    page.get_by_text("Mật khẩu không đúng").wait_for()
    settle(page)
    field.fill("đúng mật khẩu")
    page.get_by_role("button", name="Vào", exact=True).click()
    page.get_by_role("button", name="Nạp vào kho").wait_for()
