"""The register of figures: searching, opening a source, charts, downloads."""

import csv

import pytest

from tests.browser.driving import settle


def test_figures_are_found_downloaded_and_drawn(server, open_page, tmp_path):
    page = open_page(server.url + "/figures")
    page.get_by_test_id("stDataFrame").wait_for()
    settle(page)
    search = page.get_by_label("Tìm chỉ tiêu, dự án")
    search.fill("nop thue qua mang")
    search.press("Enter")
    page.wait_for_function(
        "() => { const found = document.body.innerText.match(/(\\d+) trên (\\d+) số liệu/);"
        " return found && found[1] !== found[2]; }"
    )
    settle(page)
    for kind, name in (("CSV", "so-lieu.csv"), ("Excel", "so-lieu.xlsx")):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Tải {kind}").click()
        download.value.save_as(tmp_path / name)
    rows = list(csv.DictReader((tmp_path / "so-lieu.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert {("95", "2030"), ("90", "2020")} <= {(row["value"], row["year"]) for row in rows}
    assert (tmp_path / "so-lieu.xlsx").read_bytes().startswith(b"PK")
    page.get_by_role("tab", name="Biểu đồ").click()
    page.get_by_role("tabpanel").locator("canvas, svg").last.wait_for()


@pytest.mark.parametrize("from_left", [16, 150])  # the box of the row, a cell
def test_a_row_opens_its_source(server, open_page, from_left):
    page = open_page(server.url + "/figures")
    table = page.get_by_test_id("stDataFrame")
    table.wait_for()
    settle(page)
    page.wait_for_timeout(500)  # the grid is a canvas: nothing says when it can be clicked
    box = table.bounding_box()
    page.mouse.click(box["x"] + from_left, box["y"] + 55)
    dialog = page.get_by_role("dialog")
    dialog.locator(".hq-passage mark").first.wait_for()
    assert "472/QĐ-UBND" in dialog.inner_text()


def test_projects_stand_side_by_side_with_their_funds(server, open_page):
    page = open_page(server.url + "/figures")
    page.get_by_test_id("stDataFrame").wait_for()
    settle(page)
    page.get_by_role("tab", name="Biểu đồ").click()
    bars = page.locator(".hq-bars li")
    bars.first.wait_for()
    assert bars.count() >= 20
    assert "tỷ đồng" in bars.first.inner_text()
