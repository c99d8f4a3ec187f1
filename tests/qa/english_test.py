import pytest

from index import thesaurus
from qa import english


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        ("给予一次性60万元落户补助", "subsidy: CNY 600,000 (60万元)"),
        ("案件结案率达到95%以上", "case closure rate: at least 95%"),
        ("设立总规模5000万元的风险补偿资金池", "risk compensation fund: CNY 50,000,000 (5000万元)"),
        ("执业专利代理师不少于8人", "patent attorney: at least 8 people (8人)"),
        ("利用3000万元中央财政资金", "central government funds: CNY 30,000,000 (3000万元)"),
        ("按贷款利息的50%给予", "50% of loan interest"),
        ("周期由20个月缩短", "20 months (20个月)"),
    ],
)
def test_a_figure_is_told_with_what_it_is_of(quote, told):
    assert english.frame(quote, "", thesaurus.shipped()).endswith(told)


def test_a_figure_is_of_nothing_that_stands_elsewhere_in_the_sentence():
    told = english.frame("对从银行取得信贷资金的企业,按其支付数的50%计算", "", thesaurus.shipped())
    assert "bank" in told and told.endswith("50%") and ": 50%" not in told.split(". ")[-1]
