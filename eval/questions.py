"""Question sets in the project's own form: questions with the clauses and the words that prove their answers."""

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from corpus.collection import Corpus
from corpus.types import Clause, UserError

OWN = Path(__file__).with_name("sets")
Half = Literal["dev", "test", "all"]
TEXTS = ("id", "question", "language", "kind", "status", "half")
LISTS = ("tags", "facts")
_ALLOWED = {"status": ("answered", "no_evidence", "contradicted"), "half": ("dev", "test"), "language": ("zh", "en")}


@dataclass(frozen=True, slots=True)
class Gold:
    """Words that prove an answer, in the clause that holds them."""

    document: str
    address: tuple[str, ...]
    ordinal: int
    quote: str
    where: str = field(default="", compare=False)  # the file and line that it was read from, for error messages


@dataclass(frozen=True, slots=True)
class Item:
    """A question with what its answer needs: of each need, any one of the golds will do."""

    id: str
    question: str
    language: str
    kind: str
    status: str
    half: str
    tags: tuple[str, ...]
    facts: tuple[str, ...]
    needs: tuple[tuple[Gold, ...], ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A gold quote found: its clause, and `document.text[start:end]`."""

    clause: Clause
    start: int
    end: int

    @property
    def quote(self) -> str:
        return self.clause.text[self.start - self.clause.start : self.end - self.clause.start]


def path_of(name: str) -> Path:
    """A set by name (policies) or by path. Raises UserError if there is none."""
    for path in (OWN / f"{name}.jsonl", Path(name)):
        if path.exists():
            return path
    known = ", ".join(sorted(path.stem for path in OWN.glob("*.jsonl")))
    raise UserError(f"{name}: no such question set; eval/sets has {known}")


def read(path: Path, half: Half = "all") -> list[Item]:
    """The questions of a set in the project's form. Raises UserError naming file, line and what is wrong."""
    items: dict[str, Item] = {}
    for where, row in json_lines(path):
        one = _item(row, f"{where}, field")
        if one.id in items:
            raise UserError(f"{where}, field id: {one.id} stands twice")
        items[one.id] = one
    if not items:
        raise UserError(f"{path}: holds no question")
    return of_half(list(items.values()), half, path)


def of_half(items: Sequence[Item], half: Half, path: Path) -> list[Item]:
    """The questions of one half. Raises UserError if there is none."""
    kept = [item for item in items if half in ("all", item.half)]
    if not kept:
        raise UserError(f"{path}: holds no question of the half {half}; --half all takes every question")
    return kept


def json_lines(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """The objects of a file of JSON lines, plain or .gz, each with "file, line n"; blank lines are skipped. Raises
    UserError."""
    try:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8-sig") as file:
            lines = file.read().split("\n")
    except FileNotFoundError:
        raise UserError(f"{path}: no such file") from None
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: cannot be read as UTF-8: {error}") from None
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UserError(f"{path}, line {number}: is not JSON: {error}") from None
        if not isinstance(row, dict):
            raise UserError(f"{path}, line {number}: is no JSON object")
        found.append((f"{path}, line {number}", row))
    return found


def _item(row: Mapping[str, Any], where: str) -> Item:
    for name in (*TEXTS, *LISTS, "gold"):
        if name not in row:
            raise UserError(f"{where} {name}: is missing")
        if not (isinstance(row[name], str) and row[name] if name in TEXTS else isinstance(row[name], list)):
            raise UserError(f"{where} {name}: {row[name]!r} is no {'text' if name in TEXTS else 'list'}")

    def gold(row: Mapping[str, Any]) -> Gold:
        return Gold(row["document"], tuple(row["address"]), int(row["ordinal"]), row["quote"], f"{where} gold,")

    try:
        needs = [[gold(one) for one in need] for need in row["gold"]]
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(f"{where} gold: has document, address, ordinal and quote; wrong at {error}") from None
    return item(row, needs, where)


def item(row: Mapping[str, Any], needs: Iterable[Iterable[Gold]], where: str) -> Item:
    """A question from a row with its texts and lists, if what it says of itself is consistent. Raises UserError."""
    for name, allowed in _ALLOWED.items():
        if row[name] not in allowed:
            raise UserError(f"{where} {name}: {row[name]!r} is none of {', '.join(allowed)}")
    fields: dict[str, Any] = {name: row[name] for name in TEXTS} | {name: tuple(row[name]) for name in LISTS}
    one = Item(**fields, needs=tuple(map(tuple, needs)))
    if (one.status == "no_evidence") == bool(one.needs) or not all(one.needs):
        raise UserError(f"{where} status: {one.status!r}; a question has gold exactly if the corpus answers it")
    return one


def locate(items: Sequence[Item], corpus: Corpus) -> dict[str, tuple[tuple[Span, ...], ...]]:
    """Where each question's golds stand, by question id: of each need its spans.

    Raises UserError for a gold whose document or clause does not exist, or whose quote is not exactly once in it.
    """
    by_identity = {(clause.document, clause.address, clause.ordinal): clause for clause in corpus.clauses}
    documents = {document.id for document in corpus.documents}

    def span(gold: Gold) -> Span:
        clause = by_identity.get((gold.document, gold.address, gold.ordinal))
        if gold.document not in documents:
            raise UserError(f"{gold.where} document: {corpus.folder} holds no {gold.document}")
        if clause is None:
            address = "/".join(gold.address)
            raise UserError(f"{gold.where} address: {gold.document} has no clause {address} {gold.ordinal}")
        if (times := clause.text.count(gold.quote) if gold.quote else 0) != 1:
            raise UserError(f"{gold.where} quote: stands {times} times in its clause, not once: {gold.quote[:30]!r}")
        start = clause.start + clause.text.index(gold.quote)
        return Span(clause, start, start + len(gold.quote))

    return {item.id: tuple(tuple(span(gold) for gold in need) for need in item.needs) for item in items}
