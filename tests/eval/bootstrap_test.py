import numpy as np
import pytest

from eval import bootstrap


def floats(*values):
    return np.array(values, dtype=np.float32)


def test_the_interval_of_a_share_is_about_the_textbook_s():
    found = bootstrap.mean(floats(*[1] * 80, *[0] * 20))
    assert found.value == pytest.approx(0.8)
    # 1.96 * sqrt(0.8 * 0.2 / 100) = 0.078
    assert found.low == pytest.approx(0.722, abs=0.015)
    assert found.high == pytest.approx(0.878, abs=0.015)


def test_the_same_figures_come_out_each_time():
    values = floats(*np.linspace(0, 1, 30))
    assert bootstrap.mean(values) == bootstrap.mean(values)


def test_what_does_not_apply_is_left_out():
    assert bootstrap.mean(floats(1, np.nan, 0)).value == 0.5
    assert bootstrap.mean(floats(np.nan)) is None
    assert bootstrap.median(floats()) is None


def test_the_median():
    found = bootstrap.median(floats(1, 2, 3, 4, 100))
    assert (found.value, found.low, found.high) == (3, 1, 100)


def test_no_difference_is_no_evidence():
    found = bootstrap.paired(floats(0, 1, 1), floats(0, 1, 1))
    assert (found.interval.value, found.p) == (0, 1)


def test_twenty_gains_and_no_loss_are_no_chance():
    found = bootstrap.paired(floats(*[0] * 50), floats(*[1] * 20, *[0] * 30))
    assert found.interval.value == pytest.approx(0.4)
    assert found.p < 0.001


def test_three_gains_in_a_row_may_be_chance():
    # all eight assignments of signs: two are as extreme
    assert bootstrap.paired(floats(0, 0, 0), floats(1, 1, 1)).p == pytest.approx(0.25, abs=0.02)
