"""What the two sets of learned weights should be: python -m eval.calibrate [SET ...] [--half dev].

fusion: of the standardised scores of the retrievers, by the question's language, for index/policy_index.py. A logistic
regression on the differences between a gold clause and each other candidate of its question (pairwise learning to
rank, Burges et al. 2005, with a linear scorer). evidence: of what tells an answer from mere likeness, for qa/evidence.py.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import command
from corpus.command import print_json
from eval.questions import Item
from eval.task import Task, open_index, open_task
from index import encoder, fuse
from index.types import Hit
from qa import evidence
from qa.answer import Answerer
from qa.types import Question

_OTHERS = 30  # candidates that a gold clause is compared with
_ALL = 10_000
_PRICES = (0.01, 0.02, 0.03, 0.05)  # shares of answerable questions refused


def pairs(hits: Sequence[Hit], gold: set[tuple[str, int]]) -> NDArray[np.float64]:
    """Of each gold clause and each of the best others, the difference of their standardised scores: [pairs, signals]."""
    scores = np.array([[signal.score for signal in hit.signals] for hit in hits], dtype=np.float32)
    plain = np.stack([fuse.standardise(column) for column in scores.T], axis=1)
    is_gold = np.array([(hit.clause.document, hit.clause.start) in gold for hit in hits])
    others = np.flatnonzero(~is_gold)[:_OTHERS]
    return np.array([plain[own] - plain[other] for own in np.flatnonzero(is_gold) for other in others], dtype=np.float64)


def fusion(tasks: Sequence[tuple[Task, Answerer]]) -> dict[str, dict[str, float]]:
    """Weights by language and signal, the sentence's being 1."""
    from sklearn.linear_model import LogisticRegression

    found: dict[str, list[tuple[NDArray[np.float64], float]]] = {"zh": [], "en": []}
    names: list[str] = []
    for task, answerer in tasks:
        for item in task.answerable:
            question = answerer.understand(item.question)
            hits = answerer.index.search(question.topic, _ALL, question.scope, question.language)
            gold = {(span.clause.document, span.clause.start) for need in task.spans[item.id] for span in need}
            names = [signal.name for signal in hits[0].signals] if hits else names
            if len(rows := pairs(hits, gold)) if hits else 0:
                found[question.language].append((rows, 1 / len(rows)))  # every question counts the same
    learned = {}
    for language, questions in found.items():
        rows = np.concatenate([own for own, _ in questions])
        weight = np.concatenate([np.full(len(own), share) for own, share in questions])
        both, labels = np.concatenate([rows, -rows]), np.repeat([1, 0], len(rows))
        model = LogisticRegression(fit_intercept=False, C=10).fit(both, labels, np.concatenate([weight, weight]))
        at = names.index("sentence")
        learned[language] = {
            name: round(float(value / model.coef_[0][at]), 2) for name, value in zip(names, model.coef_[0], strict=True)
        }
    return learned


def features(task: Task, answerer: Answerer) -> list[tuple[Item, dict[str, float]]]:
    """The questions whose answer hangs on the evidence, each with its features."""
    found = []
    for item in task.items:
        question = answerer.understand(item.question)
        if _hangs(question) and (passages := answerer.passages(question)):
            found.append((item, evidence.features(question, passages, answerer.index)))
    return found


def _hangs(question: Question) -> bool:
    """Not where a place without a document, a clause's number or a date of validity decides, nor city by city."""
    known = question.cities or not question.unknown_places
    return bool(known and len(question.cities) < 2 and not question.references and "validity" not in question.kinds)


def fitted(rows: Sequence[tuple[Item, dict[str, float]]]) -> dict[str, float]:
    """Weights of the features, and the bias."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    names = list(evidence.WEIGHTS)
    values = np.array([[found[name] for name in names] for _, found in rows])
    model = make_pipeline(StandardScaler(), LogisticRegression())
    model.fit(values, [item.status != "no_evidence" for item, _ in rows])
    weights = model[-1].coef_[0] / model[0].scale_
    bias = float(model[-1].intercept_[0] - weights @ model[0].mean_)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)} | {"bias": round(bias, 2)}


def curve(rows: Sequence[tuple[Item, dict[str, float]]]) -> list[dict[str, float]]:
    """With the weights as they are: at each price in false refusals, the threshold and the share of refusals found."""
    sure = np.array([evidence.confidence(found) for _, found in rows])
    answerable = np.array([item.status != "no_evidence" for item, _ in rows])
    points = []
    for threshold in (*(float(np.quantile(sure[answerable], price)) for price in _PRICES), evidence.THRESHOLD):
        refused = sure < threshold
        points.append(
            {
                "threshold": round(threshold, 3),
                "false_refusals": round(float(refused[answerable].mean()), 3),
                "refusal_recall": round(float(refused[~answerable].mean()), 3),
            }
        )
    return points


def main() -> int:
    parser = command.Parser(prog="python -m eval.calibrate", description="Learn the weights, and judge a threshold.")
    parser.add_argument("set", nargs="*", default=["policies", "hard", "state-council"], help="question sets")
    parser.add_argument("--half", choices=("dev", "test", "all"), default="dev")
    parser.add_argument("--data", type=Path, metavar="DIR", help="where the documents of state-council are")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    chosen = parser.parse_args()
    model = encoder.bundled()
    tasks = []
    for name in chosen.set:
        task = open_task(name, chosen.half, None, chosen.data)
        tasks.append((task, Answerer(open_index(task, None, model))))
    rows = [row for task, answerer in tasks for row in features(task, answerer)]
    found: dict[str, Any] = {"fusion": fusion(tasks), "evidence": fitted(rows), "curve": curve(rows)}
    if chosen.json:
        print_json(found)
        return 0
    for language, weights in found["fusion"].items():
        print(f"fusion {language}: {weights}")
    print(f"evidence: {found['evidence']}")
    for point in found["curve"]:
        print("threshold {threshold}: false refusals {false_refusals}, refusal recall {refusal_recall}".format(**point))
    return 0


if __name__ == "__main__":
    command.run(main)
