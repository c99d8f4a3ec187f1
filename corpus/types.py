"""What a corpus is made of: documents with metadata, and clauses that are spans of their text."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["national", "provincial", "city", "district", "unknown"]
Status = Literal["in_force", "expired", "not_yet", "unknown"]
Language = Literal["zh-Hans", "zh-Hant", "en"]
Kind = Literal["prose", "row", "bullet"]


class UserError(Exception):
    """A mistake that a user can mend: the message is one line that says what, where and what to do."""


class CorpusError(UserError):
    """A document or catalogue that cannot be used. The message names the file, the place and what to do."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself. Dates are ISO, as coarse as known (`2022-09`); None where the text is silent."""

    title: str | None = None
    city: str | None = None
    level: Level = "unknown"
    issuer: str | None = None
    number: str | None = None
    issued: str | None = None
    effective_from: str | None = None
    effective_to: str | None = None
    period: tuple[str, str] | None = None
    language: Language = "zh-Hans"


@dataclass(frozen=True, slots=True)
class Relation:
    """Another document that a document names: which it repeals, carries out, or refers to.

    `target` is its id where the corpus has it, `start` and `end` where its name stands in the text.
    """

    kind: Literal["repeals", "implements", "refers"]
    title: str
    number: str | None
    start: int
    end: int
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its metadata. `id` is the path relative to the corpus folder, with forward slashes."""

    id: str
    text: str
    metadata: Metadata
    catalogued: tuple[str, ...] = ()  # fields that catalog.csv gave, not the text

    relations: tuple["Relation", ...] = ()

    @property
    def title(self) -> str:
        return self.metadata.title or self.id

    def status(self, as_of: str) -> Status:
        """Validity on the ISO date `as_of`: expired from the day after the last day, never by a planning period."""
        starts = self.metadata.effective_from or self.metadata.issued
        ends = self.metadata.effective_to
        if ends and as_of > last_day(ends):
            return "expired"
        if starts and as_of < starts[: len(as_of)]:
            return "not_yet"
        return "in_force" if starts else "unknown"

    def period_over(self, as_of: str) -> bool:
        """Whether a document's planning period lies behind, though nothing says that it is no longer in force."""
        period = self.metadata.period
        return bool(period and as_of[:4] > period[1] and self.status(as_of) == "in_force")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table row: a span of the document's text. `column` is None where the text does not determine it."""

    column: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A paragraph, table row or bullet: `document.text[start:end]`. Identified by document, address and ordinal."""

    document: str
    address: tuple[str, ...]
    ordinal: int
    kind: Kind
    start: int
    end: int
    text: str
    lead: str = ""  # the sentence that introduces an item ("有下列情形之一的:"), for the index only
    cells: tuple[Cell, ...] = ()
    refers: tuple[tuple[int, int], ...] = ()  # spans of what it refers to (前款), for the index only


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that stands on lines of its own. Level 0 is the document's title."""

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's clauses, headings and furniture; with white space they cover the text without overlap."""

    clauses: tuple[Clause, ...]
    headings: tuple[Heading, ...]
    furniture: tuple[tuple[int, int], ...]


def last_day(date: str) -> str:
    """The latest day that an ISO date may mean: `2025` is 2025-12-31. Comparable as text with any ISO date."""
    return date if len(date) == 10 else (f"{date}-31" if len(date) == 7 else f"{date}-12-31")
