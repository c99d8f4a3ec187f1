"""Whether passages answer what is asked: otherwise "the corpus does not say"."""

import re
from collections.abc import Sequence

from index.types import Passage
from qa.figures import figures
from qa.types import Kind, Question

THRESHOLD = 0.16  # of the best sentence's match; what lies below speaks of something else
_RELEVANT = 0.6  # share of the best match at which a sentence still speaks of the same thing
# What an answer to these kinds must hold: a sentence on the topic without it does not answer.
_DIMENSIONS: dict[Kind, frozenset[str]] = {
    "amount": frozenset({"money"}),
    "rate": frozenset({"rate", "ratio"}),
    "date": frozenset({"year", "月", "日", "天"}),
}
_STRICT: frozenset[Kind] = frozenset({"amount", "rate"})
_DEPARTMENT = re.compile(r"(?:牵头|责任|配合|协助)(?:单位|部门)|负责[)）]?|会同|負責")
_CONDITION = re.compile(r"对[^,，。]{4,}的[,，]|符合|条件|以上|不低于|经认定|应当|可以|须")


def match(passage: Passage) -> float:
    """How well a sentence matches a question, at most 1."""
    return 0.5 * passage.cosine + 0.5 * passage.match


def holds(text: str, kind: Kind) -> bool:
    """Whether a sentence holds the kind of thing that is asked for: an amount for how much, a body for who."""
    found = figures(text)
    if kind in _DIMENSIONS:
        return any(figure.dimension in _DIMENSIONS[kind] for figure in found)
    if kind == "count":
        return any(figure.dimension not in ("year", "") for figure in found)
    if kind == "department":
        return bool(_DEPARTMENT.search(text))
    return kind == "condition" and bool(_CONDITION.search(text))


def names_department(column: str) -> bool:
    """Whether a table's column holds departments."""
    return bool(re.search("部门|部門|单位|單位", column))


def enough(question: Question, passages: Sequence[Passage]) -> bool:
    """Whether some passage is on the topic and holds what a question for an amount or a rate asks for."""
    best = max((match(passage) for passage in passages), default=0.0)
    if best < THRESHOLD:
        return False
    near = [passage for passage in passages if match(passage) >= _RELEVANT * best]
    strict = question.kinds & _STRICT
    if not strict or "yesno" in question.kinds:
        return True
    return any(
        holds(passage.hit.clause.text if passage.hit.clause.kind == "row" else passage.text, kind)
        for passage in near
        for kind in strict
    )
