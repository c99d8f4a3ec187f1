"""python -m qa: ask one question, answer a file of them, compare cities."""

import argparse
import sys
import time
from pathlib import Path

from corpus import command
from index.command import add_scope, add_server, add_source, known_cities, open_index, scope_of
from qa import batch, export
from qa.answer import Answerer
from qa.chat import ChatConfig, Composer, add_chat
from qa.compare import compare
from qa.render import answer_json, answer_text, comparison_json


def main() -> int:
    parser = command.Parser(prog="python -m qa", description="Answers with their clauses.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=command.Parser)
    ask = commands.add_parser("ask", help="one answer")
    ask.add_argument("question")
    many = commands.add_parser("batch", help="one answer a line")
    many.add_argument("source", type=Path, metavar="IN.jsonl", help='lines of {"id", "question"}; also "city", "as_of"')
    many.add_argument("target", type=Path, metavar="OUT.jsonl")
    compared = commands.add_parser("compare", help="what several cities provide on a topic")
    compared.add_argument("topic", help="what to compare; several provisions stand between semicolons")
    compared.add_argument("--out", type=Path, metavar="FILE", help="write the table as .xlsx, .csv, .docx or .md")
    for part in (ask, many, compared):
        add_scope(part)
        add_source(part)
        add_server(part)
        add_chat(part)
        part.add_argument("--json", action="store_true", help="one JSON document on standard output")
    chosen = parser.parse_args()
    return {"ask": _ask, "batch": _batch, "compare": _compare}[chosen.command](chosen)


def _answerer(chosen: argparse.Namespace) -> Answerer:
    """The answerer over the index that the options name, with the language model that they name, if any."""
    config = ChatConfig.read(chosen)
    return Answerer(open_index(chosen), Composer.from_config(config) if config else None)


def _ask(chosen: argparse.Namespace) -> int:
    answerer = _answerer(chosen)
    started = time.perf_counter()
    answer = answerer.answer(chosen.question, scope_of(chosen, answerer.index))
    if chosen.json:
        command.print_json(answer_json(answer, time.perf_counter() - started))
    else:
        print(answer_text(answer))
    return 0


def _batch(chosen: argparse.Namespace) -> int:
    answerer = _answerer(chosen)
    failed = batch.run(
        answerer,
        chosen.source,
        chosen.target,
        scope_of(chosen, answerer.index),
        lambda names: known_cities(names, answerer.index),
    )
    if chosen.json:
        command.print_json({"out": str(chosen.target), "failed": failed})
    if failed:
        print(f"{chosen.target}: {failed} lines failed; each has its error in its place", file=sys.stderr)
    return 2 if failed else 0


def _compare(chosen: argparse.Namespace) -> int:
    answerer = _answerer(chosen)
    scope = scope_of(chosen, answerer.index)
    order = [next(iter(known_cities([name], answerer.index))) for name in chosen.city or ()]
    found = compare(answerer, chosen.topic, order, scope)
    if chosen.out:
        export.write(found, chosen.out)
    if chosen.json:
        command.print_json(comparison_json(found))
    elif not chosen.out:
        for cell in found.cells:
            print(f"{cell.provision} | {cell.city} | {cell.state}")
            print("    " + cell.answer.text.replace("\n", "\n    "))
    return 0


if __name__ == "__main__":
    command.run(main)
