"""The parts of quotes between commas, by how near they are to what a question supposes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.fold import fold
from corpus.markers import marker
from index import passages
from index.passages import measured
from index.types import Encoder, Floats
from qa.premise import Premise
from qa.types import Citation

CLOSE = 0.8  # of the nearest part's nearness, from which a part may be meant as well
_SENTENCE = 0.4  # how much of a part's nearness is its sentence's
_FIGURE = re.compile(
    r"\d+(?:[.,]\d+)*%?"
)  # left out of what is compared: a figure must not decide what it is held against


@dataclass(frozen=True, slots=True)
class Wrong:
    """What a question supposes, in its words, and what the clause says instead, in the clause's."""

    asked: str
    said: str


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a quote between commas, the sentence and the citation that they stand in, and how near the premise."""

    text: str  # folded
    written: str
    sentence: str
    citation: Citation
    near: float


class Reader:
    """The parts of some citations' quotes, by how near they are to a premise."""

    def __init__(self, encoder: Encoder, citations: Sequence[Citation], years: Sequence[str], asked: str) -> None:
        self._encoder = encoder
        self.citations = citations
        cut = [
            (part, sentence, citation)
            for citation in citations
            for sentence in _sentences(citation, years, asked)
            for part in re.split(r"[,，]|(?<!\d)[:：]|[:：](?!\d)", re.sub(r"(\d)[,，](?=\d{3})", r"\1", sentence))
            if re.search(r"\w", part)
        ]
        self._cut = cut
        self._folded = [fold(part) for part, _, _ in cut]
        self._vectors = encoder.encode([_FIGURE.sub(" ", part) for part in self._folded])
        self._sentences = list(dict.fromkeys(sentence for _, sentence, _ in cut))
        self._whole = encoder.encode([_FIGURE.sub(" ", fold(sentence)) for sentence in self._sentences])

    def parts(self, premise: Premise, focus: str = "") -> list[Part]:
        """All parts, nearest first: to the premise, and to the words of it that are in question."""
        near = self._near(premise.text)
        if focus and focus != premise.text:
            near = np.asarray((near + self._near(focus)) / 2, dtype=np.float32)
        order = np.argsort(-near, kind="stable")
        return [
            Part(self._folded[at], self._cut[at][0].strip(), self._cut[at][1], self._cut[at][2], float(near[at]))
            for at in order
        ]

    def near(self, premise: Premise, focus: str = "", share: float = CLOSE) -> list[Part]:
        """The parts that are about as near as the nearest one."""
        parts = self.parts(premise, focus)
        return [part for part in parts if part.near >= parts[0].near * share] or parts[:1]

    def likeness(self, text: str, others: Sequence[str]) -> Floats:
        return self._encoder.encode(list(others)) @ self._encoder.encode_question(text)

    def _near(self, text: str) -> Floats:
        """How near each part is, with its sentence: by meaning, and by the character pairs that it shares."""
        vector = self._encoder.encode_question(_FIGURE.sub(" ", text))
        sentences = dict(zip(self._sentences, _shared(self._sentences, self._whole, vector, text), strict=True))
        parts = _shared(self._folded, self._vectors, vector, text)
        return parts * (1 - _SENTENCE) + _SENTENCE * np.array(
            [sentences[cut[1]] for cut in self._cut], dtype=np.float32
        )


def _shared(texts: Sequence[str], vectors: Floats, vector: Floats, asked: str) -> Floats:
    wanted, cosine = pairs(asked), vectors @ vector
    if not wanted:
        return cosine
    own = [pairs(fold(text)) for text in texts]
    share = np.array([len(wanted & its) / max(4, len(its)) for its in own], dtype=np.float32)
    return np.asarray((cosine + share) / 2, dtype=np.float32)


def _sentences(citation: Citation, years: Sequence[str], asked: str) -> list[str]:
    """The sentences of a quote; of a table row its goal with the cells whose columns are asked about, by the year or
    by their name, if it has such, each with the unit that the goal names (件)."""
    clause = citation.hit.clause
    if clause.kind != "row":
        return re.split(r"[。；;\n]|(?<=[㐀-鿿）)%])\.(?=\s|$)", passages.unwrapped(unnumbered(citation), " \n"))
    cells = [
        value
        for column, value in measured(clause, citation.hit.document.text)
        if column[:4] in years or _names(asked, column)
    ]
    if not cells:
        return [passages.unwrapped(citation.quote)]
    goal = re.sub(r"\d+(?:\.\d+)?[%％]?", "", citation.quote.replace("\n", " "))
    return [f"{goal} {value}" for value in cells]


def unnumbered(citation: Citation) -> str:
    """A quote without the number of its clause where a figure follows: 5.10万元以下 is the fifth item."""
    own = citation.start == citation.hit.clause.start and marker(citation.quote)
    return re.sub(r"^\d{1,2}[.．](?=\d)", "", citation.quote) if own else citation.quote


def _names(asked: str, column: str) -> bool:
    """Whether a folded question names a column: 银奖, 授权量(件)."""
    name = re.sub(r"[(（].*", "", fold(column))
    return len(name) > 1 and name in asked


def pairs(text: str) -> set[str]:
    """The neighbouring Hanzi of a text, and letters before Hanzi (C类)."""
    return {text[at : at + 2] for at in range(len(text) - 1) if re.fullmatch("[a-z㐀-鿿][㐀-鿿]", text[at : at + 2])}
