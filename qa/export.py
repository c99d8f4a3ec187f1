"""A comparison as a table for a report: xlsx, csv, docx or md, with the formal citation of every clause."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

from corpus.outline import label
from corpus.types import Clause, Document, UserError
from qa.cite import in_a_line
from qa.compare import CellAnswer, Comparison
from qa.render import status_word
from qa.types import Citation
from qa.wording import cell_state, city_name

Table = list[list[str]]


def write(comparison: Comparison, path: Path) -> None:
    """Write a comparison in the form that the file's ending names. Raises UserError for another ending or a file that
    cannot be written."""
    form = _FORMS.get(path.suffix.lower())
    if form is None:
        raise UserError(f"{path}: tables are written as {', '.join(_FORMS)}; name such a file")
    try:
        path.write_bytes(form(comparison))
    except OSError as error:
        raise UserError(f"{path}: cannot be written: {error.strerror or error}") from None


def formal(citation: Citation, as_of: str) -> str:
    """A citation's 引注: 《标题》(文号)二、(三)9. 第3款 [效力]."""
    return formal_label(citation.hit.clause, citation.hit.document, as_of)


def formal_label(clause: Clause, document: Document, as_of: str) -> str:
    """A clause's 引注, on the ISO date `as_of`."""
    name = label(clause, document.title)
    if document.metadata.number:
        name = name.replace(f"《{document.title}》", f"《{document.title}》({document.metadata.number})", 1)
    return f"{name} [{status_word(document, as_of, 'zh')}]"


def table(comparison: Comparison) -> Table:
    """A header and a row a provision: what each city says, its quote and its citation."""
    language = comparison.cells[0].answer.question.language
    corner = "规定事项" if language == "zh" else "Provision"
    rows = [[corner, *(city_name(city, language) for city in comparison.cities)]]
    for provision in comparison.provisions:
        cells = [comparison.cell(city, provision) for city in comparison.cities]
        rows.append([provision, *(_cell(cell, language) for cell in cells)])
    return rows


def _cell(cell: CellAnswer, language: str) -> str:
    if cell.state != "provided":
        return cell_state(cell.state, language)
    as_of = cell.answer.question.scope.as_of or _today()
    lines = [in_a_line(citation) for citation in cell.answer.citations]
    lines += [f"——{formal(citation, as_of)}" for citation in cell.answer.citations]
    return "\n".join(lines)


def _today() -> str:
    from datetime import date

    return date.today().isoformat()


def _csv(comparison: Comparison) -> bytes:
    out = io.StringIO()
    # A spreadsheet runs a cell that begins with one of these as a formula.
    safe = ([f"'{text}" if text[:1] in "=+-@" else text for text in row] for row in table(comparison))
    csv.writer(out).writerows(safe)
    return out.getvalue().encode("utf-8-sig")


def _markdown(comparison: Comparison) -> bytes:
    rows = [[text.replace("|", "\\|").replace("\n", "<br>") for text in row] for row in table(comparison)]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return ("\n".join(lines) + "\n").encode()


def _xlsx(comparison: Comparison) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    for at, row in enumerate(table(comparison), 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(at, column)
            cell.value = text
            cell.data_type = "s"  # a text, whatever it begins with: no cell is a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=at == 1 or column == 1)
            sheet.column_dimensions[cell.column_letter].width = 18 if column == 1 else 46
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _docx(comparison: Comparison) -> bytes:
    import docx

    rows = table(comparison)
    document = docx.Document()
    document.add_heading(comparison.topic, level=1)
    drawn = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(drawn.add_row().cells, row, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


_FORMS: dict[str, Callable[[Comparison], bytes]] = {".xlsx": _xlsx, ".csv": _csv, ".docx": _docx, ".md": _markdown}
