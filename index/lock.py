"""One builder at a time in a folder. The system drops the lock when its holder ends, however it ends: a file that a
killed builder left behind locks nothing."""

import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from index.types import IndexFault

_NAME = "lock"
_PAUSE = 0.1  # seconds between two tries
_mine = threading.local()  # the locks that this thread holds: a builder calls others under its own


@contextmanager
def hold(folder: Path, tell: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of a folder, made if need be; `tell` is given one line if another holds it, which is waited for.

    Raises IndexFault where the folder cannot be written.
    """
    held: set[Path] = _mine.__dict__.setdefault("held", set())
    path = folder.resolve() / _NAME
    if path in held:
        yield
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    except OSError as error:
        raise IndexFault(
            f"{folder}: the index cannot be written: {error.strerror or error}; give a folder that can be: --index DIR"
        ) from None
    with file:
        if not _take(file):
            tell(f"{folder}: {_holder(path)} is building this index; waiting for it")
            while not _take(file):
                time.sleep(_PAUSE)
        held.add(path)
        try:
            _sign(path)
            yield
        finally:
            held.discard(path)
            _drop(file)


def _sign(path: Path) -> None:
    """Who holds the lock, for those who wait: beside it, since Windows lets nobody read a locked file."""
    signed = f"process {os.getpid()} on {socket.gethostname()} (since {time.strftime('%H:%M:%S')})"
    try:
        path.with_suffix(".holder").write_text(signed, encoding="utf-8")
    except OSError:
        return  # a full disk is for the builder to notice, in what matters


def _holder(path: Path) -> str:
    try:
        return path.with_suffix(".holder").read_text(encoding="utf-8") or "another process"
    except OSError:
        return "another process"


if sys.platform == "win32":
    import msvcrt

    def _take(file: BinaryIO) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _drop(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _drop(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
