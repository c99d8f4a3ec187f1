"""References in a question: a document by its title or 文号, a clause by its number (第九条, 第9项, 二、(三)9.)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import crossref, numerals
from corpus.fold import fold
from corpus.markers import marker
from corpus.types import Clause, Document

# (ranks of the marks it may be, number): 第9项 may be 9., (九) or (9).
Reference = tuple[tuple[float, ...], int]

ROW = (0.0,)  # no mark has this rank: the number of a table row
_N = r"([一二三四五六七八九十百千零〇]+|\d+)"
_FORMS: tuple[tuple[re.Pattern[str], tuple[float, ...]], ...] = (
    (re.compile(rf"第\s*{_N}\s*条"), (5,)),
    (re.compile(rf"第\s*{_N}\s*章"), (3,)),
    (re.compile(rf"第\s*{_N}\s*(?:项|点)"), (8, 9, 10)),
    (re.compile(rf"第\s*{_N}\s*行"), ROW),
    (re.compile(r"\brow\s*(\d+)"), ROW),
    (re.compile(r"\b(?:article|art\.)\s*(\d+)"), (5,)),
    (re.compile(r"\b(?:item|point|paragraph|clause)\s*(\d+)"), (8, 9, 10)),
)
_DIGIT = "[一二三四五六七八九十]"
_CHAIN = re.compile(rf"(?<!{_DIGIT})(?<!\d)(?:{_DIGIT}+、)?\({_DIGIT}+\)(?:\d+\.)?(?!\d)")
_DISTRICT = re.compile(r"(?:[㐀-鿿]{2,6}?[省市])*([㐀-鿿]{2,4}?)(?:新区|区|县)(?![域内级])")
_SHORTEST = 6  # characters of a title or number that names a document by itself
_last: tuple[Sequence[Document], "_Known"] | None = None


def clauses_of(folded: str) -> tuple[Reference, ...]:
    """The clause numbers that a folded question refers to; all of them name one clause."""
    found: list[Reference] = []
    for pattern, ranks in _FORMS:
        found += [(ranks, value) for text in pattern.findall(folded) if (value := numerals.to_int(text))]
    for chain in _CHAIN.findall(folded):
        rest = chain
        while rest and (mark := marker(rest)):
            value = numerals.to_int(re.sub(r"[^一二三四五六七八九十\d]", "", mark[1]))
            if value:
                found.append(((mark[0],), value))
            rest = rest[len(mark[1]) :]
    return tuple(dict.fromkeys(found))


def fits(clause: Clause, references: Sequence[Reference]) -> bool:
    """Whether a clause's address has every number referred to."""
    own: list[tuple[float, int | None]] = []
    for element in clause.address:
        if mark := marker(element):
            own.append((mark[0], crossref.number_of(fold(mark[1]))))
    if clause.kind == "row" and clause.address[-1].isdigit():
        own.append((ROW[0], int(clause.address[-1])))
    return all(any(rank in ranks and number == value for rank, number in own) for ranks, value in references)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a question may name of a corpus."""

    names: dict[str, list[tuple[str, Document]]]  # titles without the year and 文号, folded, by how they begin
    cities: frozenset[str]
    districts: dict[str, list[Document]]  # what they issued, by their names without 区 or 县
    titles: str  # folded, one a line


def _known(documents: Sequence[Document]) -> _Known:
    """Kept for the next question, since an index gives the same documents for each."""
    global _last
    if _last is None or _last[0] is not documents:
        names: dict[str, list[tuple[str, Document]]] = {}
        for document in documents:
            title = re.sub(r"[(（]\d{4}.*?[)）]|\s", "", fold(document.title))
            number = re.sub(r"\s", "", fold(document.metadata.number or ""))
            for name in (title, number):
                if len(name) >= _SHORTEST:
                    names.setdefault(name[:_SHORTEST], []).append((name, document))
        cities = frozenset(document.metadata.city for document in documents if document.metadata.city)
        districts: dict[str, list[Document]] = {}
        for document in documents:
            if document.metadata.level == "district" and (own := _DISTRICT.match(fold(document.title))):
                districts.setdefault(own[1], []).append(document)
        titles = "\n".join(fold(document.title) for document in documents)
        _last = documents, _Known(names, cities, districts, titles)
    return _last[1]


def cities_of(documents: Sequence[Document]) -> frozenset[str]:
    """The cities that a corpus has documents of."""
    return _known(documents).cities


def districts_of(documents: Sequence[Document]) -> dict[str, list[Document]]:
    """The districts and counties whose own documents a corpus has, with these, by their names without 区 or 县."""
    return _known(documents).districts


def entitled(name: str, documents: Sequence[Document]) -> bool:
    """Whether a title of the corpus has a folded name."""
    return name in _known(documents).titles


def documents_named(folded: str, documents: Sequence[Document]) -> tuple[list[Document], str]:
    """The documents that a folded question names by title or 文号, and the question without those names."""
    plain = re.sub(r"\s", "", folded)
    names = _known(documents).names
    named, rest = [], folded
    for at in range(len(plain)):
        for name, document in names.get(plain[at : at + _SHORTEST], ()):
            if plain.startswith(name, at):
                named.append(document)
                rest = rest.replace(name, " ")
    return named, rest if re.search(r"[^\W_]{2}", rest) else folded
