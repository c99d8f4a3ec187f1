"""Text PDFs -> text: lines put together to paragraphs, page numbers and running heads removed."""

import re
from collections import Counter
from pathlib import Path

import pypdfium2

from corpus import wrap
from corpus.fold import mend_radicals
from corpus.types import CorpusError

_PAGE_NUMBER = re.compile(r"[-—–\s·]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／,，共]+\s*\d{1,4}\s*页?)?[-—–\s·]*")


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


def _page_lines(page: pypdfium2.PdfPage) -> list[str]:
    text = mend_radicals(page.get_textpage().get_text_bounded())
    return [line for line in (re.sub(r"\s+", " ", part).strip() for part in re.split(r"[\r\n]+", text)) if line]


def _without_furniture(pages: list[list[str]]) -> list[str]:
    """All lines but page numbers and what stands at the head or foot of most pages."""
    edges = Counter(re.sub(r"\d+", "#", line) for page in pages for line in {*page[:2], *page[-2:]})
    repeated = {line for line, times in edges.items() if times >= 3 and times > len(pages) / 2}
    lines = []
    for page in pages:
        for number, line in enumerate(page):
            edge = number < 2 or number >= len(page) - 2
            if edge and (_PAGE_NUMBER.fullmatch(line) or re.sub(r"\d+", "#", line) in repeated):
                continue
            lines.append(line)
    return lines
