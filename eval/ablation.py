"""What each part of retrieval is worth: the same questions with one thing changed at a time."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from corpus.collection import Corpus
from corpus.types import Clause, Document, Outline
from eval import retrieval
from eval.retrieval import Run, Variant
from eval.task import Task, open_index
from index import store
from index.policy_index import PolicyIndex, to_stderr
from index.thesaurus import Thesaurus
from index.types import Encoder

WINDOW = 500  # characters
SIGNALS = ("bm25", "sentence", "clause", "token")

_ON_CLAUSES = (
    Variant("hybrid"),
    Variant("bm25 alone", "bm25"),
    Variant("sentence vectors alone", "dense"),
    Variant("clause vectors alone", only=("clause",)),
    Variant("token matching alone", only=("token",)),
    *(Variant(f"without {left_out}", only=tuple(n for n in SIGNALS if n != left_out)) for left_out in SIGNALS),
)
_WITHOUT_TERMS = (Variant("without thesaurus"), Variant("bm25 alone, without thesaurus", "bm25"))


def run(task: Task, directory: Path | None, model: Encoder) -> Iterator[Run]:
    """One run for each thing changed; scope, headings and windows only where the set has documents with clauses."""
    index = open_index(task, directory, model)
    as_typed = Variant("without scope", scoped=False)
    for variant in _ON_CLAUSES if task.outside else (*_ON_CLAUSES, as_typed):
        yield retrieval.run(task, index, variant)
    index.thesaurus = Thesaurus([])
    for variant in _WITHOUT_TERMS:
        yield retrieval.run(task, index, variant)
    if not task.outside:
        yield retrieval.run(task, _index(task.corpus, "bare", model), Variant("without headings"))
        cut = _index(windows(task.corpus), "windows", model)
        yield retrieval.run(task, cut, Variant(f"windows of {WINDOW} characters"))
        cut.thesaurus = Thesaurus([])
        textbook = Variant(f"windows of {WINDOW}, bm25, no thesaurus, no scope", "bm25", scoped=False)
        yield retrieval.run(task, cut, textbook)


def _index(corpus: Corpus, name: str, model: Encoder) -> PolicyIndex:
    directory = store.default_folder(corpus.folder / name, model.name)
    return PolicyIndex.ensure_corpus(corpus, directory, model, to_stderr, headed=False)


def windows(corpus: Corpus, size: int = WINDOW) -> Corpus:
    """The corpus with each document cut every `size` characters, wherever that falls."""

    def cut(document: Document) -> Iterator[Clause]:
        for number, start in enumerate(range(0, len(document.text), size), 1):
            text = document.text[start : start + size]
            yield Clause(document.id, (), number, "prose", start, start + len(text), text)

    return replace(corpus, outlines=tuple(Outline(tuple(cut(one)), (), ()) for one in corpus.documents))
