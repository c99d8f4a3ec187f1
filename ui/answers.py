"""An answer as HTML: the sentences with chips, the warnings, the sources, what else is near, and why these."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from html import escape

from index.policy_index import PolicyIndex
from index.types import Hit
from qa.chat import Sentence
from qa.export import formal
from qa.types import Answer, Citation
from ui.clauses import badge, chip, titled
from ui.words import both, busy, named

_RETRIEVERS = named("bm25 关键词 keywords; sentence 句义 sentence; clause 条义 clause; token 词对齐 tokens")


def answer_html(answer: Answer, index: PolicyIndex, key: str) -> str:
    """`key` tells this answer's clauses from those of every other answer on the page."""
    language, as_of = answer.question.language, answer.question.scope.as_of
    warnings = "".join(f'<p class="note">{escape(warning)}</p>' for warning in answer.warnings)
    parts = [
        _lines(answer.text, answer.citations, key),
        warnings,
        _sources(answer.citations, index, key, as_of),
        _near(answer.related, index, f"{key}-r", as_of),
        _why(answer.retrieved, index, f"{key}-h", as_of),
    ]
    day = as_of or date.today().isoformat()
    said = [answer.text, *(f"[{citation.number}] {formal(citation, day)}" for citation in answer.citations)]
    copied = escape("\n".join(said))
    parts.append(
        f'<button type="button" class="plain" data-copy="{copied}">{both("复制答案与引注", "Copy answer")}</button>'
    )
    return f'<div class="answer {answer.status}" lang="{language}">{"".join(parts)}</div>'


def writing_html(sentences: Sequence[Sentence], index: PolicyIndex, key: str, as_of: str | None) -> str:
    """The sentences that a language model has written and that are proven, while it writes on."""
    citations = {citation.number: citation for sentence in sentences for citation in sentence.citations}.values()
    lines = _lines("\n".join(sentence.text for sentence in sentences), citations, key)
    writing = busy("正在写下一句，核对后显示……", "Writing on; each sentence is checked before it is shown…")
    return (
        f'<div class="answer writing" aria-busy="true">{lines}{writing}{_sources(citations, index, key, as_of)}</div>'
    )


def _lines(text: str, citations: Iterable[Citation], key: str) -> str:
    numbers = {str(citation.number) for citation in citations}
    return "".join(f"<p>{_with_chips(line, numbers, key)}</p>" for line in text.split("\n") if line.strip())


def _sources(citations: Collection[Citation], index: PolicyIndex, key: str, as_of: str | None) -> str:
    rows = "".join(
        f"<li>{chip(f'{key}-{one.number}', str(one.number))} "
        f"{titled(f'{key}-{one.number}', index, one.hit.clause, (one.start, one.end), as_of)} "
        f"{badge(one.hit.document, as_of)}</li>"
        for one in citations
    )
    return _listed(both("依据", "Sources"), rows)


def _listed(head: str, rows: str) -> str:
    return f'<h3>{head}</h3><ul class="sources">{rows}</ul>' if rows else ""


def _with_chips(line: str, numbers: set[str], key: str) -> str:
    parts = re.split(r"\s*\[(\d+)\]", line)
    html = escape(parts[0])
    for number, text in zip(parts[1::2], parts[2::2], strict=True):
        html += (chip(f"{key}-{number}", number) if number in numbers else f"[{number}]") + escape(text)
    return html


def _near(hits: Sequence[Hit], index: PolicyIndex, key: str, as_of: str | None) -> str:
    shown = (titled(f"{key}{number}", index, hit.clause, hit.best, as_of) for number, hit in enumerate(hits, 1))
    return _listed(both("可参阅（未作为依据）", "Related, not cited"), "".join(f"<li>{one}</li>" for one in shown))


def _why(hits: Sequence[Hit], index: PolicyIndex, key: str, as_of: str | None) -> str:
    """Each hit with its rank and score in each retriever's own list."""
    if not hits:
        return ""
    names = [signal.name for signal in hits[0].signals]
    heads = "".join(f"<th>{both(*_RETRIEVERS.get(name, (name, name)))}</th>" for name in names)
    rows = ""
    for number, hit in enumerate(hits, 1):
        cells = "".join(f"<td>{signal.rank} <small>{signal.score:.2f}</small></td>" for signal in hit.signals)
        title = titled(f"{key}{number}", index, hit.clause, hit.best, as_of)
        rows += f"<tr><td>{number}</td><td>{title}</td><td>{hit.score:.2f}</td>{cells}</tr>"
    return (
        f'<details class="why"><summary>{both("为什么是这些条文", "Why these clauses")}</summary>'
        f"<p>{both('各检索方法中的名次与得分', 'Rank and score in each retriever')}</p>"
        f'<div class="wide" tabindex="0"><table><thead><tr><th>#</th><th>{both("条文", "Clause")}</th>'
        f"<th>{both('总分', 'Score')}</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div></details>"
    )
