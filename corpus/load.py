"""A file -> its text, in which every offset counts."""

import codecs
import glob
import hashlib
import re
from contextlib import suppress
from functools import cache
from pathlib import Path

from corpus.types import CorpusError

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|(?:html|head|body|meta|title)\b)",
    re.IGNORECASE | re.DOTALL,
)
SUFFIXES = (".txt", ".md", ".docx", ".html", ".htm", ".pdf")
_KEPT = ".extracted"  # folder beside the sources; hidden, so that it is no part of the corpus


def read_text(path: Path) -> str:
    """The text of a file, in which all offsets count.

    Of a plain file it is the file itself, line ends and all, without a byte order mark. Of other kinds it is the text
    extracted from it, kept beside the source, so that it stays the same while the source and the code that reads it do.

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
    kind = _kind(path, data)
    text = _decode(data, path) if kind == "text" else _extracted(path, data, kind)
    if not text.strip():
        raise CorpusError(f"{path}: holds no text")
    return text


def _kind(path: Path, data: bytes) -> str:
    """What a file is: by its first bytes, which a wrong name does not change, else by its name."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\3\4"):
        return "docx"
    if data.startswith(b"{\\rtf"):
        raise CorpusError(f"{path}: is rich text (RTF), which is not read; save it in Word as .docx")
    if _PAGE.match(data[:4_096]):
        return "html"
    return {".docx": "docx", ".pdf": "pdf", ".html": "html", ".htm": "html"}.get(path.suffix.lower(), "text")


def _extracted(path: Path, data: bytes, kind: str) -> str:
    """The extracted text, from where it is kept if neither the source nor the code that reads it has changed."""
    kept = path.parent / _KEPT / f"{path.name}.{hashlib.sha256(data + code('corpus').encode()).hexdigest()[:16]}.txt"
    try:
        with kept.open(encoding="utf-8", newline="") as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        pass
    text = _extract(path, data, kind)
    with suppress(OSError):  # a corpus on a read-only medium is read anew each time
        kept.parent.mkdir(exist_ok=True)
        for stale in kept.parent.glob(f"{glob.escape(path.name)}.*.txt"):
            stale.unlink()
        aside = kept.with_suffix(".tmp")
        aside.write_text(text, encoding="utf-8", newline="")
        aside.replace(kept)
    return text


@cache
def code(*folders: str) -> str:
    """The checksum of the code and the tables in these folders of the project."""
    root = Path(__file__).parents[1]
    sources = sorted(path for name in folders for path in (root / name).glob("*.[pc]*") if path.is_file())
    return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in sources)).hexdigest()


def _extract(path: Path, data: bytes, kind: str) -> str:
    # Imported here: each takes a moment that a corpus of plain texts need not wait for.
    if kind == "docx":
        from corpus import docx

        return docx.read(path)
    if kind == "pdf":
        from corpus import pdf

        return pdf.read(path)
    from corpus import html

    return html.read(_decode(data, path))


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
    # Many a text decodes without an error in an encoding that is not its own, but to characters that nobody writes.
    for encoding, common in (("big5hkscs", _big5), ("gb18030", lambda char: _gb2312(char) or _big5(char))):
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            foreign = [char for char in text if ord(char) > 127]
            if sum(map(common, foreign)) > 0.9 * len(foreign):
                return text
    raise CorpusError(f"{path}: byte {place} is neither UTF-8 nor GB18030 nor Big5; save it as UTF-8 text")


def _big5(char: str) -> bool:
    """Whether a character is a sign or one of the 5,401 frequent characters of Big5."""
    return b"\xa1" <= char.encode("big5", "ignore")[:1] <= b"\xc6"


def _gb2312(char: str) -> bool:
    return bool(char.encode("gb2312", "ignore"))


def _strict(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: byte {error.start} is not {encoding}, which its first bytes announce") from None
