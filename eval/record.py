"""Runs as the JSON that is printed, kept and compared, with the parts of the set that are looked at on their own."""

import json
import math
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.fold import fold
from eval import bootstrap
from eval.answers import MEDIANS
from eval.questions import Item, Span
from eval.retrieval import Run
from eval.task import Task
from index.tokens import tokens
from index.types import Floats

FOLDER = Path(__file__).with_name("results")
LOW = 1 / 3  # of a question's words in its gold clause: below, the question is a paraphrase
SMALLEST = 5  # questions of a part worth a line


def of_retrieval(task: Task, runs: Sequence[Run]) -> dict[str, Any]:
    """All runs, and the parts of the set and the misses of the first."""
    return _record(task, task.answerable, runs, ("recall@1", "recall@5", "mrr@10"))


def of_answers(task: Task, run: Run) -> dict[str, Any]:
    return _record(task, task.items, [run], ("gold_cited", "citation_precision", "figures"))


def _record(task: Task, items: Sequence[Item], runs: Sequence[Run], sliced: Sequence[str]) -> dict[str, Any]:
    return {
        "set": task.name,
        "half": task.half,
        "questions": len(items),
        "ids": [item.id for item in items],
        "asked": [item.question for item in items],
        "runs": [_run(run) for run in runs],
        "slices": [
            {
                "name": name,
                "questions": int(flags.sum()),
                "metrics": metrics({key: runs[0].values[key][flags] for key in sliced}),
            }
            for name, flags in _slices(task, items).items()
        ],
        "misses": list(runs[0].misses),
    }


def _slices(task: Task, items: Sequence[Item]) -> dict[str, NDArray[np.bool_]]:
    """The parts with SMALLEST questions or more and not all of them: bool [items] by name, in order of name."""
    cities = {document.id: city for document in task.corpus.documents if (city := document.metadata.city)}
    named = [slices_of(item, task.spans[item.id], cities) for item in items]
    found = {name: np.array([name in own for own in named]) for name in sorted(set().union(*named))}
    return {name: flags for name, flags in found.items() if SMALLEST <= flags.sum() < len(items)}


def slices_of(item: Item, needs: Sequence[Sequence[Span]], cities: Mapping[str, str]) -> set[str]:
    """The parts that a question belongs to: language, kind, tags, city, number of needs, lexical overlap."""
    found = {f"language={item.language}", *(f"tag={tag}" for tag in item.tags)}
    if item.kind:
        found.add(f"kind={item.kind}")
    if len(needs) > 1:
        found.add("needs=several")
    asked = {city for need in needs for span in need if (city := cities.get(span.clause.document))}
    if asked:
        found.add(f"city={asked.pop() if len(asked) == 1 else 'several'}")
    if needs and item.language == "zh":
        found.add(f"overlap={'low' if _overlap(item, needs) < LOW else 'high'}")
    return found


def _overlap(item: Item, needs: Sequence[Sequence[Span]]) -> float:
    """Share of a question's search words that stand in a gold clause or its headings, at best."""
    asked = set(tokens(fold(item.question)))
    clauses = [span.clause for need in needs for span in need]
    held = [set(tokens(fold(" ".join([*clause.address, clause.text])))) for clause in clauses]
    return max(len(asked & words) for words in held) / len(asked) if asked else 0.0


def _run(run: Run) -> dict[str, Any]:
    p50, p95 = np.percentile(run.seconds * 1000, [50, 95])
    found = {
        "name": run.name,
        "metrics": metrics(run.values),
        "milliseconds": {"p50": round(float(p50), 2), "p95": round(float(p95), 2)},
        "values": {name: [None if math.isnan(v) else _rounded(v) for v in one] for name, one in run.values.items()},
    }
    return found if run.curve is None else found | {"curve": [_rounded(share) for share in run.curve]}


def metrics(values: Mapping[str, Floats]) -> dict[str, dict[str, float]]:
    """Each metric with its interval; one that applies to no question is left out."""
    found = {}
    for name, one in values.items():
        if interval := bootstrap.median(one) if name in MEDIANS else bootstrap.mean(one):
            found[name] = {key: _rounded(value) for key, value in asdict(interval).items()}
    return found


def _rounded(value: float) -> float:
    return round(float(value), 4)


def version() -> str:
    """The commit that is measured, marked where files were changed since; the date where there is no commit."""
    command = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    try:
        return subprocess.check_output(command, cwd=FOLDER.parent, stderr=subprocess.DEVNULL, text=True).strip()
    except (OSError, subprocess.CalledProcessError):
        return date.today().isoformat()


def keep(name: str, found: Mapping[str, Any]) -> Path:
    """Write a result into the folder of results, under its name and the commit and machine it was measured with."""
    machine = {"processor": platform.processor() or platform.machine(), "cores": os.cpu_count()}
    path = FOLDER / f"{name}-{version()}.json"
    path.parent.mkdir(exist_ok=True)
    given = {"commit": version(), "machine": machine, **found}
    path.write_text(json.dumps(given, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path
