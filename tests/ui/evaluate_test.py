"""The tab 评测, as a reader uses it."""

import pytest

from eval import questions, sheet

pytestmark = pytest.mark.xdist_group("browser")


def test_ones_own_set_is_measured(visit, tab, tmp_path):
    items = questions.read(questions.OWN / "policies.jsonl", "dev")
    sheet.write(tmp_path / "own.csv", items[:6])
    page = visit()
    tab(page, "评测", "Evaluate")
    page.set_input_files("#own-set input[type=file]", tmp_path / "own.csv")
    page.wait_for_selector("#own-set [role=row], #own-set .file-preview")
    page.click("#run")
    page.wait_for_selector("#measured .figure", timeout=60_000)  # six questions by four retrievers, beside other tests
    assert "前五命中" in page.inner_text("#measured .figures")
    assert page.locator("#measured svg").count() >= 1
    assert "混合" in page.inner_text("#measured thead >> nth=0")


def test_a_wrong_set_is_said_with_its_row(visit, tab, tmp_path):
    (tmp_path / "bad<i>.csv").write_text("id,question\n1,2\n", encoding="utf-8")
    page = visit("en-US")
    tab(page, "评测", "Evaluate")
    page.set_input_files("#own-set input[type=file]", tmp_path / "bad<i>.csv")
    page.wait_for_selector("#own-set [role=row], #own-set .file-preview")
    page.click("#run")
    page.wait_for_selector("#measured .note")
    assert "row 1: has no column language" in page.inner_text("#measured .note")
