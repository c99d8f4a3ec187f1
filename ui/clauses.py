"""Clauses and answers as HTML: a chip that opens a clause, the clause in its context, an answer with its chips and
sources. All text of documents is escaped here."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from html import escape

from corpus.outline import label
from corpus.types import Clause, Document
from index.policy_index import PolicyIndex
from index.types import Hit
from qa.chat import Sentence
from qa.export import formal, formal_label
from qa.render import status_word
from qa.types import Answer, Citation
from ui.shapes import each, folded, table
from ui.words import both, busy, named

_AROUND = 2  # clauses shown before and after
_CLIPPED = 220  # characters of each of them
_RETRIEVERS = named("bm25 关键词 keywords; sentence 句义 sentence; clause 条义 clause; token 词对齐 tokens")


# Clauses


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
    day = as_of or date.today().isoformat()
    status = document.status(day)
    until = document.metadata.effective_to
    when = f" {until}" if until and status in ("expired", "in_force") else ""
    to = ("", "") if status == "expired" or not when else ("，至", ", until")
    zh, en = (status_word(document, day, language) for language in ("zh", "en"))
    over = " over" if document.period_over(day) else ""
    return f'<span class="badge {status}{over}">{both(f"{zh}{to[0]}{when}", f"{en}{to[1]}{when}")}</span>'


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
    day = as_of or date.today().isoformat()
    copied = f"“{document.text[slice(*quote)].strip()}”——{formal_label(clause, document, day)}"
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


# Answers


def answer_html(answer: Answer, index: PolicyIndex, key: str) -> str:
    """`key` tells this answer's clauses from those of every other answer on the page."""
    as_of = answer.question.scope.as_of
    near = (titled(f"{key}-r{rank}", index, hit.clause, hit.best, as_of) for rank, hit in enumerate(answer.related, 1))
    day = as_of or date.today().isoformat()
    said = [answer.text, *(f"[{citation.number}] {formal(citation, day)}" for citation in answer.citations)]
    parts = (
        _cited(answer.text, answer.citations, key),
        *(f'<p class="note">{escape(warning)}</p>' for warning in answer.warnings),
        _sources(answer.citations, index, key, as_of),
        listed(both("可参阅（未作为依据）", "Related, not cited"), near),
        _why(answer.retrieved, index, f"{key}-h", as_of),
        copier("\n".join(said), "复制答案与引注", "Copy answer"),
    )
    return f'<div class="answer {answer.status}" lang="{answer.question.language}">{"".join(parts)}</div>'


def writing_html(sentences: Sequence[Sentence], index: PolicyIndex, key: str, as_of: str | None) -> str:
    """The sentences that a language model has written and that are proven, while it writes on."""
    citations = {citation.number: citation for sentence in sentences for citation in sentence.citations}.values()
    lines = _cited("\n".join(sentence.text for sentence in sentences), citations, key)
    writing = busy("正在写下一句，核对后显示……", "Writing on; each sentence is checked before it is shown…")
    sources = _sources(citations, index, key, as_of)
    return f'<div class="answer writing" aria-busy="true">{lines}{writing}{sources}</div>'


def _cited(text: str, citations: Collection[Citation], key: str) -> str:
    """A paragraph a line; [1] is a chip where such a citation is."""
    marks = {f"[{one.number}]": chip(f"{key}-{one.number}", str(one.number)) for one in citations}
    lines = (re.split(r"\s*(\[\d+\])", line) for line in text.split("\n") if line.strip())
    return each("p", ("".join(marks.get(part) or escape(part) for part in parts) for parts in lines))


def _sources(citations: Collection[Citation], index: PolicyIndex, key: str, as_of: str | None) -> str:
    rows = (
        f"{chip(name, str(one.number))} {titled(name, index, one.hit.clause, (one.start, one.end), as_of)} "
        f"{badge(one.hit.document, as_of)}"
        for one in citations
        for name in [f"{key}-{one.number}"]
    )
    return listed(both("依据", "Sources"), rows)


def _why(hits: Sequence[Hit], index: PolicyIndex, key: str, as_of: str | None) -> str:
    """Each hit with its rank and score in each retriever's own list."""
    if not hits:
        return ""
    names = [_RETRIEVERS.get(signal.name, (signal.name, signal.name)) for signal in hits[0].signals]
    heads = ["#", *(both(*name) for name in (("条文", "Clause"), ("总分", "Score"), *names))]
    rows = (
        each("td", (str(number), titled(f"{key}{number}", index, hit.clause, hit.best, as_of), f"{hit.score:.2f}"))
        + each("td", (f"{signal.rank} <small>{signal.score:.2f}</small>" for signal in hit.signals))
        for number, hit in enumerate(hits, 1)
    )
    ranks = both("各检索方法中的名次与得分", "Rank and score in each retriever")
    why = both("为什么是这些条文", "Why these clauses")
    return folded(why, f"<p>{ranks}</p>{table('wide', heads, rows)}", "why")
