"""The gate: the development half must not fall more than a point under the committed baseline."""

import json
from pathlib import Path

import numpy as np

from corpus.types import UserError
from eval import answers, retrieval
from eval.task import Task, open_index
from index.types import Encoder

BASELINE = Path(__file__).with_name("baseline.json")
TOLERANCE = 0.01
_HELD = ("recall@5", "gold_cited")


def measure(task: Task, directory: Path | None, model: Encoder) -> dict[str, float]:
    """The figures that are held: recall@5 as users get it, and the share of questions whose gold clause is cited."""
    index = open_index(task, directory, model)
    runs = (retrieval.run(task, index, retrieval.MODES["hybrid"]), answers.run(task, index))
    return {name: round(float(np.nanmean(run.values[name])), 4) for name, run in zip(_HELD, runs, strict=True)}


def fallen(measured: dict[str, float], baseline: dict[str, float]) -> list[str]:
    """The figures that fell more than TOLERANCE."""
    return [name for name, value in baseline.items() if measured[name] < value - TOLERANCE - 1e-9]


def read(path: Path = BASELINE) -> dict[str, float]:
    """The committed figures. Raises UserError if there are none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {name: float(found[name]) for name in _HELD}
    except FileNotFoundError:
        raise UserError(f"{path}: no such file; python -m eval gate --write makes it") from None
    except (ValueError, KeyError, TypeError):
        raise UserError(f"{path}: has no figures for recall@5 and gold_cited; python -m eval gate --write") from None


def write(measured: dict[str, float], path: Path = BASELINE) -> None:
    path.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
