import pytest

from corpus.fold import fold
from qa.contrast import opposed


@pytest.mark.parametrize(
    ("question", "text", "context", "kinds"),
    [
        ("地理标志商标到2020年要多少件", "马德里商标注册量累计达250件", "", 0),  # both are trademarks
        ("市级示范企业奖励多少", "对省级知识产权示范企业奖励10万元", "", 1),
        ("市级示范企业奖励多少", "省级示范企业奖励10万元,市级的5万元", "", 0),
        ("企业投保能补多少", "专利权质押贷款按利息的50%贴息", "", 1),
        ("企业投保能补多少", "按50%给予资助", "专利保险资助", 0),
        ("商标质押贷款贴息比例", "专利权质押贷款按利息的50%贴息", "", 1),
        ("商标质押贷款贴息比例", "专利权质押贷款按利息的50%贴息", "专利权、商标权质押融资办法", 0),
        ("Is there insurance for trade marks?", "专利权质押贷款", "", 2),
        ("考下中级知识产权师给多少钱", "取得高级知识产权师职称的,资助5000元", "", 1),
        ("评下来是2级,给几万", "达到3级的资助6万元,达到4级的资助10万元", "", 1),
        ("担保费补几成", "评估费按照50%补助", "", 1),
        ("个人能拿多少", "有53个人获奖,企业每家奖励5万元", "", 1),
        ("有什么扶持措施", "对专利质押贷款贴息", "", 0),
    ],
)
def test_another_thing_of_the_kind_that_is_asked_for(question, text, context, kinds):
    assert opposed(fold(question), fold(text), fold(context)) == kinds
