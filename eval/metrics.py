"""Metrics: pure functions of judged hits or a judged answer. Ranks start at 1; NaN where a metric does not apply.

The rank metrics are ir-measures' (MacAvaney et al. 2022) over the needs of a question: where it needs two clauses, one
of them is half of what it needs. A clause that may stand for another meets the same need.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import ir_measures
import numpy as np
from ir_measures import RR, R, nDCG

from corpus.fold import fold
from index.types import Floats

BUDGETS = (1_000, 2_000, 4_000)  # characters
DEPTH = 20  # of the curve of recall by rank
_MEASURES = {**{R @ k: f"recall@{k}" for k in (1, 3, 5, 10)}, RR @ 10: "mrr@10", nDCG @ 10: "ndcg@10"}


@dataclass(frozen=True, slots=True)
class Judged:
    """The hits of one question, best first.

    `met` has for each hit the needs that it meets, with the characters of the hit up to the end of the quote that
    proves it; `lengths` has the characters of each hit.
    """

    needs: int
    met: tuple[Mapping[int, int], ...]
    lengths: tuple[int, ...]
    right_document: bool | None  # of the first hit; None without hits


def ranked(questions: Sequence[Judged]) -> dict[str, Floats]:
    """recall@1/3/5/10, MRR@10 and nDCG@10 of each question: float32 [questions] by name."""
    qrels = {str(number): {f"need {need}": 1 for need in range(one.needs)} for number, one in enumerate(questions)}
    run = {str(number): _scores(one) for number, one in enumerate(questions)}
    found = {name: np.zeros(len(questions), dtype=np.float32) for name in _MEASURES.values()}
    for metric in ir_measures.iter_calc(list(_MEASURES), qrels, run):
        found[_MEASURES[metric.measure]][int(metric.query_id)] = metric.value
    return found


def _scores(one: Judged) -> dict[str, float]:
    """A ranking over needs: a hit takes the place of the needs that it meets first, or one of its own."""
    ranking: list[str] = []
    for rank, met in enumerate(one.met, 1):
        new = [name for need in sorted(met) if (name := f"need {need}") not in ranking]
        ranking += new or [f"hit {rank}"]
    return {name: float(-place) for place, name in enumerate(ranking)}


def curve(one: Judged, depth: int = DEPTH) -> Floats:
    """Share of the needs met within the first 1 ... depth hits: float32 [depth]."""
    ranks = np.array([[first_rank(one, need) or math.inf] for need in range(one.needs)])
    shares: Floats = np.mean(ranks <= np.arange(1, depth + 1), axis=0, dtype=np.float32)
    return shares


def first_rank(one: Judged, need: int) -> int | None:
    return next((rank for rank, met in enumerate(one.met, 1) if need in met), None)


def within(one: Judged, budget: int) -> float:
    """Share of the needs whose whole quote lies in the first `budget` characters of the hits, one after another."""
    hits = zip(accumulate(one.lengths, initial=0), one.met, strict=False)
    met = {need for start, needs in hits for need, end in needs.items() if start + end <= budget}
    return len(met) / one.needs


def wrong_document(one: Judged) -> float:
    """1 if the first hit comes from a document without gold, NaN without hits."""
    return math.nan if one.right_document is None else float(not one.right_document)


def retrieval(questions: Sequence[Judged]) -> dict[str, Floats]:
    """Every metric of retrieval: float32 [questions] by name."""
    budgets = {f"recall@{budget}c": [within(one, budget) for one in questions] for budget in BUDGETS}
    plain = budgets | {"wrong_document": [wrong_document(one) for one in questions]}
    return ranked(questions) | {name: np.array(values, dtype=np.float32) for name, values in plain.items()}


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """An answer beside what it should be. `cited` has for each citation the needs that its clause meets."""

    expected: str  # status
    status: str
    needs: int
    cited: tuple[frozenset[int], ...]
    verbatim: tuple[bool, ...]  # of each citation: its words stand in the source at its offsets
    facts: tuple[str, ...]
    said: str  # the answer and its quotes
    length: int  # characters of the answer


def answer(one: JudgedAnswer) -> dict[str, float]:
    """Every metric of one answer; a mean over questions leaves NaN out, so that each has its own denominator."""
    answerable, refused = one.expected != "no_evidence", one.status == "no_evidence"
    met = frozenset[int]().union(*one.cited)
    nan = math.nan
    return {
        "gold_cited": float(bool(met)) if answerable else nan,
        "citation_precision": _share([bool(needs) for needs in one.cited]) if answerable else nan,
        "citation_recall": len(met) / one.needs if answerable else nan,
        "figures": float(states(one.said, one.facts)) if answerable and one.facts else nan,
        "refusal_precision": float(not answerable) if refused else nan,
        "refusal_recall": nan if answerable else float(refused),
        "false_refusals": float(refused) if answerable else nan,
        "contradicted_found": float(one.status == "contradicted") if one.expected == "contradicted" else nan,
        "false_contradictions": float(one.status == "contradicted") if one.expected == "answered" else nan,
        "verbatim": _share(one.verbatim),
        "answer_length": float(one.length) if not refused else nan,
    }


def states(said: str, facts: Sequence[str]) -> bool:
    """Whether every fact stands in what was said, whatever the script, the width and the spaces."""
    plain = _plain(said)
    return all(_plain(fact) in plain for fact in facts)


def _plain(text: str) -> str:
    return "".join(fold(text).replace(",", "").split())


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else math.nan
