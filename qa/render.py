"""Answers as the JSON that other programs rely on, and as text for a terminal."""

from datetime import date
from typing import Any

from corpus.outline import label
from corpus.types import Document
from index.render import hit_json
from index.types import Hit
from qa.compare import Comparison
from qa.types import Answer

_HEADS = {
    "zh": {"sources": "依据", "warnings": "注意", "related": "可参阅"},
    "en": {"sources": "Sources", "warnings": "Note", "related": "Related"},
}
_STATUS = {
    "zh": {
        "in_force": "现行有效",
        "period_over": "规划期已过",
        "expired": "已失效",
        "not_yet": "尚未施行",
        "unknown": "效力不明",
    },
    "en": {
        "in_force": "in force",
        "period_over": "planning period over",
        "expired": "expired",
        "not_yet": "not yet in force",
        "unknown": "validity unknown",
    },
}


def status_word(document: Document, as_of: str, language: str) -> str:
    """Whether a document is in force, in a word; where only its planning period is over, that."""
    return _STATUS[language]["period_over" if document.period_over(as_of) else document.status(as_of)]


def answer_json(answer: Answer, seconds: float, identity: Any = None) -> dict[str, Any]:
    as_of = answer.question.scope.as_of or date.today().isoformat()
    ranks = {(hit.clause.document, hit.clause.start): rank for rank, hit in enumerate(answer.retrieved, 1)}
    citations = [
        {
            "number": citation.number,
            **hit_json(ranks.get((citation.hit.clause.document, citation.hit.clause.start)), citation.hit),
            "title": citation.hit.document.title,
            "status": citation.hit.document.status(as_of),
            "quote": citation.quote,
            "quote_start": citation.start,
            "quote_end": citation.end,
        }
        for citation in answer.citations
    ]
    return {
        "id": identity,
        "question": answer.question.text,
        "language": answer.question.language,
        "status": answer.status,
        "answer": answer.text,
        "warnings": list(answer.warnings),
        "seconds": round(seconds, 4),
        "citations": citations,
        "retrieved": [hit_json(rank, hit) for rank, hit in enumerate(answer.retrieved, 1)],
        "related": [hit_json(rank, hit) for rank, hit in enumerate(answer.related, 1)],
    }


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    return {
        "topic": comparison.topic,
        "cells": [
            {
                "city": cell.city,
                "provision": cell.provision,
                "state": cell.state,
                "answer": answer_json(cell.answer, 0.0),
            }
            for cell in comparison.cells
        ],
    }


def answer_text(answer: Answer) -> str:
    """An answer for a terminal: text, warnings, and each source with its clause and validity."""
    language = answer.question.language
    heads = _HEADS[language]
    as_of = answer.question.scope.as_of or date.today().isoformat()
    lines = [answer.text]
    lines += [f"{heads['warnings']}: {warning}" for warning in answer.warnings]
    if answer.citations:
        lines += ["", f"{heads['sources']}:"]
    lines += [f"[{citation.number}] {_source(citation.hit, as_of, language)}" for citation in answer.citations]
    if answer.related:
        lines += ["", f"{heads['related']}:"]
        lines += [f"- {_source(hit, as_of, language)}" for hit in answer.related]
    return "\n".join(lines)


def _source(hit: Hit, as_of: str, language: str) -> str:
    """A clause, and what tells its document from others of the same title: number, validity and file."""
    found = hit.document
    about = [found.metadata.number, status_word(found, as_of, language), found.id]
    return f"{label(hit.clause, found.title)} ({'; '.join(part for part in about if part)})"
