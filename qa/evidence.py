"""Whether passages answer what is asked: otherwise "the corpus does not say".

A logistic regression over a few readable features, fitted on the development halves: python -m eval.calibrate
prints the weights below, and how many refusals are found at what price.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from corpus.fold import fold
from index.passages import body, context, folded, measured, unwrapped
from index.policy_index import CLAUSE_WEIGHT, PolicyIndex
from index.tokens import content
from index.types import Hit, Passage
from qa.contrast import opposed
from qa.premise import premise_of, supposition
from qa.sought import Detail, details
from qa.types import Question

WEIGHTS = {
    "cosine": 0.64,
    "detail": 4.85,
    "asked": -0.04,
    "rare": 0.76,
    "year": 7.62,
    "uncovered": -0.15,
    "concept": -1.99,
    "length": 0.59,
    "lead": 0.14,
    "placed": 1.61,
    "opposed": -3.41,
    "read": 0.28,
    "likeliest": 0.34,
    "supposed": 1.81,
}
BIAS = -13.67
THRESHOLD = 0.25  # of the confidence, below which nothing is answered
_FIRST, _HELD = 8, 0.5  # hits of which those with the detail asked for rise, and by how much of their score
# Details that few clauses have, which say little else: all hits with these rise, by more, and match well enough.
RARE = frozenset({"contact", "day", "forbidden", "hours", "website"})
_HELD_RARE, _RARE_SHARE = 1.5, 0.75
LONGEST = 220  # characters of quotes from one clause
_WHOLE = 100  # characters up to which a clause is quoted whole
_FULL = re.compile(r"(?:[。！!？?]|(?<=[㐀-鿿）)%])\.)[”’」』）)]*\s*$")
_DATED = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")  # a text with a year of its own is not of its title's
_UNLIKELY = 0.08  # the least that the reader's word counts for: where titles are of another kind it is often wrong
_STRANGE = 0.16  # cosine below which a question that names no concept and asks for no detail is of another field
_LEAD = 1.9  # of the best hit over the fourth, where there is no fourth: the median of the development halves
_NAMED = 0.75  # of a hit's score, for a clause that names all concepts of the question
_READ = 0.2  # of how likely the reader finds it that a sentence answers, beside its match
_OPPOSED = 0.85  # of the match of a passage that speaks of another thing of the kind
_ENOUGH = 0.95  # of the best match: a passage that holds the detail and matches so well is as good as the best


def match(passage: Passage) -> float:
    """How well a sentence matches a question, at most 1."""
    return 0.5 * passage.cosine + 0.5 * passage.match


def standing(passage: Passage, factor: float = 1.0) -> float:
    """How a sentence stands among those of all hits: its match, times a factor, its clause's score, and how likely it
    answers."""
    return match(passage) * factor + CLAUSE_WEIGHT * passage.hit.score + _READ * passage.read


def names_department(column: str) -> bool:
    """Whether a table's column holds departments."""
    return bool(re.search("部门|部門|单位|單位", column))


def preferred(question: Question, hits: Sequence[Hit], index: PolicyIndex) -> list[Hit]:
    """The hits, those that name the concepts of the question, and of the first few those that hold the detail asked
    for, before others that are about as good."""
    shares = index.named(question.topic, hits)
    rising = [replace(hit, score=hit.score + _NAMED * share) for hit, share in zip(hits, shares, strict=True)]
    rising.sort(key=lambda hit: -hit.score)
    wanted = details(question)
    if not wanted:
        return rising
    rare = any(detail.name in RARE for detail in wanted)
    first = len(hits) if rare else _FIRST
    more = _HELD_RARE if rare else _HELD
    held = [replace(hit, score=hit.score + more) if _holds(hit, wanted) else hit for hit in rising[:first]]
    return sorted(held, key=lambda hit: -hit.score) + rising[first:]


def _holds(hit: Hit, wanted: Sequence[Detail]) -> bool:
    text = folded(body(hit.clause, hit.document))
    return all(detail.told(text) for detail in wanted)


def confidence(features: Mapping[str, float]) -> float:
    """How sure it is that the passages answer: 0 to 1."""
    if features["cosine"] < _STRANGE and not features["asked"] and not features["concepts"]:
        return 0.0  # what is the weather in Qingdao: a city alone ties nothing to a clause
    return 1 / (1 + math.exp(-BIAS - sum(weight * features[name] for name, weight in WEIGHTS.items())))


def features(question: Question, passages: Sequence[Passage], index: PolicyIndex) -> dict[str, float]:
    """What tells an answer from mere likeness, of at least one passage.

    The target is the best match among the passages that hold the detail asked for. cosine: of the target. detail, year:
    the share of the best match that the best passage has which holds the detail asked for, or is of the year asked for.
    asked: how many kinds of detail are asked for, since finding them says the more. uncovered, concept: what of the
    question is missing in the target and its context (PolicyIndex.uncovered), of its concepts in the target's clause
    (PolicyIndex.unnamed). concepts: how many it names, which has no weight. length: of the question, log2 of its words,
    since a long one is never matched as well as a short one. lead: of the target's hit over the fourth. rare: whether a
    detail of RARE is asked for, which is found by itself where the rest matches little. placed: whether the question
    tells where to look. opposed: kinds of things of which the target speaks of another than the question
    (qa/contrast.py). read, likeliest: log odds that the target, or any passage, answers, as the reader finds
    (index/reader.py). supposed: whether the question supposes something before it asks, and whether the asker believes
    it, since one supposes rather what the document speaks of.
    """
    texts = [folded(readable(passage.hit, text)) for passage, text in zip(passages, stretches(passages), strict=True)]
    matches = [match(passage) for passage in passages]
    best = max(matches)
    wanted = details(question)

    def share(fits: Sequence[bool]) -> float:
        return (
            max((value for value, fit in zip(matches, fits, strict=True) if fit), default=0.0) / best if best else 0.0
        )

    held = [[detail.held(text) for text in texts] for detail in wanted]
    years = () if question.yes_or_no else question.years  # a wrong year is contradicted, not refused
    dated = [
        [of_years(passage.hit, text, [year]) for text, passage in zip(texts, passages, strict=True)] for year in years
    ]
    asked = asked_for(question)
    premise = premise_of(question)
    against = [
        opposed(asked, text, folded(context(passage.hit.clause, passage.hit.document)))
        for text, passage in zip(texts, passages, strict=True)
    ]
    target = max(
        range(len(passages)),
        key=lambda at: (
            all(row[at] for row in held),
            standing(passages[at], _OPPOSED if against[at] else 1),
        ),
    )
    hit = passages[target].hit
    around = folded(context(hit.clause, hit.document))
    scores = sorted({id(passage.hit): passage.hit.score for passage in passages}.values(), reverse=True)
    return {
        "cosine": passages[target].cosine,
        "detail": min([_ENOUGH, *(_valued(detail, share(row)) for detail, row in zip(wanted, held, strict=True))]),
        "asked": float(len(wanted)),
        "rare": float(any(detail.name in RARE for detail in wanted)),
        # Of several cities each has its own year.
        "year": min(_ENOUGH, (max if len(question.cities) > 1 else min)([share(row) for row in dated] or [1.0])),
        "uncovered": index.uncovered(question.topic, f"{texts[target]} {around}"),
        "concept": index.unnamed(question.topic, hit),
        "concepts": float(len(index.thesaurus.find(fold(question.topic)))),
        "length": math.log2(1 + len(content(question.topic).split())),
        "lead": hit.score - scores[3] if len(scores) > 3 else _LEAD,
        "placed": float(_placed(question, index)),
        "opposed": float(against[target]),
        "read": _log_odds(passages[target].read),
        "likeliest": _log_odds(max(passage.read for passage in passages)),
        "supposed": float(bool(supposition(question))) + float(bool(premise and premise.leaning)),
    }


def _log_odds(likely: float) -> float:
    likely = min(max(likely, _UNLIKELY), 1 - _UNLIKELY)
    return math.log(likely / (1 - likely))


def _valued(detail: Detail, share: float) -> float:
    """How much of the best match a passage with a detail has; at least so much with a rare one: the words beside a
    telephone number match little."""
    return max(share, _RARE_SHARE) if share and detail.name in RARE else share


@lru_cache(maxsize=256)
def asked_for(question: Question) -> str:
    """The things of which another one is no answer: none where they are supposed, since that is contradicted."""
    premise = premise_of(question)
    return "" if premise and premise.leaning else question.topic


def _placed(question: Question, index: PolicyIndex) -> bool:
    """Whether a question names a city or a document: where the documents are those of cities, one that names neither is
    more often about something else."""
    named = question.cities or question.scope.documents
    return bool(named or not any(document.metadata.city for document in index.tables.documents))


def enough(question: Question, passages: Sequence[Passage], index: PolicyIndex) -> bool:
    """Whether the passages speak of what is asked and hold the detail that is asked for."""
    return bool(passages) and confidence(features(question, passages, index)) >= THRESHOLD


def stretches(passages: Sequence[Passage]) -> list[str]:
    """What each passage is quoted with: from full stop to full stop, so that 情节严重的，处五万元以下罚款 comes with
    what it goes on from; or the whole of a short clause."""
    found = []
    for _, group in groupby(passages, key=lambda passage: id(passage.hit)):
        own = list(group)
        for at in range(len(own)):
            first, last = stretch(own, at)
            found.append(own[at].hit.document.text[own[first].start : own[last].end])
    return found


def stretch(own: Sequence[Passage], at: int) -> tuple[int, int]:
    """The first and last of a clause's passages that one of them is quoted with, as far as LONGEST reaches."""
    if own[-1].end - own[0].start <= _WHOLE:
        return 0, len(own) - 1
    first = last = at
    while last + 1 < len(own) and not _FULL.search(own[last].text) and own[last + 1].end - own[first].start <= LONGEST:
        last += 1
    while first and own[last].end - own[first - 1].start <= LONGEST and not _FULL.search(own[first - 1].text):
        first -= 1
    if first and own[first].text.startswith(("(", "（")):  # who is in charge, without of what, is no answer
        first -= 1
    return first, last


def readable(hit: Hit, text: str) -> str:
    """Words of a clause with what stands at its end in brackets, mostly departments, and with the columns that hold it;
    the whole of a table row."""
    clause = hit.clause
    columns = " ".join(dict.fromkeys(cell.column for cell in clause.cells if cell.column))
    if clause.kind == "row":
        document = hit.document.text
        cells = [document[cell.start : cell.end] for cell in clause.cells] or [clause.text]
        values = [value for _, value in measured(clause, document) if value not in cells]
        return " ".join([*cells, *values, columns])
    bracket = re.search(r"[(（][^()（）]*[)）]\s*$", clause.text)
    return f"{unwrapped(text)}{bracket.group() if bracket else ''} {columns}"


def of_years(hit: Hit, text: str, years: Sequence[str]) -> bool:
    """Whether folded words of a clause are of one of some years: they name it, or it is that of the document, or they
    name none outside brackets and what is around them does."""
    own = _DATED.search(re.sub("[(（][^()（）]*[)）]", " ", text))
    around = (hit.document.metadata.issued or "") if own else folded(_context(hit))
    return any(year in text or year in around for year in years)


def _context(hit: Hit) -> str:
    """Where a sentence stands: its headings and columns; if these name no year, its title and the rest of its clause
    too; any may name its year."""
    clause = hit.clause
    columns = [cell.column or "" for cell in clause.cells]
    document = hit.document
    near = [*clause.address, clause.lead, *columns]
    if any(_DATED.search(heading) for heading in clause.address):
        return " ".join(near)
    return " ".join([document.title, document.metadata.issued or "", *near, clause.text])
