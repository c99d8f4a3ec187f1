"""Runs the answerer over a question set and judges its answers."""

import time
from collections.abc import Mapping, Sequence

import numpy as np

from eval import metrics
from eval.metrics import JudgedAnswer
from eval.questions import Item, Span
from eval.retrieval import Run, judge
from eval.task import Task
from index.policy_index import PolicyIndex
from qa.answer import Answerer
from qa.types import Answer

MEDIANS = ("answer_length",)  # every other metric is a mean
_GOOD = ("gold_cited", "figures", "refusal_recall", "contradicted_found", "verbatim")
_BAD = ("false_refusals", "false_contradictions")


def run(task: Task, index: PolicyIndex) -> Run:
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
        if faults := [name for name in _GOOD if row[name] < 1] + [name for name in _BAD if row[name] > 0]:
            misses.append(
                {
                    "id": item.id,
                    "question": item.question,
                    "expected": item.status,
                    "wanted": [need[0].quote for need in item.needs],
                    "facts": list(item.facts),
                    "status": answer.status,
                    "answer": answer.text,
                    "faults": faults,
                }
            )
    values = {name: np.array([row[name] for row in rows], dtype=np.float32) for name in rows[0]}
    return Run("answers", values, np.array(seconds, dtype=np.float32), tuple(misses))


def judge_answer(item: Item, answer: Answer, needs: Sequence[Sequence[Span]], texts: Mapping[str, str]) -> JudgedAnswer:
    """An answer beside its gold; `texts` are the sources as the corpus has them, not as the index does."""
    return JudgedAnswer(
        expected=item.status,
        status=answer.status,
        needs=len(needs),
        cited=tuple(map(frozenset, judge([citation.hit for citation in answer.citations], needs).met)),
        verbatim=tuple(
            bool(one.quote) and texts[one.hit.clause.document][one.start : one.end] == one.quote
            for one in answer.citations
        ),
        facts=item.facts,
        said="\n".join([answer.text, *(citation.quote for citation in answer.citations)]),
        length=len(answer.text),
    )
