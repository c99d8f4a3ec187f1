"""Clauses as HTML: a chip that opens one, and the clause in its context. All text of documents is escaped here."""

from collections.abc import Iterable
from datetime import date
from html import escape

from corpus.outline import label
from corpus.types import Clause, Document
from index.policy_index import PolicyIndex
from qa.export import formal_label
from qa.render import status_word
from ui.shapes import each
from ui.words import both

_AROUND = 2  # clauses shown before and after
_CLIPPED = 220  # characters of each of them


def chip(key: str, text: str, kind: str = "chip") -> str:
    """A button that opens the clause that `source` wrote under the same key."""
    return f'<button type="button" class="{kind}" data-open="{escape(key)}">{text}</button>'


def titled(key: str, index: PolicyIndex, clause: Clause, quote: tuple[int, int], as_of: str | None) -> str:
    """A clause's name that opens it, with the clause."""
    name = escape(label(clause, index.tables.document(clause.document).title))
    return chip(key, name, "title") + source(key, index, clause, quote, as_of)


def listed(head: str, rows: Iterable[str]) -> str:
    """Clauses under a head; nothing if there are none."""
    return f'<h3>{head}</h3><ul class="sources">{inside}</ul>' if (inside := each("li", rows)) else ""


def badge(document: Document, as_of: str | None) -> str:
    """Whether a document is in force, and since or until when."""
    status = document.status(as_of or date.today().isoformat())
    until = document.metadata.effective_to
    when = f" {until}" if until and status in ("expired", "in_force") else ""
    to = ("", "") if status == "expired" or not when else ("，至", ", until")
    zh, en = (status_word(status, language) for language in ("zh", "en"))
    return f'<span class="badge {status}">{both(f"{zh}{to[0]}{when}", f"{en}{to[1]}{when}")}</span>'


def facts(document: Document) -> str:
    """文号, issuer and dates, as far as the document says."""
    found = document.metadata
    said = [
        ("文号", "No.", found.number),
        ("发文机关", "issued by", found.issuer),
        ("成文日期", "dated", found.issued),
        ("施行", "from", found.effective_from),
        ("有效期至", "until", found.effective_to),
        ("规划期", "period", "–".join(found.period) if found.period else None),
    ]
    parts = [f"<span>{both(zh, en)} {escape(value)}</span>" for zh, en, value in said if value]
    return f'<p class="facts">{"".join(parts) or both("文件未载明文号与日期", "bears no number and no date")}</p>'


def source(key: str, index: PolicyIndex, clause: Clause, quote: tuple[int, int], as_of: str | None) -> str:
    """A clause in its context, hidden until its chip is pressed: document, validity, legal address, the clauses before
    and after, the quote marked, and a button that copies it with its 引注."""
    document = index.tables.document(clause.document)
    own = index.tables.clauses_of(clause.document)
    place = next(number for number, one in enumerate(own) if one.start == clause.start)
    before, after = own[max(0, place - _AROUND) : place], own[place + 1 : place + 1 + _AROUND]
    formal = formal_label(clause, document, as_of or date.today().isoformat())
    copied = f"“{document.text[slice(*quote)].strip()}”——{formal}"
    address = map(escape, (*clause.address, label(clause, "").removeprefix("《》").split()[-1]))
    return (
        f'<div hidden class="source" id="{escape(key)}"><header><h3 tabindex="-1">《{escape(document.title)}》</h3>'
        f"<p>{badge(document, as_of)}</p>{facts(document)}"
        f'<ol class="address">{each("li", address)}</ol></header>'
        f'<div class="text" tabindex="0">{"".join(map(_beside, before))}'
        f'<div class="clause">{body(clause, document, quote)}</div>{"".join(map(_beside, after))}</div>'
        f"<footer>{copier(copied, '复制原文与引注', 'Copy with citation')}</footer></div>"
    )


def copier(text: str, zh: str, en: str) -> str:
    """A button that copies a text."""
    return f'<button type="button" class="plain" data-copy="{escape(text)}">{both(zh, en)}</button>'


def body(clause: Clause, document: Document, quote: tuple[int, int] | None = None) -> str:
    """The words of a clause, a row cell by cell under its columns, with the quote marked."""
    if clause.kind != "row" or not clause.cells:
        inside = quote is not None and clause.start <= quote[0] and quote[1] <= clause.end
        return _marked(document.text, clause.start, clause.end, quote if inside else None)
    cells = "".join(
        f"<dt>{escape(cell.column or '—')}</dt><dd>{_marked(document.text, cell.start, cell.end, quote)}</dd>"
        for cell in clause.cells
    )
    return f"<dl>{cells}</dl>"


def _marked(text: str, start: int, end: int, quote: tuple[int, int] | None) -> str:
    """`text[start:end]` with the part that is quoted marked."""
    low, high = (max(start, min(end, at)) for at in quote or (start, start))
    mark = f"<mark>{_lines(text[low:high])}</mark>" if low < high else ""
    return _lines(text[start:low]) + mark + _lines(text[high:end])


def context(text: str, most: int | None = None) -> str:
    """Words that stand beside others, of so many characters at most."""
    return f'<div class="context">{escape(_clipped(text, most))}</div>'


def _beside(clause: Clause) -> str:
    text = _clipped(clause.text, _CLIPPED)
    if clause.kind == "row":
        text = " · ".join(line.strip() for line in text.splitlines() if line.strip())
    return f'<div class="context">{_lines(text)}</div>'


def _clipped(text: str, most: int | None) -> str:
    return text if most is None or len(text) <= most else text[:most] + "……"


def _lines(text: str) -> str:
    return "<br>".join(escape(line.rstrip("\r")) for line in text.split("\n"))
