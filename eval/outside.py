"""Sets over documents that the project does not carry, and no rule was made for: policies and local statutes."""

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from corpus.types import UserError
from eval.questions import Item

FILES = {"state-council": "policy_documents_zh.jsonl.gz", "regulations": "law_articles_zh.jsonl.gz"}  # by set
DEFAULT_DATA = Path(__file__).parents[2] / "shared" / "training"
_FOLDER = Path(__file__).parents[1] / ".cache" / "eval"


class Absent(UserError):
    """The documents are not on this machine: the set is skipped."""


def file_name(title: str) -> str:
    """A title as the name of a file on any system."""
    return re.sub(r'[\\/:*?"<>|\s]+', "_", title)[:70] + ".txt"


def corpus_folder(name: str, items: Sequence[Item], data: Path | None) -> Path:
    """A folder of a set's documents, one file each, written from `data`: of statutes those that a gold names. Raises
    Absent, or UserError if the data is damaged."""
    path = (data or DEFAULT_DATA) / FILES[name]
    if not path.is_file():
        raise Absent(f"{name} is skipped: {path} is not there; --data names the folder that holds {FILES[name]}")
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows: Iterator[dict[str, Any]] = map(json.loads, lines)
            if name == "regulations":
                rows = _statutes(rows, {gold.document for item in items for need in item.needs for gold in need})
            texts = {file_name(row["title"]): row["text"] for row in rows}
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise UserError(f"{path}: is no gzip file of JSON lines as expected: {error}") from None
    folder = _FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    for stale in {found.name for found in folder.iterdir()} - set(texts):
        (folder / stale).unlink()
    for file, text in texts.items():
        content = text.encode()
        if not (folder / file).exists() or (folder / file).read_bytes() != content:
            (folder / file).write_bytes(content)
    return folder


def _statutes(articles: Iterator[dict[str, Any]], wanted: set[str]) -> Iterator[dict[str, Any]]:
    """Statutes put together from their articles, with their chapters."""
    for law, group in groupby(articles, lambda article: article["law"]):
        if law in wanted:
            lines, chapter = [law], None
            for article in group:
                if article["chapter"] and article["chapter"] != chapter:
                    lines.append(chapter := article["chapter"])
                lines.append(f"{article['article']} {article['text']}")
            yield {"title": law, "text": "\n".join(lines) + "\n"}


def with_files(item: Item) -> Item:
    """A question whose golds name documents by title, naming them by file."""
    needs = tuple(tuple(replace(gold, document=file_name(gold.document)) for gold in need) for need in item.needs)
    return replace(item, needs=needs)
