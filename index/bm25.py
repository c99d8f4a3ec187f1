"""BM25: rank-bm25 fits, a sparse matrix serves. The only importer of rank_bm25.

The matrix holds each term's weight in each clause, so that a question's scores are a sum of its terms' postings. How
often each term stands in each clause is kept beside the weights: those depend on the whole corpus and are made anew for
each generation, the counts are not.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from index.types import Floats

Numbers = NDArray[np.int32]
K1, B = 1.5, 0.75  # how soon a term's frequency saturates, and how much a clause's length counts


class LuceneBM25(BM25Okapi):  # type: ignore[misc]
    """BM25 with the idf of Lucene, log(1 + (N - df + 0.5) / (df + 0.5)), which is never negative.

    Okapi's own gives very common terms a quarter of the mean idf, which distorts rankings.
    """

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {term: math.log(1 + (self.corpus_size - df + 0.5) / (df + 0.5)) for term, df in nd.items()}


class _Counted(LuceneBM25):
    """rank-bm25 fitted on what it would count of a corpus, instead of the corpus, whose tokens it would all keep."""

    def _initialize(self, corpus: tuple[Numbers, NDArray[np.int64]]) -> dict[int, int]:
        self.doc_len, holders = corpus
        self.corpus_size = len(self.doc_len)
        self.avgdl = float(self.doc_len.sum()) / self.corpus_size
        return dict(enumerate(holders.tolist()))


class Postings:
    """For each term its clauses and its BM25 weight in them: rows of a terms x clauses matrix in CSR form."""

    def __init__(self, starts: NDArray[np.int64], clauses: Numbers, weights: Floats, size: int) -> None:
        self.starts, self.clauses, self.weights, self.size = starts, clauses, weights, size

    def clauses_of(self, term: int) -> Numbers:
        """The numbers of the clauses that have a term."""
        return self.clauses[self.starts[term] : self.starts[term + 1]]

    def scores(self, terms: Sequence[tuple[int, float]]) -> Floats:
        """BM25 score of every clause for (term number, weight in the question) pairs: float32 [clauses]."""
        scores = np.zeros(self.size, dtype=np.float32)
        for term, weight in terms:
            part = slice(self.starts[term], self.starts[term + 1])
            scores[self.clauses[part]] += np.float32(weight) * self.weights[part]
        return scores


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each term stands in each clause, in the order of the clauses: terms and frequencies of clause `c` are
    those from starts[c] to starts[c + 1]."""

    lengths: Numbers
    starts: NDArray[np.int64]
    terms: Numbers
    frequencies: Numbers

    @classmethod
    def of(cls, postings: Postings, frequencies: Numbers, lengths: Numbers) -> "Counts":
        """The counts that postings were made from; `frequencies` lie as the postings do."""
        order = stable_order(postings.clauses)
        terms = np.repeat(np.arange(len(postings.starts) - 1, dtype=np.int32), np.diff(postings.starts))
        held = np.bincount(postings.clauses, minlength=postings.size)
        return cls(lengths, starts_of(held), terms[order], frequencies[order])

    def part(self, start: int, end: int) -> "Counts":
        """The counts of the clauses from `start` to `end`."""
        inside = slice(self.starts[start], self.starts[end])
        starts = self.starts[start : end + 1] - self.starts[start]
        return Counts(self.lengths[start:end], starts, self.terms[inside], self.frequencies[inside])


class Tally:
    """Counts of a corpus that comes clause by clause, and the postings that they make."""

    def __init__(self, terms: Sequence[str] = ()) -> None:
        """`terms` are those that counts given by `add_counts` number."""
        self._numbers = {term: number for number, term in enumerate(terms)}
        self._parts: list[Counts] = []

    def add(self, tokenised: Sequence[Sequence[str]]) -> None:
        """Count clauses by their tokens."""
        number, known = self._numbers.setdefault, self._numbers
        terms = np.array([number(word, len(known)) for words in tokenised for word in words], dtype=np.int64)
        lengths = np.array([len(words) for words in tokenised], dtype=np.int32)
        clauses = np.repeat(np.arange(len(tokenised), dtype=np.int64), lengths)
        pairs = np.sort((clauses << 32) | terms)
        first = np.flatnonzero(np.diff(pairs, prepend=-1))
        frequencies = np.diff(first, append=len(pairs))
        held = np.bincount(pairs[first] >> 32, minlength=len(tokenised))
        numbers = (pairs[first] & 0xFFFFFFFF).astype(np.int32)
        self._parts.append(Counts(lengths, starts_of(held), numbers, frequencies.astype(np.int32)))

    def add_counts(self, counts: Counts) -> None:
        """Take clauses that are counted already."""
        self._parts.append(counts)

    def postings(self) -> tuple[list[str], Postings, Numbers, Numbers]:
        """The terms in order, their postings, and the frequencies and lengths that the weights were made from."""
        lengths = np.concatenate([part.lengths for part in self._parts]).astype(np.int32)
        held = np.concatenate([np.diff(part.starts) for part in self._parts])
        clauses = np.repeat(np.arange(len(lengths), dtype=np.int32), held)
        terms = np.concatenate([part.terms for part in self._parts])
        frequencies = np.concatenate([part.frequencies for part in self._parts])
        self._parts.clear()
        terms, names = self._in_order(terms)
        order = stable_order(terms)
        terms, clauses, frequencies = terms[order], clauses[order], frequencies[order]
        holders = np.bincount(terms, minlength=len(names))
        model = _Counted((lengths, holders), k1=K1, b=B)
        idf = np.fromiter(model.idf.values(), dtype=np.float32, count=len(names))
        saturation = (model.k1 * (1 - model.b + model.b * lengths / model.avgdl)).astype(np.float32)
        weights = idf[terms] * (frequencies * np.float32(model.k1 + 1) / (frequencies + saturation[clauses]))
        postings = Postings(starts_of(holders), clauses, weights.astype(np.float32), len(lengths))
        narrow = np.min_scalar_type(int(frequencies.max(initial=0)))
        return names, postings, frequencies.astype(narrow), lengths

    def _in_order(self, terms: Numbers) -> tuple[Numbers, list[str]]:
        """Terms numbered by their order, those left out that no clause has."""
        words = list(self._numbers)
        held = np.flatnonzero(np.bincount(terms, minlength=len(words)))
        order = sorted(held.tolist(), key=words.__getitem__)
        numbers = np.zeros(len(words), dtype=np.int32)
        numbers[order] = np.arange(len(order), dtype=np.int32)
        return numbers[terms], [words[number] for number in order]


def fit(tokenised: Sequence[Sequence[str]]) -> tuple[list[str], Postings]:
    """The terms of a corpus of token lists (at least one token in all), and their postings."""
    tally = Tally()
    tally.add(tokenised)
    terms, postings, _, _ = tally.postings()
    return terms, postings


def starts_of(counts: NDArray[np.integer]) -> NDArray[np.int64]:
    """Where each of some runs begins, and where the last ends, by their lengths."""
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def stable_order(values: Numbers) -> NDArray[np.int64]:
    """What puts numbers from 0 on in order, equal ones as they come: in two passes of NumPy's radix sort."""
    low = np.argsort((values & 0xFFFF).astype(np.uint16), kind="stable")
    return low[np.argsort((values >> 16).astype(np.uint16)[low], kind="stable")]
