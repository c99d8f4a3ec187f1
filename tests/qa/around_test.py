"""Quotes with what belongs to them, on a document whose paragraphs share one heading."""

import pytest

from index import encoder
from index.policy_index import PolicyIndex
from qa.answer import Answerer

TEXT = """南海市知识产权工作方案

一、重点任务

(一)知识产权金融。鼓励银行开展专利权质押贷款,扩大质押规模。

对企业支付的评估费给予补助,单户企业每年最高3万元。(牵头单位:市金融局。配合单位:市财政局)

(二)申请材料。企业申请补助应当提交下列材料:

1.补助申请表;

2.借款合同和质押登记证明;

(三)新城建设。“新城”将重点建设三大板块:

1.世界知识产权主题公园。园内设展馆。展馆面积不少于两万平方米,配套建设国际会议中心、专利大数据中心和知识产权培训学院,面向全国提供展示、交流、培训等服务,并引进国际组织设立办事机构,形成特色品牌,逐步建成国内一流的知识产权展示窗口和对外交流平台。

2.知识产权服务业集聚区。引进服务机构。
"""


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    folder = tmp_path_factory.mktemp("around")
    (folder / "nanhai.txt").write_text(TEXT, encoding="utf-8")
    model = encoder.bundled()
    return Answerer(PolicyIndex.ensure(folder, folder / "index", model)).answer


def test_who_is_in_charge_stands_in_the_bracket_of_a_later_paragraph(answer):
    found = answer("专利权质押贷款由哪个部门牵头?")
    assert any("(牵头单位:市金融局。配合单位:市财政局)" in citation.quote for citation in found.citations)


def test_the_items_follow_what_introduces_them(answer):
    found = answer("申请补助要交哪些材料?")
    assert "补助申请表" in found.text and "借款合同和质押登记证明" in found.text


def test_of_long_items_the_first_sentence_is_quoted(answer):
    found = answer("新城重点建设哪三大板块?")
    assert "世界知识产权主题公园" in found.text and "知识产权服务业集聚区" in found.text
    assert "国际会议中心" not in found.text
