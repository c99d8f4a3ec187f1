"""One answer a line: a file of questions in, a file of answers out, whole or not at all."""

import codecs
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.command import iso_date
from corpus.types import UserError
from index.types import Scope
from qa.answer import Answerer
from qa.render import answer_json


def run(
    answerer: Answerer, source: Path, target: Path, scope: Scope, cities: Callable[[list[str]], frozenset[str]]
) -> int:
    """Answer every line of `source` into `target`; the number of lines that failed. A line's own city and as_of
    outrank the scope. Raises UserError if `source` cannot be read or `target` cannot be written."""
    try:
        lines = source.read_bytes().removeprefix(codecs.BOM_UTF8).split(b"\n")
    except FileNotFoundError:
        raise UserError(f"{source}: no such file") from None
    except OSError as error:
        raise UserError(f"{source}: cannot be read: {error.strerror or error}") from None
    failed = 0
    aside = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    try:
        with aside.open("w", encoding="utf-8", newline="\n") as out:
            for row in _answers(answerer, lines, scope, cities):
                failed += "error" in row
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
        aside.replace(target)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise UserError(f"{target}: cannot be written: {error.strerror or error}") from None
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return failed


def _answers(
    answerer: Answerer, lines: list[bytes], scope: Scope, cities: Callable[[list[str]], frozenset[str]]
) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        identity = None
        try:
            row = _row(line)
            identity = row.get("id")
            if not isinstance(row.get("question"), str):
                raise UserError('has no "question" that is a text')
            own = _scope(row, scope, cities)
            started = time.perf_counter()
            answer = answerer.answer(row["question"], own)
            yield answer_json(answer, time.perf_counter() - started, identity)
        except UserError as error:
            yield {"id": identity, "line": number, "error": f"line {number} {error}"}


def _row(line: bytes) -> dict[str, Any]:
    """The object of a line. Raises UserError, too for what Python's JSON reads and no other could read back: NaN, 1e999
    and halves of characters."""
    try:
        row = json.loads(line.decode())
        json.dumps(row, ensure_ascii=False, allow_nan=False).encode()
    except UnicodeDecodeError as error:
        raise UserError(f"is not UTF-8: byte {error.start}") from None
    except (ValueError, RecursionError) as error:
        raise UserError(f"is not JSON: {error}") from None
    if not isinstance(row, dict):
        raise UserError("is no JSON object")
    return row


def _scope(row: dict[str, Any], scope: Scope, cities: Callable[[list[str]], frozenset[str]]) -> Scope:
    if row.get("city"):
        named = row["city"] if isinstance(row["city"], list) else [row["city"]]
        if not all(isinstance(name, str) for name in named):
            raise UserError('"city" is a name or a list of names')
        scope = replace(scope, cities=cities(named))
    if row.get("as_of"):
        scope = replace(scope, as_of=iso_date(str(row["as_of"])))
    return scope
