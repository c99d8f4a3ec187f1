"""The same search on Milvus, for corpora beyond one machine. The only importer of pymilvus.

Milvus holds what is searched: the vectors of sentences, of clauses their vector and their sparse vector (saturated term
frequencies; the idf is in the question), and with both the fields of the scope. What is read by number (documents and
clauses, the numbers of their tokens, the counts of the terms) lies in a generation on the disk of each machine that
serves: quotes are cut by the same code as ever, without the network. What Milvus finds is scored, fused and ordered by
PolicyIndex itself.
"""

import hashlib
import json
import logging
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from corpus import places
from corpus.collection import Corpus
from index import arrays, lock, milvus_load, store
from index.milvus_load import Load, collection
from index.policy_index import CANDIDATES, ROWS_A_CLAUSE, PolicyIndex, Progress, quiet
from index.types import Encoder, Floats, IndexFault, Mode, Scope

try:
    from pymilvus import DataType, MilvusClient
    from pymilvus.exceptions import MilvusException
except ImportError:
    raise IndexFault("an index on Milvus needs a package more: pip install '.[milvus]' -c constraints.txt") from None

logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # it prints a traceback of whatever it raises as well
EXACT = 300_000  # vectors up to which each one is looked at
LEAN = 30_000_000  # vectors from which the graph holds them in 8 bits a dimension
WIDTH = 8  # vectors that a graph looks at for each one wanted: with 2, one list of five in thirty is another
SEGMENT = 500_000  # vectors, about, of a segment of Milvus: each has its own graph, and gives a part of what is wanted
_KEPT = 50_000  # vectors kept in memory once they were read
_SECONDS = 30.0  # after which a server that does not answer is given up
_HOUR = {"flush": 3_600.0, "load_collection": 3_600.0}  # what takes longer the more there is


class Server:
    """A Milvus server by its address, or a file of milvus-lite. Whatever fails there is an IndexFault of one line."""

    def __init__(self, uri: str, token: str = "") -> None:
        self.uri = uri
        self._client = self._tried(lambda: MilvusClient(uri, token=token, timeout=_SECONDS))

    def __call__(self, method: str, *given: Any, **named: Any) -> Any:
        """What a method of the client returns. Raises IndexFault where the server cannot or will not."""
        patience = _HOUR.get(method, _SECONDS)
        return self._tried(lambda: getattr(self._client, method)(*given, timeout=patience, **named))

    def _tried(self, call: Callable[[], Any]) -> Any:
        try:
            return call()
        except MilvusException as error:
            lines = str(error.message).strip().splitlines() or [type(error).__name__]
            raise IndexFault(f"Milvus at {self.uri}: {lines[0]}") from None

    def count(self, name: str) -> int:
        """The records of a collection, each writing of one counted."""
        (found,) = self("query", name, filter="", output_fields=["count(*)"], consistency_level="Strong")
        return int(found["count(*)"])

    def create(
        self,
        name: str,
        key: Mapping[str, Any],
        fields: Mapping[str, Mapping[str, Any]],
        dimensions: int,
        size: int,
        sparse: bool = False,
    ) -> None:
        """Make a collection for `size` records with vectors of so many dimensions, or what is missing of it."""
        schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("id", is_primary=True, **_options(key))
        schema.add_field("dense", DataType.FLOAT_VECTOR, dim=dimensions)
        kind, parameters = vector_index(size)
        wanted = {"dense": {"index_type": kind, "metric_type": "IP", "params": parameters}}
        if sparse:
            schema.add_field("sparse", DataType.SPARSE_FLOAT_VECTOR)
            wanted["sparse"] = {"index_type": "SPARSE_INVERTED_INDEX", "metric_type": "IP"}
        for field, options in fields.items():
            schema.add_field(field, **_options(options))
            wanted[field] = {"index_type": "INVERTED"}
        if not self("has_collection", name):
            self("create_collection", name, schema=schema)
        there = self("list_indexes", name)
        indexes = MilvusClient.prepare_index_params()
        for field, options in wanted.items():
            if field not in there:
                indexes.add_index(field, index_name=field, **options)
        if len(indexes):
            self("create_index", name, indexes, sync=False)
        self("load_collection", name)


def _options(field: Mapping[str, Any]) -> dict[str, Any]:
    """A field's options with the type as pymilvus has it."""
    options = dict(field)
    return {"datatype": DataType[options.pop("type")], **options}


def vector_index(vectors: int) -> tuple[str, dict[str, Any]]:
    """Kind and parameters of the index of so many vectors: exact, a graph, a graph over 8 bits a dimension."""
    if vectors < EXACT:
        return "FLAT", {}
    graph = {"M": 16, "efConstruction": 200}
    return ("HNSW", graph) if vectors < LEAN else ("HNSW_SQ", {**graph, "sq_type": "SQ8"})


class Vectors:
    """An opened collection whose keys are the numbers of clauses or of rows."""

    def __init__(self, server: Server, name: str, size: int, fields: Sequence[str]) -> None:
        self._server, self._name, self._fields = server, name, list(fields)
        exact = vector_index(size)[0] == "FLAT"
        self._width = 0 if exact else max(2, WIDTH // (1 + size // SEGMENT))
        self._known: dict[int, tuple[Floats, dict[int, float]]] = {}
        server("load_collection", name)

    def nearest(self, field: str, vector: Any, k: int, where: str) -> tuple[NDArray[np.int64], Floats]:
        """Numbers and inner products of the k nearest for which the filter `where` holds, best first."""
        wide = {"ef": self._width * k} if self._width and field == "dense" else {}
        asked = {"data": [vector], "anns_field": field, "limit": k, "filter": where, "output_fields": ["id"]}
        (found,) = self._server("search", self._name, **asked, search_params={"metric_type": "IP", "params": wide})
        numbers = np.array([hit["id"] for hit in found], dtype=np.int64)
        return numbers, np.array([hit["distance"] for hit in found], dtype=np.float32)

    def __len__(self) -> int:
        return self._server.count(self._name)

    def vectors(self, numbers: NDArray[np.int64]) -> Floats:
        """The vectors of some records: float32 [len(numbers), dimensions]."""
        return np.stack([dense for dense, _ in self._records(numbers)])

    def cosines(self, numbers: NDArray[np.int64], vector: Floats) -> Floats:
        """Inner products of a vector with those of some records: float32 [len(numbers)]."""
        return np.asarray(self.vectors(numbers) @ vector, dtype=np.float32)

    def products(self, numbers: NDArray[np.int64], terms: Mapping[int, float]) -> Floats:
        """Inner products of the sparse vectors of some records with `terms`: float32 [len(numbers)]."""
        found = [
            sum(terms[term] * sparse[term] for term in terms.keys() & sparse.keys())
            for _, sparse in self._records(numbers)
        ]
        return np.array(found, dtype=np.float32)

    def _records(self, numbers: NDArray[np.int64]) -> list[tuple[Floats, dict[int, float]]]:
        """A load never changes once it is complete, so that what was read is kept a while."""
        known = self._known if len(self._known) < _KEPT else {}
        if missing := [number for number in numbers.tolist() if number not in known]:
            for record in self._server("get", self._name, ids=missing, output_fields=["id", *self._fields]):
                known[record["id"]] = np.array(record["dense"], dtype=np.float32), dict(record.get("sparse") or {})
        self._known = known
        try:
            return [known[number] for number in numbers.tolist()]
        except KeyError as error:
            raise IndexFault(f"Milvus at {self._server.uri}: {self._name} lacks its record {error}") from None


class MilvusIndex(PolicyIndex):
    """An index whose vectors lie on a Milvus server. `MilvusIndex.at(uri).ensure(...)`, then as any PolicyIndex."""

    uri: ClassVar[str] = "http://localhost:19530"
    token: ClassVar[str] = ""

    @classmethod
    def at(cls, uri: str, token: str = "") -> "type[MilvusIndex]":
        """The class of one server's indexes, with the `build`, `open` and `ensure` of PolicyIndex."""
        return type(cls.__name__, (cls,), {"uri": uri, "token": token})

    def _attach(self, generation: Path) -> None:
        key = self.manifest.get("milvus")
        if key is None:
            raise IndexFault(f"{generation}: is an index of one machine; give the one on Milvus a folder of its own")
        server = Server(self.uri, self.token)
        load = milvus_load.state(server, key)
        if load is None or load["done"] < load["clauses"]:
            raise IndexFault(f"Milvus at {self.uri}: has not the whole of load {key}: python -m index build --force")
        self._row_starts: NDArray[np.int64] = arrays.load(generation, "row_starts")
        self._row_clauses: NDArray[np.int32] = arrays.load(generation, "row_clauses")
        self._row_spans: NDArray[np.int32] = arrays.load(generation, "row_spans")
        self._token_ids: NDArray[np.int32] = arrays.load(generation, "token_ids")
        self._token_starts: NDArray[np.int64] = arrays.load(generation, "token_starts")
        self._rarity: Floats = arrays.load(generation, "rarity")
        self._term_counts: NDArray[np.int64] = arrays.load(generation, "term_counts")
        self._numbers = {document.id: number for number, document in enumerate(self.tables.documents)}
        self._on_clauses = Vectors(server, collection(key, "clauses"), self.manifest["clauses"], ("dense", "sparse"))
        self._on_rows = Vectors(server, collection(key, "rows"), self.manifest["rows"], ("dense",))
        self._rows = self._on_rows  # type: ignore[assignment]  # whose vectors PolicyIndex reads

    @classmethod
    def build_corpus(
        cls,
        corpus: Corpus,
        made_from: dict[str, str],
        directory: Path,
        model: Encoder,
        progress: Progress = quiet,
        *,
        headed: bool = True,
        anew: bool = False,  # a load is taken up or made whole, never made from another
    ) -> "MilvusIndex":
        """Load a corpus into Milvus and write what is read by number under `directory`.

        A load that was broken off is taken up where it was. Older loads stay and serve on, until they are dropped.
        Raises IndexFault if there is no clause, the server fails or the folder cannot be written.
        """
        for problem in corpus.problems:
            progress(f"left out: {problem}")
        if next(corpus.clauses, None) is None:
            raise IndexFault(f"{corpus.folder}: its documents hold no clause to index")
        made = json.dumps([store.FORMAT, model.name, made_from], sort_keys=True)
        key = hashlib.sha256(made.encode()).hexdigest()[:16]  # the same corpus goes on with the same load
        with lock.hold(directory, progress):
            load = Load(corpus, model, headed)
            load.write(Server(cls.uri, cls.token), key, progress)
            manifest = {
                "model": model.name,
                "made_from": made_from,
                "left_out": list(corpus.problems),
                "documents": len(corpus.documents),
                "clauses": len(load.clauses),
                "rows": len(load.spans),
                "milvus": key,
            }
            return cls(*store.opened(store.write(directory, manifest, load.save)), model)

    @classmethod
    def drop(cls, key: str) -> None:
        """Remove a load from the server. Its key stands in the manifest of its index."""
        milvus_load.drop(Server(cls.uri, cls.token), key)

    def sizes(self) -> dict[str, int]:
        documents, _ = self.tables.sizes()
        return {"documents": documents, "clauses": len(self._on_clauses), "rows": len(self._on_rows)}

    def nearest_cosine(self, vector: Floats) -> float:
        return float(self._on_rows.nearest("dense", vector, 1, "")[1][0])

    def _signals(
        self, asked: str, scope: Scope, language: str, mode: Mode
    ) -> tuple[NDArray[np.int64], dict[str, Floats]] | None:
        where = self._where(scope)
        if where is None:
            return None
        terms = {term: weight * self._idf(term) for term, weight in self._term_weights(asked).items()}
        by_word, scores = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        if terms and mode != "dense":
            by_word, scores = self._on_clauses.nearest("sparse", terms, CANDIDATES, where)
        if mode == "bm25":
            return (by_word, {"bm25": scores}) if len(by_word) else None
        vector = self.encoder.encode_question(asked)
        rows, _ = self._on_rows.nearest("dense", vector, CANDIDATES * ROWS_A_CLAUSE, where)
        by_sentence = np.unique(self._row_clauses[rows]).astype(np.int64)
        if not len(rows):
            return None
        if mode == "dense":
            return (by_sentence, {"sentence": self._best_rows(vector, by_sentence)[1]}) if vector.any() else None
        candidates = np.union1d(by_word, by_sentence)
        signals = {
            "bm25": self._on_clauses.products(candidates, terms),
            "sentence": self._best_rows(vector, candidates)[1],
            "clause": self._on_clauses.vectors(candidates) @ vector,
        }
        return self._with_tokens(asked, candidates, signals, language)

    def _idf(self, term: int) -> float:
        """Lucene's idf over the whole corpus, whatever segments its clauses lie in."""
        count = float(self._term_counts[term])
        return math.log(1 + (self.manifest["clauses"] - count + 0.5) / (count + 0.5))

    def _where(self, scope: Scope) -> str | None:
        """Scope.holds as a filter of Milvus, "" for everything; None if nothing can be in scope."""
        parts = []
        if scope.documents is not None:
            known = sorted(self._numbers[name] for name in scope.documents if name in self._numbers)
            if not known:
                return None
            parts.append(f"document in {known}")
        if scope.cities is not None:
            if not scope.cities:
                return None
            above = {place.province for place in places.all_places() if place.name in scope.cities}
            parts.append(
                f'city in {_list(scope.cities)} or level == "national" '
                f'or (level == "provincial" and city in {_list(name for name in above if name)})'
            )
        if scope.in_force_only:
            day = scope.as_of or date.today().isoformat()
            longest = f"{day}~"  # comes after every longer date that begins with this one
            parts.append(f"until >= {json.dumps(day)} and since <= {json.dumps(longest)}")
        return _all_of(*parts)


def _all_of(*parts: str) -> str:
    return " and ".join(f"({part})" for part in parts if part)


def _list(names: Iterable[str]) -> str:
    return json.dumps(sorted(names), ensure_ascii=False)
