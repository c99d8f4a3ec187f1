"""Which figure belongs to which thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.bound import belonging, bound
from qa.figures import figures


def money(text):
    return [figure for figure in figures(text) if figure.dimension == "money"]


@pytest.mark.parametrize(
    ("text", "asked", "said"),
    [
        ("获得中国专利金奖、银奖、优秀奖的,分别奖励30万元、15万元、8万元", "中国专利银奖奖30万", ["15万元"]),
        ("评定五星级站5家,每家奖励8万元,四星级10家,每家奖励4万元", "四星级站每家奖8万", ["每家奖励4万元"]),
        ("收入达到1000万元以上的运营机构,给予一次性奖励50万元", "运营机构奖50万", ["给予一次性奖励50万元"]),
        (
            "中国专利金奖奖励100万元;中国专利银奖奖励50万元",
            "a silver award pays 1 million yuan",
            ["中国专利银奖奖励50万元"],
        ),
        ("企业类项目(b类),每项资助15万元;预警项目(c类),每项资助10万元", "c类每项15万元", ["每项资助10万元"]),
        ("每家奖励8万元,另奖励4万元", "奖8万", []),
    ],
)
def test_a_figure_belongs_to_the_thing_that_is_named(text, asked, said):
    assert [one.said for one in belonging(asked, bound(text, money))] == said


@given(st.lists(st.sampled_from(["企业奖励5万元", "高校资助3万元", "按规定办理", "金奖、银奖,分别给予6万元、2万元"])))
def test_every_figure_belongs_to_one_thing(parts):
    text = ",".join(parts)
    assert sorted(f.value for one in bound(text, money) for f in one.figures) == sorted(f.value for f in money(text))
