"""Proposes a question set from a corpus's own clauses, without a language model, for people to correct."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from corpus.collection import Corpus
from corpus.fold import fold
from corpus.markers import marker
from corpus.types import Clause, Document
from eval.questions import Gold, Item
from index import encoder, passages
from qa.figures import figures

ALIKE = 0.75  # cosine from which two headings of two cities are about the same
_SHARES = {"heading": 0.4, "figure": 0.4, "pair": 0.2}
_TITLE = range(4, 31)  # characters of a heading that says something
_PART = range(10, 61)  # characters of a part of a sentence with a figure
_DATES = ("", "year", "月", "日", "ratio")
_WORDINGS = {
    "zh": {
        "heading": "{where}在{topic}方面有哪些规定?",
        "figure": "{where}:{topic}?",
        "pair": "{where}在{topic}方面的规定有什么不同?",
        "and": "和",
        "much": "多少{unit}",
    },
    "en": {
        "heading": "What does {where} provide on {topic}?",
        "figure": "{where}: {topic}?",
        "pair": "How do {where} differ on {topic}?",
        "and": " and ",
        "much": "how much ({unit})",
    },
}


@dataclass(frozen=True, slots=True)
class _Heading:
    document: Document
    clause: Clause
    topic: str
    quote: str


def propose(corpus: Corpus, most: int) -> list[Item]:
    """At most `most` questions, spread evenly over the documents. Each quote stands exactly once in its clause.

    All are of the half dev: who tunes on a set first marks a part of it as test.
    """
    documents = {document.id: document for document in corpus.documents}
    headings = list(_headings(corpus, documents))
    found = {
        "heading": [_item("heading", [one], "measure") for one in headings],
        "figure": [item for clause in corpus.clauses for item in _figures(clause, documents[clause.document])],
        "pair": [_item("pair", pair, "compare") for pair in _pairs(headings)],
    }
    kept = [item for kind, share in _SHARES.items() for item in _spread(found[kind], round(most * share))]
    return [replace(item, id=f"q-{number:03}") for number, item in enumerate(kept, 1)]


def _spread(items: Sequence[Item], most: int) -> list[Item]:
    return [items[number * len(items) // most] for number in range(most)] if len(items) > most else list(items)


def _headings(corpus: Corpus, documents: dict[str, Document]) -> Iterator[_Heading]:
    """The first clause under each heading, with a sentence of it that does not merely repeat the heading."""
    seen = set()
    for clause in corpus.clauses:
        if clause.kind == "row" or not clause.address or (clause.document, clause.address) in seen:
            continue
        seen.add((clause.document, clause.address))
        found = marker(clause.address[-1])
        topic = clause.address[-1][len(found[1]) if found else 0 :].lstrip("0123456789.、")
        document = documents[clause.document]
        texts = [document.text[start:end].strip() for start, end in passages.sentences(clause)]
        proving = [text for text in texts if len(text) >= 15 and topic not in text and clause.text.count(text) == 1]
        if len(topic) in _TITLE and not re.search(r"\d{4}年", topic) and proving:
            yield _Heading(document, clause, topic, proving[0])


def _pairs(headings: Sequence[_Heading]) -> Iterator[list[_Heading]]:
    """Headings of two cities that are about the same, each with its nearest in the other city."""
    if not headings:
        return
    vectors = encoder.bundled().encode([fold(one.topic) for one in headings])
    cosines = vectors @ vectors.T
    cities = [one.document.metadata.city for one in headings]
    for one, other in combinations(sorted({city for city in cities if city}), 2):
        ours, theirs = (np.flatnonzero([city == name for city in cities]) for name in (one, other))
        for number in ours:
            nearest = int(theirs[np.argmax(cosines[number, theirs])])
            if cosines[number, nearest] >= ALIKE:
                yield [headings[int(number)], headings[nearest]]


def _item(form: str, golds: Sequence[_Heading], kind: str, facts: tuple[str, ...] = ()) -> Item:
    language = _language(golds[0].document)
    words = _WORDINGS[language]
    where = words["and"].join(one.document.metadata.city or f"《{one.document.title}》" for one in golds)
    question = words[form].format(where=where, topic=golds[0].topic)
    needs = tuple((Gold(one.clause.document, one.clause.address, one.clause.ordinal, one.quote),) for one in golds)
    tags = ("comparison",) if form == "pair" else ()
    return Item("", question, language, kind, "answered", "dev", tags, facts, needs)


def _figures(clause: Clause, document: Document) -> Iterator[Item]:
    """Parts of sentences with one amount, rate or count, which becomes the question."""
    if clause.kind == "row":
        return
    for match in re.finditer(r"[^，,；;。：:\n]+", clause.text):
        part = match.group().strip()
        found = figures(part)
        if len(found) != 1 or found[0].dimension in _DATES or len(part) not in _PART or clause.text.count(part) != 1:
            continue
        figure = found[0]
        much = _WORDINGS[_language(document)]["much"].format(unit=figure.unit)
        asked = part[: figure.start] + much + part[figure.end :]
        kind = {"money": "amount", "rate": "rate"}.get(figure.dimension, "count")
        yield _item("figure", [_Heading(document, clause, asked, part)], kind, (figure.text,))


def _language(document: Document) -> str:
    return "en" if document.metadata.language == "en" else "zh"
