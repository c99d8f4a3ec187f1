"""Answerer: a question -> an answer whose every sentence points to the clause it stands on."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from corpus.fold import fold
from corpus.types import Clause, Document
from index import passages
from index.policy_index import PolicyIndex
from index.types import Hit, Mode, Passage, Scope
from qa import about, around, cite, contradict, english, evidence, excluded, extract, reference, sought, wording
from qa.chat import Composer
from qa.extract import Quote
from qa.parts import Wrong
from qa.premise import supposition
from qa.replies import ChatFault
from qa.types import Answer, AnswerStatus, Citation, Question
from qa.understand import follow, of_city, parts, understand

RETRIEVED = 10
DEEP = 60  # hits among which a detail is looked for that few clauses have
EXCLUDING = 40  # hits among which what leaves out something is looked for
WIDE = 2  # times as many hits as wanted are fetched, since some rise
RELATED = 3
_WHICH_CITY = re.compile("哪[个座些几](?:城市|市|地方)|which (?:city|cities)")
_YEAR = re.compile(r"\d{4}年")
_TITLED = re.compile("《[^》]{4,}》")
_NAMED = 12  # clauses or documents that a number may stand for and still name one


class Answerer:
    """Answers questions over one index. Holds no state between questions."""

    def __init__(self, index: PolicyIndex, chat: Composer | None = None) -> None:
        self.index = index
        self.chat = chat

    def answer(self, text: str, scope: Scope | None = None, previous: Question | None = None) -> Answer:
        """The answer to a question, inside a scope if one is given; `previous` is what was asked before, which a
        question such as 那厦门呢 goes on from. Raises UserError for a question that is none."""
        question = follow(self.understand(text, scope), previous)
        if question.references and (quoted := self._referred(question)):
            return quoted
        hits = self.retrieve(question)
        if question.unknown_places and not question.cities and not self.index.documents_in(question.scope):
            return self._no_document(question, hits)
        if corrected := self._supposed(question):
            return corrected
        if told := self._about(question, hits):
            return told
        if not question.cities and _WHICH_CITY.search(fold(question.text)):
            cities = (hit.document.metadata.city for hit in hits)
            question = replace(question, cities=tuple(dict.fromkeys(city for city in cities if city)))
        groups = self._by_city(question, hits)
        quotes: list[Quote] = []
        silent = []
        for city, asked, found in groups:
            chosen = self._evident(asked, found, most=2 if len(groups) > 1 else 3)
            quotes += chosen
            if not chosen and city:
                silent.append(city)
        if not quotes:
            return self._no_evidence(question, hits)
        citations = cite.number(quotes)
        wrong = contradict.supposed(question, citations, self.index.encoder)
        extracted = self._compose(question, hits, citations, silent, wrong)
        return self._said(question, hits, extracted) if self.chat else extracted

    def understand(self, text: str, scope: Scope | None = None) -> Question:
        question = understand(text, self.index.tables.documents, scope)
        return replace(question, topic=self.index.mended(question.topic))

    def retrieve(
        self,
        question: Question,
        k: int = RETRIEVED,
        mode: Mode = "hybrid",
        only: Collection[str] | None = None,
    ) -> list[Hit]:
        """The k best hits; where several cities are asked about, each city's best in turn. `mode` and `only` are those
        of PolicyIndex.search."""
        scopes = [question.scope]
        if len(question.cities) > 1:
            scopes = [_only(question.scope, city) for city in question.cities]
        deep = any(detail.name in evidence.RARE for detail in sought.details(question)) and only is None
        fetched = DEEP if deep else WIDE * k
        lists = [self.index.search(question.topic, fetched, scope, question.language, mode, only) for scope in scopes]
        if mode == "hybrid" and only is None:
            lists = [evidence.preferred(question, found, self.index)[:k] for found in lists]
            if about.asks_since(question):
                lists = [about.since(found, self.index.tables.clauses_of)[:k] for found in lists]
        turns = [found[rank] for rank in range(k) for found in lists if rank < len(found)]
        return list({(hit.clause.document, hit.clause.start): hit for hit in turns}.values())[:k]

    # Steps

    def _by_city(self, question: Question, hits: Sequence[Hit]) -> list[tuple[str | None, Question, list[Hit]]]:
        """Each city that is asked about with what is asked of it and its hits."""
        if len(question.cities) < 2:
            return [(None, question, list(hits))]
        shares = {city: of_city(question, city) for city in question.cities}
        return [
            (city, share, self.retrieve(replace(share, cities=(city,), scope=_only(question.scope, city))))
            for city, share in shares.items()
        ]

    def passages(self, question: Question, hits: Sequence[Hit] | None = None) -> list[Passage]:
        """The sentences that are read for an answer: those of the best hits."""
        read = self.retrieve(question) if hits is None else hits
        return self.index.passages(question.topic, read[: extract.READ])

    def _evident(self, question: Question, hits: Sequence[Hit], most: int) -> list[Quote]:
        """The quotes that answer, or none where the hits do not speak of what is asked."""
        found = self.passages(question, hits)
        if not evidence.enough(question, found, self.index):
            return []
        chosen = extract.choose(question, found, most)
        scores = [extract.score(passage, question) for passage in found]
        for part in parts(question):
            chosen += extract.more(part, self.passages(part, hits), scores, chosen)
        if not extract.tells(question, chosen):
            return []
        clauses_of = self.index.tables.clauses_of
        quotes = [whole for quote in chosen for whole in around.belonging(question, quote, clauses_of)]
        return list({(quote.hit.clause.document, quote.start): quote for quote in quotes}.values())

    def _compose(
        self,
        question: Question,
        hits: Sequence[Hit],
        citations: Sequence[Citation],
        silent: Sequence[str],
        wrong: Wrong | None,
    ) -> Answer:
        sentences = [self._sentence(question, citation) for citation in citations]
        lines = [wording.contradicted(question.language, wrong.asked, wrong.said)] if wrong else []
        lines += sentences + [wording.city_silent(city, question.language) for city in silent]
        return Answer(
            question,
            "contradicted" if wrong else "answered",
            "\n".join(lines),
            tuple(citations),
            tuple(hits),
            (),
            self._warnings(question, citations),
        )

    def _supposed(self, question: Question) -> Answer | None:
        """The answer to a question that supposes something wrong before it asks (厦门每年扶持10家创客中心,怎么报名), or
        takes for given what the document leaves out."""
        if len(question.cities) > 1:
            return None
        if left_out := self._excluded(question):
            return left_out
        if not (text := supposition(question)):
            return None
        said = self.understand(text + (", right?" if question.language == "en" else ",对吗?"), question.scope)
        said = replace(said, cities=question.cities, language=question.language)
        hits = self.retrieve(said)
        citations = cite.number(self._evident(said, hits, most=2))
        wrong = contradict.stated(said, citations, self.index.encoder)
        return replace(self._compose(said, hits, citations, (), wrong), question=question) if wrong else None

    def _excluded(self, question: Question) -> Answer | None:
        """The answer to a question about something that the document leaves out by name."""
        if not excluded.takes_for_given(question):
            return None
        hits = self.index.search(question.topic, EXCLUDING, question.scope, question.language)
        quote = excluded.excluded(question, hits, lambda text: self.index.nearness(text, question.topic))
        if not quote:
            return None
        citations = cite.number([quote])
        return self._compose(question, hits, citations, (), Wrong(question.text.rstrip("?？"), citations[0].quote))

    def _said(self, question: Question, hits: Sequence[Hit], extracted: Answer) -> Answer:
        """The language model's answer, each sentence of it proven; the extracted one, and why, where there is none."""
        assert self.chat
        try:
            sentences, summary = self.chat.compose(question, hits)
        except ChatFault as fault:
            return replace(extracted, warnings=(*extracted.warnings, str(fault)))
        if summary.no_evidence:
            return self._no_evidence(question, hits)
        cited = {citation.number: citation for sentence in sentences for citation in sentence.citations}
        citations = [cited[number] for number in sorted(cited)]
        wrong = contradict.supposed(question, extracted.citations, self.index.encoder)
        lines = [wording.contradicted(question.language, wrong.asked, wrong.said)] if wrong else []
        warnings = self._warnings(question, citations)
        if summary.dropped or summary.cut:
            warnings += (wording.dropped(summary.dropped, summary.cut, question.language),)
        return replace(
            extracted,
            text="\n".join([*lines, *(sentence.text for sentence in sentences)]),
            citations=tuple(citations),
            warnings=warnings,
        )

    def _sentence(self, question: Question, citation: Citation) -> str:
        """A quote with its city before it and its mark behind it; for an English question with its frame."""
        quote = _row(citation, question) or passages.unwrapped(citation.quote)
        clause = citation.hit.clause
        year = _year(clause)
        before = f"{year}: " if year and year not in quote else ""
        lost = self._of_a_lost_year(clause)
        after = f"{' ' + wording.years_unknown(question.language) if lost else ''} [{citation.number}]"
        city = wording.city_name(citation.hit.document.metadata.city, question.language)
        if question.language == "en" and (frame := english.frame(quote, question.topic, self.index.thesaurus)):
            return f"{city + ' — ' if city else ''}{frame}. {before}“{quote}”{after}"
        return f"{city + ': ' if city else ''}{before}{quote}{after}"

    def _of_a_lost_year(self, clause: Clause) -> bool:
        """Whether a bullet stood in a table whose columns are years, and which one it stood in was not recovered."""
        return (
            clause.kind == "bullet"
            and not clause.cells
            and any(
                _year(other)
                for other in self.index.tables.clauses_of(clause.document)
                if other.address[:1] == clause.address[:1]
            )
        )

    def _no_document(self, question: Question, hits: Sequence[Hit]) -> Answer:
        own = sorted({document.metadata.city for document in self.index.tables.documents if document.metadata.city})
        text = wording.not_collected(question, question.unknown_places, own)
        return Answer(question, "no_evidence", text, (), tuple(hits), (), self._warnings(question, ()))

    def _no_evidence(self, question: Question, hits: Sequence[Hit]) -> Answer:
        text = wording.not_provided(question, self.index.documents_in(question.scope), question.scope)
        warnings = self._warnings(question, ())
        return Answer(question, "no_evidence", text, (), tuple(hits), tuple(hits[:RELATED]), warnings)

    def _referred(self, question: Question) -> Answer | None:
        """The clauses that the question names by their number, whole as far as they are short; None if there is none,
        or the number stands in so many that it names no clause."""
        documents = self.index.documents_in(question.scope)
        if not 0 < len(documents) <= _NAMED:
            return None
        found = [
            Hit(clause, document, 0.0, (), (clause.start, clause.end))
            for document in documents
            for clause in self.index.tables.clauses_of(document.id)
            if reference.fits(clause, question.references)
        ]
        if not found or len(found) > _NAMED:
            return None
        quotes = [
            Quote(hit, hit.clause.start, min(hit.clause.end, hit.clause.start + evidence.LONGEST * 2), 0.0)
            for hit in found[:RELATED]
        ]
        citations = cite.number(quotes)
        lines = [self._sentence(question, citation) for citation in citations]
        warnings = self._warnings(question, citations)
        return Answer(question, "answered", "\n".join(lines), tuple(citations), tuple(found), (), warnings)

    def _about(self, question: Question, hits: Sequence[Hit]) -> Answer | None:
        """What is said of a document itself: its head, or whether it is in force; None if another thing is asked."""
        if _TITLED.search(question.text) and question.scope.documents is None:
            return None  # it is asked of a document that the corpus does not have
        documents = self.index.documents_in(question.scope)
        found = about.head(question, documents, self.index.tables.clauses_of)
        since = about.asks_since(question) and not question.yes_or_no
        if found is None and (since or question.validity) and (question.cities or question.scope.documents):
            if len(documents) > 1 and hits:
                documents = [self._entitled(question, documents)] if len(question.cities) < 2 else []
            as_of = question.scope.as_of or date.today().isoformat()
            found = about.validity(question, documents, self.index.tables.clauses_of, as_of) if documents else None
        if found is None:
            return None
        citations = cite.number(found.quotes)
        wrong = contradict.supposed(question, citations, self.index.encoder)
        lines = [wording.contradicted(question.language, wrong.asked, wrong.said)] if wrong else []
        lines += [*found.lines, *(self._sentence(question, citation) for citation in citations)]
        status: AnswerStatus = "contradicted" if wrong else "answered" if found.stated else "no_evidence"
        warnings = tuple(one for one in self._warnings(question, citations) if one not in found.lines)
        return Answer(question, status, "\n".join(lines), tuple(citations), tuple(hits), (), warnings)

    def _entitled(self, question: Question, documents: Sequence[Document]) -> Document:
        """The document whose title is nearest to the question."""
        titles = self.index.encoder.encode([fold(document.title) for document in documents])
        return documents[int((titles @ self.index.encoder.encode_question(question.topic)).argmax())]

    def _warnings(self, question: Question, citations: Sequence[Citation]) -> tuple[str, ...]:
        as_of = question.scope.as_of or date.today().isoformat()
        cited = {citation.hit.document.id: citation.hit.document for citation in citations}
        found = [wording.validity(document, as_of, question.language) for document in cited.values()]
        if question.unknown_places and (question.cities or citations):
            found.append(wording.also_unknown(question.unknown_places, question.language))
        for spelling, places in question.ambiguous:
            taken = [place.name for place in places if place.name in question.cities]
            found.append(wording.ambiguous(spelling, places, taken, question.language))
        return tuple(warning for warning in found if warning)


def _year(clause: Clause) -> str | None:
    """The column of a year that a bullet of a table stands in."""
    columns = [cell.column or "" for cell in clause.cells if clause.start <= cell.start < clause.end]
    return next((column for column in columns if clause.kind == "bullet" and _YEAR.match(column)), None)


def _row(citation: Citation, question: Question) -> str | None:
    """A table row as its goal and its cells with their columns: only the years asked for, departments if asked for."""
    clause, text = citation.hit.clause, citation.hit.document.text
    own = [
        cell
        for cell in clause.cells
        if clause.start <= cell.start < clause.end and text[cell.start : cell.end] != clause.address[-1]
    ]
    if clause.kind != "row" or not own:
        return None
    goal, *values = own
    said = [text[goal.start : goal.end]]
    asked = [cell for cell in values if cell.column and cell.column[:4] in question.years]
    for cell in asked or values:
        value = text[cell.start : cell.end]
        if cell.column is None or not evidence.names_department(cell.column):
            said.append(f"{cell.column}: {value}" if cell.column else value)
    if sought.asks_department(question):
        shared = [cell for cell in clause.cells if cell.column and evidence.names_department(cell.column)]
        said += [f"{cell.column}: {text[cell.start : cell.end]}" for cell in shared]
    if question.years and any(cell.column is None for cell in values):
        said.append(wording.years_unknown(question.language))
    return "; ".join(part.rstrip("。") for part in said)


def _only(scope: Scope, city: str) -> Scope:
    return replace(scope, cities=frozenset([city]))
