"""Runs a retriever over a question set and judges what it finds."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from corpus.outline import label
from eval import metrics
from eval.metrics import Judged
from eval.questions import Span
from eval.task import Task
from index.policy_index import PolicyIndex
from index.tokens import language_of
from index.types import Floats, Hit, Mode
from qa.answer import Answerer

FETCHED = 100  # hits a question: enough for the largest budget of characters
_SHOWN = 5  # hits of a miss


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to retrieve. `only` some signals may order what is found; without `scoped`, the question is searched as it
    is typed, over the whole corpus."""

    name: str
    mode: Mode = "hybrid"
    only: tuple[str, ...] | None = None
    scoped: bool = True


_MODES = (Variant("hybrid"), Variant("bm25", "bm25"), Variant("dense", "dense"), Variant("token", only=("token",)))
MODES = {variant.name: variant for variant in _MODES}


@dataclass(frozen=True, slots=True)
class Run:
    """What a retriever, or the answerer, made of a set."""

    name: str
    values: dict[str, Floats]  # [questions] by metric
    seconds: Floats  # [questions]
    misses: tuple[dict[str, Any], ...]
    curve: Floats | None = None  # recall by rank: [ranks], mean over the questions


def run(task: Task, index: PolicyIndex, variant: Variant) -> Run:
    """Ask every question of a task that the corpus answers."""
    answerer = Answerer(index)
    judged, seconds, misses = [], [], []
    for item in task.answerable:
        started = time.perf_counter()
        hits = retrieve(answerer, item.question, variant, scoped=variant.scoped and not task.outside)
        seconds.append(time.perf_counter() - started)
        one = judge(hits, task.spans[item.id])
        judged.append(one)
        if any((metrics.first_rank(one, need) or FETCHED) > _SHOWN for need in range(one.needs)):
            misses.append({"id": item.id, "question": item.question, **_miss(hits, one, task.spans[item.id], task)})
    curve = np.mean([metrics.curve(one) for one in judged], axis=0)
    return Run(variant.name, metrics.retrieval(judged), np.array(seconds, dtype=np.float32), tuple(misses), curve)


def retrieve(answerer: Answerer, text: str, variant: Variant, *, scoped: bool) -> list[Hit]:
    """The hits as a user gets them, but for what the variant changes."""
    if not scoped:
        return answerer.index.search(text, FETCHED, None, language_of(text), variant.mode, variant.only)
    return answerer.retrieve(answerer.understand(text), FETCHED, variant.mode, variant.only)


def judge(hits: Sequence[Hit], needs: Sequence[Sequence[Span]]) -> Judged:
    """A hit meets a need if it holds the whole of one of its quotes, whatever the hit was cut by."""
    documents = {span.clause.document for need in needs for span in need}
    return Judged(
        len(needs),
        tuple(_met(hit, needs) for hit in hits),
        tuple(len(hit.clause.text) for hit in hits),
        hits[0].clause.document in documents if hits else None,
    )


def _met(hit: Hit, needs: Sequence[Sequence[Span]]) -> dict[int, int]:
    ends = [[span.end - hit.clause.start for span in need if _holds(hit, span)] for need in needs]
    return {number: min(found) for number, found in enumerate(ends) if found}


def _holds(hit: Hit, span: Span) -> bool:
    clause = hit.clause
    return clause.document == span.clause.document and clause.start <= span.start and span.end <= clause.end


def _miss(hits: Sequence[Hit], one: Judged, needs: Sequence[Sequence[Span]], task: Task) -> dict[str, Any]:
    """What was wanted, what came, and why: each retriever's rank and score of both."""
    titles = {document.id: document.title for document in task.corpus.documents}
    wanted = []
    for number, need in enumerate(needs):
        rank = metrics.first_rank(one, number)
        span = next((span for span in need if rank and _holds(hits[rank - 1], span)), need[0])
        row = {"label": label(span.clause, titles[span.clause.document]), "quote": span.quote, "rank": rank}
        wanted.append(row | {"why": _why(hits[rank - 1]) if rank else {}})
    came = [
        {"label": label(hit.clause, hit.document.title), "text": hit.document.text[slice(*hit.best)], "why": _why(hit)}
        for hit in hits[:_SHOWN]
    ]
    return {"wanted": wanted, "came": came}


def _why(hit: Hit) -> dict[str, str]:
    return {signal.name: f"{signal.rank} ({signal.score:.2f})" for signal in hit.signals}
