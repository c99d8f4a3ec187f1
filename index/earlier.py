"""An earlier generation, from which a new one takes what has not changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import collection
from corpus.types import Document, Metadata, Outline
from index import arrays, store
from index.bm25 import Counts, Postings
from index.dense import Kind, Rows
from index.types import Encoder, IndexFault


@dataclass(frozen=True, slots=True)
class Run:
    """What a generation holds of documents that follow one another."""

    rows: dict[str, NDArray[Any]]
    clauses: dict[str, NDArray[Any]]
    spans: NDArray[np.int32]
    row_counts: NDArray[np.int32]
    token_ids: NDArray[np.integer[Any]]
    token_counts: NDArray[np.int64]
    counts: Counts


class Earlier:
    """A generation that was made by the same code with the same model, every byte of it checked."""

    def __init__(self, generation: Path, manifest: dict[str, Any]) -> None:
        self.manifest = manifest
        self.kinds: tuple[Kind, Kind] = (manifest["kinds"]["rows"], manifest["kinds"]["clauses"])
        self._generation = generation
        self.tables = store.Tables(generation / "corpus.sqlite")
        self._numbers = {key: number for number, key in enumerate(self.tables.keys())}
        owners = arrays.load(generation, "owners")
        self._clause_starts = np.searchsorted(owners, np.arange(manifest["documents"] + 1))
        self._row_starts = arrays.load(generation, "row_starts")
        self._token_starts = arrays.load(generation, "token_starts")

    @classmethod
    def of(cls, directory: Path, model: Encoder, headed: bool) -> "Earlier | None":
        """The generation in use under a folder if anything of it can be used again; None if nothing can."""
        try:
            found = store.current(directory)
            if found is None or any(found[1].get(name) != value for name, value in _same(model, headed).items()):
                return None
            store.Check(*found).wait()
        except IndexFault:
            return None  # what is damaged is made anew
        return cls(*found)

    def known(self, made_from: Mapping[str, str]) -> collection.Known:
        """What is held of the documents whose files are the same as in `made_from`, and as the catalogue has them."""
        same = {name for name, checksum in made_from.items() if self.manifest["made_from"].get(name) == checksum}
        # A repeal has changed what another document says of itself: that one is read anew.
        repealed = {
            relation.target
            for document in self.tables.documents
            for relation in document.relations
            if relation.kind == "repeals"
        }
        held = {document.id: document for document in self.tables.documents if document.id in same - repealed}

        def find(identity: str, given: Metadata) -> tuple[Document, Outline] | None:
            document = held.get(identity)
            if document is None or document.catalogued != collection.catalogued_fields(given):
                return None
            if any(getattr(document.metadata, name) != getattr(given, name) for name in document.catalogued):
                return None
            return document, Outline(tuple(self.tables.clauses_of(identity)), (), ())

        return find

    def find(self, key: str) -> int | None:
        """The number of the document that has a key."""
        return self._numbers.get(key)

    def rows_of(self, number: int) -> int:
        start, end = self._clause_starts[number], self._clause_starts[number + 1]
        return int(self._row_starts[end] - self._row_starts[start])

    def run(self, first: int, last: int) -> Run:
        """What is held of the documents from `first` to `last`."""
        start, end = int(self._clause_starts[first]), int(self._clause_starts[last])
        row_starts, token_starts = self._row_starts[start : end + 1], self._token_starts[start : end + 1]
        of_rows = slice(int(row_starts[0]), int(row_starts[-1]))
        return Run(
            self._rows.parts(of_rows),
            self._clauses.parts(slice(start, end)),
            arrays.load(self._generation, "row_spans")[of_rows],
            np.diff(row_starts).astype(np.int32),
            arrays.load(self._generation, "token_ids")[int(token_starts[0]) : int(token_starts[-1])],
            np.diff(token_starts),
            self._counts.part(start, end),
        )

    @cached_property
    def terms(self) -> list[str]:
        return self.tables.all_terms()

    @cached_property
    def _rows(self) -> Rows:
        return Rows.load(self._generation, "row", self.kinds[0])

    @cached_property
    def _clauses(self) -> Rows:
        return Rows.load(self._generation, "clause", self.kinds[1])

    @cached_property
    def _counts(self) -> Counts:
        array = {
            name: arrays.load(self._generation, name)
            for name in ("term_starts", "term_clauses", "term_weights", "term_frequencies", "clause_lengths")
        }
        size = self.manifest["clauses"]
        postings = Postings(array["term_starts"], array["term_clauses"], array["term_weights"], size)
        return Counts.of(postings, array["term_frequencies"], array["clause_lengths"])


def _same(model: Encoder, headed: bool) -> dict[str, Any]:
    """What a generation's manifest must say for its vectors and tokens to be those that would be made now."""
    return {"model": model.name, "headed": headed, "code": store.code()}
