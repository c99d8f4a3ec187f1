"""The tab 对比, as a reader uses it."""

import io

import openpyxl
import pytest

pytestmark = pytest.mark.xdist_group("browser")


def test_a_matrix_opens_its_clauses_and_is_exported(visit, tab):
    page = visit()
    tab(page, "对比", "Compare")
    page.fill("#topic textarea, #topic input", "专利质押贷款贴息比例;<b>商标</b>奖励")
    for city in ("青岛", "深圳"):
        page.fill("#compared input", city)
        page.keyboard.press("Enter")
    page.click("#compare")
    page.wait_for_selector("#matrix table")
    cells = page.locator("#matrix tbody tr >> nth=0 >> td")
    assert "50%" in cells.nth(0).inner_text() and cells.nth(1).inner_text() == "未收录"
    assert "<b>商标</b>奖励" in page.inner_text("#matrix tbody tr >> nth=1")
    cells.nth(0).locator(".chip").first.click()
    assert "50%" in page.inner_text("#drawer mark")
    page.click("#drawer .close")
    with page.expect_download() as download:
        page.click("text=Excel")
    sheet = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).active
    assert "50%" in sheet["B2"].value


def test_the_map_says_which_city_covers_what(visit, tab):
    page = visit("en-US")
    tab(page, "对比", "Compare")
    page.click("#heat")
    page.wait_for_selector("#matrix .heat")
    row = page.locator("#matrix tbody tr", has_text="地理标志")
    assert [cell.strip() for cell in row.locator("td").all_inner_texts()][2] != "0"
    row.locator("td button").first.click()
    assert page.locator("#drawer .clause").is_visible()
