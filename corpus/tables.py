"""Tables that were flattened to one cell a line -> rows with cells, each cell with its column where the text tells.

A row begins with its number alone on a line. Cells that span rows stand once: groups before the first row that they
cover, departments after it. A yearly column is named only if a row holds as many values as there are years.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"[0-9０-９]{1,3}")
_YEAR = re.compile(r"\d{4}\s*年(?:底|末)?")
_SPREAD = re.compile("进度|進度|年度|分年|计划|計劃")
_DEPARTMENT = re.compile("部门|部門|单位|單位")
_BODY = re.compile(
    r"[^。；;\d]{1,14}(?:局|委|办|院|府|部|会|厅|署|银行|中心|机构|單位|单位|海关|大学|学校|院所|研究所|园区|城|区|县|市|集团|公司|处|支队)"
)
_TITLE = re.compile(r"(?:表|指\s*标|目\s*标|清单|目录|一览|路线图|分工|任务分解)$")
_GROUP_AT_MOST = 2


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number, the lines it covers (`last` included) and its cells as (column, line), shared cells too."""

    number: str
    first: int
    last: int
    cells: tuple[tuple[str | None, int], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The lines [first, end) of a table; those outside its title and rows are header and shared cells."""

    first: int
    end: int
    title: int | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    groups: tuple[str | None, ...]
    goal: str | None
    years: tuple[str, ...]
    departments: tuple[str, ...]
    values: int | None  # how many cells a row holds after its number; None where rows differ


def flattened_tables(texts: Sequence[str], structural: Sequence[bool]) -> dict[int, Table]:
    """Tables by their first line. `structural[i]` says that line i cannot be a cell.

    A heading elsewhere in the document that is worded like a cell tells that the cell names a group of rows.
    """
    known = {_plain(text) for text in texts if len(text) >= 6 and not text.endswith("。")}
    counts: dict[str, int] = {}
    for text in texts:
        counts[_plain(text)] = counts.get(_plain(text), 0) + 1
    known = {text for text in known if counts[text] > 1 or any(text in other for other in known if other != text)}
    tables = {}
    number = 0
    while number < len(texts):
        if structural[number] or not _NUMBER.fullmatch(texts[number]):
            number += 1
            continue
        table = _table(texts, structural, number, known)
        if table:
            tables[table.first] = table
        number = table.end if table else number + 1
    return tables


def _plain(text: str) -> str:
    return re.sub(r"^[(（]?[一二三四五六七八九十\d]+[)）.、．]\s*|\s|。$", "", text)


def _table(texts: Sequence[str], structural: Sequence[bool], start: int, known: set[str]) -> Table | None:
    end = start
    while end < len(texts) and not structural[end]:
        end += 1
    starts = [start]
    for number in range(start + 2, end):
        if _NUMBER.fullmatch(texts[number]) and int(texts[number]) == int(texts[starts[-1]]) + 1:
            starts.append(number)
    if len(starts) < 2 or start + 1 == end:
        return None
    first = start
    while first and not structural[first - 1] and not texts[first - 1].endswith(("。", "：", ":")):
        first -= 1
    title, columns = _header(texts, first, start)
    shared: list[tuple[str | None, int]] = []
    departments: list[tuple[str | None, int]] = []
    groups = [number for number in range(first, start) if len(texts[number]) > 6 and number != title]
    rows = []
    for begin, stop in zip(starts, [*starts[1:], end], strict=True):
        if groups:
            # A new inner group keeps the outer one; a new outer group brings its inner one with it.
            kept = shared[: max(0, len(columns.groups) - len(groups))]
            shared = kept + list(zip(columns.groups[-len(groups) :], groups, strict=False))
            departments = []
        own, groups = _split(texts, begin + 1, stop, columns, known, last=stop == end)
        bodies = [number for number in own[1:] if columns.departments and _is_body(texts[number])]
        values = [number for number in own[1:] if number not in bodies]
        if bodies:
            departments = list(zip(columns.departments, bodies, strict=False))
        named = columns.years if len(values) == len(columns.years) else (None,) * len(values)
        cells = [*shared, (columns.goal, own[0]), *zip(named, values, strict=True), *departments]
        rows.append(Row(texts[begin], begin, own[-1], tuple(cells)))
    return Table(first, end, title, tuple(rows))


def _header(texts: Sequence[str], first: int, start: int) -> tuple[int | None, _Columns]:
    """The title's line and the columns, read off the lines before the first row."""
    title = first if start - first > 2 and _TITLE.search(texts[first]) and len(texts[first]) > 6 else None
    block = range(first if title is None else first + 1, start)
    names = [re.sub(r"\s", "", texts[number]) for number in block if len(texts[number]) <= 6]
    groups = sum(1 for number in block if len(texts[number]) > 6)
    years = tuple(name for name in names if _YEAR.fullmatch(name))
    names = [name for name in names if name not in years]
    if years:
        names = [name for name in names if not _SPREAD.search(name)]
    departments = tuple(name for name in names if _DEPARTMENT.search(name))
    names = [name for name in names if name not in departments]
    groups = min(groups, _GROUP_AT_MOST, max(0, len(names) - 1)) if names else min(groups, _GROUP_AT_MOST)
    group_names: tuple[str | None, ...] = tuple(names[:groups]) if names else (None,) * groups
    goal = names[groups] if len(names) > groups else None
    values = len(names) - groups if names and not years and not departments else None
    return title, _Columns(group_names, goal, years, departments, values)


def _split(
    texts: Sequence[str], begin: int, stop: int, columns: _Columns, known: set[str], *, last: bool
) -> tuple[list[int], list[int]]:
    """The lines of a row's own cells, and those of the groups that begin after it."""
    cells = list(range(begin, stop))
    if last or len(cells) < 2:
        return (cells if columns.values is None else cells[: columns.values]) or cells, []
    if columns.values is not None:
        return cells[: columns.values], cells[columns.values :]
    bodies = [number for number in cells[1:] if columns.departments and _is_body(texts[number])]
    if bodies:
        own = cells[: cells.index(bodies[-1]) + 1]
    elif columns.years and len(cells) > 1 + len(columns.years):
        own = cells[: 1 + len(columns.years)]
    else:
        own = cells
        while len(cells) - len(own) < len(columns.groups) and len(own) > 1:
            candidate = texts[own[-1]]
            decided = len(own) < len(cells) or _plain(candidate) in known
            if not decided or candidate.endswith("。") or re.search(r"\d", candidate) or len(candidate) < 6:
                break
            own = own[:-1]
    return own, cells[len(own) :]


def _is_body(text: str) -> bool:
    """Whether a cell lists departments: 市发改委、经信委、各县(市)区政府、相关园区."""
    return all(_BODY.fullmatch(part.strip()) for part in re.split("[、，,]", text) if part.strip())
