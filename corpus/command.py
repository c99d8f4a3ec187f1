"""What every command line of the project shares: one line for a user's mistake, one JSON document for --json."""

import argparse
import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from corpus.types import CorpusError, UserError


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; {self.prog} --help shows what it takes\n")


def run(main: Callable[[], int]) -> NoReturn:
    """Exit with main's status; 2 and one line for a UserError, 1 and one line for a file system's refusal."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        status = main()
        sys.stdout.flush()
    except UserError as error:
        print(one_line(str(error)), file=sys.stderr)
        status = 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except OSError as error:
        print(one_line(f"{error.filename or 'the system'}: {error.strerror or error}"), file=sys.stderr)
        status = 1
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def print_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
    print()


def corpus_folder(text: str) -> Path:
    """The value of --corpus: a folder that is there."""
    folder = Path(text)
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder; --corpus takes a folder of documents")
    return folder


def iso_date(text: str) -> str:
    """The value of --as-of: YYYY-MM-DD. Raises UserError."""
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UserError(f"{text!r} is no date; write it as 2025-07-01") from None
