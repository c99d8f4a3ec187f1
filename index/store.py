"""An index on disk: generations that are written aside, checked and swapped in, under one folder.

<folder>/current names the generation in use; <folder>/<generation>/ holds manifest.json (what it was made from and the
checksum of each file), corpus.sqlite (documents, clauses, terms) and the arrays. <folder>/lock is held while one is
built.

What is guaranteed: no answer is given from a file that differs from what was written. A small generation is compared
with its checksums when it is opened; of a large one sizes and manifest are, the rest in the background, and the first
thing read from its tables, which every answer needs, waits for that.
"""

import hashlib
import io
import json
import os
import secrets
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any

from corpus import collection, load
from corpus.types import Cell, Clause, Document, Metadata, Relation
from index import arrays, lock
from index.types import IndexFault

FORMAT = 4
_ROOT = Path(__file__).parents[1]
_CURRENT = "current"
_MANIFEST = "manifest.json"
_KEPT = 2  # generations: the one in use and the last good one before it
_AT_ONCE = 64 << 20  # bytes up to which a generation is checked whole when it is opened: a twentieth of a second
_CHECKERS = 2  # threads that check a larger one
_MEND = "build it anew: python -m index build --force; or go back to the one before: python -m index restore"

load_array, save_arrays = arrays.load, arrays.save


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
    return found | {"": code()}


def fingerprint_of(corpus: collection.Corpus, headed: bool) -> dict[str, str]:
    """The same for a corpus that comes from elsewhere than a folder of documents, or is cut in another way."""
    digest = hashlib.sha256(str(headed).encode())
    for document, outline in zip(corpus.documents, corpus.outlines, strict=True):
        spans = [(clause.address, clause.ordinal, clause.start, clause.end) for clause in outline.clauses]
        digest.update(repr((document.id, document.text, document.metadata, spans)).encode())
    return {"corpus": digest.hexdigest(), "": code()}


def code() -> str:
    """The checksum of the code that reads and indexes."""
    return load.code("corpus", "index")


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(
    folder: Path,
    manifest: Mapping[str, Any],
    fill: Callable[[Path], None],
    check: Callable[[Path, dict[str, Any]], None] | None = None,
) -> Path:
    """Fill a new generation aside, seal it with its manifest, and make it the current one if `check` lets it pass.

    What was current stays, and stays in use by readers that have it open. Raises IndexFault where `folder` cannot be
    written, and what `fill` and `check` raise; nothing is left of the new one then.
    """
    name = f"generation-{secrets.token_hex(6)}"
    aside = folder / f"{name}.tmp"
    with lock.hold(folder, lambda _: None):
        try:
            for broken in folder.glob("generation-*.tmp"):
                shutil.rmtree(broken, ignore_errors=True)  # whoever wrote it is gone: the lock is ours
            aside.mkdir()
            fill(aside)
            sealed = _seal(aside, manifest)
            if check:
                check(aside, sealed)
            _swap(folder, aside, name)
        except (OSError, sqlite3.Error) as error:
            reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
            raise IndexFault(
                f"{folder}: the index cannot be written: {reason}; the one of before, if there is one, stays in use; "
                "make room or give another folder: --index DIR"
            ) from error
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        _sweep(folder, name)
    return folder / name


def _seal(aside: Path, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Write the manifest with the size and checksum of each file, all of it down to the disk."""
    files = {}
    for path in sorted(aside.iterdir()):
        _flush(path)
        files[path.name] = {"bytes": path.stat().st_size, "sha256": _checksum(path)}
    sealed = {"format": FORMAT, **manifest, "files": files}
    sealed["seal"] = _sealed(sealed)
    (aside / _MANIFEST).write_text(json.dumps(sealed, ensure_ascii=False, indent=1), encoding="utf-8")
    _flush(aside / _MANIFEST)
    _flush(aside)
    return sealed


def _sealed(manifest: Mapping[str, Any]) -> str:
    """The checksum of a manifest without its seal."""
    rest = {name: value for name, value in manifest.items() if name != "seal"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def _swap(folder: Path, aside: Path, name: str) -> None:
    aside.rename(folder / name)
    _point(folder, name)


def _point(folder: Path, name: str) -> None:
    """Make a generation the current one: wholly or, if anything fails, not at all."""
    pointer = folder / f"{_CURRENT}.{name}"
    try:
        pointer.write_text(name, encoding="utf-8")
        _flush(pointer)
        pointer.replace(folder / _CURRENT)
    except OSError:
        with suppress(OSError):
            pointer.unlink()
        shutil.rmtree(folder / name, ignore_errors=True)
        raise
    _flush(folder)


def _flush(path: Path) -> None:
    """Have the system write a file or folder down to the disk, so that a loss of power leaves it whole."""
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folder
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(folder: Path, current: str) -> None:
    """Remove generations older than the last good one, and pointers that broken builds left."""
    for path in folder.glob(f"{_CURRENT}.*"):
        path.unlink(missing_ok=True)
    for path in _generations(folder, current)[_KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


def _generations(folder: Path, current: str) -> list[Path]:
    """The generations that are not the current one, the newest first."""
    found = [path for path in folder.glob("generation-*") if path.suffix != ".tmp" and path.name != current]
    return sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)


def restore(folder: Path) -> Path:
    """Make the newest other generation that is whole the current one. Raises IndexFault if there is none."""
    with lock.hold(folder, lambda _: None):
        pointer = folder / _CURRENT
        name = pointer.read_text(encoding="utf-8").strip() if pointer.exists() else ""
        for path in _generations(folder, name):
            with suppress(IndexFault):
                Check(path, _manifest(folder, path), whole=True).wait()
                os.utime(path)  # the newest now, so that the next build keeps it
                aside = folder / f"{_CURRENT}.{path.name}"
                aside.write_text(path.name, encoding="utf-8")
                aside.replace(pointer)
                return path
    raise IndexFault(f"{folder}: holds no other index that is whole; build it anew: python -m index build --force")


def current(folder: Path) -> tuple[Path, dict[str, Any]] | None:
    """The generation in use and its manifest, each file there and of its size, all of a small one checked; None if
    there is no index.

    Raises IndexFault if there is one that is of another format, cut off or changed.
    """
    pointer = folder / _CURRENT
    if not pointer.exists():
        return None
    try:
        generation = folder / pointer.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        raise IndexFault(f"{pointer}: the index is incomplete; {_MEND}") from None
    manifest = _manifest(folder, generation)
    if _size(manifest) <= _AT_ONCE:
        Check(generation, manifest, whole=True).wait()
    return generation, manifest


def opened(generation: Path) -> tuple[Path, dict[str, Any]]:
    """A generation that was just written, and its manifest. Raises IndexFault if it is not as it was written."""
    return generation, _manifest(generation.parent, generation)


def _manifest(folder: Path, generation: Path) -> dict[str, Any]:
    """The manifest of a generation whose files are all there and of their size. Raises IndexFault."""
    path = generation / _MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT:
            raise IndexFault(f"{folder}: index format {manifest['format']}, this program reads {FORMAT}; {_MEND}")
        if manifest["seal"] != _sealed(manifest):
            raise IndexFault(f"{path}: the file is damaged (checksum differs); {_MEND}")
        for name, file in manifest["files"].items():
            path = generation / name
            if path.stat().st_size != file["bytes"]:
                raise IndexFault(f"{path}: the file is damaged (its size differs); {_MEND}")
    except (OSError, ValueError, KeyError, TypeError):
        raise IndexFault(f"{path}: the index is incomplete; {_MEND}") from None
    return manifest


def _size(manifest: Mapping[str, Any]) -> int:
    return sum(file["bytes"] for file in manifest["files"].values())


class Check:
    """The comparison of a generation's files with their checksums, in the background unless it has been made already.

    The files are opened at once and compared as they then are, even if they are deleted meanwhile.
    """

    def __init__(self, generation: Path, manifest: Mapping[str, Any], *, whole: bool = False) -> None:
        self._fault: IndexFault | None = None
        self._threads: list[threading.Thread] = []
        if not whole and _size(manifest) <= _AT_ONCE:
            return  # `current` has compared it
        named = sorted(manifest["files"].items(), key=lambda item: -int(item[1]["bytes"]))
        try:
            self._files = [(generation / name, (generation / name).open("rb"), file["sha256"]) for name, file in named]
        except OSError as error:
            self._fault = IndexFault(f"{error.filename}: the index is incomplete; {_MEND}")
            return
        self._queue: Iterator[tuple[Path, io.BufferedReader, str]] = iter(self._files)
        self._turn = threading.Lock()
        for _ in range(_CHECKERS):
            self._threads.append(threading.Thread(target=self._work, daemon=True))
            self._threads[-1].start()

    def wait(self) -> None:
        """Return once all is found as it was written. Raises IndexFault naming a file that is not."""
        for thread in self._threads:
            thread.join()
        if self._fault:
            raise self._fault

    def _work(self) -> None:
        while True:
            with self._turn:
                path, file, checksum = next(self._queue, (None, None, None))
            if path is None or file is None:
                return
            with file:
                try:
                    whole = self._fault is not None or hashlib.file_digest(file, "sha256").hexdigest() == checksum
                except OSError as error:
                    self._fault = IndexFault(f"{path}: cannot be read: {error.strerror or error}; {_MEND}")
                    continue
                if not whole:
                    self._fault = IndexFault(f"{path}: the file is damaged (checksum differs); {_MEND}")


class Tables:
    """Documents, clauses and terms of a generation, read as they are asked for, and not before `check` has passed."""

    def __init__(self, path: Path, check: Check | None = None) -> None:
        self._check = check
        self._connection = sqlite3.connect(
            f"file:{path.as_posix()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )

    @property
    def _database(self) -> sqlite3.Connection:
        if self._check:
            self._check.wait()
        return self._connection

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        rows = self._database.execute(
            "SELECT name, text, metadata, catalogued, relations FROM documents ORDER BY number"
        )
        return tuple(
            Document(name, text, _metadata(metadata), tuple(json.loads(catalogued)), _relations(related))
            for name, text, metadata, catalogued, related in rows
        )

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {document.id: number for number, document in enumerate(self.documents)}

    def keys(self) -> list[str]:
        """What each document is recognised by when an index is built again, in the order of the documents."""
        return [key for (key,) in self._database.execute("SELECT key FROM documents ORDER BY number")]

    def sizes(self) -> tuple[int, int]:
        """How many documents and clauses there are."""
        (row,) = self._database.execute("SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM clauses)")
        return int(row[0]), int(row[1])

    def all_terms(self) -> list[str]:
        """The terms of the corpus in the order of their numbers."""
        return [term for (term,) in self._database.execute("SELECT term FROM terms ORDER BY number")]

    def document(self, name: str) -> Document:
        return self.documents[self._numbers[name]]

    def clauses(self, numbers: Sequence[int]) -> list[Clause]:
        """Clauses by their numbers, in the order given."""
        marks = ",".join("?" * len(numbers))
        rows = self._database.execute(f"SELECT number, {_COLUMNS} FROM clauses WHERE number IN ({marks})", numbers)
        found = {row[0]: self._clause(row[1:]) for row in rows}
        return [found[number] for number in numbers]

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
        owner, address, ordinal, kind, start, end, lead, cells, refers = row
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
            tuple(Cell(*cell) for cell in json.loads(cells)) if cells != "[]" else (),
            tuple((first, last) for first, last in json.loads(refers)) if refers != "[]" else (),
        )

    def terms(self, wanted: Iterable[str]) -> dict[str, int]:
        """The numbers of those terms that the corpus has."""
        words = list(set(wanted))
        marks = ",".join("?" * len(words))
        return dict(self._database.execute(f"SELECT term, number FROM terms WHERE term IN ({marks})", words))

    def close(self) -> None:
        self._connection.close()


_COLUMNS = "document, address, ordinal, kind, start, end, lead, cells, refers"


def write_tables(
    path: Path,
    documents: Sequence[Document],
    clauses: Iterable[Clause],
    terms: Sequence[str],
    keys: Sequence[str] | None = None,
) -> None:
    numbers = {document.id: number for number, document in enumerate(documents)}
    database = sqlite3.connect(path)
    try:
        # What is broken off here is never looked at: no journal is needed, and the caller has it written down.
        database.executescript(
            f"""PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
            CREATE TABLE documents (number INTEGER PRIMARY KEY, name, text, metadata, catalogued, relations, key);
            CREATE TABLE clauses (number INTEGER PRIMARY KEY, {_COLUMNS});
            CREATE TABLE terms (term TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;"""
        )
        with database:
            database.executemany(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    (
                        number,
                        document.id,
                        document.text,
                        _json(asdict(document.metadata)),
                        _json(document.catalogued),
                        _json([asdict(relation) for relation in document.relations]),
                        keys[number] if keys else "",
                    )
                    for number, document in enumerate(documents)
                ),
            )
            database.executemany(
                "INSERT INTO clauses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
                        _json(clause.refers),
                    )
                    for number, clause in enumerate(clauses)
                ),
            )
            database.executemany("INSERT INTO terms VALUES (?, ?)", ((term, n) for n, term in enumerate(terms)))
            database.execute("CREATE INDEX by_place ON clauses (document, start)")
    finally:
        database.close()


_json = json.JSONEncoder(ensure_ascii=False).encode  # made once: json.dumps makes one for each value


def _metadata(text: str) -> Metadata:
    values = json.loads(text)
    return Metadata(**values | {"period": tuple(values["period"]) if values["period"] else None})


def _relations(text: str) -> tuple[Relation, ...]:
    return tuple(Relation(**values) for values in json.loads(text))
