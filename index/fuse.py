"""Fusion of what the retrievers say. Pure functions over arrays."""

import math
from collections.abc import Mapping

import numpy as np

from index.types import Floats


def standardise(scores: Floats) -> Floats:
    """Scores with mean 0 and deviation 1 over the candidates; zeros where all are equal."""
    centred = scores - scores.mean()
    deviation = math.sqrt(float(centred @ centred) / len(scores))
    return np.asarray(centred / np.float32(deviation)) if deviation > 1e-9 else np.zeros_like(scores)


def weighted(signals: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """Weighted sum of standardised scores: float32 [candidates].

    Scores rather than ranks, since how much better the first is than the second is what tells an answer from a list.
    """
    total = sum(weights[name] for name in signals)
    mixed = sum((weights[name] / total) * standardise(scores) for name, scores in signals.items())
    return np.asarray(mixed, dtype=np.float32)
