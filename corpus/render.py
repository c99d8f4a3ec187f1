"""Documents and clauses as the JSON that other programs rely on, and as lines for a terminal."""

from typing import Any

from corpus.outline import label
from corpus.types import Clause, Document, Outline


def document_json(document: Document, as_of: str) -> dict[str, Any]:
    found = document.metadata
    return {
        "document": document.id,
        "title": document.title,
        "city": found.city,
        "level": found.level,
        "issuer": found.issuer,
        "number": found.number,
        "issued": found.issued,
        "effective_from": found.effective_from,
        "effective_to": found.effective_to,
        "period": list(found.period) if found.period else None,
        "status": document.status(as_of),
        "language": found.language,
        "catalogued": list(document.catalogued),
        "relations": [
            {"kind": relation.kind, "title": relation.title, "number": relation.number, "document": relation.target}
            for relation in document.relations
        ],
    }


def clause_json(clause: Clause, document: Document) -> dict[str, Any]:
    return {
        "address": list(clause.address),
        "ordinal": clause.ordinal,
        "label": label(clause, document.title),
        "kind": clause.kind,
        "start": clause.start,
        "end": clause.end,
        "text": clause.text,
        "cells": [
            {"column": cell.column, "text": document.text[cell.start : cell.end], "start": cell.start, "end": cell.end}
            for cell in clause.cells
        ],
    }


def outline_json(document: Document, parsed: Outline, as_of: str) -> dict[str, Any]:
    return {
        "document": document_json(document, as_of),
        "clauses": [clause_json(clause, document) for clause in parsed.clauses],
        "headings": [{"start": head.start, "end": head.end, "level": head.level} for head in parsed.headings],
        "furniture": [{"start": start, "end": end} for start, end in parsed.furniture],
    }
