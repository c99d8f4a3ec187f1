"""PolicyIndex: build an index of a corpus, open it, search it."""

import re
import sys
from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import collection
from corpus.collection import Corpus
from corpus.fold import fold
from corpus.types import Document
from index import arrays, encoder, fuse, lock, passages, probe, reader, rerank, sounds, store, thesaurus
from index.bm25 import Postings
from index.building import Filling
from index.dense import Rows
from index.earlier import Earlier
from index.thesaurus import Concept, Thesaurus
from index.tokens import content, tokens
from index.types import Encoder, Floats, Hit, IndexFault, Mode, Passage, Reranker, Scope, Signal

OFFICIAL, SYNONYM = 0.5, 0.2  # weights of a concept's official term and other wordings, the user's words having 1
READ = 8  # sentences that the reader reads
CLAUSE_WEIGHT = 0.13  # of the clause's own fused score beside its sentence's match
RERANKED = 30  # candidates that a cross-encoder reads
CANDIDATES = 100  # clauses that each retriever hands to the fusion
MATCHED = 100  # of them whose tokens are matched
_BLOCK = 256  # scores of which the highest is looked at first
_RARE = 6.0  # the rarity, log of clauses by those with a token, from which a token counts in full
MASKS = 64  # scopes of which is kept what is in them
ROWS_A_CLAUSE = 2  # rows fetched for each clause wanted, since a clause has several

# Weights of the standardised scores in the sum, by the question's language.
WEIGHTS = {
    "zh": {"bm25": 0.5, "sentence": 1.0, "clause": 1.0, "token": 2.0},
    "en": {"bm25": 0.15, "sentence": 1.0, "clause": 1.0, "token": 2.0},
}
# What questions ask for, not what they are about: 补多少钱 is a wording of 补助标准, which department of 主管部门.
_DETAILS = "主管部门 牵头单位 责任单位 补助标准 奖励标准 收费标准 申报条件 申报材料 申报程序 截止日期 办理时限 联系方式"
_ASKED_WITH = frozenset(_DETAILS.split())
Progress = Callable[[str], None]


def quiet(_: str) -> None:
    """A progress report for nobody."""


def to_stderr(message: str) -> None:
    print(message, file=sys.stderr)


class PolicyIndex:
    """An opened index. Search is safe from several threads; results never change while it is open."""

    def __init__(self, generation: Path, manifest: dict[str, Any], model: Encoder) -> None:
        self.manifest = manifest
        self.reranker: Reranker | None = None
        self.encoder = model
        self._masks: dict[tuple[Scope, str], tuple[NDArray[np.bool_], NDArray[np.bool_] | None]] = {}
        check = store.Check(generation, manifest)
        self.tables = store.Tables(generation / "corpus.sqlite", check)
        try:
            self._attach(generation)
        except Exception:
            check.wait()  # says which file is damaged, if that is why
            raise

    def _attach(self, generation: Path) -> None:
        """Open what is searched."""
        if "milvus" in self.manifest:
            raise IndexFault(f"{generation.parent}: its vectors lie on a Milvus server; name it: --milvus URI")
        # Mapped at once, so that a reader keeps its generation when newer ones have pushed it off the disk.
        self._owners: NDArray[np.int32] = arrays.load(generation, "owners")
        self._row_starts: NDArray[np.int64] = arrays.load(generation, "row_starts")
        self._row_clauses: NDArray[np.int32] = arrays.load(generation, "row_clauses")
        self._row_spans: NDArray[np.int32] = arrays.load(generation, "row_spans")
        self._token_ids: NDArray[np.int32] = arrays.load(generation, "token_ids")
        self._token_starts: NDArray[np.int64] = arrays.load(generation, "token_starts")
        self._rarity: Floats = arrays.load(generation, "rarity")
        self._postings = Postings(
            arrays.load(generation, "term_starts"),
            arrays.load(generation, "term_clauses"),
            arrays.load(generation, "term_weights"),
            len(self._owners),
        )
        self._rows = Rows.load(generation, "row", self.manifest["kinds"]["rows"])
        self._clauses = Rows.load(generation, "clause", self.manifest["kinds"]["clauses"])

    # Making and opening

    @classmethod
    def build(
        cls, folder: Path, directory: Path, model: Encoder, progress: Progress = quiet, *, anew: bool = False
    ) -> "PolicyIndex":
        """Read the corpus in `folder`, write its index under `directory` and open it. What the index there holds of
        documents that have not changed is used again, unless it is to be made `anew`.

        Raises CorpusError if no document can be read, IndexFault if the index cannot be written.
        """
        with lock.hold(directory, progress):
            made_from = store.fingerprint(folder)
            earlier = None if anew else Earlier.of(directory, model, headed=True)
            corpus = collection.read(folder, earlier.known(made_from) if earlier else None)
            return cls.build_corpus(corpus, made_from, directory, model, progress, anew=anew)

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
        anew: bool = False,
    ) -> "PolicyIndex":
        """Index a corpus that is already cut into clauses, whatever cut it. Without `headed`, a clause is indexed
        without its document's title and its headings.

        Raises IndexFault if there is no clause in it, or the index cannot be written.
        """
        for problem in corpus.problems:
            progress(f"left out: {problem}")
        if not any(parsed.clauses for parsed in corpus.outlines):
            raise IndexFault(f"{corpus.folder}: its documents hold no clause to index")
        with lock.hold(directory, progress):
            filling = Filling(corpus, model, headed, None if anew else Earlier.of(directory, model, headed))
            known = f", {filling.reused} documents unchanged" if filling.reused else ""
            progress(f"{len(corpus.documents)} documents, {filling.clauses} clauses, {filling.rows} sentences{known}")
            manifest = {
                "model": model.name,
                "made_from": made_from,
                "left_out": list(corpus.problems),
                **filling.manifest(),
            }
            generation = store.write(
                directory,
                manifest,
                lambda aside: filling.fill(aside, progress),
                lambda aside, sealed: probe.check(cls(aside, {**sealed, "files": {}}, model), filling),
            )
            return cls(*store.opened(generation), model)

    @classmethod
    def open(cls, directory: Path, model: Encoder) -> "PolicyIndex":
        """Open the index under `directory`. Raises IndexFault if there is none, a damaged one or another model's."""
        found = store.current(directory)
        if found is None:
            raise IndexFault(f"{directory}: holds no index; build it: python -m index build")
        generation, manifest = found
        if manifest["model"] != model.name:
            raise IndexFault(f"{directory}: was made with the model {manifest['model']}, not {model.name}")
        return cls(generation, manifest, model)

    @classmethod
    def ensure(cls, folder: Path, directory: Path, model: Encoder, progress: Progress = quiet) -> "PolicyIndex":
        """Open the index, building it first if it is missing or the corpus has changed since."""
        found = store.current(directory)
        if found and not is_stale(found[1], folder, model):
            return cls(*found, model)
        with lock.hold(directory, progress):
            found = store.current(directory)
            if found and not is_stale(found[1], folder, model):
                return cls(*found, model)  # another has built it meanwhile
            progress("the corpus has changed: building the index anew" if found else "building the index")
            return cls.build(folder, directory, model, progress)

    @classmethod
    def ensure_corpus(
        cls, corpus: Corpus, directory: Path, model: Encoder, progress: Progress = quiet, *, headed: bool = True
    ) -> "PolicyIndex":
        """Open the index of a corpus that is already cut into clauses, building it first if need be."""
        made_from = store.fingerprint_of(corpus, headed)
        found = store.current(directory)
        if found is None or found[1]["model"] != model.name or found[1]["made_from"] != made_from:
            return cls.build_corpus(corpus, made_from, directory, model, progress, headed=headed)
        return cls(*found, model)

    # Searching

    def search(
        self,
        question: str,
        k: int = 10,
        scope: Scope | None = None,
        language: str = "zh",
        mode: Mode = "hybrid",
        only: Collection[str] | None = None,
    ) -> list[Hit]:
        """The k best clauses in scope, best first; [] if the scope is empty or nothing matches at all.

        `only` the signals so named have a say in the order of what hybrid search finds; all of them where None.
        """
        asked = content(fold(question))
        scores = self._signals(asked, scope or Scope(), language, mode) if asked.strip() else None
        if not scores:
            return []
        candidates, signals = scores
        heard = {name: values for name, values in signals.items() if only is None or name in only}
        mixed = fuse.weighted(heard, WEIGHTS[language])
        if self.reranker and mode == "hybrid" and only is None:
            candidates, signals, mixed = self._reranked(question, candidates, signals, mixed)
        order = np.argsort(-mixed, kind="stable")[:k]
        rows, _ = self._best_rows(self.encoder.encode_question(asked), candidates[order])
        ranks = {name: _ranks(values) for name, values in signals.items()}
        clauses = self.tables.clauses(candidates[order].tolist())
        return [
            Hit(
                clause,
                self.tables.document(clause.document),
                float(mixed[at]),
                tuple(Signal(name, int(ranks[name][at]), float(values[at])) for name, values in signals.items()),
                (start, end),
            )
            for at, clause, (start, end) in zip(order, clauses, self._row_spans[rows].tolist(), strict=True)
        ]

    def _reranked(
        self, question: str, candidates: NDArray[np.int64], signals: dict[str, Floats], mixed: Floats
    ) -> tuple[NDArray[np.int64], dict[str, Floats], Floats]:
        """The best candidates, scored by the cross-encoder and fused with what they had; the others are left out."""
        assert self.reranker
        best = np.argsort(-mixed, kind="stable")[:RERANKED]
        clauses = self.tables.clauses(candidates[best].tolist())
        texts = [f"{' '.join(clause.address)} {clause.text}" for clause in clauses]
        read = self.reranker.scores(question, texts)
        kept = {name: values[best] for name, values in signals.items()} | {"cross": read}
        return candidates[best], kept, fuse.standardise(mixed[best]) + fuse.standardise(read)

    def mended(self, question: str) -> str:
        """A folded question with the words that its mistyped words sound like behind it."""
        heard = sounds.meant(question, lambda asked: set(self.tables.terms(asked)))
        return " ".join([question, *heard])

    def _mask(self, scope: Scope) -> tuple[NDArray[np.bool_], NDArray[np.bool_] | None]:
        """Which clauses and which rows are in scope; None where all are. What is asked for again is kept."""
        day = date.today().isoformat() if scope.in_force_only else ""
        found = self._masks.get((scope, day))
        if found is None:
            if scope.is_open:
                found = np.ones(len(self._owners), dtype=np.bool_), None
            else:
                fit = np.array([scope.holds(document) for document in self.tables.documents], dtype=np.bool_)
                clauses = fit[self._owners]
                found = clauses, clauses[self._row_clauses]
            if len(self._masks) >= MASKS:
                self._masks.clear()
            self._masks[scope, day] = found
        return found

    def sizes(self) -> dict[str, int]:
        """How many documents, clauses and rows the index holds, counted."""
        documents, clauses = self.tables.sizes()
        clauses = min(clauses, len(self._owners), len(self._clauses))
        return {"documents": documents, "clauses": clauses, "rows": len(self._rows)}

    def nearest_cosine(self, vector: Floats) -> float:
        """The cosine of a vector with the row nearest to it."""
        return float(self._rows.nearest(vector, 1, None)[1][0])

    def documents_in(self, scope: Scope) -> Sequence[Document]:
        """The documents in scope, in the order of the corpus."""
        if scope.is_open:
            return self.tables.documents
        return [document for document in self.tables.documents if scope.holds(document)]

    def passages(self, question: str, hits: Sequence[Hit]) -> list[Passage]:
        """Every sentence of the hits' clauses with how well it matches the question, in the order of the hits; the
        best READ of them are read, of the others it is taken that they do not answer."""
        asked = content(fold(question))
        vector = self.encoder.encode_question(asked)
        spans, owners, rows = [], [], []
        for hit in hits:
            number = self.tables.number(hit.clause)
            for row in range(int(self._row_starts[number]), int(self._row_starts[number + 1])):
                spans.append((int(self._row_spans[row][0]), int(self._row_spans[row][1])))
                owners.append(hit)
                rows.append(row)
        if not rows:
            return []
        cosines = self._rows.cosines(np.array(rows, dtype=np.int64), vector)
        texts = [passages.sentence(hit.clause, hit.document, span) for hit, span in zip(owners, spans, strict=True)]
        ids = [np.array(found, dtype=np.int32) for found in encoder.bundled().token_ids(texts)]
        matched = self._matched(asked, ids)
        standing = (cosines + matched) / 2 + CLAUSE_WEIGHT * np.array([hit.score for hit in owners], dtype=np.float32)
        best = np.argsort(-standing, kind="stable")[:READ]
        headed = [
            (texts[at], passages.folded(f"{passages.headings(owners[at].clause)} {owners[at].document.title}"))
            for at in best
        ]
        read = np.zeros(len(rows), dtype=np.float32)
        read[best] = 1 / (1 + np.exp(-reader.bundled().logits(fold(question), headed)))
        return [
            Passage(hit, *span, float(cosine), float(match), float(likely))
            for hit, span, cosine, match, likely in zip(owners, spans, cosines, matched, read, strict=True)
        ]

    def _signals(
        self, asked: str, scope: Scope, language: str, mode: Mode
    ) -> tuple[NDArray[np.int64], dict[str, Floats]] | None:
        """Candidates and each retriever's score of every one of them; None where nothing is in scope or matches."""
        allowed, allowed_rows = self._mask(scope)
        if not allowed.any():
            return None
        keyword = self._keyword_scores(asked)
        if allowed_rows is not None:
            keyword[~allowed] = 0
        if mode == "bm25":
            best = _top(keyword, CANDIDATES)
            return (best, {"bm25": keyword[best]}) if len(best) else None
        vector = self.encoder.encode_question(asked)
        rows, _ = self._rows.nearest(vector, CANDIDATES * ROWS_A_CLAUSE, allowed_rows)
        by_sentence = np.unique(self._row_clauses[rows])
        if mode == "dense":
            best = by_sentence.astype(np.int64)
            return (best, {"sentence": self._best_rows(vector, best)[1]}) if vector.any() else None
        candidates = np.union1d(_top(keyword, CANDIDATES), by_sentence)
        signals = {
            "bm25": keyword[candidates],
            "sentence": self._best_rows(vector, candidates)[1],
            "clause": self._clauses.cosines(candidates, vector),
        }
        return self._with_tokens(asked, candidates, signals, language)

    def _with_tokens(
        self, asked: str, candidates: NDArray[np.int64], signals: dict[str, Floats], language: str
    ) -> tuple[NDArray[np.int64], dict[str, Floats]] | None:
        """The candidates that the signals put first, with their token matching beside, which costs most; None where
        nothing matches."""
        if len(candidates) > MATCHED:
            best = np.sort(np.argpartition(-fuse.weighted(signals, WEIGHTS[language]), MATCHED)[:MATCHED])
            candidates, signals = candidates[best], {name: values[best] for name, values in signals.items()}
        signals = signals | {"token": self._token_scores(asked, candidates)}
        return (candidates, signals) if any(values.any() for values in signals.values()) else None

    def _keyword_scores(self, asked: str) -> Floats:
        return self._postings.scores(list(self._term_weights(asked).items()))

    def _term_weights(self, asked: str) -> dict[int, float]:
        """The question's terms that the corpus has, by number, with what the thesaurus adds, each with its weight."""
        weights = dict.fromkeys(tokens(asked), 1.0)
        for word, weight in self._expansion(asked).items():
            weights.setdefault(word, weight)
        return {number: weights[word] for word, number in self.tables.terms(weights).items()}

    def uncovered(self, question: str, text: str) -> float:
        """How far the tokens of a question that a folded text covers worst are from it: the sum over three of
        1 - the best cosine, less for common tokens; 0 to 3."""
        (own,) = encoder.bundled().token_ids([text])
        ids = self._asked(content(fold(question)))
        if not len(own) or not len(ids):
            return min(3.0, float(len(ids)))
        best = encoder.bundled().token_cosines(ids, np.unique(np.array(own, dtype=np.int32))).max(axis=1)
        lost = (1 - best) * np.minimum(self._rarity[ids] / _RARE, 1)
        return float(np.sort(lost)[-3:].sum())

    def unnamed(self, question: str, hit: Hit) -> float:
        """Of the question's concepts that a clause does not name in any wording, the largest share of tokens that find
        no near one there, less for common concepts: 0 to 1."""
        text = passages.whole(hit.clause, hit.document)
        own = [np.array(found, dtype=np.int32) for found in encoder.bundled().token_ids([text])]
        return max(
            (
                weight * (1 - float(self._matched(concept.official, own)[0]))
                for concept, weight in self._weighted(question)
                if not any(wording in text for wording in (concept.official, *concept.chinese))
            ),
            default=0.0,
        )

    def named(self, question: str, hits: Sequence[Hit]) -> list[float]:
        """Of each hit the share of the question's concepts that its clause names in any wording, rare ones counting
        more: 0 to 1."""
        concepts = self._weighted(question)
        total = sum(weight for _, weight in concepts)
        if not total:
            return [0.0] * len(hits)
        texts = [passages.whole(hit.clause, hit.document) for hit in hits]
        return [
            sum(
                weight
                for concept, weight in concepts
                if any(wording in text for wording in (concept.official, *concept.chinese))
            )
            / total
            for text in texts
        ]

    def nearness(self, text: str, question: str) -> float:
        """How far a question speaks of a short text, in any language: the share of the text's tokens, rare ones
        counting more, that it has near ones for; 0 to 1."""
        (own,) = encoder.bundled().token_ids([content(fold(question))])
        return float(self._matched(text, [np.unique(np.array(own, dtype=np.int32))])[0])

    def _weighted(self, question: str) -> list[tuple[Concept, float]]:
        """The concepts that a question is about, each with the mean rarity of its tokens, at most 1."""
        named = [concept for concept, _ in self._concepts(content(fold(question)))]
        concepts = [concept for concept in named if concept.official not in _ASKED_WITH]
        ids = [self._asked(concept.official) for concept in concepts]
        rare = [np.minimum(self._rarity[own] / _RARE, 1) for own in ids]
        return [(concept, float(own.mean()) if len(own) else 0.0) for concept, own in zip(concepts, rare, strict=True)]

    def _concepts(self, asked: str) -> list[tuple[Concept, str]]:
        """The concepts that a question names, with the wording. Without the words between, 补(多少)利息 names 贴息."""
        return self.thesaurus.find(re.sub(r"(?<=[㐀-鿿]) (?=[㐀-鿿])", "", asked))

    def _expansion(self, asked: str) -> dict[str, float]:
        """What the thesaurus adds to a question, each word with its weight: below those of the user's own words."""
        added: dict[str, float] = {}
        for concept, wording in self._concepts(asked):
            for other, weight in ((concept.official, OFFICIAL), *((text, SYNONYM) for text in concept.chinese)):
                if other != wording:
                    for word in tokens(other):
                        added[word] = max(weight, added.get(word, 0))
        return added

    def _best_rows(self, vector: Floats, clauses: NDArray[np.int64]) -> tuple[NDArray[np.int64], Floats]:
        """Of each clause the sentence nearest to a vector, and its cosine: both [clauses]."""
        starts = self._row_starts[clauses]
        counts = self._row_starts[clauses + 1] - starts
        firsts = np.cumsum(counts) - counts
        rows = np.repeat(starts - firsts, counts) + np.arange(int(counts.sum()))
        cosines = self._rows.cosines(rows, vector)
        best = np.maximum.reduceat(cosines, firsts)
        first_best = np.flatnonzero(cosines == np.repeat(best, counts))
        return rows[first_best[np.searchsorted(first_best, firsts)]], best

    def _token_scores(self, asked: str, candidates: NDArray[np.int64]) -> Floats:
        clauses = [self._token_ids[self._token_starts[n] : self._token_starts[n + 1]] for n in candidates]
        return self._matched(asked, clauses)

    def _matched(self, asked: str, clauses: Sequence[NDArray[np.int32]]) -> Floats:
        ids = self._asked(asked)
        return rerank.match(self._rarity[ids], clauses, partial(encoder.bundled().token_cosines, ids))

    @staticmethod
    def _asked(asked: str) -> NDArray[np.int32]:
        """The different tokens of a question in their order."""
        (found,) = encoder.bundled().token_ids([asked])
        return np.array(list(dict.fromkeys(found)), dtype=np.int32)

    @cached_property
    def thesaurus(self) -> Thesaurus:
        """What expands questions for BM25."""
        return thesaurus.shipped()


def is_stale(manifest: dict[str, Any], folder: Path, model: Encoder) -> bool:
    """Whether an index was made from something else than the corpus, the code and the model of now."""
    return bool(manifest["model"] != model.name or manifest["made_from"] != store.fingerprint(folder))


def _top(scores: Floats, k: int) -> NDArray[np.int64]:
    """Numbers of the k highest scores above zero: what matched nothing is no candidate."""
    at = np.flatnonzero(scores >= max(_floor(scores, k), 1e-30))
    best = at[np.argpartition(scores[at], -k)[-k:]] if k < len(at) else at
    return best.astype(np.int64)


def _floor(scores: Floats, k: int) -> float:
    """A score that at least k reach, near to the k-th highest: the k-th highest of the maxima of blocks."""
    blocks = len(scores) // _BLOCK
    if blocks < 2 * k:
        return 0.0
    maxima = scores[: blocks * _BLOCK].reshape(blocks, _BLOCK).max(axis=1)
    return float(np.partition(maxima, -k)[-k])


def _ranks(values: Floats) -> NDArray[np.int64]:
    ranks = np.empty(len(values), dtype=np.int64)
    ranks[np.argsort(-values, kind="stable")] = np.arange(1, len(values) + 1)
    return ranks
