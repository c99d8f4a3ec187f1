"""A BEIR folder (corpus.jsonl, queries.jsonl, qrels/test.tsv) as questions over a corpus.

The layout of Thakur et al. 2021, BEIR. Each document is one clause, so that the index takes it as it takes any other.
"""

from collections.abc import Container
from pathlib import Path
from typing import Any

from corpus.collection import Corpus
from corpus.types import Clause, Document, Metadata, Outline, UserError
from eval.questions import Gold, Item, json_lines
from index.tokens import language_of


def read(folder: Path) -> tuple[list[Item], Corpus]:
    """Questions with a judged document, and the corpus. Each judged document is a need of its own.

    Halves: the even-numbered questions of queries.jsonl, counted from 0, are dev, the odd-numbered ones test. Raises
    UserError naming file, line and what is wrong.
    """
    rows = _rows(folder / "corpus.jsonl")
    texts = {name: f"{row.get('title') or ''}\n{row['text']}".strip() for name, row in rows.items()}
    questions = {name: row["text"] for name, row in _rows(folder / "queries.jsonl").items()}
    items = []
    relevant = _judgements(folder / "qrels" / "test.tsv", texts, questions)
    for number, (name, text) in enumerate(questions.items()):
        if name in relevant:
            needs = tuple((Gold(document, (), 1, texts[document]),) for document in relevant[name])
            half = "test" if number % 2 else "dev"
            items.append(Item(name, text, language_of(text), "", "answered", half, tags=(), facts=(), needs=needs))
    clauses = [Clause(name, (), 1, "prose", 0, len(text), text) for name, text in texts.items()]
    documents = tuple(Document(name, text, Metadata()) for name, text in texts.items())
    return items, Corpus(folder, documents, tuple(Outline((clause,), (), ()) for clause in clauses))


def _rows(path: Path) -> dict[str, dict[str, Any]]:
    found = {}
    for where, row in json_lines(path):
        name = row.get("_id")
        if not isinstance(name, str) or not isinstance(row.get("text"), str):
            raise UserError(f"{where}: has no _id and text that are texts")
        if name in found:
            raise UserError(f"{where}: the _id {name} stands twice")
        found[name] = row
    if not found:
        raise UserError(f"{path}: is empty")
    return found


def _judgements(path: Path, documents: Container[str], questions: Container[str]) -> dict[str, list[str]]:
    """Relevant documents (score above 0) by question."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        raise UserError(f"{path}: no such file; a BEIR folder has its judgements there") from None
    relevant: dict[str, list[str]] = {}
    for number, line in enumerate(lines, 1):
        parts = line.split("\t")
        if not line.strip() or (number == 1 and parts[0] == "query-id"):
            continue
        where = f"{path}, line {number}"
        if len(parts) != 3 or not parts[2].strip().lstrip("-").isdigit():
            raise UserError(f"{where}: is not query-id, corpus-id and a whole number, with tabs between")
        question, document, score = parts
        if question not in questions:
            raise UserError(f"{where}: queries.jsonl has no {question}")
        if document not in documents:
            raise UserError(f"{where}: corpus.jsonl has no {document}")
        if int(score) > 0 and document not in relevant.get(question, ()):
            relevant.setdefault(question, []).append(document)
    if not relevant:
        raise UserError(f"{path}: judges no document relevant")
    return relevant
