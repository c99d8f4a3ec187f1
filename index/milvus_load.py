"""A corpus on its way into Milvus: first the statistics of the whole, then clauses, taken up where a try broke off."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.collection import Corpus
from corpus.types import Clause, Document, last_day
from index import arrays, encoder, passages, rerank, store
from index.bm25 import K1, B
from index.policy_index import Progress
from index.tokens import tokens
from index.types import Encoder, IndexFault

if TYPE_CHECKING:
    from index.milvus import Server

BATCH = 500  # clauses written at a time
_LOADS = "clausewise_loads"  # one record a load: how far it is, and its statistics
Field = dict[str, str | int]
_NUMBER: Field = {"type": "INT64"}
_NAME: Field = {"type": "VARCHAR", "max_length": 256}
_SCOPE = {"document": _NUMBER, "city": _NAME, "level": _NAME, "since": _NAME, "until": _NAME}


def collection(key: str, part: str) -> str:
    """The name of a load's collection of clauses or of rows."""
    return f"clausewise_{key}_{part}"


def state(server: "Server", key: str) -> dict[str, Any] | None:
    """The record of a load: `done` of `clauses` are written. None if it was never begun."""
    if not server("has_collection", _LOADS):
        return None
    server("load_collection", _LOADS)
    found = server("get", _LOADS, ids=[key], consistency_level="Strong")
    return dict(found[0]) if found else None


def drop(server: "Server", key: str) -> None:
    for part in ("clauses", "rows"):
        server("drop_collection", collection(key, part))
    server("delete", _LOADS, ids=[key])


def saturated(words: Iterable[str], mean: float) -> dict[str, float]:
    """BM25 without the idf: the weight of each term of a clause, where clauses have `mean` tokens."""
    counts = Counter(words)
    floor = K1 * (1 - B + B * counts.total() / mean)
    return {term: count * (K1 + 1) / (count + floor) for term, count in counts.items()}


class Load:
    """A corpus cut and counted, whose statistics are known before its first clause is written."""

    def __init__(self, corpus: Corpus, model: Encoder, headed: bool) -> None:
        self.documents, self.clauses, self.model, self.headed = corpus.documents, list(corpus.clauses), model, headed
        self.numbers = {document.id: number for number, document in enumerate(corpus.documents)}
        spans = [passages.sentences(clause) for clause in self.clauses]
        self.spans = np.array([span for found in spans for span in found], dtype=np.int32)
        self.row_starts = np.concatenate([[0], np.cumsum([len(found) for found in spans])]).astype(np.int64)
        counts: Counter[str] = Counter()
        length = 0
        self.ids: list[NDArray[np.int32]] = []
        for start in range(0, len(self.clauses), BATCH):
            texts = [self._whole(clause) for clause in self.clauses[start : start + BATCH]]
            for text in texts:
                words = _words(text)
                counts.update(set(words))
                length += len(words)
            self.ids += [np.array(found, dtype=np.int32) for found in encoder.bundled().token_ids(texts)]
        self.mean = length / len(self.clauses)
        self.terms = sorted(counts)
        self.term_counts = np.array([counts[term] for term in self.terms], dtype=np.int64)
        self.term_numbers = {term: number for number, term in enumerate(self.terms)}

    def write(self, server: "Server", key: str, progress: Progress) -> None:
        """Write every clause and row under its number, beginning after those that an earlier try has written."""
        found = state(server, key)
        if found is None:
            self._create(server, key)
        done = int(found["done"]) if found else 0
        progress(
            f"{len(self.documents)} documents, {len(self.clauses)} clauses, {len(self.spans)} sentences; {done} done"
        )
        # A broken try may have written a part of its last batch: that one replaces, the others need not look.
        method = "upsert"
        while done < len(self.clauses):
            clauses, rows = self._records(done, min(done + BATCH, len(self.clauses)))
            server(method, collection(key, "rows"), data=rows)
            server(method, collection(key, "clauses"), data=clauses)
            done, method = done + len(clauses), "insert"
            server("upsert", _LOADS, data=[self._record(key, done)])
            progress(f"{done} of {len(self.clauses)} clauses loaded")
        for part, wanted in (("clauses", len(self.clauses)), ("rows", len(self.spans))):
            server("flush", collection(key, part))
            if (held := server.count(collection(key, part))) != wanted:
                drop(server, key)
                raise IndexFault(
                    f"Milvus at {server.uri}: load {key} had {held} {part}, not {wanted}, as if two had loaded it at "
                    "once; it was dropped: build it again"
                )

    def save(self, aside: Path) -> None:
        """Write what is read by number into the folder of a generation."""
        lengths = np.array([len(found) for found in self.ids], dtype=np.int64)
        token_ids, starts = np.concatenate(self.ids), np.concatenate([[0], np.cumsum(lengths)])
        store.write_tables(aside / "corpus.sqlite", self.documents, self.clauses, self.terms)
        arrays.save(
            aside,
            {
                "row_clauses": np.repeat(np.arange(len(self.clauses), dtype=np.int32), np.diff(self.row_starts)),
                "row_spans": self.spans,
                "row_starts": self.row_starts,
                "token_ids": token_ids.astype(np.min_scalar_type(int(token_ids.max(initial=0)))),
                "token_starts": starts,
                "rarity": rerank.rarity(token_ids, starts, encoder.bundled().vocabulary_size),
                "term_counts": self.term_counts,
            },
        )

    def _create(self, server: "Server", key: str) -> None:
        wide = self.model.dimensions
        server.create(_LOADS, _NAME, {"done": _NUMBER, "clauses": _NUMBER, "statistics": _NAME}, 2, 0)
        server.create(collection(key, "rows"), _NUMBER, _SCOPE, wide, len(self.spans))
        server.create(collection(key, "clauses"), _NUMBER, _SCOPE, wide, len(self.clauses), sparse=True)

    def _record(self, key: str, done: int) -> dict[str, Any]:
        statistics = {"mean_length": self.mean, "terms": len(self.terms), "model": self.model.name}
        record = {"id": key, "done": done, "clauses": len(self.clauses), "statistics": json.dumps(statistics)}
        return record | {"dense": [0.0, 0.0]}  # Milvus wants a vector in every record

    def _records(self, start: int, end: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """The records of clauses `start` to `end` and of their rows."""
        part = self.clauses[start:end]
        wholes = [self._whole(clause) for clause in part]
        clauses = []
        for number, clause, text, vector in zip(
            range(start, end), part, wholes, self.model.encode(wholes), strict=True
        ):
            weights = {self.term_numbers[term]: weight for term, weight in saturated(_words(text), self.mean).items()}
            clauses.append({"id": number, **self._scope(clause), "sparse": weights, "dense": vector})
        owners = np.repeat(np.arange(start, end), np.diff(self.row_starts[start : end + 1]))
        numbers = range(int(self.row_starts[start]), int(self.row_starts[end]))
        texts = [
            passages.row(self.clauses[owner], self._document(self.clauses[owner]), tuple(self.spans[row]), self.headed)
            for row, owner in zip(numbers, owners, strict=True)
        ]
        rows = [
            {"id": row, **self._scope(self.clauses[owner]), "dense": vector}
            for row, owner, vector in zip(numbers, owners, self.model.encode(texts), strict=True)
        ]
        return clauses, rows

    def _scope(self, clause: Clause) -> dict[str, Any]:
        """What a scope asks of a clause's document."""
        of = self._document(clause).metadata
        return {
            "document": self.numbers[clause.document],
            "city": of.city or "",
            "level": of.level,
            "since": of.effective_from or of.issued or "",
            "until": last_day(of.effective_to) if of.effective_to else "9999-12-31",
        }

    def _whole(self, clause: Clause) -> str:
        return passages.whole(clause, self._document(clause), self.headed)

    def _document(self, clause: Clause) -> Document:
        return self.documents[self.numbers[clause.document]]


def _words(text: str) -> list[str]:
    return tokens(text) or ["\0"]  # as in the index of one machine: a clause without a word has one that none asks for
