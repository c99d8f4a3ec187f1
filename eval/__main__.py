"""python -m eval: measure retrieval and answers, compare two results, propose a set for one's own corpus."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpus import collection, command
from corpus.types import UserError
from eval import ablation, answers, gate, new, record, report, retrieval, sheet
from eval.compare import compare
from eval.outside import FILES, Absent
from eval.task import Task, open_index, open_task
from index import encoder
from index.__main__ import positive
from index.command import add_source

Found = dict[str, Any]
Outcome = tuple[Found, Callable[[Found], None]]  # the JSON document, and what shows it in a terminal


def main() -> int:
    parser = command.Parser(prog="python -m eval", description="How well retrieval and answers work.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=command.Parser)

    def add(name: str, run: Callable[[argparse.Namespace], Outcome], said: str) -> argparse.ArgumentParser:
        part = commands.add_parser(name, help=said)
        part.set_defaults(run=run)
        return part

    measured = [
        add("retrieval", _measured(_retrieval), "recall, MRR and nDCG of what is found"),
        add("answers", _measured(_answers), "citations, figures and refusals of what is answered"),
        add("ablation", _measured(_ablation), "what each part of retrieval is worth"),
        add("report", _report, f"all of this as JSON and an HTML page in eval/{record.FOLDER.name}"),
    ]
    measured[0].add_argument(
        "--mode", action="append", choices=tuple(retrieval.MODES), help="a retriever (repeatable; default: all)"
    )
    for part in measured:
        part.add_argument("set", nargs="?", default="policies", help="a set of eval/sets, a file, or a BEIR folder")
        part.add_argument("--half", choices=("dev", "test", "all"), default="dev")
        part.add_argument("--data", type=Path, metavar="DIR", help=f"where the documents of {' and '.join(FILES)} are")
    proposed = add("new", _new, "propose a question set from the clauses of a corpus")
    proposed.add_argument("--out", type=Path, required=True, metavar="FILE.csv")
    proposed.add_argument("--questions", type=positive, default=100, help="how many at most (default: 100)")
    compared = add("compare", _compare, "what the second of two results gained and lost")
    compared.add_argument("first", type=Path, metavar="A.json")
    compared.add_argument("second", type=Path, metavar="B.json")
    gated = add("gate", _gate, "fail if the development half fell more than a point")
    gated.add_argument("--write", action="store_true", help="make what is measured now the baseline")
    for part in commands.choices.values():
        add_source(part)
        part.set_defaults(corpus=None)
        part.add_argument("--json", action="store_true", help="one JSON document on standard output")
    chosen = parser.parse_args()
    try:
        found, show = chosen.run(chosen)
    except Absent as notice:
        print(notice, file=sys.stderr)
        found, show = {"set": chosen.set, "half": chosen.half, "questions": 0, "runs": []}, lambda _: None
    (command.print_json if chosen.json else show)(found)
    return 1 if found.get("fallen") else 0


def _measured(measure: Callable[[Task, argparse.Namespace], Found]) -> Callable[[argparse.Namespace], Outcome]:
    return lambda chosen: (measure(_task(chosen), chosen), report.show)


def _task(chosen: argparse.Namespace) -> Task:
    return open_task(chosen.set, chosen.half, chosen.corpus, chosen.data)


def _retrieval(task: Task, chosen: argparse.Namespace) -> Found:
    index = open_index(task, chosen.index, encoder.load(chosen.model))
    modes = dict.fromkeys(getattr(chosen, "mode", None) or retrieval.MODES)
    return record.of_retrieval(task, [retrieval.run(task, index, retrieval.MODES[mode]) for mode in modes])


def _answers(task: Task, chosen: argparse.Namespace) -> Found:
    if task.outside:
        raise UserError(f"{chosen.set}: a BEIR folder has no answers, only documents; eval retrieval takes it")
    return record.of_answers(task, answers.run(task, open_index(task, chosen.index, encoder.load(chosen.model))))


def _ablation(task: Task, chosen: argparse.Namespace) -> Found:
    found = record.of_retrieval(task, list(ablation.run(task, chosen.index, encoder.load(chosen.model))))
    return found | {"slices": []}


def _report(chosen: argparse.Namespace) -> Outcome:
    task, model = _task(chosen), encoder.load(chosen.model).name
    found: Found = {"set": task.name, "half": task.half, "version": record.version(), "model": model}
    parts = {"retrieval": _retrieval(task, chosen)}
    if not task.outside:
        parts["answers"] = _answers(task, chosen)
    # Ablations are compared by their own command: here without each question's values.
    runs = [{key: run[key] for key in run if key != "values"} for run in _ablation(task, chosen)["runs"]]
    data, page = report.save(found | parts | {"ablation": {"runs": runs}}, record.FOLDER)

    def show(paths: Found) -> None:
        for part in parts.values():
            report.show(part)
        print(*paths.values(), sep="\n")

    return {"json": str(data), "html": str(page)}, show


def _new(chosen: argparse.Namespace) -> Outcome:
    items = new.propose(collection.read(chosen.corpus or collection.SHIPPED), chosen.questions)
    if not items:
        raise UserError(f"{chosen.corpus}: its clauses give no question")
    sheet.write(chosen.out, items)
    found = {"out": str(chosen.out), "questions": len(items)}
    return found, lambda _: print(f"{chosen.out}: {len(items)} questions to correct")


def _compare(chosen: argparse.Namespace) -> Outcome:
    return compare(chosen.first, chosen.second), report.show_comparison


def _gate(chosen: argparse.Namespace) -> Outcome:
    measured = gate.measure(open_task("policies", "dev"), chosen.index, encoder.load(chosen.model))
    if chosen.write:
        gate.write(measured)
    baseline = gate.read()
    fallen = gate.fallen(measured, baseline)

    def show(_: Found) -> None:
        for name, value in measured.items():
            said = f"{name}: {value:.4f}, baseline {baseline[name]:.4f}"
            print(said + (": fell more than a point" if name in fallen else ""))

    return {"measured": measured, "baseline": baseline, "fallen": fallen}, show


if __name__ == "__main__":
    command.run(main)
