"""Tables in a text -> rows with cells, each cell with its column where the text tells.

Ruled tables have their cells between tabs or bars, one row a line, or several where rules part the rows. Flattened ones have one cell a line: a row begins
with its number alone on a line; cells that span rows stand once, groups before the first row that they cover,
departments after it; a yearly column is named only if a row holds as many values as there are years. Where rows have no
numbers, those of equal length are known by the columns that hold figures in all of them. What fits no row is no part of
a table.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.markers import marker

BETWEEN_CELLS = re.compile(r"[\t|]|[ \u3000]{2,}")  # of a row on one line
_RULE = re.compile(":?(?:-{3,}|[─━═]+):?")
_BOX = re.compile("[│┃║┌┏╔├┣╠└┗╚].*[│┃║┐┓╗┤┫╣┘┛╝]")  # a line of a table drawn with characters
_BORDER = re.compile("[│┃║┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝]")
_NUMBER = re.compile(r"[0-9０-９]{1,3}")
_YEAR = re.compile(r"\d{4}\s*年(?:底|末)?")
_SPREAD = re.compile("进度|進度|年度|分年|计划|計劃")
_DEPARTMENT = re.compile("部门|部門|单位|單位")
_BODY = re.compile(
    r"[^。；;\d]{0,14}(?:局|委|办|院|府|部|会|厅|署|银行|[分支]行|中心|机构|單位|单位|海关|[科社]协|妇联|工商联|交易所|大学|学校|院所|研究所|园区|城|区|县|市|集团|公司|处|支队)"
)
_TITLE = re.compile(r"(?:表|指\s*标|目\s*标|清单|目录|一览|路线图|分工|任务分解)$")
_CAPTION = re.compile(r"附?表\s*[0-9０-９一二三四五六七八九十]+(?:[-—.．][0-9]+)?[\s:：、.]*[^。；;]{2,40}")
_NOTE = re.compile(r"[(（]?(?:备注|備注|附注|注|说明|說明)\s*\d?\s*[:：.]")
_NO_CELL = re.compile(r"[：:]$|[。；;][^。；;]+。$|^[(（][^()（）]{6,}[)）]$")
# What a cell that says nothing may hold; an empty line says as little.
NOTHING = re.compile(r"(?:[-—－–/／]{1,2}|[无無])?")
# What stands for a figure: 不设上限, 不享受, 全额.
_NO_FIGURE = re.compile(
    "不设上限|无上限|上不封顶|不限|不?(?:享受|适用|补助|资助|奖励)|不予[㐀-鿿]{2}|全额|免费|免收|另行[㐀-鿿]{2,4}|视情况[㐀-鿿]{0,4}"
)
_WHEN = re.compile(
    r"(?:每[年月季]|持续|长期|常年|全年|年[底内]|按|即时|\d{4}\s*年|\d{4}\s*[-—–~至]|\d{1,2}月|[上下]半年|第.季度).{0,12}"
)
_FIGURE = re.compile(r"[≥≤<>＜＞约超]?\s*\d[\d.,，]*\s*[^\d，。；、]{0,4}(?:以[上下]|左右)?")
# An amount and nothing else: 最高10万元, 3件, 90%以上; 2023年目标 and 最高10万元的 are none.
_AMOUNT = re.compile(
    r"(?:[^\d第]{0,8}?\d[\d.,，]*(?:[-—–~～至]\d[\d.,]*)?\s*(?:[%％‰]|[千万萬亿億百]*(?:[元件家个個项項人次天日月年名户所亩篇部台套场場笔批起条條类類种種级級档分点點倍位]|小时|公里|平方米)|[万萬亿億])|[≥≤<>＜＞约超+-]?\s*\d[\d.,，]*)(?:以[上下内內]|左右)?"
)
_OF_YEAR = r"(?:19|20)\d\d(?:\s*[-—–~～至]\s*(?:19|20)\d\d)?\s*年"
_YEARLY = re.compile(
    "(?:目[标標]|任[务務]|[计計][划劃]|指[标標]|[实實][际際]|情[况況]|安排|[预預]算|[决決]算|[预預]期)值?(?:[(（][^()（）]*[)）])?$"
)
_MEASURES = re.compile(r"(?:19|20)\d\d年|[(（][^()（）]{1,6}[)）]$")  # a column's name with its year or unit
_HEADER_AT_MOST = 3  # rows
_LEAST_ROWS = 3  # with a cell for each column, to tell by their kinds which cell another row lacks or has in two lines
_GROUP_AT_MOST = 2
_MOST_COLUMNS = 10
_LONGEST_CELL = 150  # characters; a longer line is running text, unless a header has announced the table


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number, the lines it covers (`last` included) and its cells, shared ones too."""

    number: str
    first: int
    last: int
    cells: tuple["Span", ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A cell: its column if the text tells it, and where it stands, `texts[line][start:end]`.

    One that was broken ends on the line `last`, at `texts[last][:end]`.
    """

    column: str | None
    line: int
    start: int
    end: int
    last: int | None = None


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
    plain: tuple[str, ...] = ()  # the columns after 序号 where no cell is shared: all of a row's cells, in order


def ruled_tables(texts: Sequence[str]) -> dict[int, Table]:
    """Tables of two rows or more whose cells stand between tabs, bars as in Markdown or drawn, or spaces, by their first
    line."""
    tables = {}
    number = 0
    while number < len(texts):
        end = number
        while end < len(texts) and len(_cells(texts[end])) > 1:
            end += 1
        if end - number > 1:
            table = _ruled(texts, number, end, _cells)
            tables[table.first] = table
        for cells_of in (aligned, _spaced):
            width = len(cells_of(texts[number])) if end == number else 0
            stop = number + 1
            while width and stop < len(texts) and len(cells_of(texts[stop])) == width:
                stop += 1
            if width and _is_aligned_table(texts[number:stop], cells_of):
                table = _ruled(texts, number, stop, cells_of)
                tables[table.first] = table
                end = stop
        number = max(end, number + 1)
    return tables


def aligned(text: str) -> list[tuple[int, int]]:
    """The cells of a line between runs of spaces or drawn bars, if there are three or more; [] for another line."""
    if _BOX.fullmatch(text):
        return _cells(text)
    if len(BETWEEN_CELLS.findall(text)) < 2:
        return []
    found = [match.span() for match in re.finditer(r"\S+(?:[ \u3000]\S+)*", text)]
    number = marker(text)
    return found if len(found) > 2 and "\t" not in text and (not number or number[1].isdigit()) else []


def _spaced(text: str) -> list[tuple[int, int]]:
    """The cells of a line between single full-width spaces, if there are three or more; [] for another line."""
    found = [match.span() for match in re.finditer(r"[^\s]+(?: [^\s]+)*", text)]
    number = marker(text)
    plain = len(found) > 2 and not re.search(r"[\t|]|\s\s", text)
    return found if plain and (not number or number[1].isdigit()) else []


def _is_aligned_table(texts: Sequence[str], cells_of: Callable[[str], list[tuple[int, int]]]) -> bool:
    """Whether lines of equally many cells are a table: the first names the columns of two rows or more, and one of these
    columns holds figures in all rows, which its name does not."""
    rows = [[text[start:stop] for start, stop in cells_of(text)] for text in texts]
    figures = any(all(re.search(r"\d", cell) for cell in column[1:]) for column in zip(*rows, strict=True))
    return len(rows) > 2 and figures and _names_columns(rows[0], rows[1:])


def _ruled(texts: Sequence[str], first: int, end: int, cells_of: Callable[[str], list[tuple[int, int]]]) -> Table:
    said = [[texts[number][start:stop] for start, stop in cells_of(texts[number])] for number in range(first, end)]
    names, heads = column_names(said)
    rows: list[Row] = []
    rules = [number for number in range(first + heads, end - 1) if _is_rule(said[number - first])]
    for number in range(first + heads, end):
        cells = cells_of(texts[number])
        own_cells = said[number - first]
        if _is_one(own_cells) or all(re.fullmatch(r":?[-─━═]+:?", text) for text in own_cells):
            continue  # a heading that spans the table, or a rule
        columns = [name or None for name in names] if len(cells) == len(names) else [None] * len(cells)
        own = _NUMBER.fullmatch(own_cells[0])
        spans = tuple(
            Span(column, number, start, stop)
            for column, (start, stop) in zip(columns, cells, strict=True)
            if stop > start
        )
        if rules and rows and not any(rows[-1].last < rule < number for rule in rules):
            rows[-1] = replace(rows[-1], last=number, cells=(*rows[-1].cells, *spans))  # its cells go on
            continue
        rows.append(Row(own_cells[0] if own else str(len(rows) + 1), number, number, spans))
    if first and _CAPTION.fullmatch(texts[first - 1]):
        return Table(first - 1, end, first - 1, tuple(rows))
    return Table(first, end, None, tuple(rows))


def as_lines(rows: Sequence[Sequence[str]], marked: int) -> Iterator[str]:
    """The rows of a table as lines, cells between tabs. `marked` is how many of them the source marks as header: if
    their words do not tell that they are, a rule as in Markdown stands below them and tells it."""
    told = column_names(rows)[1] == marked
    for number, row in enumerate(rows):
        if number == marked > 0 and not told:
            yield "\t".join(["---"] * len(row))
        yield "\t".join(row)


def column_names(rows: Sequence[Sequence[str]]) -> tuple[list[str], int]:
    """The names of a table's columns ('' for one without) and how many rows at the top hold them; ([], 0) if none do.

    They stand above a rule; else in the first row, or the first two if the first groups columns, if these read like
    names. A heading that spans the table may stand above them.
    """
    top = next((at for at, row in enumerate(rows) if not _is_one(row) and not _is_rule(row)), 0)
    for at in range(top + 1, min(top + _HEADER_AT_MOST + 1, len(rows))):
        if _is_rule(rows[at]):
            return _joined(rows[top:at]), at + 1
    names = _joined(rows[top : top + 1])
    if _heads(names, rows[top + 1 :]):
        return names, top + 1
    if top + 2 < len(rows) and len(set(names)) < len(names) and rows[top][0] == rows[top + 1][0]:
        names = _joined(rows[top : top + 2])
        figures = any(_FIGURE.fullmatch(text) for text in rows[top + 2])
        if figures and _heads(names, rows[top + 2 :]):
            return names, top + 2
    return [], 0


def _is_one(row: Sequence[str]) -> bool:
    """Whether the cells of a row are one that spans all columns."""
    return len(set(row)) == 1


def _is_rule(row: Sequence[str]) -> bool:
    return all(_RULE.fullmatch(text) for text in row)


def _joined(header: Sequence[Sequence[str]]) -> list[str]:
    """The names that the rows of a header make: 2023年 above 目标 is 2023年目标."""
    rows = [[re.sub(r"\s", "", text) for text in row] for row in header if len(row) == len(header[-1])]
    return ["".join(dict.fromkeys(column)) for column in zip(*rows, strict=True)]


def _heads(names: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether texts are the names of the columns of the rows below: short, different, and no figures themselves.

    One stands twice (office, telephone, another office, telephone) only above columns of figures."""
    if not all(names) or any(len(name) > 20 or "。" in name for name in names):
        return False
    rows = [row for row in below if len(row) == len(names) and not _is_one(row)]
    for at, name in enumerate(names):
        if names.count(name) > 1:
            figures = sum(1 for row in rows if re.search(r"\d", row[at]))
            if name in names[at + 1 : at + 2] or re.search(r"\d", name) or 2 * figures <= len(rows):
                return False
    figured = [at for at, name in enumerate(names) if re.search(r"\d", name) and not _YEAR.fullmatch(name)]
    shapes = Counter(_shape(name) for name in names)
    return all(
        _heads_column(names[at], [row[at] for row in rows], alike=shapes[_shape(names[at])] > 1) for at in figured
    )


def _heads_column(name: str, cells: Sequence[str], *, alike: bool) -> bool:
    """Whether a text with a figure in it, 2023年目标 or 最高10万元的, names the column of the cells below: these are
    figures, which it is not, or it says of which year they are. `alike` says that another text of the row differs from
    it in the figure only."""
    said = [cell for cell in cells if not NOTHING.fullmatch(cell)]
    dated = re.match(_OF_YEAR, name)
    if _AMOUNT.fullmatch(name) or not said or _shape(name) in map(_shape, said):
        return False
    if dated and any(re.match(_OF_YEAR, cell) for cell in said):
        return False
    figures = sum(1 for cell in said if _FIGURE.fullmatch(cell) or _AMOUNT.fullmatch(cell))
    return 2 * figures > len(said) or bool(dated and (alike or _YEARLY.search(name)))


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _cells(text: str) -> list[tuple[int, int]]:
    """The cells of a line as spans without the white space around them; [] for a line that is no row."""
    if "\t" in text:
        if (number := marker(text)) and text[len(number[1]) :].startswith("\t"):
            return []  # a number and a tab begin a heading or an item, as text pasted from Word has them
        borders = [-1, *(match.start() for match in re.finditer("\t", text)), len(text)]
    elif text.startswith("|") and text.endswith("|") and len(text) > 2:
        borders = [match.start() for match in re.finditer(r"\|", text)]
    elif _BOX.fullmatch(text):
        borders = [match.start() for match in _BORDER.finditer(text)]
    else:
        return []
    found = []
    for left, right in pairwise(borders):
        cell = text[left + 1 : right]
        start = left + 1 + len(cell) - len(cell.lstrip())
        found.append((start, start + len(cell.strip())))
    return found


def flattened_tables(texts: Sequence[str], structural: Sequence[bool], blanks: Mapping[int, int]) -> dict[int, Table]:
    """Tables of one cell a line by their first line. `structural[i]` says that line i cannot be a cell, `blanks[i]` how
    many empty lines above it could be cells that say nothing: they are if columns are known by them."""
    found = _flattened(texts, structural)
    if not blanks:
        return found
    whole: list[str] = []
    real: list[int] = []  # the line that each of `whole` is, or that it stands above
    for number, text in enumerate(texts):
        whole += [*[""] * blanks.get(number, 0), text]
        real += [number] * (blanks.get(number, 0) + 1)

    def last(at: int) -> int:
        return real[at] - (not whole[at])

    for table in _flattened(
        whole, [bool(text) and structural[at] for at, text in zip(real, whole, strict=True)]
    ).values():
        rows = tuple(
            Row(
                row.number,
                real[row.first],
                last(row.last),
                tuple(
                    replace(cell, line=real[cell.line], last=None if cell.last is None else last(cell.last))
                    for cell in row.cells
                ),
            )
            for row in table.rows
        )
        title = None if table.title is None else real[table.title]
        table = Table(real[table.first], [*real, len(texts)][table.end], title, rows)
        others = [other for other in found.values() if other.first < table.end and table.first < other.end]
        if _named(table) > sum(map(_named, others)):
            for other in others:
                del found[other.first]
            found[table.first] = table
    return found


def _named(table: Table) -> int:
    return sum(1 for row in table.rows for cell in row.cells if cell.column)


def _flattened(texts: Sequence[str], structural: Sequence[bool]) -> dict[int, Table]:
    found = unnumbered_tables(texts, structural)
    inside = {number for table in found.values() for number in range(table.first, table.end)}
    return found | numbered_tables(texts, [known or number in inside for number, known in enumerate(structural)])


def unnumbered_tables(texts: Sequence[str], structural: Sequence[bool]) -> dict[int, Table]:
    """Tables by their first line whose rows are equally many lines without a number, one cell each.

    The rows agree in which of their cells hold figures, and both kinds occur, so that a cell too many or too few is
    noticed: then all of it is text. A header has as many names; without one the columns have none.
    """
    bounds = [
        structural[at] or len(text) > _LONGEST_CELL or bool(_NO_CELL.search(text) or _NOTE.match(text))
        for at, text in enumerate(texts)
    ]
    figures = [
        None if NOTHING.fullmatch(text) or _NO_FIGURE.fullmatch(text) else bool(re.search(r"\d", text))
        for text in texts
    ]
    tables = {}
    number = 0
    while number < len(texts):
        above = texts[number - 1] if number else ""
        begins = texts[number] and not bounds[number] and (not above or bounds[number - 1] or above.endswith("。"))
        table = _unnumbered(texts, bounds, figures, number) if begins else None
        if table:
            tables[table.first] = table
        number = table.end if table else number + 1
    return tables


def _unnumbered(
    texts: Sequence[str], bounds: Sequence[bool], figures: Sequence[bool | None], first: int
) -> Table | None:
    titles = [None, first] if _TITLE.search(texts[first]) or _CAPTION.fullmatch(texts[first]) else [None]
    for title in titles:
        start = first if title is None else first + 1
        if title is not None and (table := _figured(texts, bounds, figures, first)):
            return table
        for width in range(2, min(_MOST_COLUMNS, (len(texts) - start) // 2) + 1):
            for begin in (start + width, start):  # with and without a header
                end = _same_rows(bounds, figures, begin, width)
                rows = (end - begin) // width
                if rows < 2 or rows * width < 6:
                    continue
                names = tuple(re.sub(r"\s", "", text) for text in texts[start:begin])
                # 8 and 9 below 产值(亿元) are values, whatever they are below another name.
                counted = [at for at in range(width) if not names or not _MEASURES.search(names[at])]
                if any(_counts(texts[begin + at : end : width]) for at in counted):
                    continue
                below = [texts[at : at + width] for at in range(begin, end, width)]
                fits = _names_columns(names, below) if names else figures[end - 1] and rows > 2
                if fits and (end == len(texts) or bounds[end] or not texts[end] or texts[end].endswith("。")):
                    columns = names or (None,) * width
                    return Table(first, end, title, tuple(_lines_as_rows(texts, range(begin, end, width), columns)))
    return None


def _figured(texts: Sequence[str], bounds: Sequence[bool], figures: Sequence[bool | None], title: int) -> Table | None:
    """A table under a title whose cells below its header are figures, all of them: 10—29, 5, 12个月."""
    start = begin = title + 1
    while begin < len(texts) and not bounds[begin] and figures[begin] is False:
        begin += 1
    width, end = begin - start, begin
    while end < len(texts) and not bounds[end] and figures[end]:
        end += 1
    names = tuple(re.sub(r"\s", "", text) for text in texts[start:begin])
    ends = end == len(texts) or bounds[end] or not texts[end]
    if not ends or not 1 < width <= _MOST_COLUMNS or (end - begin) % width or end - begin < 2 * width:
        return None
    below = [texts[at : at + width] for at in range(begin, end, width)]
    if not _names_columns(names, below) or any(_counts(texts[begin + at : end : width]) for at in range(width)):
        return None
    return Table(title, end, title, tuple(_lines_as_rows(texts, range(begin, end, width), names)))


def _same_rows(bounds: Sequence[bool], figures: Sequence[bool | None], begin: int, width: int) -> int:
    """The end of the rows from `begin` on that have figures in the same columns: not in the first, but in another.

    A cell that says nothing fits any column but the first.
    """
    pattern = list(figures[begin : begin + width])
    end = begin
    while end + width <= len(figures) and not any(bounds[end : end + width]):
        row = figures[end : end + width]
        if row[0] is not False or any(
            None not in (own, cell) and own != cell for own, cell in zip(pattern, row, strict=True)
        ):
            break
        pattern = [cell if own is None else own for own, cell in zip(pattern, row, strict=True)]
        end += width
    return end if any(pattern) else begin


def _counts(texts: Sequence[str]) -> bool:
    """Whether cells are the numbers of rows, which then begin with them."""
    numbers = [int(text) for text in texts if _NUMBER.fullmatch(text)]
    return len(numbers) == len(texts) and all(below == above + 1 for above, below in pairwise(numbers))


def _names_columns(names: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    bare = [re.sub(r"[(（][^()（）]*[)）]", "", name) for name in names]
    plain = all(len(name) <= 20 and not re.search("[。；;：:，,！!？?]", name) for name in bare)
    return plain and len(set(names)) == len(names) and _heads(names, below)


def _lines_as_rows(texts: Sequence[str], starts: Sequence[int], columns: Sequence[str | None]) -> Iterator[Row]:
    """Rows of as many lines as there are columns, one cell each."""
    for count, begin in enumerate(starts, 1):
        lines = range(begin, begin + len(columns))
        yield Row(str(count), begin, lines[-1], _spans(texts, columns, lines))


def _spans(texts: Sequence[str], columns: Sequence[str | None], lines: Sequence[int]) -> tuple[Span, ...]:
    """A cell a line, or a cell on two lines one after another that are of the same column."""
    found: list[Span] = []
    for column, line in zip(columns, lines, strict=True):
        if column and found and found[-1].column == column:
            found[-1] = replace(found[-1], end=len(texts[line]), last=line)
        elif texts[line]:
            found.append(Span(column, line, 0, len(texts[line])))
    return tuple(found)


def numbered_tables(texts: Sequence[str], structural: Sequence[bool]) -> dict[int, Table]:
    """Tables by their first line. `structural[i]` says that line i cannot be a cell.

    A heading elsewhere in the document that is worded like a cell tells that the cell names a group of rows.
    """
    counts = Counter(_plain(text) for text in texts)
    known = {text for text, times in counts.items() if times > 1 and len(text) >= 6}
    numbers: dict[int, list[int]] = {}
    for at, text in enumerate(texts):
        if _NUMBER.fullmatch(text):
            numbers.setdefault(int(text), []).append(at)
    borders = {False: _borders(texts, structural, longest=_LONGEST_CELL), True: _borders(texts, structural, None)}
    tables = {}
    number = 0
    carried, counted = None, 0  # a header with 序号, and the last number of a row under it
    while number < len(texts):
        if structural[number] or not _NUMBER.fullmatch(texts[number]):
            if header := _numbered_header(texts, structural, number):
                carried, counted = header, 0
            elif re.match("附[件表錄录]", texts[number]):
                carried = None
            number += 1
            continue
        if int(texts[number]) not in (1, counted + 1):
            carried = None
        starts = _row_starts(texts, number, borders[carried is not None][number], numbers)
        table = _table(texts, structural, starts, borders[carried is not None][number], known, carried)
        if table:
            tables[table.first] = table
            counted = int(table.rows[-1].number)
        number = table.end if table else number + 1
    return tables


def _plain(text: str) -> str:
    return re.sub(r"^[(（]?[一二三四五六七八九十\d]+[)）.、．]\s*|\s|。$", "", text)


def _borders(texts: Sequence[str], structural: Sequence[bool], longest: int | None) -> list[int]:
    """For each line the next one that no table reaches into: a structural one, or one longer than `longest`."""
    found = [len(texts)] * len(texts)
    border = len(texts)
    for number in range(len(texts) - 1, -1, -1):
        if structural[number] or (longest is not None and len(texts[number]) > longest):
            border = number
        found[number] = border
    return found


def _row_starts(texts: Sequence[str], start: int, end: int, numbers: dict[int, list[int]]) -> list[int]:
    """The lines of the numbers that count on from the one at `start`, each with a cell at least below it."""
    starts = [start]
    while True:
        following = numbers.get(int(texts[starts[-1]]) + 1, [])
        at = bisect_right(following, starts[-1] + 1)
        if at == len(following) or following[at] >= end - 1:
            return starts
        starts.append(following[at])


def is_number_column(text: str) -> bool:
    """Whether a cell heads the column of row numbers."""
    return re.sub(r"\s", "", text) in ("序号", "序號", "编号", "編號", "项次", "項次")


def _numbered_header(texts: Sequence[str], structural: Sequence[bool], number: int) -> _Columns | None:
    """The columns that a header names which begins with 序号, if the line `number` is that cell.

    It may stand above the heading of the table's first section, and holds for the sections after it.
    """
    if not is_number_column(texts[number]):
        return None
    end = number + 1
    while end < len(texts) and not structural[end] and 0 < len(texts[end]) <= 10 and not _NUMBER.fullmatch(texts[end]):
        end += 1
    names = tuple(re.sub(r"\s", "", text) for text in texts[number + 1 : end])
    return _Columns((), names[0], (), (), len(names), names) if len(names) > 1 else None


def _table(
    texts: Sequence[str],
    structural: Sequence[bool],
    starts: Sequence[int],
    end: int,
    known: set[str],
    carried: _Columns | None,
) -> Table | None:
    start = starts[0]
    if (len(starts) < 2 and not carried) or start + 1 == end:
        return None
    if carried and _has_its_own_cells(
        [stop - begin - 1 for begin, stop in pairwise([*starts, end])], len(carried.plain)
    ):
        return _plain_table(texts, starts, end, carried.plain)
    if len(starts) < 2:
        return None
    first = start
    while (
        first
        and not structural[first - 1]
        and 0 < len(texts[first - 1]) <= _LONGEST_CELL
        and not texts[first - 1].endswith(("。", "：", ":"))
    ):
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
        spans = tuple(Span(column, line, 0, len(texts[line])) for column, line in cells)
        rows.append(Row(texts[begin], begin, own[-1], spans))
    return Table(first, rows[-1].last + 1, title, tuple(rows))


def _has_its_own_cells(lengths: Sequence[int], width: int) -> bool:
    """Whether the rows of a table share no cells, by how many lines each has: none too few, or nearly all just enough."""
    exact = sum(1 for length in lengths[:-1] if length == width)
    return min(lengths) >= width or (exact >= _LEAST_ROWS and exact >= (len(lengths) - 1) * 2 / 3)


def _plain_table(texts: Sequence[str], starts: Sequence[int], end: int, names: tuple[str, ...]) -> Table:
    """A table of which each row holds a cell for each column and nothing is shared.

    A row of one line too many or too few has those columns that follow from the kinds of its cells, others none.
    """
    lines = [range(begin + 1, stop) for begin, stop in pairwise([*starts, end])]
    whole = [[texts[line] for line in own] for own in lines if len(own) == len(names)]
    kinds = [_kinds([row[at] for row in whole]) for at in range(len(names))] if len(whole) >= _LEAST_ROWS else None
    # The last row ends where it has a cell for each column, if they fit: what follows is no part of the table.
    lengths = (len(names), len(names) + 1, len(names) - 1) if kinds else ()
    ends = (
        length for length in lengths if None not in _columns([texts[at] for at in lines[-1][:length]], names, kinds)
    )
    lines[-1] = lines[-1][: next(ends, len(names))]
    rows = []
    for begin, own in zip(starts, lines, strict=True):
        columns = _columns([texts[line] for line in own], names, kinds)
        rows.append(Row(texts[begin], begin, own[-1], _spans(texts, columns, own)))
    return Table(starts[0], rows[-1].last + 1, None, tuple(rows))


def _columns(cells: Sequence[str], names: Sequence[str], kinds: Sequence[set[str]] | None) -> Sequence[str | None]:
    """The column of each line of a row, where all ways to read the row agree on it."""
    places = range(len(names))
    ways: list[tuple[int, ...]] = []
    if len(cells) == len(names):
        ways = [tuple(places)]
    elif len(cells) == len(names) + 1:
        ways = [(*places[: at + 1], *places[at:]) for at in places]
    elif len(cells) == len(names) - 1:
        ways = [(*places[:at], *places[at + 1 :]) for at in places]
    if kinds is None:
        ways = ways if len(cells) == len(names) else []
    else:
        own = [_kind(cell) for cell in cells]
        exact = len(cells) == len(names)
        ways = [way for way in ways if all(_fits(kind, kinds[at], exact) for kind, at in zip(own, way, strict=True))]
    agreed = [set(at) for at in zip(*ways, strict=True)] if ways else [set()] * len(cells)
    return [names[min(at)] if len(at) == 1 else None for at in agreed]


def _fits(kind: str, column: set[str], exact: bool) -> bool:
    """Whether a cell may stand in a column by its kind. Where a row has as many cells as there are columns it need not be
    one that others there have, only none that has no place there: a date among bodies."""
    if kind == "nothing" or kind in column or (kind == "body" and "bodies" in column):
        return True
    return exact and (kind == "text" or "text" in column or {kind, *column} <= {"body", "bodies"})


def _kinds(cells: Sequence[str]) -> set[str]:
    """The kinds of the cells of a column, without what is rare there, but with lists of bodies where bodies stand."""
    times = Counter(kind for cell in cells if (kind := _kind(cell)) != "nothing")
    kinds = {kind for kind, count in times.items() if count > 0.2 * times.total()}
    return kinds | {"bodies"} if "body" in kinds and times["bodies"] else kinds


def _kind(text: str) -> str:
    if NOTHING.fullmatch(text):
        return "nothing"
    if _WHEN.fullmatch(text):
        return "time"
    if _FIGURE.fullmatch(text):
        return "figure"
    if _is_body(text):
        return "bodies" if re.search("[、，,]", text) else "body"
    return "text"


def _header(texts: Sequence[str], first: int, start: int) -> tuple[int | None, _Columns]:
    """The title's line and the columns, read off the lines before the first row."""
    title = first if start - first > 2 and _TITLE.search(texts[first]) and len(texts[first]) > 6 else None
    block = range(first if title is None else first + 1, start)
    names = [re.sub(r"\s", "", texts[number]) for number in block if len(texts[number]) <= 6]
    groups = sum(1 for number in block if len(texts[number]) > 6)
    counter = next((at for at, name in enumerate(names) if is_number_column(name)), None)
    if counter is not None:  # with nothing but a title before it, unless rows stand in groups
        names = names[:counter] * bool(groups) + names[counter + 1 :]
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
    plain = re.sub(r"[(（][^()（）]{1,20}[)）]$", "", text)
    return all(_BODY.fullmatch(part.strip()) for part in re.split("[、，,]", plain) if part.strip())
