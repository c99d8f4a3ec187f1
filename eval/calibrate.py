"""What the weights of the evidence should be, and what a threshold costs: python -m eval.calibrate [SET ...].

The weights are those of qa/evidence.py, from a logistic regression on the questions of a development half.
"""

import json
import random
import re
from collections.abc import Sequence, Set
from pathlib import Path
from typing import Any

import numpy as np

from corpus import command
from corpus.command import print_json
from eval import outside
from eval.task import Task, open_index, open_task
from index import encoder
from index.training.pairs import QUESTIONS
from qa import evidence
from qa.answer import Answerer
from qa.types import Question

_OTHER_FIELD = re.compile(
    "民法典|刑法|劳动|消费者|道路交通|治安|未成年人|食品|药品|动物|海商|航空|保险|破产|律师|工会|婚|继承"
)
_STRANGERS = 240
_PRICES = (0.01, 0.02, 0.03, 0.05)  # shares of answerable questions refused


Row = tuple[bool, dict[str, float]]  # whether the corpus answers a question, and its features


def features(task: Task, answerer: Answerer) -> list[Row]:
    """The questions whose answer hangs on the evidence; not those whose gold was not found, which teach nothing."""
    rows = []
    for item in task.items:
        gold = {(span.clause.document, span.clause.start) for need in task.spans[item.id] for span in need}
        if found := _found(answerer, item.question, gold):
            rows.append((item.status != "no_evidence", found))
    return rows


def _found(answerer: Answerer, text: str, gold: Set[tuple[str, int]] = frozenset()) -> dict[str, float] | None:
    question = answerer.understand(text)
    passages = answerer.passages(question) if _hangs(question) else []
    seen = {(passage.hit.clause.document, passage.hit.clause.start) for passage in passages}
    return evidence.features(question, passages, answerer.index) if passages and (not gold or gold & seen) else None


def strangers(answerer: Answerer) -> list[Row]:
    """Questions of another field, from those that the bundled model learns from: this corpus answers none of them."""
    asked = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    other = [question["question"] for question in asked if _OTHER_FIELD.search(question["law"])]
    chosen = random.Random(0).sample(other, min(_STRANGERS, len(other)))
    return [(False, found) for text in chosen if (found := _found(answerer, text))]


def _hangs(question: Question) -> bool:
    """Not where a place without a document, a clause's number or a date of validity decides, nor city by city."""
    known = question.cities or not question.unknown_places
    return bool(known and len(question.cities) < 2 and not question.references and not question.validity)


def fitted(rows: Sequence[Row]) -> dict[str, float]:
    """Weights of the features, and the bias."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    names = list(evidence.WEIGHTS)
    values = np.array([[found[name] for name in names] for _, found in rows])
    model = make_pipeline(StandardScaler(), LogisticRegression())
    model.fit(values, [answerable for answerable, _ in rows])
    weights = model[-1].coef_[0] / model[0].scale_
    bias = float(model[-1].intercept_[0] - weights @ model[0].mean_)
    found = {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}
    return found | {"bias": round(bias, 2)}


def curve(rows: Sequence[Row]) -> list[dict[str, float]]:
    """With the weights as they are: at each price in false refusals, the threshold and the share of refusals found."""
    sure = np.array([evidence.confidence(found) for _, found in rows])
    answerable = np.array([answerable for answerable, _ in rows])
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
    parser = command.Parser(prog="python -m eval.calibrate", description="Learn weights; judge a threshold.")
    parser.add_argument(
        "set", nargs="*", default=["policies", "hard", "cities", "cities-2", *outside.FILES], help="question sets"
    )
    parser.add_argument("--half", choices=("dev", "test", "all"), default="dev")
    parser.add_argument("--data", type=Path, metavar="DIR", help="where the documents of the outside sets are")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    chosen = parser.parse_args()
    model = encoder.bundled()
    tasks = []
    for name in chosen.set:
        task = open_task(name, chosen.half, None, chosen.data)
        tasks.append((task, Answerer(open_index(task, None, model))))
    rows = [row for task, answerer in tasks for row in features(task, answerer)]
    foreign = strangers(tasks[0][1])
    refused = [evidence.confidence(found) < evidence.THRESHOLD for _, found in foreign]
    found: dict[str, Any] = {
        "evidence": fitted(rows + foreign),
        "curve": curve(rows),
        "strangers": {"questions": len(foreign), "refused": round(sum(refused) / max(len(foreign), 1), 3)},
    }
    if chosen.json:
        print_json(found)
        return 0
    print(f"evidence: {found['evidence']}")
    for point in (*found["curve"], found["strangers"]):
        print(", ".join(f"{name} {value}" for name, value in point.items()))
    return 0


if __name__ == "__main__":
    command.run(main)
