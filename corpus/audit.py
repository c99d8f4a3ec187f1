"""The audit of a corpus: what a person should look at before relying on its clauses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus import numerals
from corpus.collection import Corpus
from corpus.fold import fold
from corpus.markers import ANSWER, is_bare, marker, squeeze
from corpus.outline import label
from corpus.tables import BETWEEN_CELLS, is_number_column
from corpus.types import Document, Outline

LONGEST = 1_500  # characters of a clause that a citation can still point into
_ALIKE = 0.8  # Jaccard similarity of character 5-grams from which two documents are taken for the same
_GRAM = 5
_WANTED = ("title", "city", "issuer", "issued")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at, in a document, at `text[start:end]` (0, 0 where it concerns the whole document)."""

    document: str
    kind: str
    message: str
    start: int = 0
    end: int = 0


def check(corpus: Corpus) -> list[Finding]:
    """Lost characters, numbering gaps, overlong clauses, empty headings, missing metadata, and near-duplicates."""
    found = [Finding("", "unreadable", problem) for problem in corpus.problems]
    for document, parsed in zip(corpus.documents, corpus.outlines, strict=True):
        found += _document(document, parsed)
    return found + list(_duplicates(corpus.documents))


def _document(document: Document, parsed: Outline) -> Iterator[Finding]:
    lost = unheld(document.text, parsed)
    if lost:
        yield Finding(document.id, "lost", f"{len(lost)} characters belong to no clause", lost[0], lost[-1] + 1)
    yield from _gaps(document, parsed)
    for clause in parsed.clauses:
        if len(clause.text) > LONGEST:
            name = label(clause, document.title)
            yield Finding(document.id, "long", f"{name} has {len(clause.text)} characters", clause.start, clause.end)
    yield from _empty(document, parsed)
    for name in _WANTED:
        missing = not getattr(document.metadata, name)
        if missing and not (name == "city" and document.metadata.level == "national"):
            yield Finding(document.id, "metadata", f"the text does not say its {name}; catalog.csv can")


def _gaps(document: Document, parsed: Outline) -> Iterator[Finding]:
    """Numbers that do not follow the one before of the same form under the same heading (第七条 -> 第九条)."""
    last: dict[tuple[float, tuple[str, ...]], tuple[int, str]] = {}
    seen: set[tuple[str, ...]] = set()
    for address, start, end in _addresses(document, parsed):
        said = document.text[start:end]
        for depth, element in enumerate(address, 1):
            if address[:depth] in seen:
                continue
            # An address has no white space, by which some numbers are known: 第二章　专利的申请、审查.
            found = marker(element) or (marker(said) if squeeze(said).startswith(element) else None)
            if not found:
                continue
            seen.add(address[:depth])
            rank, mark = found
            # Articles are numbered through a whole law, other forms under their heading.
            scope = (rank, () if rank == 5 else address[: depth - 1])
            number = _number(mark)
            before = last.get(scope)
            if number is not None:
                if before and number > before[0] + 1:
                    yield Finding(document.id, "gap", f"{mark} follows {before[1]}", start, end)
                last[scope] = (number, mark)


def _addresses(document: Document, parsed: Outline) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """The address of every clause, and of every heading, in the order of the text."""
    path: tuple[str, ...] = ()
    parts = [(heading.start, heading.end, heading.level, None) for heading in parsed.headings if heading.level]
    clauses = [(clause.start, clause.end, 0, clause.address) for clause in parsed.clauses]
    for start, end, level, address in sorted([*parts, *clauses], key=lambda part: part[0]):
        path = address if address is not None else (*path[: level - 1], squeeze(document.text[start:end]))
        yield path, start, end


def _number(mark: str) -> int | None:
    if digits := re.search(rf"{numerals.CHINESE}+|\d+", fold(mark)):
        return numerals.to_int(digits.group())
    return None


def unheld(text: str, parsed: Outline) -> list[int]:
    """Where the characters stand that no clause, cell, address, title, mark, header of a table or furniture holds."""
    cells = [cell for clause in parsed.clauses for cell in clause.cells]
    elements = {element for clause in parsed.clauses for element in clause.address}
    columns = {cell.column for cell in cells}
    held = [(clause.start, clause.end) for clause in parsed.clauses]
    held += [(cell.start, cell.end) for cell in cells] + list(parsed.furniture)
    covered = _covered(text, held)
    header: list[tuple[int, int]] = []  # lines one after another, of which half or more name columns
    named = 0
    for heading in parsed.headings:
        said = text[heading.start : heading.end]
        if heading.level == 0 or squeeze(said) in elements or ANSWER.fullmatch(said) or is_bare(said):
            held.append((heading.start, heading.end))
            continue
        if header and any(covered[header[-1][1] : heading.start]):
            header, named = [], 0
        header.append((heading.start, heading.end))
        named += any(is_number_column(name) or squeeze(name) in columns for name in BETWEEN_CELLS.split(said))
        if 2 * named >= len(header):
            held += header
    covered = _covered(text, held)
    return [at for at, char in enumerate(text) if not covered[at] and char.isalnum()]


def _covered(text: str, spans: Sequence[tuple[int, int]]) -> bytearray:
    found = bytearray(len(text))
    for start, end in spans:
        found[start:end] = b"\1" * (end - start)
    return found


def _empty(document: Document, parsed: Outline) -> Iterator[Finding]:
    """Numbered headings that stand for themselves, with nothing before the next."""
    for clause in parsed.clauses:
        found = marker(clause.text)
        if found and found[0] < 8 and clause.address and squeeze(clause.text) == clause.address[-1]:
            yield Finding(document.id, "empty", f"nothing stands under {clause.text[:30]!r}", clause.start, clause.end)


def _duplicates(documents: Sequence[Document]) -> Iterator[Finding]:
    """Pairs of documents whose texts are nearly the same, by MinHash over character 5-grams."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=_ALIKE, num_perm=128)
    for document in documents:
        plain = re.sub(r"\W", "", fold(document.text))
        sketch = MinHash(num_perm=128)
        sketch.update_batch([plain[at : at + _GRAM].encode() for at in range(max(1, len(plain) - _GRAM + 1))])
        for other in index.query(sketch):
            yield Finding(document.id, "duplicate", f"is nearly the same text as {other}")
        index.insert(document.id, sketch)
