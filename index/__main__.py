"""python -m index: build an index, say what is in it, search it."""

import argparse
from pathlib import Path
from typing import Any

from corpus import command
from index import encoder, store
from index.command import add_scope, add_server, add_source, open_index, place_of, scope_of
from index.policy_index import is_stale, to_stderr
from index.render import hit_json
from index.tokens import language_of


def main() -> int:
    parser = command.Parser(prog="python -m index", description="The searchable index of a corpus.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=command.Parser)
    build = commands.add_parser("build", help="build or update the index")
    build.add_argument("--force", action="store_true", help="build anew even if the index is up to date")
    status = commands.add_parser("status", help="what is in the index")
    status.add_argument("--verify", action="store_true", help="compare every byte of it with its checksum")
    restore = commands.add_parser("restore", help="go back to the index before the one in use")
    search = commands.add_parser("search", help="the best clauses for a query")
    search.add_argument("query")
    search.add_argument("-k", type=positive, default=10, help="how many (default: 10)")
    search.add_argument("--mode", choices=("hybrid", "bm25", "dense"), default="hybrid")
    add_scope(search)
    export = commands.add_parser("export-model", help="write the bundled model for sentence-transformers")
    export.add_argument("folder", type=Path, metavar="DIR")
    for part in (build, status, restore, search):
        add_source(part)
        add_server(part)
        part.add_argument("--json", action="store_true", help="one JSON document on standard output")
    chosen = parser.parse_args()
    run = {"build": _build, "status": _status, "restore": _restore, "search": _search, "export-model": _export}
    return run[chosen.command](chosen)


def positive(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)


def _build(chosen: argparse.Namespace) -> int:
    if chosen.force:
        model = encoder.load(chosen.model)
        kind, directory = place_of(chosen, model)
        kind.build(chosen.corpus, directory, model, to_stderr, anew=True)
    else:
        open_index(chosen)
    return _status(chosen)


def _status(chosen: argparse.Namespace) -> int:
    model = encoder.load(chosen.model)
    _, directory = place_of(chosen, model)
    found = store.current(directory)
    report: dict[str, Any]
    if found is None:
        report = {"index": str(directory), "state": "missing"}
    else:
        generation, manifest = found
        if getattr(chosen, "verify", False):
            store.Check(generation, manifest, whole=True).wait()
        report = {
            "index": str(generation),
            "state": "stale" if is_stale(manifest, chosen.corpus, model) else "up to date",
            **{name: manifest[name] for name in ("model", "documents", "clauses", "rows", "left_out")},
            "kinds": manifest.get("kinds"),
        }
    if chosen.json:
        command.print_json(report)
    else:
        for name, value in report.items():
            print(f"{name}: {value}")
    return 0


def _restore(chosen: argparse.Namespace) -> int:
    _, directory = place_of(chosen, encoder.load(chosen.model))
    store.restore(directory)
    return _status(chosen)


def _export(chosen: argparse.Namespace) -> int:
    encoder.export(chosen.folder)
    to_stderr(f"{chosen.folder}: the bundled model for sentence-transformers")
    return 0


def _search(chosen: argparse.Namespace) -> int:
    index = open_index(chosen)
    hits = index.search(chosen.query, chosen.k, scope_of(chosen, index), language_of(chosen.query), mode=chosen.mode)
    if chosen.json:
        command.print_json({"query": chosen.query, "hits": [hit_json(n, hit) for n, hit in enumerate(hits, 1)]})
        return 0
    for number, hit in enumerate(hits, 1):
        found = hit_json(number, hit)
        ranks = " ".join(f"{signal.name} {signal.rank}" for signal in hit.signals)
        print(f"{number}. {found['label']}  ({hit.score:.3f}; {ranks})")
        print("   " + command.one_line(hit.document.text[hit.best[0] : hit.best[1]])[:160])
    if not hits:
        print("nothing in scope matches")
    return 0


if __name__ == "__main__":
    command.run(main)
