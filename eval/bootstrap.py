"""Intervals and significance by resampling questions, seeded so that the same figures come out each time."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.types import Floats

SEED = 20_170_901
RESAMPLES = 2_000
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """A statistic with its 95 % percentile interval (Efron and Tibshirani 1993)."""

    value: float
    low: float
    high: float


def mean(values: Floats) -> Interval | None:
    """The mean over the questions to which a metric applies (not NaN); None if there is none."""
    kept = _kept(values)
    if not len(kept):
        return None
    counts = np.random.default_rng(SEED).multinomial(len(kept), np.full(len(kept), 1 / len(kept)), size=RESAMPLES)
    return _interval(kept.mean(), counts @ kept / len(kept))


def median(values: Floats) -> Interval | None:
    """The median over the questions to which a metric applies; None if there is none."""
    kept = _kept(values)
    if not len(kept):
        return None
    drawn = np.random.default_rng(SEED).integers(len(kept), size=(RESAMPLES, len(kept)))
    return _interval(np.median(kept), np.median(kept[drawn], axis=1))


@dataclass(frozen=True, slots=True)
class Difference:
    """What the second of two runs gained on the same questions, and how likely such a gain is by chance."""

    interval: Interval
    p: float


def paired(first: Floats, second: Floats) -> Difference | None:
    """Second minus first over the questions to which the metric applies in both; None if there is none.

    `p` is two-sided, of the randomisation test that flips the sign of each question's difference (Smucker et al. 2007).
    """
    differences = _kept(second - first)
    interval = mean(differences.astype(np.float32))
    if interval is None:
        return None
    chance = np.random.default_rng(SEED)
    signs = chance.integers(0, 2, size=(RESAMPLES * 5, len(differences)), dtype=np.int8) * 2 - 1
    by_chance = np.abs(signs @ differences) >= abs(differences.sum()) - 1e-6
    return Difference(interval, float((by_chance.sum() + 1) / (len(by_chance) + 1)))


def _kept(values: Floats) -> NDArray[np.float64]:
    return np.asarray(values[~np.isnan(values)], dtype=np.float64)


def _interval(value: np.floating[Any], resampled: NDArray[np.float64]) -> Interval:
    low, high = np.quantile(resampled, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(value), float(low), float(high))
