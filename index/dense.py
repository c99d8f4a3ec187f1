"""Nearest rows by inner product. The only importer of faiss."""

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.types import Floats


class Rows:
    """Unit vectors of sentences, searched exactly, so that a cosine is an inner product and higher is better."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Floats) -> "Rows":
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> "Rows":
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))

    def save(self, path: Path) -> None:
        faiss.write_index(self._index, str(path))

    def nearest(self, vector: Floats, k: int, allowed: NDArray[np.bool_] | None) -> tuple[NDArray[np.int64], Floats]:
        """Numbers and cosines of the k nearest rows, best first; `allowed` [rows] keeps the search inside a scope."""
        parameters = None
        if allowed is not None:
            bitmap = np.packbits(allowed, bitorder="little")
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bitmap))
        scores, numbers = self._index.search(vector[None, :], min(k, self._index.ntotal), params=parameters)
        found = numbers[0] >= 0
        return numbers[0][found], scores[0][found]

    def vectors(self, numbers: NDArray[np.int64]) -> Floats:
        """The vectors of some rows: float32 [len(numbers), dimensions]."""
        return np.asarray(self._index.reconstruct_batch(numbers), dtype=np.float32)
