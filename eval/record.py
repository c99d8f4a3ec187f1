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
from eval.answers import MEDIANS
from eval.questions import Item
from eval.retrieval import Run
from eval.task import Task
from index.types import Floats

FOLDER = Path(__file__).with_name("results")


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
            for name, flags in slices.members(task, items).items()
        ],
        "misses": list(runs[0].misses),
    }


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
