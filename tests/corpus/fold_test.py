"""The form in which texts are compared."""

import pytest

from corpus.fold import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("智慧財產權", "知识产权"),
        ("智財權", "知识产权"),
        ("積體電路布圖設計", "集成电路布图设计"),
        ("軟體園", "软件园"),
        ("智慧型化手段", "智能化手段"),
        ("人工智慧", "人工智能"),
        ("最佳化智慧財產權運營", "优化知识产权运营"),
        ("營業秘密", "商业秘密"),
        ("電腦程式", "电脑程序"),
        ("資訊網路", "信息网络"),
        ("能力显着增强", "能力显著增强"),
    ],
)
def test_terms_of_taiwan_become_those_of_the_mainland(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["工程式建设", "建立", "核心", "执行", "指标", "智慧城市", "知识产权"])
def test_words_that_stay_as_they_are(text):
    assert fold(text) == text


def test_words_that_only_change_their_script():
    assert fold("建立核心指標並執行") == "建立核心指标并执行"
    assert fold("工程式建設") == "工程式建设"


def test_width_case_and_compatibility_forms():
    assert fold("ＰＣＴ申請２０件") == "pct申请20件"
    assert fold("①㈠㎡") == "1(一)m2"


def test_radicals_that_pdf_fonts_put_in_the_place_of_characters():
    assert fold("⾸⻚") == "首页"
    assert fold("⼈⺠的⻛险") == "人民的风险"


def test_folding_a_document_twice_changes_nothing_more(corpus):
    for document in corpus.documents:
        assert fold(fold(document.text)) == fold(document.text)
