"""What of a clause is indexed: its context, its text, and its sentences."""

import re
from functools import lru_cache

from corpus.fold import fold
from corpus.types import Clause, Document

# A line end after so many characters is that of a page's width, not of a sentence.
_WRAP = re.compile(r"(?<=[^\n]{24})[ \t]*\n[ \t　]*(?=[㐀-鿿])")
_POINT = r"(?<=[㐀-鿿）)%％])\.(?=[ 　\t]|$)"  # a full stop of half width, after Chinese
# What stands in brackets is of one sentence: (牵头单位:市教育局。配合单位:市知识产权局).
_BRACKETED = r"[(（](?:[^()（）\n]|[(（][^()（）\n]*[)）]){0,240}[)）]"
_SENTENCE = re.compile(
    rf"(?:{_BRACKETED}|(?!{_POINT})[^。；;！!？?\n]|(?<=[^\n]{{24}})\n(?=\s*[㐀-鿿]))+(?:(?:[。；;！!？?]|{_POINT})+[”’」』）)]*|\n+|$)"
)
_MARK = re.compile(r"[l●■◆▪◇□➢•·]\s*")
_UNIT = re.compile(
    r"[(（](?:单位[:：])?(万?[件家个项人名户所亩篇部台套次起批]|[千百]?[万亿]?元|%|[天日月年分]|工作日|平方米|公顷)"
    r"(?:[/，,、][^()（）]{1,8})?[)）]"
)
_MARKS = re.compile("分[值数]|得分|满分")
_UNITS = re.compile("(?:计量)?[单單]位")
_SHORTEST = 12  # characters of a sentence that stands as a row of its own


def sentences(clause: Clause) -> list[tuple[int, int]]:
    """Spans of a clause's sentences in its document; a table row is one; what is very short goes with its neighbour."""
    if clause.kind == "row":
        return [(clause.start, clause.end)]
    mark = _MARK.match(clause.text) if clause.kind == "bullet" else None
    begins = mark.end() if mark else 0  # a bullet's mark is no part of its words
    spans: list[tuple[int, int]] = []
    for match in _SENTENCE.finditer(clause.text, begins):
        start, end = clause.start + match.start(), clause.start + match.end()
        content = match.group().strip()
        if not content:
            continue
        start += len(match.group()) - len(match.group().lstrip())
        end -= len(match.group()) - len(match.group().rstrip())
        if spans and (len(content) < _SHORTEST or spans[-1][1] - spans[-1][0] < _SHORTEST):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans or [(clause.start + begins, clause.end)]


def unwrapped(text: str, end: str = " ") -> str:
    """A text without the line ends of a page's width; what other line ends become: spaces, so that it is one line."""
    return re.sub(r"\s*\n\s*", end, _WRAP.sub("", text))


def context(clause: Clause, document: Document) -> str:
    """Title, headings, introducing sentence and what the clause refers to: what tells which of many like ones it is.

    违反前款规定的，处二百元罚款 does not say what is forbidden. The vectors of sentences go without: what refers to a
    clause should not come before it.
    """
    referred = (unwrapped(document.text[start:end]) for start, end in clause.refers)
    return " ".join([document.title, *clause.address, clause.lead, *referred])


def headings(clause: Clause) -> str:
    """The nearest headings and the introducing sentence, short enough not to drown one sentence."""
    return " ".join([*clause.address[-2:], clause.lead])


def body(clause: Clause, document: Document) -> str:
    """The text of a clause; of what stood in a table, its cells with their columns, also those shared with others."""
    if not clause.cells:
        return _WRAP.sub("", clause.text)
    return " ".join(f"{cell.column or ''} {document.text[cell.start : cell.end]}" for cell in clause.cells)


def whole(clause: Clause, document: Document, headed: bool = True) -> str:
    """Folded context and text: what BM25, the clause vector and token matching see."""
    return folded(f"{context(clause, document) if headed else ''} {body(clause, document)}")


@lru_cache(maxsize=1 << 14)  # the same clauses are read again and again
def folded(text: str) -> str:
    return fold(text)


def row(clause: Clause, document: Document, span: tuple[int, int], headed: bool = True) -> str:
    """Folded nearest headings and one sentence: what a sentence vector is made of."""
    return f"{fold(headings(clause)) if headed else ''} {sentence(clause, document, span)}"


def sentence(clause: Clause, document: Document, span: tuple[int, int]) -> str:
    """One folded sentence; of a table row, all its cells."""
    return fold(body(clause, document) if clause.kind == "row" else unwrapped(document.text[span[0] : span[1]]))


def measured(clause: Clause, text: str) -> list[tuple[str, str]]:
    """The named columns of a table row with its cells in the document's text, a bare number with the unit that its
    column, the row's first cell or a column of units names."""
    named = [(cell.column or "", text[cell.start : cell.end].strip()) for cell in clause.cells]
    units = [value for column, value in named if _UNITS.fullmatch(column)]
    inside = _UNIT.search(clause.text)
    general = units[0] if units else inside[1] if inside else ""
    found = []
    for column, value in named:
        own = _UNIT.search(column)
        bare = re.fullmatch(r"\d[\d.,]*", value)
        if column:
            unit = own[1] if own else "分" if _MARKS.search(column) else general
            found.append((column, value + unit if bare else value))
    return found
