"""What belongs to a quote and stands in a clause of its own: what introduces its item, the items that it introduces,
and who is in charge."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from corpus.types import Clause
from index.types import Hit
from qa import sought
from qa.extract import BRACKET, IN_CHARGE, Quote
from qa.types import Question

Clauses = Callable[[str], Sequence[Clause]]  # those of a document in its order, read from disk at each call
_ITEM = 120  # characters of an item that is quoted whole, or of what introduces it
_MOST = 12  # items


def belonging(question: Question, quote: Quote, clauses_of: Clauses) -> Iterator[Quote]:
    """A quote with what belongs to it, in the order of the document."""
    yield from _lead(quote, clauses_of)
    yield quote
    yield from _items(quote, clauses_of)
    if sought.asks_department(question):
        yield from _in_charge(quote, clauses_of)


def _lead(quote: Quote, clauses_of: Clauses) -> Iterator[Quote]:
    """What introduces the item that a quote is of, if it is short: (二)从典当行取得的借款 alone does not say whether it
    is paid (属于下列情形之一的,不予贴息:)."""
    item = quote.hit.clause
    if not item.lead or len(item.lead) > _ITEM:
        return
    introducing = [
        clause
        for clause in clauses_of(item.document)
        if clause.address == item.address[:-1] and clause.start < item.start and clause.text.endswith((":", "："))
    ]
    if introducing:
        clause = introducing[-1]
        start = clause.start + max(clause.text.rfind("。"), clause.text.rfind("\n")) + 1
        yield _quoted(quote, clause, start, clause.end)


def _items(quote: Quote, clauses_of: Clauses) -> Iterator[Quote]:
    """The items of an enumeration that a quote introduces (应当提交下列材料:); of long ones the first sentence."""
    clause = quote.hit.clause
    if quote.end < clause.end or not clause.text.endswith((":", "：")):
        return
    below = [item for item in clauses_of(clause.document) if item.address[:-1] == clause.address]
    items = [item for item in below if item.start > clause.start]
    whole = all(len(item.text) <= _ITEM for item in items)
    seen = set()
    for item in items[:_MOST]:
        end = item.end if whole else item.start + len(re.split(r"(?<=[。；;\n])", item.text.lstrip())[0].rstrip())
        if item.address not in seen and end - item.start <= _ITEM:
            seen.add(item.address)
            yield _quoted(quote, item, item.start, end)


def _in_charge(quote: Quote, clauses_of: Clauses) -> Iterator[Quote]:
    """The bracket that says who is in charge, where it closes a later paragraph under the same heading."""
    clause = quote.hit.clause
    if clause.kind == "row" or IN_CHARGE.search(quote.text):
        return
    for other in clauses_of(clause.document):
        if other.start >= clause.start and clause.address[: len(other.address)] == other.address:
            if bracket := BRACKET.search(other.text):
                start = other.start + bracket.start()
                if not (other == clause and quote.start <= start < quote.end):
                    yield _quoted(quote, other, start, other.end)
                return


def _quoted(quote: Quote, clause: Clause, start: int, end: int) -> Quote:
    hit = quote.hit
    if clause != hit.clause:
        hit = Hit(clause, hit.document, hit.score, (), (start, end))
    return replace(quote, hit=hit, start=start, end=end)
