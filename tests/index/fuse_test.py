"""Fusion by hand arithmetic."""

import numpy as np
import pytest

from index import fuse


def floats(*values):
    return np.array(values, dtype=np.float32)


def test_standard_scores():
    # mean 2, deviation sqrt(2/3)
    assert fuse.standardise(floats(1, 2, 3)) == pytest.approx([-1.2247449, 0, 1.2247449])
    assert fuse.standardise(floats(0, 4)) == pytest.approx([-1, 1])


def test_scores_that_are_all_equal_say_nothing():
    assert fuse.standardise(floats(0.7, 0.7, 0.7)).tolist() == [0, 0, 0]
    assert fuse.standardise(floats(5)).tolist() == [0]


def test_a_weighted_sum_of_standard_scores():
    signals = {"bm25": floats(0, 4), "sentence": floats(0.9, 0.1)}  # standardised: -1, 1 and 1, -1
    assert fuse.weighted(signals, {"bm25": 1, "sentence": 1}) == pytest.approx([0, 0], abs=1e-6)
    assert fuse.weighted(signals, {"bm25": 3, "sentence": 1}) == pytest.approx([-0.5, 0.5])
    assert fuse.weighted(signals, {"bm25": 0, "sentence": 1}) == pytest.approx([1, -1])


def test_weights_of_signals_that_are_not_there_do_not_count():
    alone = fuse.weighted({"bm25": floats(0, 4)}, {"bm25": 0.3, "sentence": 1})
    assert alone == pytest.approx([-1, 1])
    assert alone.dtype == np.float32


def test_the_unit_of_a_score_does_not_matter():
    weights = {"bm25": 1, "sentence": 2}
    small = fuse.weighted({"bm25": floats(1, 5, 2), "sentence": floats(0.1, 0.2, 0.9)}, weights)
    large = fuse.weighted({"bm25": floats(1, 5, 2) * 100, "sentence": floats(0.1, 0.2, 0.9) + 7}, weights)
    assert small == pytest.approx(large, abs=1e-4)
