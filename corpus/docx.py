"""Word documents -> text, with Word's automatic numbers, which are the addresses of clauses, and tables row by row."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from corpus import numerals, tables
from corpus.types import CorpusError

_LARGEST = 200 * 2**20  # bytes that the parts of a file may unpack to: more is no office document
_CIRCLED = [chr(code) for code in range(0x2460, 0x2474)]
_ROMAN: tuple[tuple[int, str], ...] = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
)
_ROMAN += ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def read(path: Path) -> str:
    """The text of a .docx, one paragraph or table row a line, cells between tabs. Raises CorpusError."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
                raise CorpusError(f"{path}: unpacks to more than {_LARGEST >> 20} MB; it is no ordinary document")
        document = docx.Document(str(path))
    except zipfile.BadZipFile:
        raise CorpusError(
            f"{path}: is no .docx file, or is protected by a password; save it in Word as .docx without one"
        ) from None
    except (KeyError, ValueError, SyntaxError) as error:
        raise CorpusError(f"{path}: is damaged or no Word document ({error}); save it again as .docx") from None
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    numbering = _Numbering(document)
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            text = (numbering.of(block) + block.text).replace("\n", " ").strip()
            if text:
                yield text
        else:
            yield from _rows(block)
            yield ""


def _rows(table: Table) -> Iterator[str]:
    """Rows with their cells between tabs. A merged cell's text stands in every row and column that it covers, since
    it belongs to each of them."""
    rows: list[list[str]] = []
    marked = 0  # rows at the top that Word repeats as header on each page
    for row in table.rows:
        cells = [" ".join(cell.text.split()) for cell in row.cells]
        if any(cells):
            repeated = row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
            if marked == len(rows) and repeated is not None and repeated.get(qn("w:val")) not in ("0", "false", "off"):
                marked += 1
            rows.append(cells)
    yield from tables.as_lines(rows, marked)


class _Numbering:
    """Word's automatic numbers, counted as Word counts them: a level begins anew below a new item of a higher one."""

    def __init__(self, document: Document) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.abstract: dict[str, str] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        drawn = {
            item.get(qn("w:abstractNumId")): {
                int(level.get(qn("w:ilvl"))): (
                    _value(level, "w:numFmt", "decimal"),
                    _value(level, "w:lvlText", ""),
                    int(_value(level, "w:start", "1")),
                )
                for level in item.findall(qn("w:lvl"))
            }
            for item in root.findall(qn("w:abstractNum"))
        }
        for number in root.findall(qn("w:num")):
            identity = number.get(qn("w:numId"))
            self.abstract[identity] = _value(number, "w:abstractNumId", "")
            self.levels[identity] = dict(drawn.get(self.abstract[identity], {}))
            for override in number.findall(qn("w:lvlOverride")):
                level = int(override.get(qn("w:ilvl")))
                if (start := override.find(qn("w:startOverride"))) is not None and level in self.levels[identity]:
                    form, text, _ = self.levels[identity][level]
                    self.levels[identity][level] = (form, text, int(start.get(qn("w:val"))))

    def of(self, paragraph: Paragraph) -> str:
        """The number that Word shows before a paragraph, or ''."""
        found = _numbered(paragraph)
        if found is None or found[0] not in self.levels or found[1] not in self.levels[found[0]]:
            return ""
        identity, level = found
        levels = self.levels[identity]
        counts = self.counts.setdefault(self.abstract[identity], {})
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        form, text, _ = levels[level]
        if form == "bullet":
            return "• "

        def shown(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            own_form, _, start = levels.get(at, (form, "", 1))
            return _written(counts.get(at, start), own_form)

        return re.sub(r"%(\d)", shown, text)


def _numbered(paragraph: Paragraph) -> tuple[str, int] | None:
    """The list and level that a paragraph, or its style, belongs to."""
    properties: list[Any] = [paragraph._p.pPr]
    style = paragraph.style
    while style is not None:
        properties.append(style.element.find(qn("w:pPr")))
        style = style.base_style
    identity, level = None, None
    for item in properties:
        number = item.find(qn("w:numPr")) if item is not None else None
        if number is None:
            continue
        if level is None and number.find(qn("w:ilvl")) is not None:
            level = int(_value(number, "w:ilvl", "0"))
        if identity is None and number.find(qn("w:numId")) is not None:
            identity = _value(number, "w:numId", "0")
    return (identity, level or 0) if identity and identity != "0" else None


def _value(element: Any, name: str, default: str) -> str:
    child = element.find(qn(name))
    return default if child is None else str(child.get(qn("w:val"), default))


def _written(number: int, form: str) -> str:
    if form.startswith(("chinese", "japanese", "taiwanese", "ideograph")) and number > 0:
        return numerals.to_chinese(number)
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return _CIRCLED[number - 1]
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and number > 0:
        text = ""
        for value, digits in _ROMAN:
            text += digits * (number // value)
            number %= value
        return text.upper() if form == "upperRoman" else text
    return str(number)
