"""Runs the answerer over a question set and judges its answers."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eval import metrics
from eval.metrics import JudgedAnswer
from eval.questions import Item, Span
from eval.retrieval import judge
from eval.task import Task
from index.policy_index import PolicyIndex
from index.types import Floats
from qa.answer import Answerer
from qa.types import Answer

MEDIANS = ("answer_length",)  # every other metric is a mean


@dataclass(frozen=True, slots=True)
class AnswerRun:
    """What the answerer made of a set."""

    values: dict[str, Floats]  # [questions] by metric
    seconds: Floats  # [questions]
    misses: tuple[dict[str, Any], ...]


def run(task: Task, index: PolicyIndex) -> AnswerRun:
    """Ask every question of a task, also those that the corpus does not answer."""
    answerer = Answerer(index)
    texts = {document.id: document.text for document in task.corpus.documents}
    rows, seconds, misses = [], [], []
    for item in task.items:
        started = time.perf_counter()
        answer = answerer.answer(item.question)
        seconds.append(time.perf_counter() - started)
        row = metrics.answer(judge_answer(item, answer, task.spans[item.id], texts))
        rows.append(row)
        if wrong := faults(row):
            misses.append({**_shown(item, answer), "faults": wrong})
    values = {name: np.array([row[name] for row in rows], dtype=np.float32) for name in rows[0]}
    return AnswerRun(values, np.array(seconds, dtype=np.float32), tuple(misses))


def judge_answer(item: Item, answer: Answer, needs: Sequence[Sequence[Span]], texts: Mapping[str, str]) -> JudgedAnswer:
    """An answer beside its gold; `texts` are the sources as the corpus has them, not as the index does."""
    cited = judge([citation.hit for citation in answer.citations], needs).met
    return JudgedAnswer(
        expected=item.status,
        status=answer.status,
        needs=len(needs),
        cited=tuple(frozenset(met) for met in cited),
        verbatim=tuple(
            bool(citation.quote)
            and texts[citation.hit.clause.document][citation.start : citation.end] == citation.quote
            for citation in answer.citations
        ),
        facts=item.facts,
        said="\n".join([answer.text, *(citation.quote for citation in answer.citations)]),
        length=len(answer.text),
    )


def faults(row: Mapping[str, float]) -> list[str]:
    """What is wrong with an answer, by the names of the metrics."""
    good = ("gold_cited", "figures", "refusal_recall", "contradicted_found", "verbatim")
    bad = ("false_refusals", "false_contradictions")
    return [name for name in good if row[name] < 1] + [name for name in bad if row[name] > 0]


def _shown(item: Item, answer: Answer) -> dict[str, Any]:
    return {
        "id": item.id,
        "question": item.question,
        "expected": item.status,
        "wanted": [need[0].quote for need in item.needs],
        "facts": list(item.facts),
        "status": answer.status,
        "answer": answer.text,
    }
