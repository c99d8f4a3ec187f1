"""python -m qa: ask one question, or answer a file of them."""

import argparse
import sys
import time
from pathlib import Path

from corpus import command
from index.command import add_scope, add_source, known_cities, open_index, scope_of
from qa import batch
from qa.answer import Answerer
from qa.render import answer_json, answer_text


def main() -> int:
    parser = command.Parser(prog="python -m qa", description="Answers with their clauses.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=command.Parser)
    ask = commands.add_parser("ask", help="one answer")
    ask.add_argument("question")
    many = commands.add_parser("batch", help="one answer a line")
    many.add_argument("source", type=Path, metavar="IN.jsonl", help='lines of {"id", "question"}; also "city", "as_of"')
    many.add_argument("target", type=Path, metavar="OUT.jsonl")
    for part in (ask, many):
        add_scope(part)
        add_source(part)
        part.add_argument("--json", action="store_true", help="one JSON document on standard output")
    chosen = parser.parse_args()
    return {"ask": _ask, "batch": _batch}[chosen.command](chosen)


def _ask(chosen: argparse.Namespace) -> int:
    index = open_index(chosen)
    started = time.perf_counter()
    answer = Answerer(index).answer(chosen.question, scope_of(chosen, index))
    if chosen.json:
        command.print_json(answer_json(answer, time.perf_counter() - started))
    else:
        print(answer_text(answer))
    return 0


def _batch(chosen: argparse.Namespace) -> int:
    index = open_index(chosen)
    failed = batch.run(
        Answerer(index),
        chosen.source,
        chosen.target,
        scope_of(chosen, index),
        lambda names: known_cities(names, index),
    )
    if chosen.json:
        command.print_json({"out": str(chosen.target), "failed": failed})
    if failed:
        print(f"{chosen.target}: {failed} lines failed; each has its error in its place", file=sys.stderr)
    return 2 if failed else 0


if __name__ == "__main__":
    command.run(main)
