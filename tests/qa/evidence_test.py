import pytest

from qa import evidence
from qa.answer import Answerer


@pytest.fixture(scope="module")
def answerer(index):
    return Answerer(index)


@pytest.mark.parametrize(
    "text",
    [
        "青岛申请贷款贴息要交哪些材料",  # the subsidy is there, its papers are not
        "厦门专利保险补贴按保费的百分之几补",  # 一定比例
        "Could you give me the e-mail address of the Nantong IP protection centre?",
        "南通2022年的PCT专利申请量累计目标是多少",  # the plan ends with 2020
        "狗要不要办养犬证,办证要交哪些材料",
        "住房公积金贷款首套利率多少",
    ],
)
def test_what_nobody_states_is_not_answered(answerer, text):
    assert answerer.answer(text).status == "no_evidence"


def test_the_detail_asked_for_is_worth_as_much_as_the_best_passage_that_has_it(answerer):
    question = answerer.understand("青岛专利权质押贷款贴息比例是多少")
    found = evidence.features(question, answerer.passages(question), answerer.index)
    assert found["detail"] > 0.9
    question = answerer.understand("青岛专利权质押贷款贴息打哪个电话")
    assert evidence.features(question, answerer.passages(question), answerer.index)["detail"] == 0


def test_confidence_grows_with_each_feature_that_speaks_for_an_answer():
    plain = dict.fromkeys(evidence.WEIGHTS, 0.5)
    for name, weight in evidence.WEIGHTS.items():
        assert (evidence.confidence(plain | {name: 1.0}) > evidence.confidence(plain)) == (weight > 0)


@pytest.mark.parametrize(
    ("year", "answered"), [("2020", True), ("2019", True), ("2016", False)]
)  # of the plan's years and of another
def test_a_figure_of_another_year_is_no_answer(answerer, year, answered):
    answer = answerer.answer(f"南通{year}年万人发明专利拥有量目标是多少件")
    assert (answer.status == "answered") == answered


def test_hits_that_name_what_is_asked_about_come_first(answerer):
    question = answerer.understand("我们公司贯标证书拿到了,青岛补多少钱?")
    (first, *_) = answerer.retrieve(question)
    assert answerer.index.named(question.topic, [first]) == [1.0]
    assert answerer.index.named("有什么", [first]) == [0.0]
    assert "10万元" in answerer.answer(question.text).text


def test_of_hits_about_as_good_the_one_with_the_amount_comes_first(answerer):
    question = answerer.understand("青岛贯标企业奖励多少万元")
    found = answerer.index.search(question.topic, 10, question.scope, question.language)
    preferred = evidence.preferred(question, found, answerer.index)
    assert {hit.clause.start for hit in preferred} == {hit.clause.start for hit in found}
    assert "万元" in preferred[0].clause.text
    assert [hit.score for hit in preferred] == sorted((hit.score for hit in preferred), reverse=True)
