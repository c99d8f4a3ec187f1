"""What the index is asked with and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.types import Clause, Document, UserError

Floats = NDArray[np.float32]
Mode = Literal["hybrid", "bm25", "dense"]


class IndexFault(UserError):
    """An index that cannot be used or built. The message names it and says what to do."""


class Encoder(Protocol):
    """Turns folded texts into vectors. `name` tells one model from another; an index refuses any but its own."""

    name: str
    dimensions: int

    def encode(self, texts: Sequence[str]) -> Floats:
        """Unit vectors [len(texts), dimensions] of passages; a zero vector for a text the model knows nothing of."""

    def encode_question(self, text: str) -> Floats:
        """The unit vector [dimensions] of a question, with the prompt that the model wants before it, if any."""


class Reranker(Protocol):
    """Reads a question together with each text: slower and sharper than vectors that were made apart."""

    name: str

    def scores(self, question: str, texts: Sequence[str]) -> Floats:
        """How well each text answers: float32 [len(texts)], higher is better."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look. None is unrestricted, an empty set matches nothing.

    A city shuts out other cities, not its province's and the nation's documents.
    """

    documents: frozenset[str] | None = None
    cities: frozenset[str] | None = None
    in_force_only: bool = False
    as_of: str | None = None  # ISO date of validity; today where None


@dataclass(frozen=True, slots=True)
class Signal:
    """What one retriever makes of a clause: its rank in its own list (1-based) and its own score."""

    name: str
    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that was found; a higher score is better. `best` is the sentence that matched, in document offsets."""

    clause: Clause
    document: Document
    score: float
    signals: tuple[Signal, ...]
    best: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a hit's clause, `document.text[start:end]`: cosine with the question, and the share of the
    question's tokens, weighted by rarity, that it matches (both at most 1)."""

    hit: Hit
    start: int
    end: int
    cosine: float
    match: float

    @property
    def text(self) -> str:
        return self.hit.document.text[self.start : self.end]
