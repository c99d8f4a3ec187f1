"""Runs as the JSON that is printed, kept and compared."""

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

from eval import bootstrap, slices
from eval.answers import MEDIANS, AnswerRun
from eval.questions import Item
from eval.retrieval import Run
from eval.task import Task
from index.types import Floats

FOLDER = Path(__file__).with_name("results")
SLICED = {"retrieval": ("recall@1", "recall@5", "mrr@10"), "answers": ("gold_cited", "citation_precision", "figures")}


def of_retrieval(task: Task, runs: Sequence[Run]) -> dict[str, Any]:
    """All runs, and the parts of the set and the misses of the first."""
    found = _document(task, task.answerable)
    found["runs"] = [
        _run(run.name, run.values, run.seconds) | {"curve": [round(float(share), 4) for share in run.curve]}
        for run in runs
    ]
    found["slices"] = _slices(task, task.answerable, runs[0].values, SLICED["retrieval"])
    return found | {"misses": list(runs[0].misses)}


def of_answers(task: Task, run: AnswerRun) -> dict[str, Any]:
    found = _document(task, task.items)
    found["runs"] = [_run("answers", run.values, run.seconds)]
    found["slices"] = _slices(task, task.items, run.values, SLICED["answers"])
    return found | {"misses": list(run.misses)}


def metrics(values: Mapping[str, Floats]) -> dict[str, dict[str, float]]:
    """Each metric with its interval; one that applies to no question is left out."""
    found = {}
    for name, one in values.items():
        interval = bootstrap.median(one) if name in MEDIANS else bootstrap.mean(one)
        if interval:
            found[name] = {key: round(value, 4) for key, value in asdict(interval).items()}
    return found


def _document(task: Task, items: Sequence[Item]) -> dict[str, Any]:
    return {
        "set": task.name,
        "half": task.half,
        "questions": len(items),
        "ids": [item.id for item in items],
        "asked": [item.question for item in items],
    }


def _run(name: str, values: Mapping[str, Floats], seconds: Floats) -> dict[str, Any]:
    p50, p95 = np.percentile(seconds * 1000, [50, 95])
    return {
        "name": name,
        "metrics": metrics(values),
        "milliseconds": {"p50": round(float(p50), 2), "p95": round(float(p95), 2)},
        "values": {key: [None if math.isnan(v) else round(float(v), 4) for v in one] for key, one in values.items()},
    }


def _slices(
    task: Task, items: Sequence[Item], values: Mapping[str, Floats], wanted: Sequence[str]
) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "questions": int(flags.sum()),
            "metrics": metrics({key: values[key][flags] for key in wanted}),
        }
        for name, flags in slices.members(task, items).items()
    ]


def version() -> str:
    """The commit that is measured, marked where files were changed since; the date where there is no commit."""
    root = Path(__file__).parents[1]
    try:
        done = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--exclude=*"], cwd=root, capture_output=True, text=True
        )
    except OSError:
        return date.today().isoformat()
    return done.stdout.strip() if done.returncode == 0 else date.today().isoformat()


def keep(name: str, found: Mapping[str, Any]) -> Path:
    """Write a result into the folder of results, under its name and the commit and machine it was measured with."""
    machine = {"processor": platform.processor() or platform.machine(), "cores": os.cpu_count()}
    path = FOLDER / f"{name}-{version()}.json"
    path.parent.mkdir(exist_ok=True)
    given = {"commit": version(), "machine": machine, **found}
    path.write_text(json.dumps(given, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path
