"""Question sets: the project's own form (questions with gold quotes), and BEIR folders."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from corpus.types import Clause, UserError

OWN = Path(__file__).with_name("sets")
Half = Literal["dev", "test", "all"]
_FIELDS = ("id", "question", "language", "kind", "status", "half", "tags", "facts", "gold")


@dataclass(frozen=True, slots=True)
class Gold:
    """Words that prove an answer, in the clause that holds them."""

    document: str
    address: tuple[str, ...]
    ordinal: int
    quote: str


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


def path_of(name: str) -> Path:
    """A set by name (policies) or by path. Raises UserError if there is none."""
    for path in (OWN / f"{name}.jsonl", Path(name)):
        if path.exists():
            return path
    raise UserError(
        f"{name}: no such question set; eval/sets has {', '.join(sorted(p.stem for p in OWN.glob('*.jsonl')))}"
    )


def read(path: Path, half: Half = "all") -> list[Item]:
    """The questions of a set in the project's form. Raises UserError naming file, line and what is wrong."""
    items: list[Item] = []
    seen: set[str] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path}, line {number}"
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UserError(f"{where}: is not JSON: {error}") from None
        if missing := [name for name in _FIELDS if name not in row]:
            raise UserError(f"{where}: has no {missing[0]}")
        if row["id"] in seen:
            raise UserError(f"{where}: the id {row['id']} stands twice")
        seen.add(row["id"])
        items.append(_item(row, where))
    if not items:
        raise UserError(f"{path}: holds no question")
    return [item for item in items if half in ("all", item.half)]


def _item(row: dict[str, Any], where: str) -> Item:
    try:
        needs = tuple(
            tuple(Gold(gold["document"], tuple(gold["address"]), gold["ordinal"], gold["quote"]) for gold in need)
            for need in row["gold"]
        )
    except (KeyError, TypeError) as error:
        raise UserError(f"{where}: a gold has document, address, ordinal and quote; wrong at {error}") from None
    if (row["status"] == "no_evidence") == bool(needs):
        raise UserError(f"{where}: a question has gold exactly if the corpus answers it")
    plain = [row[name] for name in ("id", "question", "language", "kind", "status", "half")]
    return Item(*plain, tuple(row["tags"]), tuple(row["facts"]), needs)


def check(items: Sequence[Item], clauses: Sequence[Clause], path: Path) -> None:
    """Every gold's clause exists and holds its quote exactly once. Raises UserError naming question and gold."""
    by_identity = {(clause.document, clause.address, clause.ordinal): clause.text for clause in clauses}
    for item in items:
        for gold in (gold for need in item.needs for gold in need):
            text = by_identity.get((gold.document, gold.address, gold.ordinal))
            where = f"{path}, question {item.id}: {gold.document} {''.join(gold.address)} 第{gold.ordinal}款"
            if text is None:
                raise UserError(f"{where}: no such clause")
            if text.count(gold.quote) != 1:
                raise UserError(f"{where}: holds the quote {text.count(gold.quote)} times: {gold.quote[:30]}")
