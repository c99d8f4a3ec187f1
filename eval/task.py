"""What is measured: a question set with the corpus that it asks about, and the index of that corpus."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus import collection
from corpus.collection import Corpus
from eval import beir, outside, questions, sheet
from eval.questions import Half, Item, Span
from index import store
from index.policy_index import PolicyIndex, to_stderr
from index.types import Encoder


@dataclass(frozen=True, slots=True)
class Task:
    """Questions of one half over a corpus, and where their golds stand in it."""

    name: str
    half: Half
    items: tuple[Item, ...]
    corpus: Corpus
    spans: Mapping[str, tuple[tuple[Span, ...], ...]]
    outside: bool = False  # an outside set: texts without headings, questions without cities and years to understand

    @property
    def answerable(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.needs)


def open_task(name: str, half: Half, folder: Path | None = None, data: Path | None = None) -> Task:
    """A set by name or path, over the corpus in `folder` (the shipped one where None).

    Raises outside.Absent if the set's documents are not on this machine, UserError if it is wrong.
    """
    path = questions.path_of(name)
    in_beir = path.is_dir()
    if in_beir:
        items, corpus = beir.read(path)
    else:
        items = sheet.read(path) if path.suffix == ".csv" else questions.read(path)
        if path.parent == questions.OWN and path.stem in outside.FILES:
            folder = outside.corpus_folder(path.stem, items, data)
            items = [outside.with_files(item) for item in items]
        elif folder is None and (own := path.with_suffix("")).is_dir():
            folder = own  # a set that brings its documents with it
        corpus = collection.read(folder or collection.SHIPPED)
    kept = questions.of_half(items, half, path)
    stem = path.resolve().name if in_beir else path.stem
    return Task(stem, half, tuple(kept), corpus, questions.locate(kept, corpus), in_beir)


def open_index(task: Task, directory: Path | None, model: Encoder) -> PolicyIndex:
    """The index of a task's corpus, built first where it is missing or stale."""
    directory = directory or store.default_folder(task.corpus.folder, model.name)
    if task.outside:
        return PolicyIndex.ensure_corpus(task.corpus, directory, model, to_stderr, headed=False)
    return PolicyIndex.ensure(task.corpus.folder, directory, model, to_stderr)
