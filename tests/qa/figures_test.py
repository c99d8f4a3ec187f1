from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.figures import contained, figures


@pytest.mark.parametrize(
    ("text", "value", "dimension"),
    [
        ("20万元", 200_000, "money"),
        ("二十万元", 200_000, "money"),
        ("200,000 yuan", 200_000, "money"),
        ("RMB 3 million", 3_000_000, "money"),
        ("1.2万人", 12_000, "人"),
        ("50%", 50, "rate"),
        ("百分之五十", 50, "rate"),
        ("七成", 70, "rate"),
        ("1∶1", 1, "ratio"),
        ("2019年", 2019, "year"),
        ("100家", 100, "家"),
    ],
)
def test_figures_are_normalised(text, value, dimension):
    (figure,) = figures(text)
    assert (figure.value, figure.dimension) == (Decimal(value), dimension)


def test_the_lower_end_of_a_range_has_the_unit_of_the_upper():
    low, high = figures("基金规模5-10亿元")
    assert (low.value, low.unit, high.value) == (500_000_000, "元", 1_000_000_000)


def test_every_figure_of_an_answer_must_stand_in_its_source():
    clause = "按贷款利息的50%给予贴息资助,每家企业每年不超过20万元"
    assert contained("50%, up to CNY 200,000", clause)
    assert not contained("60%", clause)
    assert not contained("30万元", clause)


@given(st.text())
def test_a_figure_is_a_span_of_its_text(text):
    for figure in figures(text):
        assert figure.text.strip() == text[figure.start : figure.end].strip()
