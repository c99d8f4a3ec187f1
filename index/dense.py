"""Nearest rows by inner product. The only importer of faiss.

Three kinds, by the number of rows. `flat` keeps the vectors as they are and compares a question with each. `codes`
keeps eight bits a dimension, for what is never searched. `signs` has one bit beside them: faiss scans these by their
Hamming distance (of very many rows first those of half of the dimensions, since a scan takes as long as to read them),
and the eight bits put in order what it finds. None is trained, so that a row's form never depends on the others' and
can be used again.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from index import arrays
from index.types import Floats

Kind = Literal["flat", "codes", "signs"]
FLAT_UP_TO = 20_000  # rows: to there, comparing all takes no longer than the rest of a question
FEWEST_DIMENSIONS = 256  # with fewer, signs tell too little
OVERSAMPLING = 4  # rows that the signs pick for each one wanted
HALVED_FROM = 1_000_000  # rows from which the signs of half of the dimensions pick what the others are compared for
_COARSE = 8  # rows picked so, for each one that all signs pick
_PARTS: dict[Kind, tuple[str, ...]] = {
    "flat": ("vectors",),
    "codes": ("codes", "scales"),
    "signs": ("codes", "scales", "signs", "other_signs"),
}
_LARGEST = 127  # of a signed byte
_TOGETHER = 512  # rows whose numbers fit into a processor's own memory
_SHARE = 0.2  # of the rows in scope from which all are scanned, and those out of scope dropped, instead of copied


def kind_for(rows: int, dimensions: int, *, searched: bool) -> Kind:
    """The kind for so many rows, which are searched or only looked at by their numbers."""
    if rows <= FLAT_UP_TO or dimensions < FEWEST_DIMENSIONS:
        return "flat"
    return "signs" if searched else "codes"


def encode(vectors: Floats, kind: Kind) -> dict[str, NDArray[Any]]:
    """The form of some rows in files, by the name of the file: of each row by itself."""
    if kind == "flat":
        return {"vectors": vectors}
    scales = np.abs(vectors).max(axis=1, initial=0) / np.float32(_LARGEST)
    codes = np.rint(vectors / np.where(scales > 0, scales, 1)[:, None]).astype(np.int8)
    coded = {"codes": codes, "scales": scales.astype(np.float32)}
    if kind == "codes":
        return coded
    signs, other = np.array_split(np.packbits(vectors > 0, axis=1), 2, axis=1)
    return coded | {"signs": np.ascontiguousarray(signs), "other_signs": np.ascontiguousarray(other)}


class Rows:
    """Unit vectors of sentences or clauses, so that a cosine is an inner product and higher is better."""

    def __init__(self, parts: Mapping[str, NDArray[Any]]) -> None:
        self.kind: Kind = "flat" if "vectors" in parts else "signs" if "signs" in parts else "codes"
        self._parts = parts

    @classmethod
    def build(cls, vectors: Floats, kind: Kind = "flat") -> "Rows":
        return cls(encode(np.ascontiguousarray(vectors, dtype=np.float32), kind))

    @classmethod
    def load(cls, folder: Path, name: str, kind: Kind) -> "Rows":
        return cls({part: arrays.load(folder, f"{name}_{part}") for part in _PARTS[kind]})

    def save(self, folder: Path, name: str) -> None:
        arrays.save(folder, {f"{name}_{part}": array for part, array in self._parts.items()})

    def __len__(self) -> int:
        return len(self._parts[_PARTS[self.kind][0]])

    def parts(self, rows: slice) -> dict[str, NDArray[Any]]:
        """The form of some rows in files, to be used again in another index."""
        return {part: array[rows] for part, array in self._parts.items()}

    def nearest(self, vector: Floats, k: int, allowed: NDArray[np.bool_] | None) -> tuple[NDArray[np.int64], Floats]:
        """Numbers and cosines of the k nearest rows, best first; `allowed` [rows] keeps the search inside a scope."""
        if self.kind == "flat":
            numbers = None if allowed is None else np.flatnonzero(allowed)
        else:
            numbers = self._alike(vector, k * OVERSAMPLING, allowed)
        cosines = self.cosines(numbers, vector)
        best = np.argpartition(-cosines, k)[:k] if k < len(cosines) else np.arange(len(cosines))
        best = best[np.argsort(-cosines[best], kind="stable")]
        return (best if numbers is None else numbers[best]).astype(np.int64), cosines[best]

    def cosines(self, numbers: NDArray[np.int64] | None, vector: Floats) -> Floats:
        """Inner products of a vector with some rows, with all of them where None: float32 [len(numbers)]."""
        if self.kind == "flat":
            chosen = self._parts["vectors"] if numbers is None else self._parts["vectors"][numbers]
            return np.asarray(chosen @ vector, dtype=np.float32)
        numbers = np.arange(len(self)) if numbers is None else numbers
        products = np.empty(len(numbers), dtype=np.float32)
        for first in range(0, len(numbers), _TOGETHER):
            part = slice(first, first + _TOGETHER)
            products[part] = self._parts["codes"][numbers[part]].astype(np.float32) @ vector
        return np.asarray(products * self._parts["scales"][numbers], dtype=np.float32)

    def vectors(self, numbers: NDArray[np.int64]) -> Floats:
        """The vectors of some rows: float32 [len(numbers), dimensions]."""
        if self.kind == "flat":
            return np.asarray(self._parts["vectors"][numbers], dtype=np.float32)
        vectors = self._parts["codes"][numbers].astype(np.float32)
        vectors *= self._parts["scales"][numbers, None]
        return np.asarray(vectors)

    def _alike(self, vector: Floats, k: int, allowed: NDArray[np.bool_] | None) -> NDArray[np.int64]:
        """The rows, k or a few more, with the most signs in common with a vector, in the order of their numbers."""
        if allowed is None:
            return self._scan(vector, k, None)
        inside = int(np.count_nonzero(allowed))
        if inside > _SHARE * len(self):
            # The best of all that are in scope are the best in scope, as far as they reach.
            found = self._scan(vector, int(1.2 * k * len(self) / inside), None)
            found = found[allowed[found]]
            if len(found) >= min(k, inside):
                return found
        return self._scan(vector, k, np.flatnonzero(allowed))

    def _scan(self, vector: Floats, k: int, numbers: NDArray[np.int64] | None) -> NDArray[np.int64]:
        signs, other = self._parts["signs"], self._parts["other_signs"]
        asked, asked_other = np.array_split(np.packbits(vector > 0), 2)
        distances = _hamming(asked, signs if numbers is None else signs[numbers])
        if len(distances) >= HALVED_FROM:
            near = _lowest(distances, k * _COARSE)
            numbers, distances = near if numbers is None else numbers[near], distances[near]
        distances = distances + _hamming(asked_other, other if numbers is None else other[numbers])
        best = _lowest(distances, k)
        return np.asarray(best if numbers is None else numbers[best], dtype=np.int64)


def _hamming(asked: NDArray[np.uint8], signs: NDArray[np.uint8]) -> NDArray[np.int32]:
    """How many bits differ: int32 [len(signs)]."""
    import faiss  # only a large index waits for it

    asked, signs = np.ascontiguousarray(asked), np.ascontiguousarray(signs)
    distances = np.empty(len(signs), dtype=np.int32)
    if len(signs):
        pointers = [faiss.swig_ptr(array) for array in (asked, signs, distances)]
        faiss.hammings(pointers[0], pointers[1], 1, len(signs), signs.shape[1], pointers[2])
    return distances


def _lowest(distances: NDArray[np.int32], k: int) -> NDArray[np.int64]:
    """Where the k lowest are, and all as low as the last of them: which ones then depends on nothing else."""
    if k >= len(distances):
        return np.arange(len(distances))
    return np.flatnonzero(distances <= np.partition(distances, k - 1)[k - 1])
