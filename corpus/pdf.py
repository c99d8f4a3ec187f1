"""Text PDFs -> text: lines put together to paragraphs, page numbers and running heads removed."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pypdfium2

from corpus import wrap
from corpus.fold import mend_radicals
from corpus.types import CorpusError

_PAGE_NUMBER = re.compile(r"[-—–\s·]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／,，共]+\s*\d{1,4}\s*页?)?[-—–\s·]*")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    indent: int  # in characters, from the left side of its column
    height: int  # above the foot of the page, in points
    rows: int  # between it and the nearer end of its page
    head: bool  # whether it is the first row, in small print


def read(path: Path) -> str:
    """The text of a PDF, a line a paragraph. Raises CorpusError for one that is protected, damaged or only pictures."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            pages = [_page_lines(page) for page in document]
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise CorpusError(f"{path}: is protected by a password; save a copy without one") from None
        raise CorpusError(f"{path}: is damaged or no PDF; print it to PDF again") from None
    if pages and not any(pages):
        raise CorpusError(f"{path}: holds pictures and no text; run text recognition (OCR) on it first")
    return "\n".join(wrap.joined(_without_furniture(pages), least=1)) + "\n"


def _page_lines(page: pypdfium2.PdfPage) -> list[_Line]:
    """The lines of a page in the order of its text, which goes down one column after another."""
    drawn = page.get_textpage()
    text = drawn.get_text_range()
    found: list[tuple[str, float, float, float]] = []
    for match in re.finditer(r"[^\r\n]+", text):
        line = mend_radicals(_spaced(drawn, match).strip())
        if line:
            begins = match.start() + len(match.group()) - len(match.group().lstrip())
            left, bottom, _, top = drawn.get_charbox(min(begins, drawn.count_chars() - 1), loose=True)
            found.append((line, left, (bottom + top) / 2, max(top - bottom, 1)))
    heights = sorted({round(middle) for _, _, middle, _ in found})
    columns = [left for left, times in Counter(round(left) for _, left, _, _ in found).items() if times >= 3]
    usual = median(em for _, _, _, em in found) if found else 1
    lines = []
    for line, left, middle, em in found:
        indent = left - max((column for column in columns if column <= left + 1), default=left)
        rows = heights.index(round(middle))
        rows = min(rows, len(heights) - 1 - rows)
        head = round(middle) == heights[-1] and em < 0.9 * usual
        lines.append(_Line(line, round(indent / em), round(middle), rows, head))
    return lines


def _spaced(drawn: pypdfium2.PdfTextPage, line: re.Match[str]) -> str:
    """A line with one space between words, and two where a gap is wide, as between the cells of a table's row."""

    def space(match: re.Match[str]) -> str:
        at, after = line.start() + match.start(), line.start() + match.end()
        if not match.start() or match.end() == len(line.group()) or after >= drawn.count_chars():
            return " "
        (_, _, right, _), (left, bottom, _, top) = drawn.get_charbox(at - 1), drawn.get_charbox(after, loose=True)
        return "  " if left - right > max(top - bottom, 1) else " "

    return re.sub(r"\s+", space, line.group())


def _without_furniture(pages: list[list[_Line]]) -> list[str]:
    """The lines with their indents, but without page numbers and running heads.

    These stand at the edge of several pages at the same height: the same words, with or without the page's number; or
    words in small print above the page, where none in the size of the text stand; and what stands outermost there.
    """
    times = Counter(
        place for turn, page in enumerate(pages) for place in {p for line in page for p in _places(line, turn)}
    )
    often = max(2, 0.4 * len(pages))  # heads of odd and even pages differ
    heads = Counter(height for page in pages for height in {line.height for line in page if line.head})
    plain = {line.height for page in pages for line in page if not line.head}
    heights = {height for height, count in heads.items() if count >= often and height not in plain}
    heights |= {
        line.height
        for turn, page in enumerate(pages)
        for line in page
        if not line.rows and any(times[place] >= often for place in _places(line, turn))
    }
    lines = []
    seen: set[tuple[str, int]] = set()
    for turn, page in enumerate(pages):
        for line in page:
            if not line.rows and (line.height in heights or _PAGE_NUMBER.fullmatch(line.text)):
                continue
            repeated = {place for place in _places(line, turn) if times[place] >= often}
            if repeated & seen:
                continue  # the first is kept: it may be the header of a table that each page repeats
            seen |= repeated
            lines.append("　" * line.indent + line.text)
    return lines


def _places(line: _Line, turn: int) -> set[tuple[str, int]]:
    """What is the same for a running head on each page: its height and its words, but for the page's number."""
    if line.rows > 1:
        return set()
    words = {line.text}
    if not line.rows:
        for number in re.finditer(r"\d{1,4}", line.text):
            words.add(f"{line.text[: number.start()]}#{int(number.group()) - turn}{line.text[number.end() :]}")
    return {(text, line.height) for text in words}
