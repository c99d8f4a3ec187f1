"""Whether a question supposes something that the clause puts otherwise: another figure, another body or district."""

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.fold import fold
from index.tokens import words
from qa.figures import Figure, figures
from qa.types import Citation, Question

_AT_LEAST = re.compile(r"(?:超过|超|以上|不少于|不低于|至少|多于|more than|over|at least|above)\s*$")
_AT_MOST = re.compile(r"(?:不到|以下|不足|不超过|最多|少于|less than|under|below|at most|up to)\s*$")
_ROUGHLY = Decimal("1.4")  # 三千多万 is less than 4,200万
# Nouns of one kind exclude one another: what is in 黄岛区 is not in 崂山区.
_KINDS = ("区", "县", "局", "委", "院", "大学", "学院", "银行")


def supposed(question: Question, citations: Sequence[Citation]) -> str | None:
    """What a yes-or-no question says that its best clause puts otherwise, in the question's words; None if nothing.

    Figures are compared with those of the part of the quote that is nearest in words to the question.
    """
    if "yesno" not in question.kinds or not citations:
        return None
    quote = citations[0].quote
    part = _nearest(fold(question.text), quote)
    for asked in figures(question.text):
        if asked.dimension in ("", "year"):
            continue
        said = [figure for figure in figures(part) if figure.dimension == asked.dimension]
        if not said and len(part) < len(quote):
            said = [figure for figure in figures(quote) if figure.dimension == asked.dimension]
        if said and not any(_agrees(asked, figure, question.text) for figure in said):
            return asked.text
    return _other_noun(question, citations[0])


def _nearest(folded: str, quote: str) -> str:
    """The part of a quote between commas that shares most of its character pairs with the question."""
    parts = [part for part in re.split("[,，;；。]", quote) if part.strip()]
    pairs = {folded[at : at + 2] for at in range(len(folded) - 1)}

    def shared(part: str) -> float:
        own = fold(part)
        return sum(own[at : at + 2] in pairs for at in range(len(own) - 1))

    return max(parts, key=shared, default=quote)


def _agrees(asked: Figure, said: Figure, text: str) -> bool:
    before, after = text[: asked.start], text[asked.end :]
    if _AT_LEAST.search(before) or re.match(r"\s*(?:以上|or more)", after):
        return said.value >= asked.value
    if _AT_MOST.search(before) or re.match(r"\s*(?:以下|以内|or less)", after):
        return said.value <= asked.value
    if re.search("[多余]", asked.text):
        return asked.value <= said.value < asked.value * _ROUGHLY
    return asked.value == said.value


def _other_noun(question: Question, citation: Citation) -> str | None:
    """A district, body or school that the question names and the clause does not, where the quote has another one."""
    clause = fold(citation.hit.clause.text)
    said = words(fold(citation.quote))
    for asked in words(question.topic):
        kind = next((kind for kind in _KINDS if asked.endswith(kind) and len(asked) > len(kind) + 1), None)
        if kind and asked not in clause and any(word.endswith(kind) and len(word) > len(kind) + 1 for word in said):
            return asked
    return None
