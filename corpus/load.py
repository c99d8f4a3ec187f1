"""A file -> its text, in which every offset counts."""

import codecs
from pathlib import Path

from corpus.types import CorpusError

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
SUFFIXES = (".txt", ".md")


def read_text(path: Path) -> str:
    """The text of a file, line ends and all, without a byte order mark.

    Raises CorpusError with one line that names the file: missing, unreadable, empty, binary, or of a kind that is not
    read.
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
    text = _decode(data, path)
    if not text.strip():
        raise CorpusError(f"{path}: holds no text")
    return text


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
