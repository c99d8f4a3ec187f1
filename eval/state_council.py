"""The documents of the State Council set: policy documents that the project does not carry and no rule was made for."""

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

from corpus.types import UserError
from eval.questions import Item

NAME = "state-council"
DEFAULT_DATA = Path(__file__).parents[2] / "shared" / "training"
FILE = "policy_documents_zh.jsonl.gz"
_FOLDER = Path(__file__).parents[1] / ".cache" / "eval" / NAME


class Absent(UserError):
    """The documents are not on this machine: the set is skipped."""


def file_name(title: str) -> str:
    """A title as the name of a file on any system."""
    return re.sub(r'[\\/:*?"<>|\s]+', "_", title)[:70] + ".txt"


def corpus_folder(data: Path | None) -> Path:
    """A folder of the documents, one file each, written from `data`. Raises Absent, or UserError if it is damaged."""
    path = (data or DEFAULT_DATA) / FILE
    if not path.is_file():
        raise Absent(f"{NAME} is skipped: {path} is not there; --data names the folder that holds {FILE}")
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            texts = {file_name(row["title"]): row["text"] for row in map(json.loads, lines)}
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise UserError(f"{path}: is no gzip file of JSON lines with title and text: {error}") from None
    _FOLDER.mkdir(parents=True, exist_ok=True)
    for name in {found.name for found in _FOLDER.iterdir()} - set(texts):
        (_FOLDER / name).unlink()
    for name, text in texts.items():
        file, content = _FOLDER / name, text.encode()
        if not file.exists() or file.read_bytes() != content:
            file.write_bytes(content)
    return _FOLDER


def with_files(item: Item) -> Item:
    """A question whose golds name documents by title, naming them by file."""
    needs = tuple(tuple(replace(gold, document=file_name(gold.document)) for gold in need) for need in item.needs)
    return replace(item, needs=needs)
