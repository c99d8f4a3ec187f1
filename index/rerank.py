"""Token matching: each token of the question with its nearest token of the clause, weighted by rarity.

The late interaction of ColBERT (Khattab and Zaharia 2020, MaxSim) over a static table of token vectors.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.types import Floats

_BLOCK = 4_096  # clauses counted at once


def rarity(token_ids: NDArray[np.int32], starts: NDArray[np.int64], vocabulary: int) -> Floats:
    """idf of each token over the clauses, log((N + 1) / (df + 0.5)): float32 [vocabulary]."""
    frequencies = np.zeros(vocabulary, dtype=np.float32)
    for first in range(0, len(starts) - 1, _BLOCK):
        block = starts[first : first + _BLOCK + 1]
        clauses = np.repeat(np.arange(len(block) - 1, dtype=np.int64), np.diff(block))
        pairs = np.sort(clauses * vocabulary + token_ids[block[0] : block[-1]])
        new = np.diff(pairs, prepend=-1) > 0  # of a clause's tokens each one once
        frequencies += np.bincount(pairs[new] % vocabulary, minlength=vocabulary)
    return np.log((len(starts)) / (frequencies + 0.5)).clip(min=0.05).astype(np.float32)


def match(
    weights: Floats, clauses: Sequence[NDArray[np.int32]], cosines_of: Callable[[NDArray[np.int32]], Floats]
) -> Floats:
    """Weighted mean over the question's tokens of the best cosine with any token of the clause: float32 [clauses].

    `weights` are those of the question's tokens; `cosines_of` gives the cosines of each with given tokens: float32
    [question's tokens, given tokens].
    """
    if not len(weights) or not clauses:
        return np.zeros(len(clauses), dtype=np.float32)
    tokens = np.concatenate(clauses)
    if not len(tokens):
        return np.zeros(len(clauses), dtype=np.float32)
    # Tokens are small numbers: a table of all finds the different ones sooner than sorting does.
    place = np.zeros(int(tokens.max()) + 1, dtype=np.int32)
    place[tokens] = 1
    unique = np.flatnonzero(place)
    place[unique] = np.arange(len(unique), dtype=np.int32)
    cosines = np.take(cosines_of(unique.astype(np.int32)), place[tokens], axis=1)
    lengths = np.array([len(ids) for ids in clauses])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    filled = lengths > 0
    best = np.zeros((len(weights), len(clauses)), dtype=np.float32)
    best[:, filled] = np.maximum.reduceat(cosines, starts[filled], axis=1)
    return np.asarray(weights @ best / weights.sum(), dtype=np.float32)
