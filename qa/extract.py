"""The answerer without a language model: picks and orders the sentences that answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from index.passages import context, folded
from index.types import Hit, Passage
from qa import evidence, sought
from qa.contrast import opposed
from qa.figures import figures
from qa.sought import Detail
from qa.types import Question
from qa.understand import parts

READ = 8  # hits whose sentences are looked at
_NEAR = 0.8  # share of the best sentence's score that another clause needs to be quoted too
_NEXT = 0.85  # of the best sentence's score that another needs to be quoted for a detail that is still missing
_RARE = 0.5  # of the best sentence's score, for a detail that few clauses have
_BESIDE = 0.75  # of the best sentence's match that its neighbour needs to be quoted with it, whatever detail it holds
_YEAR = 0.1  # for a sentence of the year asked for, and against one of another
_SOUGHT = 0.22  # for a sentence that holds what the kind of question asks for
_CLAIMED = 0.12  # for a sentence with a figure of the kind that a yes-or-no question has
_SAME = 0.8  # of a quote's words that a better one of the same document has, if it is to be the same
_OPPOSED = 0.2  # against a sentence that speaks of another thing of the kind that is asked about
_ALIKE = {"名": "人", "位": "人", "户": "家"}
# Names a table, whose rows are clauses of their own.
_STUB = re.compile(r"(?:下表|附表|表\s*\d)[^,，。]{0,6}[:：。]?\s*$")
BRACKET = re.compile(
    r"[(（][^()（）]*(?:(?:牵头|责任|配合)单位|负责)[^()（）]*(?:[(（][^()（）]*[)）][^()（）]*)*[)）]\s*$"
)

IN_CHARGE = re.compile(
    "牵的?头|[负負][责責]|依托|依託|会同|會同|由[^,，。；]{2,20}(?:组织|組織|承担|承擔|处理|處理|受理)"
)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words to be quoted from a hit, `document.text[start:end]`, and how well they match."""

    hit: Hit
    start: int
    end: int
    score: float

    @property
    def text(self) -> str:
        return self.hit.document.text[self.start : self.end]


def choose(question: Question, passages: Sequence[Passage], most: int = 2) -> list[Quote]:
    """The quotes that answer, best clause first, at most `most` clauses, and one more for each detail that these do not
    tell; from one passage or more of some hits."""
    scored = [(score(passage, question), passage) for passage in passages]
    best = max(value for value, _ in scored)
    groups = [list(group) for _, group in groupby(scored, key=lambda pair: id(pair[1].hit))]
    tops = [(max(own, key=lambda pair: pair[0]), own) for own in groups]
    quotes = [_widen(top, own, question) for top, own in tops if top[0] >= best * _NEAR]
    quotes.sort(key=lambda quote: -quote.score)
    quotes = _distinct(quotes)[:most]
    for detail in sought.details(question):  # what has not been told yet, from the next best that tells it
        if not _told(detail, quotes):
            least = best * (_RARE if detail.name in evidence.RARE else _NEXT)
            near = [(pair, own) for own in groups for pair in own if pair[0] >= least]
            telling = [(pair, own) for pair, own in near if _told(detail, [_widen(pair, own, question)])]
            if telling:
                quotes.append(_widen(*max(telling, key=lambda one: one[0][0]), question))
    return quotes


def more(part: Question, passages: Sequence[Passage], before: Sequence[float], chosen: Sequence[Quote]) -> list[Quote]:
    """What answers a part of a question and is not quoted yet: from any clause where it tells the detail that the part
    asks for, else from one that is quoted already. `before` are the scores of the passages for the whole question."""
    quoted = {(quote.hit.clause.document, quote.hit.clause.start) for quote in chosen}
    wanted = sought.details(part)
    scored = [
        ((2 * score(passage, part) + whole) / 3, passage) for passage, whole in zip(passages, before, strict=True)
    ]
    best, passage = max(scored, key=lambda one: one[0])
    for value, other in scored:
        inside = any(
            quote.hit.clause == other.hit.clause and quote.start <= other.start < quote.end for quote in chosen
        )
        if inside and value >= best * _NEAR:
            return []
    clause = passage.hit.clause
    quote = _widen((best, passage), [(value, one) for value, one in scored if one.hit is passage.hit], part)
    if wanted and all(_told(detail, [quote]) for detail in wanted):
        return [quote]
    return [quote] if not wanted and (clause.document, clause.start) in quoted else []


def tells(question: Question, quotes: Sequence[Quote]) -> bool:
    """Whether each detail that is asked for stands in one of the quotes, and one of them is of the year asked about:
    how many is not answered without a number."""
    if question.years and not question.yes_or_no and len(question.cities) < 2:
        dated = [evidence.of_years(quote.hit, folded(quote.text), question.years) for quote in quotes]
        if not any(dated):
            return False
    told = [_told(detail, quotes) for detail in sought.details(question)]
    return any(told) if told and parts(question) else all(told)


def _told(detail: Detail, quotes: Sequence[Quote]) -> bool:
    return any(detail.held(_text(quote)) for quote in quotes)


def _text(quote: Quote) -> str:
    return folded(evidence.readable(quote.hit, quote.text))


def score(passage: Passage, question: Question) -> float:
    """How well a sentence answers: its own match, its clause's, and whether it holds what is asked for."""
    matched = evidence.standing(passage)
    matched += _year(passage, question)
    wanted = sought.details(question)
    text = folded(evidence.readable(passage.hit, passage.text))
    if any(detail.told(text) for detail in wanted):
        matched += _SOUGHT
    if opposed(evidence.asked_for(question), text, folded(context(passage.hit.clause, passage.hit.document))):
        matched -= _OPPOSED
    if _STUB.search(text):
        matched -= _OPPOSED
    if (claimed := _claimed(question)) and claimed & _dimensions(passage.text):
        matched += _CLAIMED
    return matched


@lru_cache(maxsize=256)
def _claimed(question: Question) -> frozenset[str]:
    """What the figures of a question measure that wants to know whether something is so."""
    return _dimensions(question.topic) if question.yes_or_no else frozenset()


def _dimensions(text: str) -> frozenset[str]:
    """What the figures of a text measure: money, rates, 家, 人; not years and days."""
    found = (_ALIKE.get(figure.dimension, figure.dimension) for figure in figures(folded(text)))
    return frozenset(found) - {"", "year", "月", "日"}


def _year(passage: Passage, question: Question) -> float:
    """What the year asked for adds: for a sentence or column of that year, and against a column of another."""
    if not question.years:
        return 0.0
    clause = passage.hit.clause
    columns = " ".join(cell.column or "" for cell in clause.cells)
    if any(year in columns or year in passage.text for year in question.years):
        return _YEAR
    return -_YEAR if clause.kind == "bullet" and re.search(r"\d{4}年", columns) else 0.0


def _widen(top: tuple[float, Passage], own: Sequence[tuple[float, Passage]], question: Question) -> Quote:
    """The best sentence, with its neighbours in the clause while they match nearly as well."""
    value, passage = top
    first, last = evidence.stretch([one for _, one in own], own.index(top))
    start, end = own[first][1].start, own[last][1].end
    while True:
        beside = [at for at in (first - 1, last + 1) if 0 <= at < len(own)]
        wanted = [at for at in beside if evidence.match(own[at][1]) >= evidence.match(passage) * _BESIDE]
        fitting = [at for at in wanted if max(end, own[at][1].end) - min(start, own[at][1].start) <= evidence.LONGEST]
        if not fitting:
            break
        at = max(fitting, key=lambda at: own[at][0])
        first, last = min(first, at), max(last, at)
        start, end = min(start, own[at][1].start), max(end, own[at][1].end)
    if sought.asks_department(question) or IN_CHARGE.search(question.topic):
        bracket = BRACKET.search(passage.hit.clause.text)
        at = passage.hit.clause.start + bracket.start() if bracket else end
        if bracket and not IN_CHARGE.search(passage.hit.document.text[start : min(at, end)]):
            # Without what it is of, if that would be too long.
            far = at >= end and passage.hit.clause.end - start > 2 * evidence.LONGEST
            start, end = at if far else start, passage.hit.clause.end
        return _trimmed(passage.hit, start, end, value)
    text = passage.hit.document.text[start:end]
    if passage.hit.clause.kind != "row" and (bracket := BRACKET.search(text)) and bracket.start() > 10:
        end = start + bracket.start()
    return _trimmed(passage.hit, start, end, value)


def _trimmed(hit: Hit, start: int, end: int, score: float) -> Quote:
    text = hit.document.text[start:end]
    start += len(text) - len(text.lstrip())
    return Quote(hit, start, start + len(text.strip()), score)


def _distinct(quotes: Sequence[Quote]) -> list[Quote]:
    """Without quotes that repeat the words of a better one from the same document."""
    kept: list[Quote] = []
    for quote in quotes:
        plain = _plain(quote.text)
        own = [_plain(other.text) for other in kept if other.hit.clause.document == quote.hit.clause.document]
        if not any(plain in other or (other in plain and len(other) > _SAME * len(plain)) for other in own):
            kept.append(quote)
    return kept


def _plain(text: str) -> str:
    """The letters and digits of a quote without the number that its clause begins with."""
    return re.sub(r"\W", "", re.sub(r"^\s*\d+[.、．]", "", text))
