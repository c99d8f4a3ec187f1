"""python -m corpus: list documents, print a document's text or outline, audit a corpus."""

import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from corpus import audit, collection, command, load, outline, render
from corpus.types import Document


def main() -> int:
    parser = command.Parser(prog="python -m corpus", description="Documents and their clauses.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=command.Parser)
    listing = commands.add_parser("list", help="documents with metadata and status")
    text = commands.add_parser("text", help="the text that offsets count in")
    outlined = commands.add_parser("outline", help="clauses, headings and furniture of a document")
    checked = commands.add_parser("check", help="the audit: what to look at before relying on the clauses")
    checked.add_argument("folder", nargs="?", help="a folder of documents (default: --corpus)")
    for part in (text, outlined):
        part.add_argument("file", help="a file, or the id of a document of the corpus")
    for part in (listing, outlined, checked):
        part.add_argument("--json", action="store_true", help="one JSON document on standard output")
    for part in (listing, text, outlined, checked):
        part.add_argument("--corpus", type=command.corpus_folder, default=collection.SHIPPED, metavar="DIR")
        part.add_argument("--index", metavar="DIR", help="understood everywhere; not needed here")
    chosen = parser.parse_args()
    today = date.today().isoformat()
    if chosen.command == "list":
        return _list(chosen.corpus, today, chosen.json)
    if chosen.command == "check":
        return _check(command.corpus_folder(chosen.folder) if chosen.folder else chosen.corpus, chosen.json)
    path = Path(chosen.file)
    if not path.exists() and (chosen.corpus / chosen.file).exists():
        path = chosen.corpus / chosen.file
    if chosen.command == "text":
        sys.stdout.reconfigure(newline="")  # type: ignore[union-attr]
        sys.stdout.write(load.read_text(path))
        return 0
    inside = path.resolve().is_relative_to(chosen.corpus.resolve())
    catalogue = collection.read_catalogue(chosen.corpus) if inside else {}
    folder = chosen.corpus.resolve() if inside else None
    return _outline(collection.read_document(path.resolve(), folder, catalogue), today, chosen.json)


def _list(folder: Path, today: str, as_json: bool) -> int:
    corpus = collection.read(folder)
    for problem in corpus.problems:
        print(f"left out: {problem}", file=sys.stderr)
    rows = [render.document_json(document, today) for document in corpus.documents]
    if as_json:
        command.print_json({"documents": rows})
        return 0
    for row in rows:
        print(row["title"])
        named = ("document", "city", "issuer", "number", "issued", "effective_from", "effective_to", "status")
        print("    " + "  ".join(f"{name}: {row[name]}" for name in named if row[name]))
    return 0


def _check(folder: Path, as_json: bool) -> int:
    found = audit.check(collection.read(folder))
    if as_json:
        command.print_json({"findings": [asdict(finding) for finding in found]})
        return 0
    for finding in found:
        print(f"{finding.document or folder}: {finding.kind}: {finding.message}")
    print(f"{len(found)} findings")
    return 0


def _outline(document: Document, today: str, as_json: bool) -> int:
    parsed = outline.parse(document.id, document.text, document.metadata.title)
    if as_json:
        command.print_json(render.outline_json(document, parsed, today))
        return 0
    for clause in parsed.clauses:
        print(outline.label(clause, document.title))
        print("    " + command.one_line(clause.text)[:100])
    return 0


if __name__ == "__main__":
    command.run(main)
