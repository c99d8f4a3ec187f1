"""How it grows: python -m eval.bench_scale ARTICLES QUESTIONS --clauses N. To build, to open, to ask, to add to.

ARTICLES are JSON lines with law, chapter, article and text; each law is written as a document and each article as a
paragraph of it. Beyond their number they are made again with sentences of others among their own, so that no two are
the same. Each step runs in a process of its own, questions in one thread.
"""

import argparse
import json
import random
import re
import tempfile
import time
from collections.abc import Iterator
from itertools import count, groupby
from pathlib import Path
from typing import Any

import numpy as np

from corpus import command
from eval import record, svg
from eval.apart import apart, milliseconds, peak, percentiles, seconds
from eval.questions import json_lines
from index import dense, encoder, store
from index.__main__ import positive
from index.policy_index import PolicyIndex, to_stderr
from qa.answer import Answerer

_SENTENCE = re.compile("[^。；]+[。；]?")
_K = 10
_ASKED, _COMPARED = 200, 50  # questions
_PLOT = Path(__file__).parents[1] / "docs" / "growth.svg"
_PLOTTED = ("build_s", "build_mb", "serve_mb", "disk_mb", "search_p50_ms", "search_p95_ms", "answer_p50_ms")
_FLOATS_UP_TO = 200_000  # clauses of which all vectors are held as floats, to compare with


def laws(articles: list[dict[str, Any]]) -> Iterator[tuple[str, int]]:
    """Documents without end, each with how many articles it has: the given laws, then others made of them."""
    texts = ["".join(str(article["text"]).split("\n")) for article in articles]
    chance = random.Random(0)
    for copy in count():
        at = 0
        for law, group in groupby(articles, lambda article: str(article["law"])):
            found, chapter, first = [f"{law}({copy})" if copy else law], None, at
            for article in group:
                if article["chapter"] and article["chapter"] != chapter:
                    found.append(chapter := article["chapter"])
                found.append(f"{article['article']} {_varied(texts[at], texts, chance) if copy else texts[at]}")
                at += 1
            yield "\n".join(found) + "\n", at - first


def _varied(text: str, texts: list[str], chance: random.Random) -> str:
    """An article with a third of its sentences, and one more, from others."""
    own = [*_SENTENCE.findall(text), ""]
    other = [chance.choice(_SENTENCE.findall(chance.choice(texts)) or [""]) for _ in own]
    return "".join(two if not one or chance.random() < 1 / 3 else one for one, two in zip(own, other, strict=True))


def write(articles: Path, folder: Path, clauses: int) -> None:
    """Write laws into a folder until they have so many articles."""
    folder.mkdir()
    for number, (text, size) in enumerate(laws([row for _, row in json_lines(articles)])):
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
        clauses -= size
        if clauses <= 0:
            break


def build(folder: Path, directory: Path) -> dict[str, Any]:
    took = seconds(PolicyIndex.build, folder, directory, encoder.bundled(), to_stderr)
    found = store.current(directory)
    assert found
    sizes = {name: found[1][name] for name in ("documents", "clauses", "rows")}
    written = sum(file["bytes"] for file in found[1]["files"].values())
    return {**sizes, "build_s": took, "build_mb": peak(), "disk_mb": written / 2**20}


def ask(directory: Path, questions: list[str]) -> dict[str, Any]:
    """Open an index and ask it: milliseconds of searches and whole answers, the ten best and the exact ten best."""
    model = encoder.bundled()
    started = time.perf_counter()
    index = PolicyIndex.open(directory, model)
    opened = time.perf_counter()
    answerer = Answerer(index)
    answerer.answer(questions[0])  # waits until every byte is compared with its checksum
    result: dict[str, Any] = {"open_s": opened - started, "first_answer_s": time.perf_counter() - opened}
    near = [_places(index, one) for one in questions]
    result |= percentiles(milliseconds(index.search, questions), "search_")
    result |= percentiles(milliseconds(answerer.answer, questions), "answer_")
    result["serve_mb"] = peak()
    dense.OVERSAMPLING = 1 << 30  # every row is compared in eight bits a dimension
    return result | {"near": near, "eight_bits": [_places(index, one) for one in questions[:_COMPARED]]}


def floats(folder: Path, directory: Path, questions: list[str]) -> list[Any]:
    """The ten best where every vector is kept whole and compared."""
    dense.FLAT_UP_TO = 1 << 30
    index = PolicyIndex.build(folder, directory, encoder.bundled())
    return [_places(index, one) for one in questions[:_COMPARED]]


def more(folder: Path, directory: Path) -> dict[str, Any]:
    """Add one document and bring the index up to date."""
    (folder / "more.txt").write_text("厦门市专利办法\n第一条 企业专利质押贷款由财政贴息。\n", encoding="utf-8")
    said: list[str] = []
    took = seconds(PolicyIndex.ensure, folder, directory, encoder.bundled(), said.append)
    return {"more_s": took, "more": next((line for line in said if "unchanged" in line), "all anew")}


def _places(index: PolicyIndex, question: str) -> list[tuple[str, int]]:
    return [(hit.clause.document, hit.clause.start) for hit in index.search(question, _K)]


def _shared(found: list[Any], exact: list[Any]) -> float:
    """The share of the exact ten that are found: recall@10."""
    return float(np.mean([len(set(one) & set(other)) / len(other) for one, other in zip(found, exact, strict=False)]))


def measure(articles: Path, questions: Path, clauses: int) -> dict[str, Any]:
    asked = [str(row["text"]) for _, row in json_lines(questions)][:_ASKED]
    with tempfile.TemporaryDirectory() as place:
        folder, directory = Path(place) / "documents", Path(place) / "index"
        apart(write, articles, folder, clauses)
        found: dict[str, Any] = apart(build, folder, directory)
        found |= apart(ask, directory, asked, one_thread=True)
        near, eight_bits = found.pop("near"), found.pop("eight_bits")
        found["recall@10_of_eight_bits"] = _shared(near, eight_bits)
        if found["clauses"] <= _FLOATS_UP_TO:
            found["recall@10_of_floats"] = _shared(near, apart(floats, folder, Path(place) / "floats", asked))
        found |= apart(more, folder, directory)
    return found


def main() -> int:
    parser = command.Parser(prog="python -m eval.bench_scale", description="How building and asking grow.")
    parser.add_argument("articles", type=Path, help="JSON lines with law, chapter, article, text; or those in .gz")
    parser.add_argument("questions", type=Path, help='JSON lines with "text"; the first 200 are asked')
    parser.add_argument("--clauses", type=positive, default=147_287, help="about how many (default: 147287)")
    parser.add_argument("--keep", action="store_true", help="keep the result by commit and draw docs/growth.svg anew")
    chosen: argparse.Namespace = parser.parse_args()
    found = measure(chosen.articles, chosen.questions, chosen.clauses)
    for name, value in found.items():
        print(f"{name:24} {value:12.3f}" if isinstance(value, float) else f"{name:24} {value:>12}")
    if chosen.keep:
        record.keep(f"scale-{found['clauses']}", found)
        kept = [json.loads(path.read_text(encoding="utf-8")) for path in record.FOLDER.glob("scale-*.json")]
        _PLOT.write_text(
            svg.growth({name: [(one["clauses"], one[name]) for one in kept] for name in _PLOTTED}, "clauses")
        )
    return 0


if __name__ == "__main__":
    command.run(main)
