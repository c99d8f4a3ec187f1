"""The page as a whole: its languages, its accessibility, its width, what it may load."""

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe

from api.access import hash_password

pytestmark = pytest.mark.xdist_group("browser")
TABS = (("问答", "Ask"), ("对比", "Compare"), ("文库", "Documents"), ("评测", "Evaluate"))


def test_the_language_is_the_browsers_until_it_is_chosen(visit, ask, tab):
    page = visit("en-GB")
    assert page.inner_text("h1") == "Policy clauses"
    ask(page, "厦门有多少家试点银行?")
    page.click("text=中文")
    page.wait_for_selector(".turn .answer")  # the conversation is still there
    assert page.inner_text("h1") == "政策问答"
    assert page.inner_text("#ask") == "提问"
    tab(page, "文库", "Documents")
    assert "效力" in page.inner_text("#library thead")


@pytest.mark.parametrize("language, width", [("zh-TW", 1100), ("en-US", 390)])
def test_no_serious_fault_of_accessibility_and_nothing_wider_than_the_screen(visit, ask, tab, language, width):
    page = visit(language, width)
    ask(page, "拿专利去银行借钱,青岛补多少利息")
    found = []
    for names in TABS:
        tab(page, *names)
        if names[1] == "Compare":
            page.click("#compare")
            page.wait_for_selector("#matrix table")
        if names[1] == "Documents":
            page.click("#library [data-document] >> nth=0")
            page.wait_for_selector("#outline .panel")
        page.wait_for_timeout(200)
        for fault in Axe().run(page).response["violations"]:
            if fault["impact"] in ("serious", "critical"):
                found += [(names[1], fault["id"], node["html"][:200], node["any"][:1]) for node in fault["nodes"]]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, names
    assert found == []


def test_the_browser_is_told_to_load_nothing_from_elsewhere(site):
    answer = httpx.get(site.address)
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert httpx.get(f"{site.address}/api/docs").text.count("https://") == 0


def test_who_may_not_upload_is_not_offered_it_and_a_wrong_password_is_said(browser, serve, tmp_path):
    (tmp_path / "users").write_text(f"li:{hash_password('two')}\n", encoding="utf-8")
    with serve(tmp_path, auth=tmp_path / "users") as site:
        assert httpx.get(f"{site.address}/config").status_code == 401
        page = browser.new_context(locale="zh-CN").new_page()
        page.goto(site.address)
        page.fill("input[type=text], textarea", "li")
        page.fill("input[type=password]", "wrong")
        with page.expect_response("**/login") as refused:  # or the second attempt may come before its answer
            page.click("button")
        assert refused.value.status == 400
        page.wait_for_selector("text=/凭|credentials/i")
        page.fill("input[type=text], textarea", "li")
        page.fill("input[type=password]", "two")
        page.click("button")
        page.wait_for_selector("#conversation .empty")
        page.get_by_role("tab", name="文库", exact=True).click()
        page.wait_for_selector("#library table")
        assert not page.locator("#adding").is_visible() and not page.locator("#remove").is_visible()
        page.context.close()
