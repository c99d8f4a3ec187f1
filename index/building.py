"""A corpus on its way into a generation, document by document. What an earlier generation holds of a document that has
not changed is copied: its tokens, counts and vectors."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.collection import Corpus
from corpus.types import Clause, Document
from index import arrays, dense, encoder, passages, rerank, store
from index.bm25 import Tally, starts_of
from index.dense import Kind
from index.earlier import Earlier, Run
from index.tokens import tokens
from index.types import Encoder

Progress = Callable[[str], None]
_BATCH = 4_096  # clauses that are read, cut and encoded at once
_NO_WORD = ["\0"]  # the token of a clause without one, which no question has


def key_of(document: Document, clauses: Sequence[Clause], headed: bool) -> str:
    """What tells a document, as the index sees it, from others: the checksum of its title, text and clauses."""
    digest = hashlib.sha256(repr((document.title, headed)).encode())
    digest.update(document.text.encode("utf-8", "surrogatepass"))
    for clause in clauses:
        cells = [(cell.column, cell.start, cell.end) for cell in clause.cells]
        place = (clause.address, clause.ordinal, clause.kind, clause.start, clause.end)
        digest.update(repr((*place, clause.lead, cells, clause.refers)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


class Filling:
    """A generation's files on the way: what `fill` writes, and what the manifest says of it."""

    def __init__(self, corpus: Corpus, model: Encoder, headed: bool, earlier: Earlier | None) -> None:
        self.corpus, self.model, self.headed, self.earlier = corpus, model, headed, earlier
        self.keys = [
            key_of(document, parsed.clauses, headed)
            for document, parsed in zip(corpus.documents, corpus.outlines, strict=True)
        ]
        self.kept = [earlier.find(key) if earlier else None for key in self.keys]
        self.clauses = sum(len(parsed.clauses) for parsed in corpus.outlines)
        self.spans = self._cut()
        kinds = self._kinds()
        if earlier and kinds != earlier.kinds:  # vectors have another form now
            self.earlier, self.kept = None, [None] * len(self.keys)
            self.spans = self._cut()
        self.row_kind, self.clause_kind = kinds
        self._row_counts: list[NDArray[np.int32]] = []
        self._token_counts: list[NDArray[np.int64]] = []

    @property
    def rows(self) -> int:
        fresh = sum(len(spans) for _, spans in self.spans.values())
        return fresh + sum(self.earlier.rows_of(number) for number in self.kept if self.earlier and number is not None)

    @property
    def reused(self) -> int:
        """How many documents are taken from the earlier generation."""
        return sum(number is not None for number in self.kept)

    def manifest(self) -> dict[str, Any]:
        return {
            "documents": len(self.corpus.documents),
            "clauses": self.clauses,
            "rows": self.rows,
            "kinds": {"rows": self.row_kind, "clauses": self.clause_kind},
            "headed": self.headed,
            "code": store.code(),
        }

    def fill(self, aside: Path, progress: Progress) -> None:
        """Write every file of the generation but its manifest."""
        tally = Tally(self.earlier.terms if self.earlier and self.reused else ())
        with ExitStack() as stack:
            rows = _Vectors(stack, aside, "row", self.row_kind, self.model.dimensions)
            wholes = _Vectors(stack, aside, "clause", self.clause_kind, self.model.dimensions)
            spans = stack.enter_context(arrays.ArrayWriter(aside / "row_spans.npy", np.int32, (2,)))
            ids = stack.enter_context(arrays.ArrayWriter(aside / "token_ids.npy", _token_type()))
            for first, last, at in _runs(self.kept):
                if at is not None and self.earlier:
                    self._copy(self.earlier.run(at, at + last - first), tally, rows, wholes, spans, ids)
                else:
                    self._make(first, last, tally, rows, wholes, spans, ids, progress)
        self._finish(aside, tally)

    def _cut(self) -> dict[int, tuple[NDArray[np.int32], NDArray[np.int32]]]:
        """Of each document that is new, how many rows its clauses have, and the rows' spans, by its number."""
        found = {}
        for number, parsed in enumerate(self.corpus.outlines):
            if self.kept[number] is None:
                cut = [passages.sentences(clause) for clause in parsed.clauses]
                spans = np.array([span for part in cut for span in part], dtype=np.int32).reshape(-1, 2)
                found[number] = np.array([len(part) for part in cut], dtype=np.int32), spans
        return found

    def _kinds(self) -> tuple[Kind, Kind]:
        dimensions = self.model.dimensions
        return (
            dense.kind_for(self.rows, dimensions, searched=True),
            dense.kind_for(self.clauses, dimensions, searched=False),
        )

    def _copy(
        self,
        run: Run,
        tally: Tally,
        rows: "_Vectors",
        wholes: "_Vectors",
        spans: arrays.ArrayWriter,
        ids: arrays.ArrayWriter,
    ) -> None:
        rows.copy(run.rows)
        wholes.copy(run.clauses)
        spans.add(run.spans)
        ids.add(run.token_ids)
        tally.add_counts(run.counts)
        self._row_counts.append(run.row_counts)
        self._token_counts.append(run.token_counts)

    def _make(
        self,
        first: int,
        last: int,
        tally: Tally,
        rows: "_Vectors",
        wholes: "_Vectors",
        spans: arrays.ArrayWriter,
        ids: arrays.ArrayWriter,
        progress: Progress,
    ) -> None:
        for number in range(first, last):
            spans.add(self.spans[number][1])
            self._row_counts.append(self.spans[number][0])
        clauses = self._clauses(first, last)
        done, all_of = 0, sum(len(self.spans[number][0]) for number in range(first, last))
        while batch := list(islice(clauses, _BATCH)):
            texts = [passages.whole(clause, document, self.headed) for document, clause, _ in batch]
            row_texts = [
                passages.row(clause, document, (int(start), int(end)), self.headed)
                for document, clause, found in batch
                for start, end in found
            ]
            tokenised = encoder.bundled().token_ids(texts)
            lengths = np.array([len(found) for found in tokenised], dtype=np.int64)
            flat = np.fromiter((token for found in tokenised for token in found), np.int64, count=int(lengths.sum()))
            ids.add(flat)
            self._token_counts.append(lengths)
            tally.add([tokens(text) or _NO_WORD for text in texts])
            bundled = self.model is encoder.bundled()  # whose tokens are these, so that they are not cut twice
            wholes.add(encoder.bundled().means(tokenised) if bundled else self.model.encode(texts))
            rows.add(self.model.encode(row_texts))
            done += len(batch)
            if all_of > _BATCH:
                progress(f"{done} of {all_of} clauses encoded")

    def _clauses(self, first: int, last: int) -> Iterator[tuple[Document, Clause, NDArray[np.int32]]]:
        """The clauses of some documents, each with its rows' spans."""
        for number in range(first, last):
            document, parsed = self.corpus.documents[number], self.corpus.outlines[number]
            counts, spans = self.spans[number]
            ends = np.cumsum(counts)
            for clause, end, count in zip(parsed.clauses, ends.tolist(), counts.tolist(), strict=True):
                yield document, clause, spans[end - count : end]

    def _finish(self, aside: Path, tally: Tally) -> None:
        terms, postings, frequencies, lengths = tally.postings()
        row_counts = np.concatenate(self._row_counts)
        starts = starts_of(np.concatenate(self._token_counts))
        held = [len(parsed.clauses) for parsed in self.corpus.outlines]
        arrays.save(
            aside,
            {
                "owners": np.repeat(np.arange(len(held), dtype=np.int32), held),
                "row_starts": starts_of(row_counts),
                "row_clauses": np.repeat(np.arange(self.clauses, dtype=np.int32), row_counts),
                "token_starts": starts,
                "rarity": rerank.rarity(arrays.load(aside, "token_ids"), starts, encoder.bundled().vocabulary_size),
                "term_starts": postings.starts,
                "term_clauses": postings.clauses,
                "term_frequencies": frequencies,
                "term_weights": postings.weights,
                "clause_lengths": lengths,
            },
        )
        store.write_tables(aside / "corpus.sqlite", self.corpus.documents, self.corpus.clauses, terms, self.keys)


class _Vectors:
    """The files of one kind of vectors, written as they come."""

    def __init__(self, stack: ExitStack, aside: Path, name: str, kind: Kind, dimensions: int) -> None:
        self._kind = kind
        form = dense.encode(np.zeros((0, dimensions), dtype=np.float32), kind)
        self._writers = {
            part: stack.enter_context(arrays.ArrayWriter(aside / f"{name}_{part}.npy", array.dtype, array.shape[1:]))
            for part, array in form.items()
        }

    def add(self, vectors: NDArray[np.float32]) -> None:
        self.copy(dense.encode(vectors, self._kind))

    def copy(self, parts: dict[str, NDArray[Any]]) -> None:
        for part, writer in self._writers.items():
            writer.add(parts[part])


def _token_type() -> type[np.integer[Any]]:
    return np.uint16 if encoder.bundled().vocabulary_size <= 1 << 16 else np.int32


def _runs(kept: Sequence[int | None]) -> Iterator[tuple[int, int, int | None]]:
    """Documents from `first` to `last` that are all new (None), or that follow one another in the earlier generation
    from the number given on."""
    first = 0
    for number in range(1, len(kept) + 1):
        before = kept[number - 1]
        if number < len(kept) and kept[number] == (None if before is None else before + 1):
            continue
        yield first, number, kept[first]
        first = number
