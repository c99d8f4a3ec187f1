"""BM25: rank-bm25 fits, a sparse matrix serves. The only importer of rank_bm25.

The matrix holds each term's weight in each clause, so that a question's scores are a sum of its terms' postings.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from index.types import Floats


class LuceneBM25(BM25Okapi):  # type: ignore[misc]
    """BM25 with the idf of Lucene, log(1 + (N - df + 0.5) / (df + 0.5)), which is never negative.

    Okapi's own gives very common terms a quarter of the mean idf, which distorts rankings.
    """

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {term: math.log(1 + (self.corpus_size - df + 0.5) / (df + 0.5)) for term, df in nd.items()}


class Postings:
    """For each term its clauses and its BM25 weight in them: rows of a terms x clauses matrix in CSR form."""

    def __init__(self, starts: NDArray[np.int64], clauses: NDArray[np.int32], weights: Floats, size: int) -> None:
        self.starts, self.clauses, self.weights, self.size = starts, clauses, weights, size

    def clauses_of(self, term: int) -> NDArray[np.int32]:
        """The numbers of the clauses that have a term."""
        return self.clauses[self.starts[term] : self.starts[term + 1]]

    def scores(self, terms: Sequence[tuple[int, float]]) -> Floats:
        """BM25 score of every clause for (term number, weight in the question) pairs: float32 [clauses]."""
        scores = np.zeros(self.size, dtype=np.float32)
        for term, weight in terms:
            part = slice(self.starts[term], self.starts[term + 1])
            scores[self.clauses[part]] += weight * self.weights[part]
        return scores


def fit(tokenised: Sequence[Sequence[str]]) -> tuple[list[str], Postings]:
    """The terms of a corpus of token lists (at least one token in all), and their postings."""
    model = LuceneBM25(tokenised)
    terms = sorted(model.idf)
    number = {term: n for n, term in enumerate(terms)}
    rows, columns, weights = [], [], []
    for clause, (frequencies, length) in enumerate(zip(model.doc_freqs, model.doc_len, strict=True)):
        saturation = model.k1 * (1 - model.b + model.b * length / model.avgdl)
        for term, frequency in frequencies.items():
            rows.append(number[term])
            columns.append(clause)
            weights.append(model.idf[term] * frequency * (model.k1 + 1) / (frequency + saturation))
    order = np.lexsort((columns, rows))
    counts = np.bincount(np.asarray(rows, dtype=np.int64), minlength=len(terms))
    return terms, Postings(
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        np.asarray(columns, dtype=np.int32)[order],
        np.asarray(weights, dtype=np.float32)[order],
        len(tokenised),
    )
