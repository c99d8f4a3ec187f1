"""The heading grammar: the lines of a document -> headings, furniture, and paragraphs under their address.

Numbering follows GB/T 9704 (一、 (一) 1. (1)) and the forms of statutes (编 章 节 条 项) and their many variants. The rank of
a numbering form decides what stands under what, so numbering may restart or run on across parents.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import pairwise

from corpus import crossref, furniture, numerals, wrap
from corpus.markers import ANSWER, ARTICLE, BULLET, NUMBER, QUESTION, SHI, is_bare, marker, squeeze
from corpus.tables import BETWEEN_CELLS, NOTHING, Row, Span, Table, flattened_tables, is_number_column, ruled_tables
from corpus.types import Cell, Clause, Heading, Kind, Outline

_LINE_ENDS = r"\n\r\f\v\x1c-\x1e\x85\u2028\u2029"
_BARE = re.compile(r"[0-9０-９]{1,3}")
_TABLE_RANK = 20
# Some write a full stop as a point and a space; after a numeral it makes a number of a heading (一. ).
_POINT = r"(?<=[㐀-鿿)）”\"》%])(?<![一二三四五六七八九十百])\.(?=\s|$)"
_SENTENCE_END = re.compile(rf"[。；;！!？?]|{_POINT}")
_PUNCTUATION = re.compile(r"[。；;：:，,！!？?…]")
_CLOSING = re.compile(
    r"(?:本(?:方案|办法|辦法|规定|規定|细则|細則|意见|意見|通知|计划|計劃|规划|規劃|条例|條例|措施|政策|制度).{0,12}"
    r"(?:自.{0,20}(?:施行|实施|實施|执行|執行|生效|起)|由.{2,30}解[释釋])|有效期(?:至|为|為|\d|[一二三四五六七八九十])|特此(?:通知|公告|通告|函[告复復]))"
)
_SUMMING_UP = re.compile(r"在.{2,15}的同时|总之|綜上|综上|以上|上述|此外")
_ITEM = re.compile("[(（][一二三四五六七八九十]+[)）]")
_OTHER_ITEMS = re.compile(rf"第[^，。；第]{{1,8}}(?:[条條章]|部分)第?{_ITEM.pattern}")  # of another heading
# What a sentence says that is no heading: it allows, forbids, or tells when, how often, on what condition and by whom.
_PROVIDES = re.compile(
    "不得|应当|應當|必须|必須|不予|不再|均[须需为按由]|[须須](?!知)|可(?:以|用于|按|由|向)|不(?:低于|少于|超过|超過)"
    "|每.{0,3}(?:年|月|季度)|以.{2,30}[为為]准|[适適]用[于於]|[归歸].{2,20}所有"
    "|本(?:办法|辦法|规定|規定|细则|細則|指南|措施|政策).{0,3}[自由所]|自.{2,20}(?:起|日)|的[,，]"
    "|由.{1,30}(?:负责|分担|组织|委托|拨付|承担|办理|受理|审核|提出)"
)
# A figure in running text; a heading has years, and others only in brackets and quotes.
_FIGURE = re.compile(r"\d\s*(?:[%％元件个個家项項次人名天日月年倍分]|万|萬|亿|億|小时|小時|工作日)")
_ASIDE = re.compile(r"[（(“\"《「『][^）)”\"》」』]{0,60}[）)”\"》」』]|(?:19|20)\d\d\s*年")
_ASKED = re.compile(r"[^。；;！!？?]{2,100}[？?][”』」）)]?")  # one sentence, a question
_ALL_ASKED = re.compile(rf"{_ASKED.pattern}(?:\s*{_ASKED.pattern})*")
_CONTACT = re.compile(
    r"[(（]?(?:联系|聯繫|聯絡|咨询|諮詢|监督|監督)(?:人员?|人員|电话|電話|单位|單位|方式|部门|部門|地址)[^。]*?[:：]"
)
_ISSUE = re.compile(r"第\s*[一二三四五六七八九十百\d]+\s*[号號]$")  # the number of an announcement
_TITLE_LIMIT = 80
_TITLE_USUAL = 10  # up to which length the first sentence of a numbered line is a heading whatever its siblings are
_CELLS_LIMIT = 300


@dataclass(slots=True)
class _Level:
    rank: float
    title: str  # the address element
    titled: bool  # false for an item that is a number and its text
    lead: str = ""  # the last paragraph under it that ends with a colon
    paragraphs: int = 0
    children: list[int] = field(default_factory=list)  # paragraphs in each closed child


@dataclass(frozen=True, slots=True)
class _Head:
    """A heading, the address that it ends, and the block of a table's header that it stands in instead, if it does."""

    start: int
    end: int
    level: int
    address: tuple[str, ...]
    block: int | None  # by its first line


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its surrounding white space: `text[start:end]`, or a paragraph of lines wrapped at a fixed width.

    The `text` has spaces for line ends inside a paragraph, and the tabs after the last cell of a table's row.
    """

    start: int
    end: int
    text: str


def lines_of(text: str) -> list[Line]:
    """The lines that hold anything but white space; those that a fixed width ended are put together."""
    spans: list[tuple[int, int]] = []
    lines: list[str] = []  # with their indents, and "" where blank lines part them
    at = 0
    for match in re.finditer(rf"\S[^{_LINE_ENDS}]*", text):
        gap = re.split(rf"\r\n|[{_LINE_ENDS}]", text[at : match.start()])
        if len(gap) > 2:
            lines.append("")
            spans.append((at, at))
        at = match.start() + len(match.group().rstrip())
        lines.append(gap[-1] + text[match.start() : at])
        spans.append((match.start(), at))
    found = []
    first = 0
    for number, goes_on in enumerate(wrap.going_on(lines)):
        if not goes_on:
            start, end = spans[first][0], spans[number][1]
            if start < end:
                content = re.sub(rf"[{_LINE_ENDS}]", " ", text[start:end])
                tabs = re.match(r"\t*", text[end:]) if "\t" in content else None
                found.append(Line(start, end, content + (tabs.group() if tabs else "")))
            first = number + 1
    return found


def unwrapped(text: str) -> str:
    """A text with spaces for the line ends inside its paragraphs: as long, so that offsets hold."""
    for line in lines_of(text):
        if text[line.start : line.end] != (content := line.text.rstrip("\t")):
            text = text[: line.start] + content + text[line.end :]
    return text


def _is_entry(text: str) -> bool:
    found = marker(text)
    return found is not None and found[0] < 10 and len(text) <= 60 and not _SENTENCE_END.search(text)


def _contents(texts: list[str]) -> set[int]:
    """The lines of a table of contents: three headings or more in a row, nearly all of which stand again below."""
    plain = [re.sub(r"[\s.．…·]*\d{0,4}$", "", squeeze(text)) for text in texts]
    last = {text: number for number, text in enumerate(plain)}
    found: set[int] = set()
    run: list[int] = []
    listed: set[str] = set()
    for number, text in enumerate([*texts, ""]):
        if number < len(texts) and _is_entry(text) and plain[number] not in listed:
            run.append(number)
            listed.add(plain[number])
            continue
        again = [at for at in run if last[plain[at]] > run[-1]]
        if len(run) >= 3 and len(again) >= 0.8 * len(run):
            found |= set(run)
            if run[0] and re.sub(r"\s", "", texts[run[0] - 1]) in ("目录", "目錄", "目次"):
                found.add(run[0] - 1)
        run, listed = [], set()
    return found


def _notes(texts: list[str]) -> Iterator[int]:
    """The lines that go on with the notes to a table after 注：1.: they are notes too, no items of the text."""
    count, sign = 0, ""
    for number, text in enumerate(texts):
        if count and text.startswith(f"{count + 1}{sign}") and text.endswith(("。", "；", ";")):
            count += 1
            yield number
        else:
            first = re.match(r"[(（]?(?:备注|備注|注|说明|說明)\s*[:：]\s*1([.．、])", text)
            count, sign = (1, first[1]) if first else (0, "")


def _provides(sentence: str) -> bool:
    """Whether a sentence provides something: no heading of what follows, but text."""
    if re.fullmatch("[关關]于[^，,]{2,40}", sentence):
        return False  # names what it is about, whatever figure is in its name
    return bool(_PROVIDES.search(sentence) or _FIGURE.search(_ASIDE.sub("", sentence)))


def _is_provision(body: str) -> bool:
    """Whether the text of a numbered line is a provision, not a heading or what runs in after one."""
    end = _SENTENCE_END.search(body)
    if not end or re.match(r"[^。；;：:，,]{2,20}(?:[：:]|——|--)", body):
        return False
    return _provides(body[: end.start()]) or (end.end() == len(body) and len(body) > 30)


def _among_provisions(marks: Sequence[tuple[float, str] | None], texts: Sequence[str]) -> set[int]:
    """The numbered lines more than half of whose siblings are provisions."""
    found: set[int] = set()
    siblings: list[tuple[float, dict[int, bool]]] = []  # by rank: the lines, and whether each is a provision
    for number, mark in enumerate([*marks, (-1.0, "")]):
        if mark is None or mark[0] == SHI:
            continue
        while siblings and siblings[-1][0] > mark[0]:
            provisions = siblings.pop()[1]
            total = sum(provisions.values())
            found.update(at for at, own in provisions.items() if 2 * (total - own) > len(provisions) - 1)
        if not siblings or siblings[-1][0] < mark[0]:
            siblings.append((mark[0], {}))
        if number < len(texts):
            siblings[-1][1][number] = _is_provision(texts[number][len(mark[1]) :].strip())
    return found


def _goes_on(text: str, mark: str) -> bool:
    """Whether a paragraph that begins with 一是 says 二是 too: it speaks of all of them."""
    value = numerals.to_int(mark[:-1])
    return value == 1 and re.search("[。；;，,：:、]\\s*二是", text) is not None


class _Parser:
    def __init__(self, document: str, text: str, title: str | None) -> None:
        self.document = document
        self.text = text
        self.lines = lines_of(text)
        self.stack: list[_Level] = []
        self.clauses: list[Clause] = []
        self.headings: list[Heading] = []
        self.heads: list[_Head] = []
        self.furniture: list[tuple[int, int]] = []
        self.headers: dict[tuple[str, ...], list[str]] = {}  # header cells of flattened tables by address
        self.asking: float | None = None  # the rank of questions without a number
        self.items: dict[float, bool] = {}  # by rank: whether the last numbered line was an item and no heading
        self.skip = furniture.find([line.text for line in self.lines], title)
        texts = [line.text for line in self.lines]
        # After a cell 序号 a number alone on a line is a row's.
        self.numbered = next((n for n, text in enumerate(texts) if is_number_column(text)), len(texts))
        self.skip |= dict.fromkeys(_contents(texts), furniture.FURNITURE)
        self.tables = {
            first: table
            for first, table in ruled_tables(texts).items()
            if not all(number in self.skip for number in range(table.first, table.end))  # the page's own fields
        }
        ruled = {number for table in self.tables.values() for number in range(table.first, table.end)}
        structural = [number in ruled or self._structural(number) for number in range(len(texts))]
        self.tables |= flattened_tables(texts, structural, self._blanks())
        for table in self.tables.values():
            for number in range(table.first, table.end):
                self.skip.pop(number, None)  # a dash in it is a cell
        self.notes = set(_notes(texts))
        marks = [self._marker(number) for number in range(len(texts))]
        self.flat = not any(mark and mark[0] <= 7 for mark in marks)  # unnumbered headings then stand at the top
        self.among_provisions = _among_provisions(marks, texts)
        self.next_rank = [0.0] * (len(texts) + 1)  # of the next numbered line, 0 after the last
        for number in range(len(texts) - 1, 0, -1):
            mark = marks[number]
            self.next_rank[number - 1] = mark[0] if mark else self.next_rank[number]
        self.wingdings = sum(1 for line in texts if line.startswith("l") and BULLET.match(line)) >= 3

    def _marker(self, number: int) -> tuple[float, str] | None:
        return None if number in self.skip else marker(self.lines[number].text)

    def _structural(self, number: int) -> bool:
        """Whether a line cannot be a cell: it is furniture or a heading with a number."""
        text = self.lines[number].text
        if number in self.skip:
            return not NOTHING.fullmatch(text)
        above = self._marker(number - 1) if number else None
        titles = bool(above) and above is not None and above[1] == self.lines[number - 1].text
        return titles or bool(marker(text)) or self._heads(number)

    def _blanks(self) -> dict[int, int]:
        """How many empty lines stand above a line, where most lines around have none above them."""
        gaps = [0] + [
            max(0, len(re.split(rf"\r\n|[{_LINE_ENDS}]", self.text[above.end : below.start])) - 2)
            for above, below in pairwise(self.lines)
        ]
        around = (gaps[max(0, number - 3) : number + 4] for number in range(len(gaps)))
        return {
            number: gaps[number]
            for number, window in enumerate(around)
            if gaps[number] in (1, 2) and 2 * sum(map(bool, window)) < len(window)
        }

    def _heads(self, number: int) -> bool:
        """Whether a line is a number alone whose title and text stand on the next two lines."""
        if not _BARE.fullmatch(self.lines[number].text) or number + 2 >= len(self.lines) or number > self.numbered:
            return False
        title, text = self.lines[number + 1].text, self.lines[number + 2].text
        return (
            not _PUNCTUATION.search(title.replace(",", "").replace("，", ""))
            and not _BARE.fullmatch(title)
            and len(text) >= 40
            and text.endswith("。")
        )

    def run(self) -> Outline:
        number = 0
        while number < len(self.lines):
            number = self._take(number)
        for address, names in self.headers.items():
            self._name_columns(address, names)
        self._settle()
        return Outline(crossref.resolved(self.clauses), tuple(self.headings), tuple(self.furniture))

    def _take(self, number: int) -> int:
        """Place the line `number` and return the number of the next one."""
        line = self.lines[number]
        if number in self.skip:
            if self.skip[number] == furniture.TITLE:
                self.headings.append(Heading(line.start, line.end, 0))
            else:
                self.furniture.append((line.start, line.end))
            return number + 1
        if table := self.tables.get(number):
            return self._table(table)
        if self._heads(number):
            title = self.lines[number + 1]
            self._push(NUMBER, squeeze(line.text + title.text), titled=True)
            self._head(line.start, title.end)
            return number + 2
        if number not in self.notes and (found := marker(line.text)):
            if found[0] != SHI or (self._continues(found[1]) and not _goes_on(line.text, found[1])):
                return self._numbered(number, *found)
        if bullet := BULLET.match(line.text):
            if bullet.group() != "l" or self.wingdings:
                self._clause(line.start, line.end, "bullet")
                return number + 1
        if self._asks(number):
            return self._question(number)
        if ANSWER.fullmatch(line.text):
            self.headings.append(Heading(line.start, line.end, len(self.stack) + 1))
            return number + 1
        if self._unnumbered(number):
            return self._subheading(number)
        if header := self._header_cells(number):
            address = tuple(level.title for level in self.stack)
            self.headers[address] = [squeeze(cell.text) for cell in self.lines[number : number + header]]
            for cell in self.lines[number : number + header]:
                self._head(cell.start, cell.end, number)
            return number + header
        self._paragraph(number)
        return number + 1

    def _name_columns(self, address: tuple[str, ...], names: list[str]) -> None:
        """Give the bullets of a flattened table their columns, if columns of equal length are the one way to read it.

        The columns stand one after another: first the short names of what is to be done, then as many measures and
        goals. A count that does not divide leaves the bullets without columns: a guess is worse than none.
        """
        own = [at for at, clause in enumerate(self.clauses) if clause.address == address and clause.kind == "bullet"]
        prose = any(clause.address == address and clause.kind == "prose" for clause in self.clauses)
        dated = [name for name in names if re.match(r"\d{4}年", name)]
        columns = [name for name in names if name not in dated]
        columns = columns[prose : -1 if dated else None] + dated
        each, rest = divmod(len(own), len(columns)) if columns else (0, 1)
        lengths = [len(self.clauses[at].text) for at in own]
        if rest or not each or max(lengths[:each]) > 25 or lengths[each] <= max(lengths[:each]):
            return
        if len({self.clauses[at].text.endswith("。") for at in own[:each]}) > 1:
            return  # names and sentences mixed: the first column is shorter or longer than that
        for place, at in enumerate(own):
            clause = self.clauses[at]
            mark = BULLET.match(clause.text)
            begins = clause.start + (mark.end() if mark else 0)
            begins += len(self.text[begins : clause.end]) - len(self.text[begins : clause.end].lstrip())
            self.clauses[at] = replace(clause, cells=(Cell(columns[place // each], begins, clause.end),))

    # Headings

    def _numbered(self, number: int, rank: float, mark: str) -> int:
        line = self.lines[number]
        rest = line.text[len(mark) :].strip()
        following = self.lines[number + 1] if number + 1 < len(self.lines) else None
        if not rest:
            if following and self._is_title(following.text) and not self._marker(number + 1):
                self._push(rank, squeeze(mark + following.text), titled=True)
                self._head(line.start, following.end)
                return number + 2
            self._push(rank, squeeze(mark), titled=True)
            self._head(line.start, line.end)
            return number + 1
        if self._stands_alone(rest, rank, number):
            self._push(rank, squeeze(line.text), titled=True)
            self._head(line.start, line.end)
            return number + 1
        title = self._run_in(rest, rank, number) or (
            rest if self._is_title(rest) and not _PUNCTUATION.search(rest) else ""
        )
        self._push(rank, squeeze(mark + title), titled=bool(title))
        self.items[rank] = not title
        self._clause(line.start, line.end, "prose")
        return number + 1

    def _is_title(self, text: str) -> bool:
        return len(text) <= 60 and not _SENTENCE_END.search(text) and not text.endswith(("：", ":"))

    def _stands_alone(self, rest: str, rank: float, number: int) -> bool:
        """Whether a numbered line is a heading with nothing but its title."""
        following = self.lines[number + 1].text if number + 1 < len(self.lines) else ""
        below = marker(following) if number + 1 not in self.skip else None
        has_children = bool(following) and number + 1 not in self.skip and (not below or below[0] > rank)
        if rank == ARTICLE:
            return self._is_title(rest) and not _PUNCTUATION.search(rest) and len(rest) <= 20 and has_children
        if rank == SHI:
            return False
        if _ALL_ASKED.fullmatch(rest):
            return has_children
        if self._is_title(rest):
            return rank < 8 or has_children  # what nothing stands under is itself what the document says
        if number + 1 in self.tables or self.items.get(rank) or any(level.rank == ARTICLE for level in self.stack):
            return False  # an item of an enumeration, which ends it
        if re.search(r"[\d：:]", rest):
            return False  # a figure, or what follows a colon, is something that the document says
        ends = _SENTENCE_END.findall(rest)
        return ends in (["。"], ["."]) and rest.endswith(ends[0]) and len(rest) <= 30 and has_children and rank <= 10

    def _run_in(self, rest: str, rank: float, number: int) -> str:
        """The title that a numbered line begins with before its text, or ''."""
        if bracketed := re.match(r"[【\[〔][^】\]〕]{1,30}[】\]〕]", rest):
            return bracketed.group()
        if rank == ARTICLE or any(level.rank == ARTICLE for level in self.stack):
            return ""
        if dashed := re.match(r"([^。；;：:，,]{2,30})(?:——|--)", rest):
            return dashed.group(1)
        if asked := _ALL_ASKED.match(rest):
            return asked.group() if asked.end() < len(rest) else ""
        if colon := re.match(r"([^。；;：:，,]{2,20})(?:(?<!\d)[：:]|[：:](?!\d))(?=.)", rest):
            return colon.group(1)  # 按6:4分担 is a ratio
        if spaced := re.match(r"([^。；;：:，,\s]{2,20})[ \u3000]{2,}(?=[^\s，。；]{2,}[，。；])", rest):
            return spaced.group(1)
        end = _SENTENCE_END.search(rest)
        if end and end.group() in "。." and end.end() < len(rest) and end.start() <= _TITLE_LIMIT:
            first, then = rest[: end.start()], rest[end.end() :].lstrip()
            doubtful = len(_ASIDE.sub("", first)) > _TITLE_USUAL and number in self.among_provisions
            return "" if doubtful or _provides(first) or then.startswith("但") else first  # 但 goes on with a sentence
        return ""

    def _continues(self, mark: str) -> bool:
        """Whether 二是 follows 一是: only such a series is a heading, and it begins with 一."""
        value = numerals.to_int(mark[:-1])
        top = self.stack[-1] if self.stack else None
        if top and top.rank == SHI:
            before = numerals.to_int(top.title.split("是")[0])
            return value == (before or 0) + 1
        return value == 1

    def _asks(self, number: int) -> bool:
        """Whether a line is a question that the next lines answer."""
        text = self.lines[number].text
        if QUESTION.match(text):
            return True
        following = self.lines[number + 1].text if number + 1 < len(self.lines) else ""
        return bool(_ASKED.fullmatch(text) and following and not _ASKED.fullmatch(following))

    def _question(self, number: int) -> int:
        """Place a question as the heading of its answer, which may run in after it."""
        line = self.lines[number]
        if self.asking is None:
            self.asking = (self.stack[-1].rank if self.stack else 6) + 0.25
        asked = _ALL_ASKED.match(line.text)
        title = asked.group() if asked else line.text
        runs_in = len(title) < len(line.text) or len(title) > 2 * _TITLE_LIMIT
        self._push(self.asking, squeeze(title) if len(title) <= 2 * _TITLE_LIMIT else "问", titled=True)
        if runs_in:
            self._clause(line.start, line.end, "prose")
        else:
            self._head(line.start, line.end)
        return number + 1

    def _unnumbered(self, number: int) -> bool:
        """Whether a line is a heading without a number: short, and text or a numbered heading follows it, or one more
        such heading."""
        if not self._short(number) or self._header_cells(number):
            return False
        return self._carries(number + 1) or (
            number + 1 < len(self.lines)
            and number + 1 not in self.tables
            and self._short(number + 1)
            and self._carries(number + 2)
        )

    def _short(self, number: int) -> bool:
        text = self.lines[number].text
        plain = len(text) <= 30 and not _PUNCTUATION.search(text) and not _SENTENCE_END.search(text)
        return plain and bool(re.search("[㐀-鿿]", text)) and not _ISSUE.search(text) and number not in self.skip

    def _carries(self, number: int) -> bool:
        """Whether a line is what stands under a heading: running text or a numbered heading."""
        if number >= len(self.lines) or number in self.skip or number in self.tables:
            return False
        text = self.lines[number].text
        return bool(marker(text)) or len(text) >= 40

    def _subheading(self, number: int) -> int:
        line = self.lines[number]
        if self.flat:
            rank = 6.7 if re.match(r"[到至]\s*\d{4}年", line.text) else 6.5
        else:
            top = self.stack[-1].rank if self.stack else 7
            rank = top if top % 1 else top + 0.5
        self._push(rank, squeeze(line.text), titled=True)
        self._head(line.start, line.end)
        return number + 1

    def _header_cells(self, number: int) -> int:
        """How many short lines in a row stand here, if they are enough to be the header of a flattened table."""
        end = number
        while (
            end < len(self.lines)
            and end not in self.skip
            and end not in self.tables
            and len(self.lines[end].text) <= 12
            and not _PUNCTUATION.search(self.lines[end].text)
            and not marker(self.lines[end].text)
        ):
            end += 1
        return end - number if end - number >= 3 else 0

    # Placing

    def _push(self, rank: float, title: str, *, titled: bool) -> None:
        self._pop(rank)
        self.items = {above: item for above, item in self.items.items() if above <= rank}
        self.stack.append(_Level(rank, title, titled))

    def _pop(self, rank: float) -> None:
        while self.stack and self.stack[-1].rank >= rank:
            closed = self.stack.pop()
            if self.stack:
                self.stack[-1].children.append(closed.paragraphs)

    def _head(self, start: int, end: int, block: int | None = None) -> None:
        address = tuple(level.title for level in self.stack)
        self.heads.append(_Head(start, end, len(self.stack) + (block is not None), address, block))

    def _settle(self) -> None:
        """Make a clause of every heading that nothing stands under and that names no column: it says something itself."""
        above = {clause.address[:depth] for clause in self.clauses for depth in range(1, len(clause.address) + 1)}
        cells = {(cell.start, cell.end) for clause in self.clauses for cell in clause.cells}
        columns = {cell.column for clause in self.clauses for cell in clause.cells}
        # A block is a header as far as its last name of a column, if half of it or more are such names.
        blocks = Counter(head.block for head in self.heads if re.search(r"\w", self.text[head.start : head.end]))
        named: dict[int | None, list[int]] = {head.block: [] for head in self.heads}
        for head in self.heads:
            names = BETWEEN_CELLS.split(self.text[head.start : head.end])
            if any(is_number_column(name) or squeeze(name) in columns for name in names):
                named[head.block].append(head.start)
        said: int | None = None  # the block of the last line that became a clause
        for head in reversed(self.heads):
            text = self.text[head.start : head.end]
            if head.block is None:
                stays = head.address in above
            else:
                known = named[head.block]
                header = 2 * len(known) >= blocks[head.block] and bool(known) and head.start <= known[-1]
                stays = header or (head.start, head.end) in cells
            if stays or is_bare(text) or not re.search(r"\w", text):
                self.headings.append(Heading(head.start, head.end, head.level))
                continue
            below = self.clauses[-1] if head.block is not None and said == head.block else None
            said = head.block
            if below and not self.text[head.end : below.start].strip() and below.end - head.start <= _CELLS_LIMIT:
                whole = self.text[head.start : below.end]  # cells of a table whose rows are not known stay together
                self.clauses[-1] = replace(below, start=head.start, text=whole)
                continue
            numbered = head.block is not None or marker(text) or _BARE.match(text)
            address = head.address if numbered else head.address[:-1]
            above |= {address[:depth] for depth in range(1, len(address) + 1)}
            self.clauses.append(Clause(self.document, address, 0, "prose", head.start, head.end, text))
        self.headings.sort(key=lambda heading: heading.start)
        self.clauses.sort(key=lambda clause: clause.start)
        ordinals: Counter[tuple[str, ...]] = Counter()
        for at, clause in enumerate(self.clauses):
            ordinals[clause.address] += 1
            self.clauses[at] = replace(clause, ordinal=ordinals[clause.address])

    def _paragraph(self, number: int) -> None:
        """A paragraph without a number goes to the heading above, unless it speaks of more than that heading."""
        line = self.lines[number]
        begun = self.stack and (self.stack[-1].paragraphs or self.stack[-1].children)  # 附则 keeps what it heads
        articles = any(level.rank == ARTICLE for level in self.stack)
        if begun and ((_CLOSING.match(line.text) and not articles) or self._is_contact(line.text, number)):
            self._pop(0)
        elif self.stack and self._belongs_to_parent(line.text, number):
            self._pop(self.stack[-1].rank)
        self._clause(line.start, line.end, "prose")

    def _is_contact(self, text: str, number: int) -> bool:
        """Whether a line after the last heading says whom to ask, and no heading does."""
        headed = any(re.search("[联聯][系繫絡]|咨询|諮詢|电话|電話", level.title) for level in self.stack)
        return not headed and self.next_rank[number] <= 1 and bool(_CONTACT.match(text))

    def _belongs_to_parent(self, text: str, number: int) -> bool:
        item = self.stack[-1]
        if len(self.stack) < 2:
            return False
        if not item.titled and item.rank != ARTICLE:
            return True  # after the items of an enumeration comes the next paragraph of what they stand under
        siblings = self.stack[-2].children
        if re.match("前[项項款]", text) and item.rank >= 8 and item.paragraphs == 1:
            return bool(siblings)  # what precedes are the items together
        if re.fullmatch(r"[(（].*(?:单位|單位|部门|部門).*[)）]", text) and item.rank >= 10:
            return bool(siblings)
        alike = set(siblings) == {1} and item.paragraphs == 1 and not item.children
        if alike and item.rank == 8 and len(set(_ITEM.findall(text))) >= 2 and not _OTHER_ITEMS.search(text):
            return True  # it names several of the items
        if alike and self.stack[-2].lead and item.rank != SHI and self.next_rank[number] < item.rank:
            return True  # the items that a colon announced have ended, though they begin with names (第一期：…)
        return len(siblings) >= 2 and set(siblings) == {1} and bool(_SUMMING_UP.match(text))

    def _clause(self, start: int, end: int, kind: Kind, row: Row | None = None) -> None:
        address = tuple(level.title for level in self.stack)
        text = self.text[start:end]
        lead = self.stack[-2].lead if len(self.stack) > 1 and not self.stack[-1].titled else ""
        if self.stack:
            self.stack[-1].paragraphs += 1
            if text.endswith(("：", ":")):
                self.stack[-1].lead = text
        cells = tuple(self._cell(span) for span in row.cells) if row else ()
        self.clauses.append(Clause(self.document, address, 0, kind, start, end, text, lead, cells))

    def _cell(self, span: Span) -> Cell:
        last = span.line if span.last is None else span.last
        return Cell(span.column, self.lines[span.line].start + span.start, self.lines[last].start + span.end)

    def _table(self, table: Table) -> int:
        """Place a flattened table: its title as a heading, its rows as clauses, its other cells as headings."""
        covered = {number: row for row in table.rows for number in range(row.first, row.last + 1)}
        if table.title is not None:
            title = self.lines[table.title].text
            self._pop_to_namesake(title)
            self.stack.append(_Level(_TABLE_RANK, squeeze(title), titled=True))
        for number in range(table.first, table.end):
            line = self.lines[number]
            row = covered.get(number)
            if row is None:
                block = None if number == table.title else table.first if number < table.rows[0].first else number
                self._head(line.start, line.end, block)
            elif number == row.first:
                self.stack.append(_Level(_TABLE_RANK + 1, row.number, titled=False))
                self._clause(line.start, self.lines[row.last].end, "row", row)
                self.stack.pop()
        if table.title is not None:
            self.stack.pop()
        return table.end

    def _pop_to_namesake(self, title: str) -> None:
        """Close the headings below the one that a table's title repeats (知识产权保护工程主要指标)."""
        shared = [
            SequenceMatcher(None, level.title, title, autojunk=False).find_longest_match().size for level in self.stack
        ]
        if shared and max(shared) >= 6:
            while len(self.stack) > shared.index(max(shared)) + 1:
                self._pop(self.stack[-1].rank)


def parse(document: str, text: str, title: str | None) -> Outline:
    """Clauses, headings and furniture of a text. Never fails; linear in the length of the text."""
    return _Parser(document, text, title).run()


def label(clause: Clause, title: str) -> str:
    """The citation form of a clause: 《标题》二、(三)9. 第3款."""
    parts = ""
    rows = clause.kind == "row"
    for element in clause.address[: -1 if rows else None]:
        found = marker(element)
        if found and found[0] > 1:
            parts += found[1]
        elif bare := _BARE.match(element):
            parts += bare.group() + "."
        else:
            parts += (" " if parts else "") + element
    unit = {"prose": "款", "bullet": "项", "row": "行"}[clause.kind]
    return f"《{title}》{parts} 第{clause.address[-1] if rows else clause.ordinal}{unit}"
