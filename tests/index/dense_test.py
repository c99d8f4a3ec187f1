"""Nearest rows by hand on vectors of two dimensions."""

import numpy as np
import pytest

from index.dense import Rows

VECTORS = np.array([[1, 0], [0.8, 0.6], [0, 1], [-1, 0]], dtype=np.float32)
EAST = np.array([1, 0], dtype=np.float32)


def nearest(k, allowed=None):
    mask = None if allowed is None else np.array(allowed, dtype=bool)
    numbers, scores = Rows.build(VECTORS).nearest(EAST, k, mask)
    return numbers.tolist(), scores.tolist()


def test_best_first_by_cosine():
    numbers, scores = nearest(4)
    assert numbers == [0, 1, 2, 3]
    assert scores == pytest.approx([1, 0.8, 0, -1])
    assert nearest(2)[0] == [0, 1]


def test_only_inside_the_mask():
    assert nearest(4, [False, True, False, True])[0] == [1, 3]
    assert nearest(1, [False, False, False, True])[0] == [3]
    assert nearest(4, [False] * 4) == ([], [])


def test_a_mask_longer_than_a_byte():
    rows = Rows.build(np.eye(20, dtype=np.float32))
    allowed = np.zeros(20, dtype=bool)
    allowed[[3, 11, 19]] = True
    numbers, _ = rows.nearest(np.eye(20, dtype=np.float32)[19], 20, allowed)
    assert numbers[0] == 19
    assert set(numbers.tolist()) == {3, 11, 19}


def test_more_than_there_is():
    assert nearest(100)[0] == [0, 1, 2, 3]


def test_saved_and_loaded(tmp_path):
    Rows.build(VECTORS).save(tmp_path / "rows.faiss")
    rows = Rows.load(tmp_path / "rows.faiss")
    assert rows.nearest(EAST, 2, None)[0].tolist() == [0, 1]
    assert rows.vectors(np.array([2, 0])).tolist() == [[0, 1], [1, 0]]
