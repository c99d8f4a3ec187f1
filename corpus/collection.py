"""A folder of documents, read whole: what the other folders take a corpus from."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, get_args

from corpus import load, metadata, outline, places, relations
from corpus.types import Clause, CorpusError, Document, Language, Level, Metadata, Outline

SHIPPED = Path(__file__).with_name("documents")
CATALOG = "catalog.csv"
_DATES = ("issued", "effective_from", "effective_to")
_FIELDS = [field.name for field in fields(Metadata)]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents in the order of their ids, their outlines, and one line for each file, or row of the catalogue, that
    could not be used."""

    folder: Path
    documents: tuple[Document, ...]
    outlines: tuple[Outline, ...]
    problems: tuple[str, ...] = ()

    @property
    def clauses(self) -> Iterator[Clause]:
        return (clause for parsed in self.outlines for clause in parsed.clauses)


# What is known already of a document, by its id and its row in the catalogue.
Known = Callable[[str, Metadata], tuple[Document, Outline] | None]


def read(folder: Path, known: Known | None = None) -> Corpus:
    """Read every document of a folder. A file that cannot be used is left out and named in `problems`; one that is
    `known` is not opened.

    Raises CorpusError if the folder is missing, holds no usable document, or its catalogue cannot be read.
    """
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder")
    catalogue = read_catalogue(folder)
    documents, outlines, problems, kept = [], [], [], set()
    for path in files(folder):
        identity = path.relative_to(folder).as_posix()
        if known and (found := known(identity, catalogue.get(identity, Metadata()))):
            documents.append(found[0])
            outlines.append(found[1])
            kept.add(identity)
            continue
        try:
            document = read_document(path, folder, catalogue)
        except CorpusError as error:
            problems.append(str(error))
            continue
        documents.append(document)
        outlines.append(outline.parse(document.id, document.text, document.metadata.title))
    unknown = sorted(set(catalogue) - {path.relative_to(folder).as_posix() for path in files(folder)})
    problems += [f"{folder / CATALOG}: names {name}, which is not in the folder" for name in unknown]
    if not documents:
        raise CorpusError(problems[0] if problems else f"{folder}: holds no document ({', '.join(load.SUFFIXES)})")
    return Corpus(folder, tuple(relations.resolve(documents, kept)), tuple(outlines), tuple(problems))


def files(folder: Path) -> list[Path]:
    """The files of a folder that are documents, by path; hidden files are passed over."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in load.SUFFIXES and path.is_file())
    visible = [path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)]
    return sorted(visible, key=lambda path: path.relative_to(folder).as_posix())


def read_document(path: Path, folder: Path | None = None, catalogue: dict[str, Metadata] | None = None) -> Document:
    """One document, its metadata read off its text and corrected by the catalogue. Raises CorpusError."""
    text = load.read_text(path)
    identity = path.relative_to(folder).as_posix() if folder else path.name
    found = metadata.read(text)
    given = (catalogue or {}).get(identity, Metadata())
    catalogued = catalogued_fields(given)
    found = replace(found, **{name: getattr(given, name) for name in catalogued})
    return Document(identity, text, found, catalogued)


def catalogued_fields(given: Metadata) -> tuple[str, ...]:
    """The fields that a row of the catalogue corrects."""
    blank = Metadata()
    return tuple(name for name in _FIELDS if getattr(given, name) != getattr(blank, name))


def read_catalogue(folder: Path) -> dict[str, Metadata]:
    """Corrections by document id, from catalog.csv (UTF-8, as spreadsheets save it); empty cells correct nothing."""
    path = folder / CATALOG
    if not path.exists():
        return {}
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except UnicodeDecodeError:
        raise CorpusError(f"{path}: is not UTF-8; save it as CSV UTF-8") from None
    found: dict[str, Metadata] = {}
    for number, row in enumerate(rows, 2):
        where = f"{path}, row {number}"
        if None in row or set(row) - {"document", "period_from", "period_to", *_FIELDS}:
            raise CorpusError(f"{where}: columns are document, period_from, period_to, {', '.join(_FIELDS)}")
        identity = (row.get("document") or "").strip()
        if not identity or identity in found:
            raise CorpusError(f"{where}: {'the document is named twice' if identity else 'names no document'}")
        found[identity] = _corrected({name: value.strip() for name, value in row.items() if value}, where)
    return found


def _corrected(row: dict[str, str], where: str) -> Metadata:
    values: dict[str, Any] = {name: row[name] for name in _FIELDS if row.get(name) and name != "period"}
    for name in _DATES:
        if name in values and not metadata.is_iso(values[name]):
            raise CorpusError(f"{where}: {name} is {values[name]!r}; write 2022-09-01, 2022-09 or 2022")
    for name, allowed in (("level", get_args(Level)), ("language", get_args(Language))):
        if name in values and values[name] not in allowed:
            raise CorpusError(f"{where}: {name} is {values[name]!r}; it is one of {', '.join(allowed)}")
    if "city" in values and (place := places.find(values["city"])):
        values["city"] = place.name
    years = [row.get("period_from", ""), row.get("period_to", "")]
    if any(years):
        if not all(year.isdigit() and len(year) == 4 for year in years):
            raise CorpusError(f"{where}: period_from and period_to are two years such as 2017 and 2020")
        values["period"] = (years[0], years[1])
    return Metadata(**values)
