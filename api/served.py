"""What is served: a corpus folder, its index and an answerer over it, replaced whole when a document comes or goes."""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock

from corpus import shelf
from corpus.collection import SHIPPED
from corpus.types import UserError
from index.command import known_cities, place_of
from index.policy_index import PolicyIndex, Progress, quiet
from index.types import Encoder, Reranker, Scope
from qa.answer import Answerer
from qa.chat import Composer, Sentence
from qa.types import Answer, Question

OWN = Path(__file__).parents[1] / ".cache" / "corpus"  # the served copy once the shipped corpus has been changed here
_KEPT = 1_000  # answers


class Served:
    """One corpus, open for questions. Safe from several threads: a question sees the old corpus or the new, whole.

    Without a folder these are the shipped documents as they were changed here, if they were. `chat` answers questions
    where there is one; comparisons and evaluations, many questions at once, are always answered without it.
    """

    def __init__(
        self,
        folder: Path | None,
        index_folder: Path | None,
        model: Encoder,
        progress: Progress = quiet,
        reranker: Reranker | None = None,
        chat: Composer | None = None,
        milvus: str | None = None,
    ) -> None:
        self.folder = folder or (OWN if OWN.is_dir() else SHIPPED)
        self.chat = chat
        self._model, self._reranker = model, reranker
        self._index_folder, self._milvus = index_folder, milvus
        self._changing = Lock()
        self._serve(self.folder, progress)

    def _serve(self, folder: Path, progress: Progress, changed: bool = False) -> None:
        place = argparse.Namespace(corpus=folder, index=self._index_folder, milvus=self._milvus)
        kind, directory = place_of(place, self._model)
        index = (kind.build if changed else kind.ensure)(folder, directory, self._model, progress)
        index.reranker = self._reranker
        index.search("专利")  # opens what is opened late, before the files of older generations are swept
        answerer = Answerer(index)
        again = lru_cache(_KEPT)(lambda text, scope, day: answerer.answer(text, scope))
        self._current = answerer, again  # one object, so that both are replaced at once
        self.folder = folder

    @property
    def answerer(self) -> Answerer:
        return self._current[0]

    @property
    def index(self) -> PolicyIndex:
        return self.answerer.index

    @property
    def cities(self) -> list[str]:
        return sorted({city for document in self.index.tables.documents if (city := document.metadata.city)})

    @property
    def grows_into(self) -> Path:
        """The folder that takes uploaded documents: never the shipped one."""
        return OWN if self.folder == SHIPPED else self.folder

    def scope(self, names: Sequence[str], in_force_only: bool, as_of: str | None) -> Scope:
        """Where to look: all cities if none is named. Raises UserError for a city that is no place at all."""
        try:
            cities = known_cities(names, self.index) if names else None
        except UserError as error:
            raise UserError(str(error).removeprefix("--")) from None
        return Scope(None, cities, in_force_only, as_of)

    def answer(
        self,
        text: str,
        scope: Scope | None = None,
        previous: Question | None = None,
        tell: Callable[[Sentence], None] = lambda sentence: None,
    ) -> Answer:
        """An answer; `tell` is given each sentence of the language model's once it is proven. Without a language model
        the same question over the same corpus on the same day is answered once. Raises UserError."""
        answerer, again = self._current
        if self.chat:
            return Answerer(answerer.index, self.chat.telling(tell)).answer(text, scope, previous)
        if previous is not None:
            return answerer.answer(text, scope, previous)
        return again(text, scope, date.today())

    def add(self, name: str, source: Path, corrections: Mapping[str, str], progress: Progress = quiet) -> str:
        """Take a file into the corpus with its corrected metadata; its document id. Raises CorpusError or IndexFault,
        and the corpus is then as it was."""
        with self._changed(progress) as (folder, undo):
            document = shelf.add(folder, name, source)
            undo.callback((folder / document).unlink)
            if corrections:
                shelf.correct(folder, document, corrections)
        return document

    def remove(self, document: str, progress: Progress = quiet) -> None:
        """Take a document out of the corpus; its file is kept beside it in .removed. Raises CorpusError."""
        with self._changed(progress) as (folder, undo):
            undo.callback(shelf.remove(folder, document).replace, folder / document)

    @contextmanager
    def _changed(self, progress: Progress) -> Iterator[tuple[Path, ExitStack]]:
        """The folder that may be changed, by one at a time, and what to call if the change, or the index, fails."""
        with self._changing:
            if self.folder == SHIPPED and not OWN.is_dir():
                OWN.parent.mkdir(parents=True, exist_ok=True)
                shelf.copy(SHIPPED, OWN)
            folder = self.grows_into
            with shelf.catalogue_kept(folder), ExitStack() as undo:
                yield folder, undo
                self._serve(folder, progress, changed=True)
                undo.pop_all()
