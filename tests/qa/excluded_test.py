"""What a document leaves out by name, of what a question takes for given."""

import pytest

from index import encoder
from index.policy_index import PolicyIndex
from qa.answer import Answerer

RULES = """威海市专利质押贷款补贴办法

第一条 企业以专利权质押取得贷款的,按实际支付利息的50%给予贴息,单个企业每年最高20万元。展期贷款、借新还旧贷款不予贴息。
第二条 发明专利授权的,每件资助3000元;PCT国际申请本身不予资助。
第三条 个体工商户、房地产企业不适用本办法。
第四条 未备案的贷款不予补偿。备案由市市场监督管理局受理,5个工作日内办结。
第五条 咨询、调解服务均不收取任何费用。
第六条 A类、D类项目不要求自筹,B类项目自筹经费不得低于50%。
"""


@pytest.fixture(scope="module")
def answerer(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rules")
    (folder / "documents").mkdir()
    (folder / "documents" / "weihai.txt").write_text(RULES, encoding="utf-8")
    return Answerer(PolicyIndex.ensure(folder / "documents", folder / "index", encoder.load(None)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("威海个体工商户贷款贴多少利息?", "个体工商户、房地产企业不适用本办法"),
        ("房地产公司在威海质押专利贷款,能贴多少?", "房地产企业不适用本办法"),
        ("威海的PCT国际申请一件补多少钱?", "PCT国际申请本身不予资助"),
        ("威海贷款办了展期,财政贴息贴多少?", "展期贷款、借新还旧贷款不予贴息"),
        ("威海调解要收多少费用?", "均不收取任何费用"),
        ("威海A类项目自筹经费最少要多少?", "A类、D类项目不要求自筹"),
    ],
)
def test_what_is_left_out_is_told(answerer, text, said):
    answer = answerer.answer(text)
    assert answer.status == "contradicted"
    assert said in answer.citations[0].quote


@pytest.mark.parametrize(
    "text",
    [
        "威海专利质押贷款贴息多少?",  # another kind of loan is left out
        "威海贷款备案几天办结?",  # 未备案的贷款 is none that is on file
        "威海发明专利授权一件资助多少?",
        "威海哪些贷款不予贴息?",  # asks for what is left out
        "威海B类项目自筹经费最少要多少?",
    ],
)
def test_what_is_granted_stays_granted(answerer, text):
    assert answerer.answer(text).status == "answered"
