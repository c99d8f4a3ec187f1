"""The tab 问答, as a reader uses it."""

import os
from pathlib import Path

import pytest

from eval import questions

pytestmark = pytest.mark.xdist_group("browser")
SCREENSHOT = Path(__file__).parents[2] / "docs" / "screenshot.png"


@pytest.mark.parametrize(
    "language, question, badge",
    [
        ("zh-CN", "拿专利去银行借钱，青岛补多少利息", "效力不明"),
        ("en-US", "What are Qingdao's pledge loan subsidies?", "validity unknown"),
    ],
)
def test_an_answer_opens_its_clause_in_context(visit, ask, language, question, badge):
    page = visit(language)
    turn = ask(page, question)
    assert "二、(三)9. 第3款" in turn.locator(".sources").inner_text()
    turn.locator(".answer > p .chip").first.click()
    pane = page.locator("#pane")
    assert "50%" in pane.locator("mark").inner_text()
    assert pane.locator("h3").inner_text() == "《青岛市知识产权运营服务体系建设实施方案》"
    assert pane.locator(".address li").last.inner_text() == "第3款"
    assert pane.locator(".badge").inner_text() == badge
    assert pane.locator(".context").count() == 4
    copied = pane.locator("[data-copy]").get_attribute("data-copy")
    assert copied.startswith("“") and copied.endswith(
        "——《青岛市知识产权运营服务体系建设实施方案》二、(三)9. 第3款 [效力不明]"
    )
    if language == "zh-CN" and os.environ.get("SCREENSHOT"):
        page.wait_for_timeout(500)
        page.screenshot(path=SCREENSHOT)
    # Over plain HTTP from another machine a page has no clipboard to write to.
    page.evaluate(
        "() => { Object.defineProperty(navigator, 'clipboard', {value: undefined});"
        "document.addEventListener('copy', () => { window.copied = document.activeElement.value; }); }"
    )
    pane.locator("[data-copy]").click()
    assert page.evaluate("window.copied") == copied


def test_with_the_keyboard_alone(visit):
    page = visit()
    page.wait_for_selector("#question textarea:focus")  # a person sees the cursor before typing
    page.keyboard.type("福州的方案现在还有效吗?")
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer")
    assert page.inner_text(".asked") == "福州的方案现在还有效吗?"
    page.locator(".answer .chip").first.focus()
    page.keyboard.press("Enter")
    assert "2025" in page.inner_text("#pane")
    page.locator(".why summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".why tbody tr").count() == 10


def test_on_a_phone_the_clause_opens_over_the_page(visit, ask):
    page = visit("zh-CN", 390)
    turn = ask(page, "2019年南通万人发明专利拥有量目标是多少?")
    turn.locator(".sources .title").first.click()
    assert "27件" in page.inner_text("#drawer .clause")
    page.keyboard.press("Escape")
    assert not page.locator("#drawer").is_visible()


def test_script_in_a_question_is_shown_and_not_run(visit, ask):
    page = visit()
    turn = ask(
        page,
        "青岛 <img src=x onerror=\"document.title='run'\"> ${7*7} {{7*7}} 贴息 <script>document.title='run'</script>",
    )
    assert "<script>" in turn.locator(".asked").inner_text()
    assert "${7*7} {{7*7}}" in turn.locator(".asked").inner_text()
    assert page.title() != "run"


def test_a_question_goes_on_from_the_one_before(visit, ask):
    page = visit()
    ask(page, "青岛专利质押贷款贴息比例是多少?")
    assert "《厦门市" in ask(page, "那厦门呢?").locator(".sources").inner_text()


def test_a_reload_loses_nothing(visit, ask):
    page = visit()
    ask(page, "青岛补多少利息?")
    page.reload()
    assert "50%" in page.locator(".turn .answer").first.inner_text()
    page.click("#clear")
    page.wait_for_selector("#conversation .empty")


def test_the_scope_is_kept_to_and_a_wrong_date_is_said(visit, ask):
    page = visit()
    page.click("#scope button")
    page.fill("#as-of textarea, #as-of input", "昨天")
    assert "不是日期" in ask(page, "贴息比例是多少?").inner_text()
    page.fill("#as-of textarea, #as-of input", "2024-01-01")
    page.click("#cities input")
    page.get_by_role("option", name="福州").click()
    page.keyboard.press("Escape")
    assert "福州" in ask(page, "地理標誌有多少件?").inner_text()
    assert page.locator(".badge.in_force").count()


def test_a_city_without_documents_is_said(visit):
    page = visit()
    page.click("[data-ask^=深圳]")
    page.wait_for_selector("text=语料库中没有深圳的文件")


def test_feedback_becomes_a_question_set(visit, ask, site, corpus):
    page = visit()
    turn = ask(page, "青岛补多少利息?")
    turn.locator("[name=reason]").fill("条款准确")
    turn.locator("[name=reason]").press("Enter")  # says neither yes nor no
    turn.locator("button[value=up]").click()
    turn.locator(".thanks").wait_for()
    (item,) = questions.read(site.feedback / "helpful.jsonl")
    spans = questions.locate([item], corpus)[item.id]
    assert item.status == "answered" and "50%" in "".join(span.quote for need in spans for span in need)
