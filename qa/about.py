"""Questions about a document itself: whether it is in force, its 文号, when and by whom it was issued."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus import places
from corpus.fold import fold
from corpus.types import Clause, Document
from index import thesaurus
from index.tokens import STOP, words
from index.types import Hit
from qa import wording
from qa.evidence import LONGEST
from qa.extract import Quote
from qa.types import Question
from qa.understand import DOCUMENT

_FROM = r"自[^。，；,;]{2,30}[起后後日]\S{0,4}(?:施行|[实實]施|[执執]行|生效)"
_SINCE = re.compile(rf"本[^。，；,;\s]{{1,20}}{_FROM}")
_CLOSING = re.compile(rf"{_FROM}|有效期限?(?:[至到为為\d]|[一二三四五六七八九十两兩])|废止|廢止|失效")
_IN_FORCE = r"(?:in(?:to)? (?:force|effect)|(?:take|took|taken) effect)"
_ASKS_SINCE = re.compile(
    r"(?:何时|什么时候|哪一?[天年日]|几[月号]|\d日?(?:起|就|才|以?来))[^,，。;；]{0,6}(?:施行|生效|实施|执行)"
    r"|(?:施行|生效|实施)(?:日期|时间)"
    rf"|when (?:did|do|does|will|was|has)\b.*\b{_IN_FORCE}\b"
    rf"|\b{_IN_FORCE},? (?:only )?(?:since|on|from|in)\b.*(?:\d{{4}}|\bday\b)"
    rf"|(?:since when|(?:since|from|on) (?:what|which) (?:day|date))\b.*\b(?:{_IN_FORCE}|appl(?:y|ied)|effective)\b"
)
_VOTES = 10  # hits that tell which document is meant
_MOST = 3  # documents that one answer tells of
_ISSUED = "印发|发布|出台|公布|下发|颁布|发文|成文"
_FACTS = {
    name: re.compile(pattern)
    for name, pattern in {
        "number": r"文号|发文字号|document (?:number|no\b)",
        "issued": rf"(?:哪一?[天年月]|什么时候|何时|几时|几号|日期|时间)[^,，]{{0,4}}(?:{_ISSUED})"
        rf"|(?:{_ISSUED})[^,，]{{0,3}}(?:哪一?[天年月]|什么时候|何时|几时|几号|日期|时间)"
        r"|when was .*\b(?:issued|published|released|promulgated)|\b(?:issued|published) .*\bwhen\b|date of issue"
        r"|issue date",
        "issuer": rf"(?:谁|哪个(?:部门|单位|机关))(?:{_ISSUED}|制定|(?=[^,，]{{0,8}}(?:{_ISSUED})))|发文(?:机关|单位)"
        r"|who (?:\w+ or )?(?:signed|issued|published|released)"
        r"|issued by (?:whom|which|who)|issuing (?:body|authority)",
    }.items()
}
_OF_A_DOCUMENT = re.compile(
    "哪个(?:部门|单位|机关)|文件|方案|计划|通知|办法|规定|意见|条例|政策|规划|细则|总结|实施|工作|行动|多少|号|document|plan|policy|notice|measures|scheme|opinions"
    "|and when|signed or|issued?|published?|released|promulgated|number|date|city"
)


@dataclass(frozen=True, slots=True)
class About:
    """What is said of documents, a line each, and the clauses that say so; `stated` where any of it is known."""

    lines: tuple[str, ...]
    quotes: tuple[Quote, ...]
    stated: bool


def asks_since(question: Question) -> bool:
    """Whether a question asks from what day a document is in force, or supposes one."""
    folded = fold(question.text)
    return bool(_ASKS_SINCE.search(folded) and (question.scope.documents or DOCUMENT.search(folded)))


def since(hits: Sequence[Hit], clauses_of: Callable[[str], Sequence[Clause]]) -> list[Hit]:
    """The hits after the clause that says from what day the document of most of them is in force (本条例自…起施行).

    That clause has no word of what the document is about, so that no likeness to the question finds it.
    """
    if not hits:
        return []
    counts = Counter(hit.document.id for hit in hits[:_VOTES])
    document = next(hit.document for hit in hits if hit.document.id == counts.most_common(1)[0][0])
    closing = [clause for clause in clauses_of(document.id) if _SINCE.search(clause.text)][-1:]
    first = [Hit(clause, document, hits[0].score, (), (clause.start, clause.end)) for clause in closing]
    return first + [hit for hit in hits if hit.clause not in closing]


def validity(
    question: Question, documents: Sequence[Document], clauses_of: Callable[[str], Sequence[Clause]], as_of: str
) -> About:
    """Whether documents are in force, with the clauses that say so."""
    quotes = []
    for document in documents:
        closing = [clause for clause in clauses_of(document.id) if _CLOSING.search(clause.text)]
        quotes += [_whole(clause, document) for clause in closing[-2:] if len(clause.text) <= LONGEST]
    lines = [wording.in_force(document, as_of, question.language) for document in documents]
    known = any(document.status(as_of) != "unknown" for document in documents)
    return About(tuple(lines), tuple(quotes), stated=bool(quotes) or known)


def head(
    question: Question, documents: Sequence[Document], clauses_of: Callable[[str], Sequence[Clause]]
) -> About | None:
    """What documents' heads say of themselves, with the clause that repeats it where there is one; None if the question
    is about something else, or does not tell which documents it means."""
    folded = fold(question.text)
    facts = [name for name, pattern in _FACTS.items() if pattern.search(folded)]
    meant = [document for document in documents if _is_about(question, folded, document)] if facts else []
    if not 0 < len(meant) <= _MOST or not (question.cities or question.scope.documents):
        return None
    lines, quotes, stated = [], [], False
    for document in meant:
        values = {name: getattr(document.metadata, name) for name in facts}
        lines.append(wording.head(document, values, question.language))
        stated |= any(values.values())
        clauses = clauses_of(document.id)
        quotes += [_whole(clause, document) for clause in _repeating(values, clauses)]
    return About(tuple(lines), tuple(quotes), stated)


def _is_about(question: Question, folded: str, document: Document) -> bool:
    """Whether a question has no other subject than the document: each word is of its title or asks for a fact."""
    rest = folded
    for pattern in (*_FACTS.values(), _OF_A_DOCUMENT):
        rest = pattern.sub(" ", rest)
    title = fold(document.title)
    english = {
        word
        for concept in thesaurus.shipped().concepts
        if concept.official in title
        for wording_ in concept.english
        for word in wording_.split()
    }
    named = {word for mention in places.mentions(folded) for word in words(mention.text)}
    own = named | english | set(question.cities)
    return all(word in title or word in own for word in words(rest) if word not in STOP)


def _repeating(values: Mapping[str, str | None], clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses that repeat what the head says, the first of each."""
    found = {}
    for name, value in values.items():
        said = _in_words(value) if value and name == "issued" else value
        for clause in clauses:
            if said and said in clause.text and len(clause.text) <= LONGEST:
                found[clause.start] = clause
                break
    return list(found.values())


def _in_words(value: str) -> str:
    """2022-09 is 2022年9月."""
    return "".join(f"{int(number)}{unit}" for number, unit in zip(value.split("-"), "年月日", strict=False))


def _whole(clause: Clause, document: Document) -> Quote:
    return Quote(Hit(clause, document, 0.0, (), (clause.start, clause.end)), clause.start, clause.end, 0.0)
