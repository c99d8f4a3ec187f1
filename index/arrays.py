"""Arrays on disk in NumPy's own form (.npy, never with pickle), written piece by piece and mapped into memory."""

import io
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import DTypeLike

_HEADER = 128  # bytes: room for the header, which is written last, when the length is known


class ArrayWriter:
    """A file to which arrays are added along the first axis; `tail` is the shape of one element."""

    def __init__(self, path: Path, dtype: DTypeLike, tail: tuple[int, ...] = ()) -> None:
        self._dtype, self._tail, self._length = np.dtype(dtype), tail, 0
        self._file = path.open("wb")
        self._file.write(bytes(_HEADER))

    def add(self, part: np.ndarray) -> None:
        """Write a part, converted to the file's type. Raises ValueError if its shape is another one's."""
        if part.shape[1:] != self._tail:
            raise ValueError(f"elements of shape {part.shape[1:]} among such of {self._tail}")
        np.ascontiguousarray(part, dtype=self._dtype).tofile(self._file)
        self._length += len(part)

    def close(self) -> None:
        header = io.BytesIO()
        described = {"descr": self._dtype.str, "fortran_order": False, "shape": (self._length, *self._tail)}
        np.lib.format.write_array_header_1_0(header, described)
        text = header.getvalue()
        self._file.seek(0)
        self._file.write(text[:8] + (_HEADER - 10).to_bytes(2, "little") + text[10:-1].ljust(_HEADER - 11) + b"\n")
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self.close()
        else:
            self._file.close()


def save(folder: Path, arrays: dict[str, np.ndarray]) -> None:
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)


def load(folder: Path, name: str) -> Any:
    """An array of a folder, mapped into memory, not read."""
    mapped = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    return np.asarray(mapped)  # a memmap's slices are slow
