"""A question set as a spreadsheet's CSV: one row for each gold, several rows with one id for one question."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from corpus.types import UserError
from eval.questions import Gold, Item, item

COLUMNS = ("id", "question", "language", "kind", "status", "half", "tags", "facts")
GOLD_COLUMNS = ("need", "document", "address", "ordinal", "quote")
_BETWEEN = " / "  # entries of one cell; headings have no spaces


def write(path: Path, items: Iterable[Item]) -> None:
    """UTF-8 with a byte order mark, by which spreadsheets know it. Raises UserError if the file is there already."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow([*COLUMNS, *GOLD_COLUMNS])
    for one in items:
        plain = [one.id, one.question, one.language, one.kind, one.status, one.half]
        plain += [_BETWEEN.join(one.tags), _BETWEEN.join(one.facts)]
        golds = [(number, gold) for number, need in enumerate(one.needs, 1) for gold in need]
        for number, gold in golds:
            table.writerow([*plain, number, gold.document, _BETWEEN.join(gold.address), gold.ordinal, gold.quote])
        if not golds:
            table.writerow([*plain, "", "", "", "", ""])
    try:
        with path.open("x", encoding="utf-8-sig", newline="") as file:
            file.write(out.getvalue())
    except FileExistsError:
        raise UserError(f"{path}: is there already and may hold corrections; name another file") from None


def read(path: Path) -> list[Item]:
    """The questions of a CSV in the order of their first rows. Raises UserError naming row and column."""
    try:
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    except UnicodeDecodeError:
        raise UserError(f"{path}: is not UTF-8; save it as CSV UTF-8") from None
    if missing := [name for name in (*COLUMNS, *GOLD_COLUMNS) if not rows or name not in rows[0]]:
        raise UserError(f"{path}, row 1: has no column {missing[0]}")
    questions: dict[str, tuple[str, dict[str, str]]] = {}
    needs: dict[str, dict[str, list[Gold]]] = {}
    for number, cells in enumerate(rows[1:], 2):
        row = dict(zip(rows[0], (cell.strip() for cell in cells), strict=False))
        if not any(row.values()):
            continue
        where = f"{path}, row {number}, column"
        if len(cells) < len(rows[0]):
            raise UserError(f"{path}, row {number}: has {len(cells)} cells, not {len(rows[0])}")
        for name in ("id", "question"):
            if not row[name]:
                raise UserError(f"{where} {name}: is empty")
        first = questions.setdefault(row["id"], (where, row))[1]
        if differing := [name for name in COLUMNS if row[name] != first[name]]:
            raise UserError(f"{where} {differing[0]}: differs from an earlier row of {row['id']}")
        if row["document"] or row["quote"]:
            needs.setdefault(row["id"], {}).setdefault(row["need"], []).append(_gold(row, where))
    if not questions:
        raise UserError(f"{path}: holds no question")
    return [_item(row, needs.get(name, {}), where) for name, (where, row) in questions.items()]


def _gold(row: dict[str, str], where: str) -> Gold:
    if not row["ordinal"].isdigit():
        raise UserError(f"{where} ordinal: {row['ordinal']!r} is no whole number")
    return Gold(row["document"], _entries(row["address"]), int(row["ordinal"]), row["quote"], where)


def _item(row: dict[str, str], needs: dict[str, list[Gold]], where: str) -> Item:
    golds = tuple(tuple(golds) for golds in needs.values())
    return item(row, _entries(row["tags"]), _entries(row["facts"]), golds, where)


def _entries(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(_BETWEEN) if part.strip())
