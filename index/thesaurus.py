"""index/terms.csv: for each concept its official term, abbreviations, everyday wordings, Taiwan terms and English.

It turns what people say (报销利息, interest subsidy) into what policies say (贴息), for BM25.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.fold import fold
from index.types import IndexFault

FILE = Path(__file__).with_name("terms.csv")
_COLUMNS = ("concept", "official", "abbreviations", "everyday", "taiwan", "english", "field")
_WORDS = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_HAN = re.compile("[㐀-鿿]")


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept with its folded wordings; `official` first among the Chinese ones, the best English first."""

    name: str
    official: str
    chinese: tuple[str, ...]
    english: tuple[str, ...]


class Thesaurus:
    """Concepts by any of their wordings."""

    def __init__(self, concepts: list[Concept]) -> None:
        self.concepts = concepts
        self._by_wording = {
            wording: concept
            for concept in concepts
            for wording in (concept.official, *concept.chinese, *map(_in_words, concept.english))
        }
        self._longest_chinese = max((len(text) for text in self._by_wording if _HAN.search(text)), default=0)
        self._longest_english = max((len(text.split()) for text in self._by_wording), default=0)

    def names(self, wording: str) -> bool:
        """Whether a folded text is a wording of some concept."""
        return wording in self._by_wording

    def find(self, folded: str) -> list[tuple[Concept, str]]:
        """The concepts that a folded text names, each with the wording that names it; longest wordings win."""
        return list(self._chinese(folded)) + list(self._english(folded))

    def _chinese(self, text: str) -> Iterator[tuple[Concept, str]]:
        at = 0
        while at < len(text):
            for length in range(min(self._longest_chinese, len(text) - at), 1, -1):
                wording = text[at : at + length]
                if (concept := self._by_wording.get(wording)) and _HAN.search(wording):
                    yield concept, wording
                    at += length - 1
                    break
            at += 1

    def _english(self, text: str) -> Iterator[tuple[Concept, str]]:
        words = _WORDS.findall(text)
        at = 0
        while at < len(words):
            for length in range(min(self._longest_english, len(words) - at), 0, -1):
                wording = " ".join(words[at : at + length])
                if concept := self._by_wording.get(wording) or self._by_wording.get(wording.removesuffix("s")):
                    yield concept, wording
                    at += length - 1
                    break
            at += 1


def _in_words(english: str) -> str:
    """An English wording as a question is read: one-off reward and one off reward are the same."""
    return " ".join(_WORDS.findall(english))


def read(path: Path = FILE) -> Thesaurus:
    """The thesaurus in a file. Raises IndexFault naming the row: a column or the official term missing, or a wording
    in two concepts."""
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError) as error:
        raise IndexFault(f"{path}: cannot be read as UTF-8: {error}") from None
    if rows and tuple(rows[0]) != _COLUMNS:
        raise IndexFault(f"{path}, row 1: the columns are {', '.join(_COLUMNS)}")
    cells = [[row[name] or "" for name in _COLUMNS[1:6]] for row in rows]
    # Folded all at once: a call for each of some ten thousand wordings would take longer than everything else.
    folded = iter(fold("\n".join(cell.replace("\n", " ") for row in cells for cell in row)).split("\n"))
    concepts: list[Concept] = []
    owner: dict[str, str] = {}
    for number, row in enumerate(rows, 2):
        official, abbreviations, everyday, taiwan, english = (
            [text.strip() for text in next(folded).split("|") if text.strip()] for _ in range(5)
        )
        if len(official) != 1 or not row["concept"]:
            raise IndexFault(f"{path}, row {number}: a concept has a name and one official term")
        concept = Concept(
            row["concept"], official[0], tuple(dict.fromkeys(abbreviations + everyday + taiwan)), tuple(english)
        )
        for wording in {concept.official, *concept.chinese, *concept.english}:
            if owner.setdefault(wording, concept.name) != concept.name:
                raise IndexFault(f"{path}, row {number}: {wording!r} stands in {owner[wording]} too")
        concepts.append(concept)
    return Thesaurus(concepts)


@cache
def shipped() -> Thesaurus:
    return read()
