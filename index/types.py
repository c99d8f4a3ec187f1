"""What the index is asked with and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus import places
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

    @property
    def is_open(self) -> bool:
        """Whether every document is in it."""
        return self.documents is None and self.cities is None and not self.in_force_only

    def holds(self, document: Document) -> bool:
        """Whether a document is in it."""
        if self.documents is not None and document.id not in self.documents:
            return False
        if self.in_force_only and document.status(self.as_of or date.today().isoformat()) in ("expired", "not_yet"):
            return False
        if self.cities is None:
            return True
        if document.metadata.level == "national" and self.cities:
            return True
        return document.metadata.city in self.cities or (
            document.metadata.level == "provincial" and document.metadata.city in _provinces(self.cities)
        )


@lru_cache(maxsize=256)
def _provinces(cities: frozenset[str]) -> frozenset[str | None]:
    """The provinces that cities lie in."""
    return frozenset(place.province for place in places.all_places() if place.name in cities)


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
    """A sentence of a hit's clause, `document.text[start:end]`: cosine with the question, the share of the question's
    tokens, weighted by rarity, that it matches (both at most 1), and how likely the reader finds it that the sentence
    answers (0 to 1)."""

    hit: Hit
    start: int
    end: int
    cosine: float
    match: float
    read: float

    @property
    def text(self) -> str:
        return self.hit.document.text[self.start : self.end]
