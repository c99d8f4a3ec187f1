"""Puts documents into a corpus folder and takes them out: whole or not at all, and nothing is thrown away."""

import csv
import io
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

from corpus.collection import CATALOG, files, read_catalogue
from corpus.types import CorpusError, Metadata

REMOVED = ".removed"  # hidden, so that what lies there is no part of the corpus
_COLUMNS = [
    "document",
    *(field.name for field in fields(Metadata) if field.name != "period"),
    "period_from",
    "period_to",
]


def add(folder: Path, name: str, source: Path) -> str:
    """Copy a file into the folder under a safe form of `name`, and say under which.

    Raises CorpusError if the folder has the same file already.
    """
    data = source.read_bytes()
    for known in files(folder):
        if known.stat().st_size == len(data) and known.read_bytes() == data:
            raise CorpusError(f"{name}: the library has this very file already, as {known.relative_to(folder)}")
    wanted = safe_name(name)
    stem, suffix = Path(wanted).stem, Path(wanted).suffix
    for number in range(1, 1_000):
        target = folder / (wanted if number == 1 else f"{stem} ({number}){suffix}")
        try:
            with target.open("xb"):  # reserves the name against whoever uploads at the same moment
                pass
        except FileExistsError:
            continue
        _replace(target, data)
        return target.name
    raise CorpusError(f"{name}: too many files of this name")


def remove(folder: Path, document: str) -> Path:
    """Move a document out of the corpus into the hidden folder .removed, and its row out of the catalogue.

    Raises CorpusError if there is no such document.
    """
    path = _inside(folder, document)
    kept = folder / REMOVED / f"{secrets.token_hex(4)}-{path.name}"
    kept.parent.mkdir(exist_ok=True)
    rows = [row for row in _rows(folder) if row["document"].strip() != document]
    path.replace(kept)
    _write_rows(folder, rows)
    return kept


@contextmanager
def catalogue_kept(folder: Path) -> Iterator[None]:
    """Puts catalog.csv back as it was if what is done inside fails."""
    path = folder / CATALOG
    before = path.read_bytes() if path.exists() else None
    try:
        yield
    except BaseException:
        if before is not None:
            _replace(path, before)
        else:
            path.unlink(missing_ok=True)
        raise


def correct(folder: Path, document: str, corrections: Mapping[str, str]) -> None:
    """Write metadata of a document into catalog.csv, by column; other rows and columns stay as they are.

    Raises CorpusError if a value is none that the catalogue takes.
    """
    _inside(folder, document)
    rows = _rows(folder)
    own = next((row for row in rows if row["document"].strip() == document), None)
    if own is None:
        rows.append(own := {"document": document})
    own.update({name: " ".join(value.split()) for name, value in corrections.items()})
    with catalogue_kept(folder):
        _write_rows(folder, rows)
        read_catalogue(folder)


def copy(source: Path, target: Path) -> None:
    """Copy a corpus folder, whole or not at all."""
    aside = target.with_name(f"{target.name}.{secrets.token_hex(4)}.tmp")
    shutil.copytree(source, aside)
    aside.rename(target)


def safe_name(name: str) -> str:
    """The last part of a file name without what a file system or a reader might take for something else."""
    last = re.split(r"[/\\]", name)[-1]
    plain = Path(re.sub(r'[\x00-\x1f\x7f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]', "", last))
    stem, suffix = plain.stem.strip(" .") or "document", plain.suffix
    while len(stem.encode()) > 150:
        stem = stem[:-1]
    return stem + suffix.lower()


def _inside(folder: Path, document: str) -> Path:
    path = (folder / document).resolve()
    if path not in [known.resolve() for known in files(folder)]:
        raise CorpusError(f"{document}: the library has no such document")
    return path


def _rows(folder: Path) -> list[dict[str, str]]:
    path = folder / CATALOG
    if not path.exists():
        return []
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def _write_rows(folder: Path, rows: list[dict[str, str]]) -> None:
    if not rows and not (folder / CATALOG).exists():
        return
    out = io.StringIO()
    table = csv.DictWriter(out, _COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    _replace(folder / CATALOG, out.getvalue().encode("utf-8-sig"))


def _replace(path: Path, data: bytes) -> None:
    aside = path.with_name(f".{secrets.token_hex(4)}.tmp")
    aside.write_bytes(data)
    aside.replace(path)
