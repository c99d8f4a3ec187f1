"""Quotes -> numbered citations, checked: the words stand in the clause, and every figure of the answer with them."""

import re
from collections.abc import Sequence

from index import passages
from qa.extract import Quote
from qa.figures import contained
from qa.types import Citation

_MARK = re.compile(r"\[(\d+)\]")


def number(quotes: Sequence[Quote]) -> list[Citation]:
    """Citations 1, 2, ... of quotes. Raises AssertionError if a quote is not in its clause: that is a fault, not an
    answer."""
    cited = []
    for n, quote in enumerate(quotes, 1):
        cells = [(cell.start, cell.end) for cell in quote.hit.clause.cells]
        spans = [(quote.hit.clause.start, quote.hit.clause.end), *cells]
        assert any(start <= quote.start < quote.end <= end for start, end in spans), "a quote outside its clause"
        cited.append(Citation(n, quote.hit, quote.start, quote.end))
    return cited


def in_a_line(citation: Citation) -> str:
    """A quote in one line; a table row without its number, which would run into its words."""
    words = passages.unwrapped(citation.quote)
    return re.sub(r"^\d{1,3}\s+(?=\S)", "", words) if citation.hit.clause.kind == "row" else words


def unsupported(sentence: str, citations: Sequence[Citation]) -> str | None:
    """What is wrong with a sentence of an answer: a mark that names no citation, no mark, or a figure that stands in
    none of the clauses that it cites; None if nothing is."""
    marks = [int(mark) for mark in _MARK.findall(sentence)]
    if not marks:
        return "cites nothing"
    by_number = {citation.number: citation for citation in citations}
    if wrong := [mark for mark in marks if mark not in by_number]:
        return f"cites [{wrong[0]}], which does not exist"
    sources = " ".join(by_number[mark].hit.clause.text + " " + by_number[mark].quote for mark in marks)
    if not contained(_MARK.sub("", sentence), sources):
        return "holds a figure that its clause does not"
    return None
