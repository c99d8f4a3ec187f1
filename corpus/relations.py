"""Which documents a document repeals, carries out or refers to, and what a repeal does to the validity of another."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

from corpus import outline
from corpus.fold import fold
from corpus.types import Document, Relation

_NAMED = re.compile(
    r"《(?P<title>[^《》\n]{4,80})》\s*(?:[(（](?P<number>[^()（）\n]{2,20}[〔\[［]\d{4}[〕\]］]\s*\d+\s*号)[)）])?"
)
_REPEALS = re.compile(r"[^。\n]{0,60}?(?:同时废止|予以废止|即行废止|停止执行|不再执行|废止)")
_IMPLEMENTS = re.compile(r"(?:根据|依据|按照|贯彻|落实|依照|遵循)[^。\n]{0,200}$")


def of(document: Document) -> tuple[Relation, ...]:
    """The documents that a document names between 《 and 》, each once, itself left out."""
    found: dict[str, Relation] = {}
    text = outline.unwrapped(document.text)
    for match in _NAMED.finditer(text):
        title = re.sub(r"\s", "", match["title"])
        own = _key(document.metadata.number or "")
        if _key(title) == _key(document.title) and _key(match["number"] or "") in ("", own):
            continue  # itself; an earlier document of the same title has another number
        before = text[max(0, match.start() - 220) : match.start()]
        sentence = before[max(before.rfind("。"), before.rfind("\n")) + 1 :]
        kind: str = "refers"
        if _REPEALS.match(text, match.end()):
            kind = "repeals"
        elif _IMPLEMENTS.search(fold(sentence)):
            kind = "implements"
        relation = Relation(kind, title, match["number"], match.start(), match.end())  # type: ignore[arg-type]
        key = title + (match["number"] or "")
        if key not in found or (found[key].kind == "refers" and kind != "refers"):
            found[key] = relation
    return tuple(found.values())


def resolve(documents: Sequence[Document], related: Collection[str] = ()) -> list[Document]:
    """The documents with their relations resolved to one another, and those that another repeals ended the day before
    that one takes effect. Of those in `related`, by id, the relations have been read already."""
    by_title = {_key(document.title): document.id for document in documents}
    by_number = {_key(document.metadata.number): document.id for document in documents if document.metadata.number}
    resolved = [
        replace(
            document,
            relations=tuple(
                replace(relation, target=_target(relation, document, by_number, by_title))
                for relation in (document.relations if document.id in related else of(document))
            ),
        )
        for document in documents
    ]
    ended: dict[str, str] = {}
    for document in resolved:
        starts = document.metadata.effective_from or document.metadata.issued
        for relation in document.relations:
            if relation.kind == "repeals" and relation.target and relation.target != document.id and starts:
                ended[relation.target] = min(_day_before(starts), ended.get(relation.target, "9999"))
    return [
        replace(document, metadata=replace(document.metadata, effective_to=ended[document.id]))
        if document.id in ended and "effective_to" not in document.catalogued
        else document
        for document in resolved
    ]


def _target(relation: Relation, document: Document, by_number: dict[str, str], by_title: dict[str, str]) -> str | None:
    """The id of the document that a relation names: by its number, else by its title, never the document itself."""
    found = by_number.get(_key(relation.number or "")) or by_title.get(_key(relation.title))
    return None if found == document.id else found


def _key(name: str) -> str:
    return re.sub(r"[\s（）()〔〕\[\]［］]", "", fold(name))


def _day_before(day: str) -> str:
    """The day before an ISO date; of a date known to the month or year only, that month or year itself."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat() if len(day) == 10 else day
