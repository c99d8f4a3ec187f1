"""What the clauses of a statute refer to inside it: 前款第三项, 本条第一款, 本条例第十三条第一项至第七项, 前条.

An article (条) has paragraphs (款), a paragraph has items (项). What is named without an article is of the clause's own
article or, where that has no such part, of the one named before: 违反第二十一条第一款规定的…；违反第二款规定的….
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus import numerals
from corpus.markers import ARTICLE, marker
from corpus.types import Clause

LONGEST = 80  # characters of a clause referred to
MOST = 12  # clauses that one clause refers to
_N = r"[一二三四五六七八九十百千零〇两兩\d]{1,7}"
_REFERENCE = re.compile(
    rf"[前上](?P<count>{_N})?(?P<before>[条條款项項])|(?P<own>本[条條])(?!例)"
    rf"|(?P<th>第)?(?P<numbers>{_N}(?:[、至到]第?{_N}){{0,20}})(?P<unit>[条條款项項])(?!目)"
)
_LIKELY = re.compile(rf"[前上](?:{_N})?[条條款项項]|本[条條]|第{_N}[、至到第一二三四五六七八九十]{{0,60}}[条條款项項]")
_JOINED = re.compile(r"\s*(?:、|,|，|和|或者?|以?及|与|與|至|到)?\s*")
_TO = re.compile("[至到]")
# A reference into another document (《…法》第三条), and 除第一项所列城市以外, which speaks of all others.
_ELSEWHERE = re.compile(
    r"(?:》|(?<!本)(?:法典?|条例|條例|办法|辦法|规定|規定|细则|細則|章程))\s*$|(?<![解清拆免消开開删刪])除[^，,。；;]{0,8}$"
)
_SIMPLE = {"條": "条", "項": "项"}
_AHEAD = 12  # characters before a reference that tell where it leads


def number_of(mark: str) -> int | None:
    """The number of a heading's mark: 21 of 第二十一条, 3 of （三）; None for one between two others (第十条之一)."""
    return numerals.to_int(re.sub(rf"(?!{numerals.CHINESE}|\d).", "", mark)) if "之" not in mark else None


@dataclass(slots=True)
class _Paragraph:
    head: Clause | None  # None where items follow the article's number at once
    items: list[tuple[int | None, Clause]] = field(default_factory=list)

    def clauses(self) -> list[Clause]:
        return [*([self.head] if self.head else []), *(clause for _, clause in self.items)]


@dataclass(slots=True)
class _Article:
    number: int | None
    paragraphs: list[_Paragraph] = field(default_factory=list)

    def clauses(self) -> list[Clause]:
        return [clause for paragraph in self.paragraphs for clause in paragraph.clauses()]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a clause stands: which article of a series, which of its paragraphs."""

    series: list[_Article]
    article: int
    paragraph: int


def resolved(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """The clauses of a document, those in articles with what they refer to. It depends on these clauses alone."""
    referring = [at for at, clause in enumerate(clauses) if _LIKELY.search(clause.text, clause.text[:1] == "第")]
    if not referring:
        return tuple(clauses)
    found, places = list(clauses), _places(clauses)
    for at in referring:
        if place := places.get(clauses[at].start):
            found[at] = replace(clauses[at], refers=_spans(clauses[at], _Reader(clauses[at].text, place).read()))
    return tuple(found)


def _places(clauses: Sequence[Clause]) -> dict[int, _Place]:
    """Where each clause of an article stands, by its start. Articles whose numbers begin anew are another series."""
    found: dict[int, _Place] = {}
    series: list[_Article] = []
    current: tuple[str, ...] | None = None
    known: dict[str, tuple[float, int | None]] = {}
    for clause in clauses:
        for element in clause.address:
            if element not in known:
                known[element] = (mark[0], number_of(mark[1])) if (mark := marker(element)) else (0.0, None)
        marks = [known[element] for element in clause.address]
        at = next((at for at, (rank, _) in enumerate(marks) if rank == ARTICLE), None)
        if at is None:
            continue
        above, *below = (number for _, number in marks[at:])
        if clause.address[: at + 1] != current:
            current = clause.address[: at + 1]
            last = next((article.number for article in reversed(series) if article.number), 0)
            if above is not None and above <= last:
                series = []
            series.append(_Article(above))
        paragraphs = series[-1].paragraphs
        if not below:
            paragraphs.append(_Paragraph(clause))
        else:
            if not paragraphs:
                paragraphs.append(_Paragraph(None))
            paragraphs[-1].items.append((below[0], clause))
        found[clause.start] = _Place(series, len(series) - 1, len(paragraphs) - 1)
    return found


def _spans(clause: Clause, others: Sequence[Clause]) -> tuple[tuple[int, int], ...]:
    """The beginnings of other clauses without their numbers, each once."""
    found = []
    for other in dict.fromkeys(other for other in others if other.start != clause.start):
        mark = marker(other.text)
        rest = other.text[len(mark[1]) :].lstrip() if mark else other.text
        start = other.start + len(other.text) - len(rest)
        found.append((start, min(other.end, start + LONGEST)))
    return tuple(found[:MOST])


class _Reader:
    """Reads the references in a clause's text from left to right."""

    def __init__(self, text: str, place: _Place) -> None:
        self.text, self.place = text, place
        self.own = place.series[place.article]
        self.article: _Article | None = None  # that was named last
        self.paragraph: int | None = None  # of that article, where one was named

    def read(self) -> list[Clause]:
        """The clauses that the text refers to."""
        mark = marker(self.text)
        end = begins = len(mark[1]) if mark else 0
        found: list[list[Clause]] = []
        last: tuple[str, int] | None = None  # unit and number of the reference before
        elsewhere = False
        for match in _REFERENCE.finditer(self.text, begins):
            between = self.text[end : match.start()]
            joined = last is not None and _JOINED.fullmatch(between) is not None
            if match["numbers"] and not match["th"] and not (joined and between):
                continue  # 三项: how many there are
            if not joined:
                self.paragraph = None
                elsewhere = _ELSEWHERE.search(self.text[max(0, match.start() - _AHEAD) : match.start()]) is not None
            elif not between:
                found.pop()  # 第十三条第一项 is the item alone
            end = match.end()
            unit = match["unit"] or match["before"] or "条"
            unit = _SIMPLE.get(unit, unit)
            numbers = [numerals.to_int(number) or 0 for number in re.findall(_N, match["numbers"] or "")]
            if len(numbers) > 1 and _TO.search(match["numbers"]):
                numbers = list(range(numbers[0], numbers[-1] + 1))
            elif numbers and last and joined and last[0] == unit and _TO.search(between):
                numbers = list(range(last[1] + 1, numbers[0] + 1))
            last = unit, numbers[-1] if numbers else 0
            if elsewhere:
                found.append([])
            elif match["own"]:
                self.article = self.own
                found.append([])
            elif match["before"]:
                found.append(self._before(unit, numerals.to_int(match["count"] or "一") or 1))
            else:
                found.append(self._named(unit, numbers, inner=joined))
        return [clause for one in found for clause in one]

    def _before(self, unit: str, count: int) -> list[Clause]:
        """The articles or paragraphs before the clause's own."""
        if unit == "条":
            articles = self.place.series[max(0, self.place.article - count) : self.place.article]
            self.article = articles[-1] if articles else None
            return [clause for article in articles for clause in article.clauses()]
        at = self.place.paragraph
        self.article, self.paragraph = self.own, max(0, at - 1)
        return [clause for paragraph in self.own.paragraphs[max(0, at - count) : at] for clause in paragraph.clauses()]

    def _named(self, unit: str, numbers: Sequence[int], inner: bool) -> list[Clause]:
        """The articles, paragraphs or items of some numbers; `inner` where they follow what they are in."""
        if unit == "条":
            articles = [article for article in self.place.series if article.number in numbers]
            self.article, self.paragraph = articles[-1] if articles else None, None
            return [clause for article in articles for clause in article.clauses()]
        for article in (self.article,) if inner else (self.own, self.article):
            if article and (found := self._within(article, unit, numbers)):
                self.article = article
                return found
        return []

    def _within(self, article: _Article, unit: str, numbers: Sequence[int]) -> list[Clause]:
        paragraphs = list(enumerate(article.paragraphs))
        if unit == "款":
            chosen = [at for at, _ in paragraphs if at + 1 in numbers]
            self.paragraph = chosen[-1] if chosen else None
            return [clause for at in chosen for clause in article.paragraphs[at].clauses()]
        return [
            clause
            for at, paragraph in paragraphs
            if self.paragraph in (None, at)
            for number, clause in paragraph.items
            if number in numbers
        ]
