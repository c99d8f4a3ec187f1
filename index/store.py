"""An index on disk: generations that are written aside, checked and swapped in, under one folder.

<folder>/current names the generation in use; <folder>/<generation>/ holds manifest.json (what it was made from and the
checksum of each file), corpus.sqlite (documents, clauses, terms) and the arrays.
"""

import hashlib
import json
import secrets
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from corpus import collection
from corpus.types import Cell, Clause, Document, Metadata, Relation
from index.types import IndexFault

FORMAT = 2
_ROOT = Path(__file__).parents[1]
_CURRENT = "current"
_ABANDONED = 6 * 3_600  # seconds after which a build that still lies aside is taken for broken off
_KEPT = 2  # generations: the one in use and the last good one before it


def default_folder(corpus: Path, model: str) -> Path:
    """The index of a corpus folder and a model, where --index names no other."""
    key = hashlib.sha256(f"{corpus.resolve()}\0{model}".encode()).hexdigest()
    return _ROOT / ".cache" / "index" / f"{key[:16]}-{FORMAT}"  # another format is another index, built anew


def fingerprint(corpus: Path) -> dict[str, str]:
    """Checksums of what an index is made from: each file of the corpus, and the code that reads and indexes it."""
    found = {path.relative_to(corpus).as_posix(): _checksum(path) for path in collection.files(corpus)}
    catalogue = corpus / collection.CATALOG
    if catalogue.exists():
        found[collection.CATALOG] = _checksum(catalogue)
    return found | {"": _code()}


def fingerprint_of(corpus: collection.Corpus, headed: bool) -> dict[str, str]:
    """The same for a corpus that comes from elsewhere than a folder of documents, or is cut in another way."""
    digest = hashlib.sha256(str(headed).encode())
    for document, outline in zip(corpus.documents, corpus.outlines, strict=True):
        spans = [(clause.address, clause.ordinal, clause.start, clause.end) for clause in outline.clauses]
        digest.update(repr((document.id, document.text, document.metadata, spans)).encode())
    return {"corpus": digest.hexdigest(), "": _code()}


@cache
def _code() -> str:
    sources = sorted(path for name in ("corpus", "index") for path in (_ROOT / name).glob("*.[pc]*"))
    return hashlib.sha256("".join(_checksum(path) for path in sources if path.is_file()).encode()).hexdigest()


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(folder: Path, manifest: dict[str, Any], fill: Callable[[Path], None]) -> Path:
    """Fill a new generation aside, seal it with its manifest, and make it the current one.

    What was current stays, and stays in use by readers that have it open. Raises IndexFault where `folder` cannot be
    written.
    """
    name = f"generation-{secrets.token_hex(6)}"
    aside = folder / f"{name}.tmp"
    try:
        aside.mkdir(parents=True)
        fill(aside)
        files = {path.name: _checksum(path) for path in sorted(aside.iterdir())}
        sealed = {"format": FORMAT, **manifest, "files": files}
        (aside / "manifest.json").write_text(json.dumps(sealed, ensure_ascii=False, indent=1), encoding="utf-8")
        aside.rename(folder / name)
        pointer = folder / f"{_CURRENT}.{name}"
        pointer.write_text(name, encoding="utf-8")
        pointer.replace(folder / _CURRENT)
    except OSError as error:
        shutil.rmtree(aside, ignore_errors=True)
        raise IndexFault(f"{folder}: the index cannot be written: {error.strerror or error}") from error
    _sweep(folder, name)
    return folder / name


def _sweep(folder: Path, current: str) -> None:
    """Remove generations older than the last good one, and what broken builds left."""
    generations = sorted(folder.glob("generation-*"), key=lambda path: path.stat().st_mtime, reverse=True)
    kept = [path for path in generations if path.suffix != ".tmp" and path.name != current][: _KEPT - 1]
    for path in generations:
        # What is being written now is another builder's: only what has long lain still was left by a broken build.
        fresh = path.suffix == ".tmp" and time.time() - path.stat().st_mtime < _ABANDONED
        if path.name != current and path not in kept and not fresh:
            shutil.rmtree(path, ignore_errors=True)


def current(folder: Path) -> tuple[Path, dict[str, Any]] | None:
    """The generation in use and its manifest, every file checked; None if there is no index.

    Raises IndexFault if there is one that is of another format, cut off or changed.
    """
    pointer = folder / _CURRENT
    if not pointer.exists():
        return None
    mend = "build it anew: python -m index build --force"
    generation = folder
    try:
        generation = folder / pointer.read_text(encoding="utf-8").strip()
        manifest = json.loads((generation / "manifest.json").read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT:
            raise IndexFault(f"{folder}: index format {manifest['format']}, this program reads {FORMAT}; {mend}")
        for name, checksum in manifest["files"].items():
            if _checksum(generation / name) != checksum:
                raise IndexFault(f"{generation / name}: the file is damaged (checksum differs); {mend}")
    except (OSError, ValueError, KeyError, TypeError) as error:
        named = getattr(error, "filename", None) or generation / "manifest.json"
        raise IndexFault(f"{named}: the index is incomplete; {mend}") from None
    return generation, manifest


class Tables:
    """Documents, clauses and terms of a generation, read as they are asked for."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(
            f"file:{path.as_posix()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self.documents = tuple(
            Document(name, text, _metadata(metadata), tuple(json.loads(catalogued)), _relations(related))
            for name, text, metadata, catalogued, related in self._database.execute(
                "SELECT name, text, metadata, catalogued, relations FROM documents ORDER BY number"
            )
        )
        self._numbers = {document.id: number for number, document in enumerate(self.documents)}

    def document(self, name: str) -> Document:
        return self.documents[self._numbers[name]]

    def clause(self, number: int) -> Clause:
        (row,) = self._database.execute(f"SELECT {_COLUMNS} FROM clauses WHERE number = ?", (number,))
        return self._clause(row)

    def number(self, clause: Clause) -> int:
        """The number of a clause, by its identity."""
        (row,) = self._database.execute(
            "SELECT number FROM clauses WHERE document = ? AND start = ?",
            (self._numbers[clause.document], clause.start),
        )
        return int(row[0])

    def clauses_of(self, document: str) -> list[Clause]:
        rows = self._database.execute(
            f"SELECT {_COLUMNS} FROM clauses WHERE document = ? ORDER BY number", (self._numbers[document],)
        )
        return [self._clause(row) for row in rows]

    def _clause(self, row: Sequence[Any]) -> Clause:
        owner, address, ordinal, kind, start, end, lead, cells = row
        document = self.documents[owner]
        return Clause(
            document.id,
            tuple(json.loads(address)),
            ordinal,
            kind,
            start,
            end,
            document.text[start:end],
            lead,
            tuple(Cell(*cell) for cell in json.loads(cells)),
        )

    def terms(self, wanted: Iterable[str]) -> dict[str, int]:
        """The numbers of those terms that the corpus has."""
        words = list(set(wanted))
        marks = ",".join("?" * len(words))
        return dict(self._database.execute(f"SELECT term, number FROM terms WHERE term IN ({marks})", words))

    def close(self) -> None:
        self._database.close()


_COLUMNS = "document, address, ordinal, kind, start, end, lead, cells"


def write_tables(path: Path, documents: Sequence[Document], clauses: Sequence[Clause], terms: Sequence[str]) -> None:
    numbers = {document.id: number for number, document in enumerate(documents)}
    with sqlite3.connect(path) as database:
        database.executescript(
            f"""CREATE TABLE documents (number INTEGER PRIMARY KEY, name, text, metadata, catalogued, relations);
            CREATE TABLE clauses (number INTEGER PRIMARY KEY, {_COLUMNS});
            CREATE INDEX by_place ON clauses (document, start);
            CREATE TABLE terms (term TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;"""
        )
        database.executemany(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)",
            (
                (
                    number,
                    document.id,
                    document.text,
                    _json(asdict(document.metadata)),
                    _json(document.catalogued),
                    _json([asdict(relation) for relation in document.relations]),
                )
                for number, document in enumerate(documents)
            ),
        )
        database.executemany(
            "INSERT INTO clauses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    number,
                    numbers[clause.document],
                    _json(clause.address),
                    clause.ordinal,
                    clause.kind,
                    clause.start,
                    clause.end,
                    clause.lead,
                    _json([(cell.column, cell.start, cell.end) for cell in clause.cells]),
                )
                for number, clause in enumerate(clauses)
            ),
        )
        database.executemany("INSERT INTO terms VALUES (?, ?)", ((term, n) for n, term in enumerate(terms)))
    database.close()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _metadata(text: str) -> Metadata:
    values = json.loads(text)
    return Metadata(**values | {"period": tuple(values["period"]) if values["period"] else None})


def _relations(text: str) -> tuple[Relation, ...]:
    return tuple(Relation(**values) for values in json.loads(text))


def save_arrays(folder: Path, arrays: dict[str, np.ndarray]) -> None:
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)


def load_array(folder: Path, name: str) -> np.ndarray:
    """An array of a generation, mapped into memory, not read."""
    array: np.ndarray = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    return array
