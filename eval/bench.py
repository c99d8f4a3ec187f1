"""How long it takes on this machine: python -m eval.bench [--json]. Building, opening, cold start, a question."""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from corpus import collection, command
from eval import questions
from index import encoder
from index.policy_index import PolicyIndex
from qa.answer import Answerer

_COLD_STARTS = 5


def timed(action: Callable[[], object]) -> float:
    """Seconds that an action takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def measure(folder: Path) -> dict[str, float]:
    """Seconds and milliseconds by name; the index is built in `folder`."""
    model = encoder.bundled()
    found = {"build_s": timed(lambda: PolicyIndex.build(collection.SHIPPED, folder, model))}
    found["open_s"] = timed(lambda: PolicyIndex.open(folder, model))
    answerer = Answerer(PolicyIndex.open(folder, model))
    texts = [item.question for item in questions.read(questions.path_of("policies"), "dev")]
    answerer.answer(texts[0])
    answers = [timed(lambda text=text: answerer.answer(text)) * 1000 for text in texts]  # type: ignore[misc]
    searches = [timed(lambda text=text: answerer.index.search(text)) * 1000 for text in texts]  # type: ignore[misc]
    for name, values in (("answer", answers), ("search", searches)):
        found[f"{name}_p50_ms"], found[f"{name}_p95_ms"] = (float(value) for value in np.percentile(values, [50, 95]))
    ask = [sys.executable, "-m", "qa", "ask", texts[0], "--index", str(folder)]
    starts = [timed(lambda: subprocess.run(ask, check=True, capture_output=True)) for _ in range(_COLD_STARTS)]
    found["cold_start_s"] = float(np.median(starts))
    return found


def main() -> int:
    parser = command.Parser(
        prog="python -m eval.bench", description="Time building, opening, cold start and questions."
    )
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    chosen: argparse.Namespace = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder))
    if chosen.json:
        command.print_json(found)
    else:
        for name, value in found.items():
            print(f"{name:16} {value:9.3f}")
    return 0


if __name__ == "__main__":
    command.run(main)
