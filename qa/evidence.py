"""Whether passages answer what is asked: otherwise "the corpus does not say".

A logistic regression over a few readable features, fitted on the development halves: python -m eval calibrate
prints the weights below, and how many refusals are found at what price.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from corpus.fold import fold
from index.passages import body
from index.policy_index import PolicyIndex
from index.tokens import content
from index.types import Hit, Passage
from qa.sought import Detail, details
from qa.types import Question

WEIGHTS = {
    "match": 4.0,
    "placed": 3.6,
    "length": 0.7,
    "concept": -1.15,
    "silence": -0.6,
    "detail": 7.2,
    "year": 12.5,
}
BIAS = -24.3
THRESHOLD = 0.35  # of the confidence, below which nothing is answered
_FIRST, _HELD = 8, 0.5  # hits of which those with the detail asked for rise, and by how much of their score
_FEW = 3  # clauses that a name stands in
_QUOTED = re.compile(r"(?<=[“\"「《])[^”\"」》]{2,}(?=[”\"」》])|[㐀-鿿]{1,6}[\[(〔【]\d{4}[\])〕】]\d+号")
_NAME = re.compile("[㐀-鿿]{3,}")
_ENOUGH = 0.95  # of the best match: a passage that holds the detail and matches so well is as good as the best


def match(passage: Passage) -> float:
    """How well a sentence matches a question, at most 1."""
    return 0.5 * passage.cosine + 0.5 * passage.match


def names_department(column: str) -> bool:
    """Whether a table's column holds departments."""
    return bool(re.search("部门|部門|单位|單位", column))


def preferred(question: Question, hits: Sequence[Hit]) -> list[Hit]:
    """The hits, of the first few those that hold the detail asked for before others that are about as good."""
    wanted = details(question)
    if not wanted:
        return list(hits)
    first = [replace(hit, score=hit.score + _HELD) if _holds(hit, wanted) else hit for hit in hits[:_FIRST]]
    return sorted(first, key=lambda hit: -hit.score) + list(hits[_FIRST:])


def _holds(hit: Hit, wanted: Sequence[Detail]) -> bool:
    text = folded(body(hit.clause, hit.document))
    return all(detail.held(text) for detail in wanted)


def confidence(features: Mapping[str, float]) -> float:
    """How sure it is that the passages answer: 0 to 1."""
    return 1 / (1 + math.exp(-BIAS - sum(weight * features[name] for name, weight in WEIGHTS.items())))


def features(question: Question, passages: Sequence[Passage], index: PolicyIndex) -> dict[str, float]:
    """What tells an answer from mere likeness, of at least one passage.

    match: of the best passage. placed: whether the question names what tells where to look. length: of the question,
    log2 of its words, since a long one is never matched as well as a short one. detail, year: the share of the best
    match that the best passage has which holds the detail asked for, or is of the year asked for. concept, silence:
    what of the question's concepts is missing in that passage's clause, and anywhere in scope (PolicyIndex.unnamed,
    PolicyIndex.silence).
    """
    texts = [folded(readable(passage)) for passage in passages]
    contexts = [folded(_context(passage)) if question.years else "" for passage in passages]
    matches = [match(passage) for passage in passages]
    best = max(matches)
    wanted = details(question)

    def share(fits: Sequence[bool]) -> float:
        return (
            max((value for value, fit in zip(matches, fits, strict=True) if fit), default=0.0) / best if best else 0.0
        )

    held = [[detail.held(text) for text in texts] for detail in wanted]
    dated = [
        [year in text or year in context for text, context in zip(texts, contexts, strict=True)]
        for year in (() if "yesno" in question.kinds else question.years)  # a wrong year is contradicted, not refused
    ]
    target = max(range(len(passages)), key=lambda at: (all(row[at] for row in held), matches[at]))
    return {
        "match": best,
        "placed": float(_placed(question, texts, index)),
        "length": math.log2(1 + len(content(question.topic).split())),
        "concept": index.unnamed(question.topic, passages[target].hit),
        "silence": index.silence(question.topic, question.scope, passages[target].hit),
        "detail": min([_ENOUGH, *(share(row) for row in held)]),
        # Of several cities each has its own year.
        "year": min(_ENOUGH, (max if len(question.cities) > 1 else min)([share(row) for row in dated] or [1.0])),
    }


def _placed(question: Question, texts: Sequence[str], index: PolicyIndex) -> bool:
    """Whether a question names a city, a document or something that few clauses name (通创币): where the documents are
    those of cities, one that names none of these is mostly about something else."""
    if question.cities or question.scope.documents:
        return True
    if not any(document.metadata.city for document in index.tables.documents):
        return True
    if any(quoted in text for quoted in _QUOTED.findall(fold(question.text)) for text in texts):
        return True
    return any(0 < index.held_by(word) <= _FEW for word in content(question.topic).split() if _NAME.fullmatch(word))


def enough(question: Question, passages: Sequence[Passage], index: PolicyIndex) -> bool:
    """Whether the passages speak of what is asked and hold the detail that is asked for."""
    return bool(passages) and confidence(features(question, passages, index)) >= THRESHOLD


@lru_cache(maxsize=1 << 14)  # the same clauses are read again and again
def folded(text: str) -> str:
    return fold(text)


def readable(passage: Passage) -> str:
    """The sentence with what stands at its clause's end in brackets, mostly departments; the whole of a table row."""
    clause = passage.hit.clause
    if clause.kind == "row":
        document = passage.hit.document.text
        return " ".join(document[cell.start : cell.end] for cell in clause.cells) or clause.text
    bracket = re.search(r"[(（][^()（）]*[)）]\s*$", clause.text)
    return passage.text + (bracket.group() if bracket else "")


def _context(passage: Passage) -> str:
    """Where a sentence stands: its title, headings, columns and the rest of its clause; any may name its year."""
    clause = passage.hit.clause
    columns = [cell.column or "" for cell in clause.cells]
    document = passage.hit.document
    issued = document.metadata.issued or ""
    return " ".join([document.title, issued, *clause.address, clause.lead, *columns, clause.text])
