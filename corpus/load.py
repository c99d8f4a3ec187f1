"""A file -> its text, in which every offset counts."""

import codecs
import glob
import hashlib
import re
from contextlib import suppress
from pathlib import Path

from corpus.types import CorpusError

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
SUFFIXES = (".txt", ".md", ".docx", ".html", ".htm", ".pdf")
_KEPT = ".extracted"  # folder beside the sources; hidden, so that it is no part of the corpus


def read_text(path: Path) -> str:
    """The text of a file, in which all offsets count.

    Of a plain file it is the file itself, line ends and all, without a byte order mark. Of other kinds it is the text
    extracted from it, kept beside the source, so that it stays the same while the source does.

    Raises CorpusError with one line that names the file: missing, unreadable, empty, binary, protected, or of a kind
    that is not read.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise CorpusError(
            f"{path}: files of the kind {path.suffix or '(none)'} are not read; {', '.join(SUFFIXES)} are"
        )
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise CorpusError(f"{path}: no such file") from None
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read: {error.strerror}") from None
    text = _decode(data, path) if path.suffix.lower() in (".txt", ".md") else _extracted(path, data)
    if not text.strip():
        raise CorpusError(f"{path}: holds no text")
    return text


def _extracted(path: Path, data: bytes) -> str:
    """The extracted text, from where it is kept if the source has not changed."""
    kept = path.parent / _KEPT / f"{path.name}.{hashlib.sha256(data).hexdigest()[:16]}.txt"
    try:
        with kept.open(encoding="utf-8", newline="") as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        pass
    text = _extract(path, data)
    with suppress(OSError):  # a corpus on a read-only medium is read anew each time
        kept.parent.mkdir(exist_ok=True)
        for stale in kept.parent.glob(f"{glob.escape(path.name)}.*.txt"):
            stale.unlink()
        aside = kept.with_suffix(".tmp")
        aside.write_text(text, encoding="utf-8", newline="")
        aside.replace(kept)
    return text


def _extract(path: Path, data: bytes) -> str:
    # Imported here: each takes a moment that a corpus of plain texts need not wait for.
    suffix = path.suffix.lower()
    if suffix == ".docx":
        from corpus import docx

        return docx.read(path)
    if suffix == ".pdf":
        from corpus import pdf

        return pdf.read(path)
    from corpus import html

    return html.read(_decode_page(data, path))


def _decode_page(data: bytes, path: Path) -> str:
    """A web page in the encoding that it names, or as plain text is decoded."""
    named = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]+)", data[:4_096])
    encoding = named.group(1).decode().lower() if named else ""
    if encoding in ("gb2312", "gbk", "gb18030", "big5", "big5-hkscs"):
        with suppress(UnicodeDecodeError):
            return data.decode("gb18030" if encoding.startswith("gb") else encoding)
    return _decode(data, path)


def _decode(data: bytes, path: Path) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding, path)
    if b"\0" in data:
        raise CorpusError(f"{path}: is not a text file (it holds zero bytes); save it as UTF-8 text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = error.start
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        raise CorpusError(f"{path}: byte {place} is neither UTF-8 nor GB18030; save it as UTF-8 text") from None


def _strict(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: byte {error.start} is not {encoding}, which its first bytes announce") from None
