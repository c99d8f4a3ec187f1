"""Nearest rows by hand on vectors of two dimensions."""

import numpy as np
import pytest

from index import dense
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
    Rows.build(VECTORS).save(tmp_path, "row")
    rows = Rows.load(tmp_path, "row", "flat")
    assert rows.nearest(EAST, 2, None)[0].tolist() == [0, 1]
    assert rows.vectors(np.array([2, 0])).tolist() == [[0, 1], [1, 0]]


def unit(rows, dimensions, seed):
    vectors = np.random.default_rng(seed).normal(size=(rows, dimensions)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def many():
    """Vectors around a hundred centres, as sentences are around topics."""
    vectors = np.repeat(unit(100, 256, 1), 50, axis=0) + 0.7 * unit(5_000, 256, 2)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_the_kind_by_the_number_of_rows():
    assert dense.kind_for(dense.FLAT_UP_TO, 512, searched=True) == "flat"
    assert dense.kind_for(dense.FLAT_UP_TO + 1, 512, searched=True) == "signs"
    assert dense.kind_for(dense.FLAT_UP_TO + 1, 512, searched=False) == "codes"
    assert dense.kind_for(10**6, 64, searched=True) == "flat"


@pytest.mark.parametrize("halved_from", [1, 1_000_000])
def test_signs_find_what_all_rows_hold(many, halved_from, monkeypatch):
    monkeypatch.setattr(dense, "HALVED_FROM", halved_from)
    signs, flat = Rows.build(many, "signs"), Rows.build(many)
    found = exact = 0
    for question in many[::100]:
        best = set(flat.nearest(question, 10, None)[0].tolist())
        found += len(best & set(signs.nearest(question, 10, None)[0].tolist()))
        exact += len(best)
    assert found >= 0.95 * exact


@pytest.mark.parametrize("share", [0.001, 0.1, 0.5, 0.9])
def test_signs_inside_a_mask(many, share):
    signs, flat = Rows.build(many, "signs"), Rows.build(many)
    allowed = np.random.default_rng(3).random(len(many)) < share
    allowed[7] = True
    for question in many[::500]:
        numbers, cosines = signs.nearest(question, 20, allowed)
        assert allowed[numbers].all() and len(numbers) == min(20, int(allowed.sum()))
        assert (np.diff(cosines) <= 0).all()
        assert cosines[0] == pytest.approx(flat.nearest(question, 1, allowed)[1][0], abs=0.02)


def test_signs_with_nothing_allowed(many):
    numbers, cosines = Rows.build(many, "signs").nearest(many[0], 5, np.zeros(len(many), dtype=bool))
    assert (numbers.tolist(), cosines.tolist()) == ([], [])


def test_eight_bits_keep_a_vector_to_a_hundredth(many):
    rows = Rows.build(many, "signs")
    numbers = np.array([4_000, 3, 3])
    assert np.abs(rows.vectors(numbers) - many[numbers]).max() < 0.002
    assert rows.cosines(numbers, many[3]) == pytest.approx(many[numbers] @ many[3], abs=0.005)
    assert not Rows.build(np.zeros((2, 256), dtype=np.float32), "signs").vectors(np.array([1])).any()


def test_signs_saved_and_loaded(many, tmp_path):
    Rows.build(many, "signs").save(tmp_path, "row")
    rows = Rows.load(tmp_path, "row", "signs")
    assert len(rows) == len(many)
    assert rows.nearest(many[9], 3, None)[0][0] == 9
