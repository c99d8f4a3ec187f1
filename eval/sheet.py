"""A question set as a spreadsheet's CSV: one row for each gold, several rows with one id for one question."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from corpus.types import UserError
from eval.questions import LISTS, TEXTS, Gold, Item, item

COLUMNS = (*TEXTS, *LISTS)
GOLD_COLUMNS = ("need", "document", "address", "ordinal", "quote")
_BETWEEN = " / "  # entries of one cell; headings have no spaces


def write(path: Path, items: Iterable[Item]) -> None:
    """UTF-8 with a byte order mark, by which spreadsheets know it. Raises UserError if the file is there already."""
    try:
        with path.open("x", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file)
            table.writerow([*COLUMNS, *GOLD_COLUMNS])
            for one in items:
                plain = [getattr(one, name) for name in TEXTS] + [_BETWEEN.join(getattr(one, name)) for name in LISTS]
                golds: list[tuple[object, ...]] = [
                    (number, gold.document, _BETWEEN.join(gold.address), gold.ordinal, gold.quote)
                    for number, need in enumerate(one.needs, 1)
                    for gold in need
                ]
                table.writerows([*plain, *gold] for gold in golds or [("",) * len(GOLD_COLUMNS)])
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
    questions: dict[str, tuple[dict[str, str], dict[str, list[Gold]], str]] = {}  # row, golds by need, where
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
        first, needs, _ = questions.setdefault(row["id"], (row, {}, where))
        if differing := [name for name in COLUMNS if row[name] != first[name]]:
            raise UserError(f"{where} {differing[0]}: differs from an earlier row of {row['id']}")
        if row["document"] or row["quote"]:
            needs.setdefault(row["need"], []).append(_gold(row, where))
    if not questions:
        raise UserError(f"{path}: holds no question")
    return [
        item(row | {name: _entries(row[name]) for name in LISTS}, needs.values(), where)
        for row, needs, where in questions.values()
    ]


def _gold(row: dict[str, str], where: str) -> Gold:
    if not row["ordinal"].isdigit():
        raise UserError(f"{where} ordinal: {row['ordinal']!r} is no whole number")
    return Gold(row["document"], _entries(row["address"]), int(row["ordinal"]), row["quote"], where)


def _entries(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(_BETWEEN) if part.strip())
