"""python -m eval: measure retrieval and answers, compare two results, propose a set for one's own corpus."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpus import collection, command
from corpus.command import print_json
from corpus.types import UserError
from eval import ablation, answers, gate, new, record, report, retrieval, sheet, table
from eval.compare import compare
from eval.outside import FILES, Absent
from eval.task import Task, open_index, open_task
from index import encoder
from index.__main__ import positive
from index.command import add_source


def main() -> int:
    parser = command.Parser(prog="python -m eval", description="How well retrieval and answers work.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=command.Parser)
    measured = {
        name: commands.add_parser(name, help=said)
        for name, said in (
            ("retrieval", "recall, MRR and nDCG of what is found"),
            ("answers", "citations, figures and refusals of what is answered"),
            ("ablation", "what each part of retrieval is worth"),
            ("report", f"all of this as JSON and an HTML page in eval/{record.FOLDER.name}"),
        )
    }
    measured["retrieval"].add_argument(
        "--mode", action="append", choices=tuple(retrieval.MODES), help="a retriever (repeatable; default: all)"
    )
    proposed = commands.add_parser("new", help="propose a question set from the clauses of a corpus")
    proposed.add_argument("--out", type=Path, required=True, metavar="FILE.csv")
    proposed.add_argument("--questions", type=positive, default=100, help="how many at most (default: 100)")
    compared = commands.add_parser("compare", help="what the second of two results gained and lost")
    for name in ("first", "second"):
        compared.add_argument(name, type=Path, metavar=f"{'AB'[name == 'second']}.json")
    gated = commands.add_parser("gate", help="fail if the development half fell more than a point")
    gated.add_argument("--write", action="store_true", help="make what is measured now the baseline")
    for part in measured.values():
        part.add_argument("set", nargs="?", default="policies", help="a set of eval/sets, a file, or a BEIR folder")
        part.add_argument("--half", choices=("dev", "test", "all"), default="dev")
        part.add_argument("--data", type=Path, metavar="DIR", help=f"where the documents of {' and '.join(FILES)} are")
    for part in (*measured.values(), proposed, compared, gated):
        add_source(part)
        part.set_defaults(corpus=None)
        part.add_argument("--json", action="store_true", help="one JSON document on standard output")
    chosen = parser.parse_args()
    if chosen.command not in measured:
        return {"new": _new, "compare": _compare, "gate": _gate}[chosen.command](chosen)
    try:
        task = open_task(chosen.set, chosen.half, chosen.corpus, chosen.data)
    except Absent as notice:
        print(notice, file=sys.stderr)
        if chosen.json:
            print_json({"set": chosen.set, "half": chosen.half, "questions": 0, "runs": []})
        return 0
    if chosen.command == "report":
        return _report(task, chosen)
    measure = {"retrieval": _retrieval, "answers": _answers, "ablation": _ablation}[chosen.command]
    found = measure(task, chosen)
    _show(found, table.show, chosen)
    return 0


def _show(found: dict[str, Any], as_table: Callable[[dict[str, Any]], None], chosen: argparse.Namespace) -> None:
    (print_json if chosen.json else as_table)(found)


def _retrieval(task: Task, chosen: argparse.Namespace) -> dict[str, Any]:
    index = open_index(task, chosen.index, encoder.load(chosen.model))
    modes = dict.fromkeys(getattr(chosen, "mode", None) or retrieval.MODES)
    return record.of_retrieval(task, [retrieval.run(task, index, retrieval.MODES[mode]) for mode in modes])


def _answers(task: Task, chosen: argparse.Namespace) -> dict[str, Any]:
    if task.outside:
        raise UserError(f"{chosen.set}: a BEIR folder has no answers, only documents; eval retrieval takes it")
    return record.of_answers(task, answers.run(task, open_index(task, chosen.index, encoder.load(chosen.model))))


def _ablation(task: Task, chosen: argparse.Namespace) -> dict[str, Any]:
    found = record.of_retrieval(task, list(ablation.run(task, chosen.index, encoder.load(chosen.model))))
    return found | {"slices": []}


def _report(task: Task, chosen: argparse.Namespace) -> int:
    model = encoder.load(chosen.model).name
    found = {"set": task.name, "half": task.half, "version": record.version(), "model": model}
    parts = {"retrieval": _retrieval(task, chosen)}
    if not task.outside:
        parts["answers"] = _answers(task, chosen)
    parts["ablation"] = {"runs": _ablation(task, chosen)["runs"]}
    for run in parts["ablation"]["runs"]:
        del run["values"]  # ablations are compared by their own command
    paths = report.save(found | parts, record.FOLDER)
    if chosen.json:
        print_json({"json": str(paths[0]), "html": str(paths[1])})
        return 0
    for part in (parts["retrieval"], parts.get("answers")):
        if part:
            table.show(part)
    for path in paths:
        print(path)
    return 0


def _new(chosen: argparse.Namespace) -> int:
    items = new.propose(collection.read(chosen.corpus or collection.SHIPPED), chosen.questions)
    if not items:
        raise UserError(f"{chosen.corpus}: its clauses give no question")
    sheet.write(chosen.out, items)
    if chosen.json:
        print_json({"out": str(chosen.out), "questions": len(items)})
    else:
        print(f"{chosen.out}: {len(items)} questions to correct")
    return 0


def _compare(chosen: argparse.Namespace) -> int:
    _show(compare(chosen.first, chosen.second), table.show_comparison, chosen)
    return 0


def _gate(chosen: argparse.Namespace) -> int:
    measured = gate.measure(open_task("policies", "dev"), chosen.index, encoder.load(chosen.model))
    if chosen.write:
        gate.write(measured)
    baseline = gate.read()
    fallen = gate.fallen(measured, baseline)
    if chosen.json:
        print_json({"measured": measured, "baseline": baseline, "fallen": fallen})
    else:
        for name, value in measured.items():
            said = f"{name}: {value:.4f}, baseline {baseline[name]:.4f}"
            print(said + (": fell more than a point" if name in fallen else ""))
    return 1 if fallen else 0


if __name__ == "__main__":
    command.run(main)
