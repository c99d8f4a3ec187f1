"""Questions about a document itself: whether it is in force, its 文号, when and by whom it was issued."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus import places
from corpus.fold import fold
from corpus.types import Clause, Document
from index import thesaurus
from index.tokens import STOP, words
from index.types import Hit
from qa import wording
from qa.extract import LONGEST, Quote
from qa.types import Question

_CLOSING = re.compile("有效期|施行|實施|生效|废止|廢止|失效")
_MOST = 3  # documents that one answer tells of
_ISSUED = "印发|发布|出台|公布|下发|颁布|发文|成文"
_FACTS = {
    name: re.compile(pattern)
    for name, pattern in {
        "number": r"文号|发文字号|document (?:number|no\b)",
        "issued": rf"(?:哪一?[天年月]|什么时候|何时|几时|几号|日期|时间)[^,，]{{0,4}}(?:{_ISSUED})"
        rf"|(?:{_ISSUED})[^,，]{{0,3}}(?:哪一?[天年月]|什么时候|何时|几时|几号|日期|时间)"
        r"|when was .*\b(?:issued|published|released|promulgated)|date of issue|issue date",
        "issuer": rf"(?:谁|哪个(?:部门|单位|机关))(?:{_ISSUED}|制定)|发文(?:机关|单位)"
        r"|who (?:issued|published|released)|issued by (?:whom|which|who)|issuing (?:body|authority)",
    }.items()
}
_OF_A_DOCUMENT = re.compile(
    "文件|方案|计划|通知|办法|规定|意见|条例|政策|规划|细则|总结|实施|工作|行动|多少|号|document|plan|policy|notice|measures|scheme|opinions"
    "|issued?|published?|released|promulgated|number|date|city"
)


@dataclass(frozen=True, slots=True)
class About:
    """What is said of documents, a line each, and the clauses that say so; `stated` where any of it is known."""

    lines: tuple[str, ...]
    quotes: tuple[Quote, ...]
    stated: bool


def validity(
    question: Question, documents: Sequence[Document], clauses_of: Callable[[str], Sequence[Clause]], as_of: str
) -> About:
    """Whether documents are in force, with the clauses that say so."""
    quotes = []
    for document in documents:
        closing = [clause for clause in clauses_of(document.id) if _CLOSING.search(clause.text)]
        quotes += [_whole(clause, document) for clause in closing[-2:] if len(clause.text) <= LONGEST]
    lines = [wording.in_force(document, as_of, question.language) for document in documents]
    return About(tuple(lines), tuple(quotes), stated=True)


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
