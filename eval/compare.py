"""What the second of two measured runs gained and lost, question by question."""

import json
from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Any

import numpy as np

from corpus.types import UserError
from eval import bootstrap
from eval.answers import MEDIANS

_DECIDING = ("recall@5", "gold_cited")  # the metric by which a question is gained or lost


def compare(first: Path, second: Path) -> dict[str, Any]:
    """Runs of the same name in two results, over the questions that both have.

    Raises UserError if a file is no result, or the two have no run or no question in common.
    """
    a, b = _load(first), _load(second)
    for name in ("set", "half"):
        if a[name] != b[name]:
            raise UserError(f"{first} measures the {name} {a[name]}, {second} {b[name]}: they cannot be compared")
    runs = [_compared(name, a["runs"][name], b["runs"][name]) for name in a["runs"] if name in b["runs"]]
    if not runs:
        raise UserError(f"{first} and {second} have no run in common")
    return {"set": a["set"], "half": a["half"], "a": str(first), "b": str(second), "runs": runs}


def _load(path: Path) -> dict[str, Any]:
    """A result's runs by name: of each what is asked, and each metric's values, by question id."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        parts = [found] if "runs" in found else [found[name] for name in ("retrieval", "answers") if name in found]
        runs = {
            run["name"]: {
                name: dict(zip(part["ids"], values, strict=True))
                for name, values in ({"asked": part["asked"]} | run["values"]).items()
            }
            for part in parts
            for run in part["runs"]
        }
        return {"set": found["set"], "half": found["half"], "runs": runs}
    except FileNotFoundError:
        raise UserError(f"{path}: no such file") from None
    except (ValueError, KeyError, TypeError):
        raise UserError(f"{path}: is no result; python -m eval retrieval --json > {path.name} makes one") from None


def _compared(name: str, a: Mapping[str, Any], b: Mapping[str, Any]) -> dict[str, Any]:
    rows = [{"id": one, "question": asked} for one, asked in a["asked"].items() if one in b["asked"]]
    if not rows:
        raise UserError(f"the two runs {name} have no question in common")
    metrics: dict[str, dict[str, float]] = {}
    moved: dict[str, list[dict[str, str]]] = {"gained": [], "lost": []}
    by = next(metric for metric in _DECIDING if metric in a)
    for metric in a:
        if metric in ("asked", *MEDIANS) or metric not in b:
            continue
        before, after = (np.array([run[metric][row["id"]] for row in rows], dtype=np.float32) for run in (a, b))
        difference = bootstrap.paired(before, after)
        if difference is None:
            continue
        both = ~np.isnan(after - before)
        figures = (before[both].mean(), after[both].mean(), *astuple(difference.interval), difference.p)
        names = ("a", "b", "difference", "low", "high", "p")
        metrics[metric] = {name: round(float(value), 4) for name, value in zip(names, figures, strict=True)}
        if metric == by:
            for what, change in (("gained", after - before), ("lost", before - after)):
                moved[what] = [rows[at] for at in np.flatnonzero(change > 0)]
    return {"name": name, "by": by, "metrics": metrics, **moved}
