"""How long it takes on this machine: python -m eval.bench [SET]. This project by itself, and side by side with others.

Side by side: the stack of the usual tutorial and rank-bm25, on the same documents and questions, each step in a process
of its own, one after another. Ratios hold on other machines too; seconds are those of this one.
"""

import argparse
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from corpus import collection, command
from corpus.collection import Corpus
from corpus.types import UserError
from eval import bootstrap, questions, record
from eval.apart import apart, milliseconds, peak, percentiles, seconds
from eval.bench_stacks import STACKS, Found
from eval.questions import Span
from eval.task import Task, open_task
from index import encoder
from index.__main__ import positive
from index.policy_index import PolicyIndex
from index.types import Floats
from qa.answer import Answerer

BUDGET = 2_000  # characters of what is found that are read
_STARTS, _ASKED = 5, 100
_OURS = "clausewise"


def measure() -> dict[str, float]:
    """Seconds and milliseconds by name, on the shipped documents."""
    model = encoder.bundled()
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder)
        found = {"build_s": seconds(PolicyIndex.build, collection.SHIPPED, directory, model)}
        found["open_s"] = seconds(PolicyIndex.open, directory, model)
        answerer = Answerer(PolicyIndex.open(directory, model))
        asked = [item.question for item in questions.read(questions.path_of("policies"), "dev")]
        found |= percentiles(milliseconds(answerer.index.search, asked), "search_")
        found |= percentiles(milliseconds(answerer.answer, asked), "answer_")
        ask = [sys.executable, "-m", "qa", "ask", asked[0], "--index", folder]
        found["ask_s"] = float(np.median([seconds(subprocess.check_output, ask) for _ in range(_STARTS)]))
        found["page_s"] = float(np.median([_page(folder) for _ in range(_STARTS)]))
    return found


def _page(directory: str) -> float:
    """Seconds from the start of app.py to the first page that it serves."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = time.perf_counter()
    quiet = subprocess.DEVNULL
    page = subprocess.Popen([sys.executable, "app.py", "--port", str(port), "--index", directory], stderr=quiet)
    try:
        while page.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/").read()
                return time.perf_counter() - started
            except urllib.error.URLError:
                time.sleep(0.02)
        raise UserError("python app.py: ends before it serves")
    finally:
        page.terminate()
        page.wait()


def load(name: str, clauses: int) -> Task:
    """The first questions of a set's development half, and of its corpus what they need and what else comes first, in
    all about so many clauses."""
    task = open_task(name, "dev")
    items = task.answerable[:_ASKED]
    wanted = {span.clause.document for item in items for need in task.spans[item.id] for span in need}
    pairs = list(zip(task.corpus.documents, task.corpus.outlines, strict=True))
    room = clauses - sum(len(parsed.clauses) for document, parsed in pairs if document.id in wanted)
    kept = []
    for document, parsed in pairs:
        room -= len(parsed.clauses) if document.id not in wanted else 0
        if document.id in wanted or room >= 0:
            kept.append((document, parsed))
    documents, outlines = zip(*kept, strict=True)
    return replace(task, items=items, corpus=Corpus(task.corpus.folder, documents, outlines))


def build(stack: str, corpus: Corpus, folder: Path) -> dict[str, Any]:
    return {"build_s": seconds(STACKS[stack]().build, corpus, folder), "build_mb": peak()}


def ask(stack: str, corpus: Corpus, folder: Path, asked: Sequence[str]) -> dict[str, Any]:
    """Milliseconds of each question and what was found, and the seconds until the first can be asked."""
    one = STACKS[stack]()
    opened = seconds(one.open, corpus, folder)
    found = [one.search(question) for question in asked]
    return {"open_s": opened, "ms": milliseconds(one.search, asked), "serve_mb": peak(), "found": found}


def side_by_side(name: str, clauses: int, stacks: Sequence[str]) -> dict[str, Any]:
    """Each stack's figures on a set, and how many times those of the others are this project's, with intervals."""
    given = load(name, clauses)
    asked, needs = zip(*((item.question, given.spans[item.id]) for item in given.items), strict=True)
    figures: dict[str, dict[str, Any]] = {}
    recalls: dict[str, Floats] = {}
    for stack in stacks:
        with tempfile.TemporaryDirectory() as folder:
            print(f"{stack}: building", file=sys.stderr)
            built = apart(build, stack, given.corpus, Path(folder))
            print(f"{stack}: built in {built['build_s']:.1f} s; asking", file=sys.stderr)
            run = apart(ask, stack, given.corpus, Path(folder), asked, one_thread=True)
        recalls[stack] = np.array(list(map(recall, needs, run.pop("found"))), dtype=np.float32)
        figures[stack] = built | run | percentiles(run["ms"]) | {"recall": float(recalls[stack].mean())}
    others = [stack for stack in stacks if stack != _OURS]
    return {
        "set": name,
        "clauses": sum(1 for _ in given.corpus.clauses),
        "documents": len(given.corpus.documents),
        "questions": len(given.items),
        "stacks": figures,
        "ratios": {one: _ratios(figures[_OURS], figures[one], recalls[_OURS], recalls[one]) for one in others},
    }


def recall(needs: Sequence[Sequence[Span]], pieces: Found) -> float:
    """The share of a question's gold within the first BUDGET characters found. Its characters are counted, so that
    whatever cuts the documents, and however coarsely, is measured by the same rule."""
    return float(np.mean([max(_share(span, pieces) for span in need) for need in needs]))


def _share(span: Span, pieces: Found) -> float:
    seen = np.zeros(span.end - span.start, dtype=np.bool_)
    left = BUDGET
    for document, start, end in pieces:
        end = min(end, start + left)
        left -= end - start
        if document == span.clause.document:
            seen[max(0, start - span.start) : max(0, end - span.start)] = True
    return float(seen.mean()) if len(seen) else 0.0


def _ratios(ours: Mapping[str, Any], other: Mapping[str, Any], ours_found: Floats, found: Floats) -> dict[str, Any]:
    """How many times this project's each figure of another is; of recall, what this project has more."""
    slower = bootstrap.median(np.divide(other["ms"], ours["ms"], dtype=np.float32))
    more = bootstrap.paired(found, ours_found)
    assert slower and more  # every question is timed and judged
    plain = {name: other[name] / ours[name] for name in ("build_s", "open_s", "p50_ms", "p95_ms")}
    return plain | {"latency": asdict(slower), "recall_gained": asdict(more.interval) | {"p": more.p}}


def main() -> int:
    parser = command.Parser(prog="python -m eval.bench", description="Time it, by itself and beside others.")
    parser.add_argument("set", nargs="?", default="policies", help="a set of eval/sets, a file, or a BEIR folder")
    parser.add_argument("--clauses", type=positive, default=55_000, help="of the corpus at most (default: 55000)")
    parser.add_argument("--stack", action="append", choices=tuple(STACKS), help="besides this one (default: all)")
    parser.add_argument("--keep", action="store_true", help=f"keep the result in eval/{record.FOLDER.name}, by commit")
    chosen: argparse.Namespace = parser.parse_args()
    alone = apart(measure, one_thread=True)
    for name, value in alone.items():
        print(f"{name:16} {value:9.3f}")
    stacks = [_OURS, *(name for name in chosen.stack or STACKS if name != _OURS)]
    side = side_by_side(chosen.set, chosen.clauses, stacks)
    print(f"\n{side['set']}: {side['clauses']} clauses, {side['questions']} questions")
    names = ("build_s", "open_s", "p50_ms", "p95_ms", "build_mb", "serve_mb", "recall")
    print(f"{'':12}" + "".join(f"{name:>12}" for name in names))
    for stack, figures in side["stacks"].items():
        print(f"{stack:12}" + "".join(f"{figures[name] or 0:12.3f}" for name in names))
    for stack, ratios in side["ratios"].items():
        slower, more = ratios["latency"], ratios["recall_gained"]
        print(
            f"{stack}: a question takes {slower['value']:.1f} times as long ({slower['low']:.1f} to "
            f"{slower['high']:.1f}), building {ratios['build_s']:.1f}, opening {ratios['open_s']:.1f}; "
            f"this finds {more['value']:+.3f} ({more['low']:+.3f} to {more['high']:+.3f}) of the gold"
        )
    if chosen.keep:
        record.keep(f"bench-{Path(chosen.set).stem}-{side['clauses']}", {"alone": alone, "side_by_side": side})
    return 0


if __name__ == "__main__":
    command.run(main)
