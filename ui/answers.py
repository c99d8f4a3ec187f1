"""An answer as HTML: the sentences with chips, the warnings, the sources, what else is near, and why these."""

import re
from collections.abc import Collection, Sequence
from datetime import date
from html import escape

from index.policy_index import PolicyIndex
from index.types import Hit
from qa.chat import Sentence
from qa.export import formal
from qa.types import Answer, Citation
from ui.clauses import badge, chip, copier, listed, titled
from ui.shapes import each, folded, table
from ui.words import both, busy, named

_RETRIEVERS = named("bm25 关键词 keywords; sentence 句义 sentence; clause 条义 clause; token 词对齐 tokens")


def answer_html(answer: Answer, index: PolicyIndex, key: str) -> str:
    """`key` tells this answer's clauses from those of every other answer on the page."""
    as_of = answer.question.scope.as_of
    near = (titled(f"{key}-r{rank}", index, hit.clause, hit.best, as_of) for rank, hit in enumerate(answer.related, 1))
    day = as_of or date.today().isoformat()
    said = [answer.text, *(f"[{citation.number}] {formal(citation, day)}" for citation in answer.citations)]
    parts = (
        _lines(answer.text, answer.citations, key),
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
    lines = _lines("\n".join(sentence.text for sentence in sentences), citations, key)
    writing = busy("正在写下一句，核对后显示……", "Writing on; each sentence is checked before it is shown…")
    sources = _sources(citations, index, key, as_of)
    return f'<div class="answer writing" aria-busy="true">{lines}{writing}{sources}</div>'


def _lines(text: str, citations: Collection[Citation], key: str) -> str:
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
