"""A question as it was understood, and its answer with the clauses it stands on."""

from dataclasses import dataclass, field
from typing import Literal

from corpus.places import Place
from index.types import Hit, Scope
from qa.reference import Reference

AnswerStatus = Literal["answered", "no_evidence", "contradicted"]


@dataclass(frozen=True, slots=True)
class Question:
    """What a question asks and where it wants to look.

    `cities` are those it asks about that the corpus has, `unknown_places` those that it has not; `ambiguous` are pinyin
    spellings with all the places that they may mean.
    """

    text: str
    topic: str  # the folded text without the places that the scope already stands for: what is searched for
    language: Literal["zh", "en"]
    yes_or_no: bool = False
    validity: bool = False  # whether it asks if a document is in force
    cities: tuple[str, ...] = ()
    unknown_places: tuple[Place, ...] = ()
    ambiguous: tuple[tuple[str, tuple[Place, ...]], ...] = ()
    years: tuple[str, ...] = ()
    compares: bool = False
    references: tuple[Reference, ...] = ()  # the clause numbers that it refers to
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True)
class Citation:
    """The n-th source of an answer: a hit, and the words quoted from it, `document.text[start:end]`."""

    number: int
    hit: Hit
    start: int
    end: int

    @property
    def quote(self) -> str:
        return self.hit.document.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose every sentence carries the [n] of its citation. A failure is an exception, never a status."""

    question: Question
    status: AnswerStatus
    text: str
    citations: tuple[Citation, ...] = ()
    retrieved: tuple[Hit, ...] = ()
    related: tuple[Hit, ...] = ()
    warnings: tuple[str, ...] = ()
