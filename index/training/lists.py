"""What the reader learns from: questions, each with passages that answer it and passages that only seem to.

Two sources: the project's questions on law articles (questions.jsonl), each beside the rest of its law; and excerpts of
laws and of invented policy documents (excerpts.jsonl), each with questions that a clause answers or that none does.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from corpus.fold import fold
from index import rerank
from index.encoder import BundledEncoder
from index.tokens import content
from index.training.pairs import QUESTIONS, SENTENCE, rows

EXCERPTS = Path(__file__).with_name("excerpts.jsonl")
_SHORTEST = 12  # characters of a sentence that stands by itself
_READ = 30  # sentences nearest to a question, whose tokens are matched
_NEAREST, _OWN = 9, 4  # sentences of other articles, and of the article that answers, that are kept


@dataclass(frozen=True, slots=True)
class Passage:
    """A folded sentence with its headings; whether it answers, or is of the clause that does."""

    text: str
    headings: str
    answers: bool
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A folded question and passages, those that match it best first."""

    question: str
    passages: tuple[Passage, ...]


def of_laws(folder: Path, model: BundledEncoder) -> Iterator[Reading]:
    """Each question on an article, with the sentences of its law that match it best. Which sentence of its article
    answers it is not known: the best matching ones are taken."""
    asked: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        asked[row["law"]][row["article"]].append(row["question"])
    laws = defaultdict(list)
    for row in rows(folder, "law_articles_zh"):
        if row["law"] in asked:
            laws[row["law"]].append(row)
    for law, articles in laws.items():
        owners, passages = [], []
        for row in articles:
            for text in sentences(row["text"]):
                owners.append(row["article"])
                passages.append((fold(text), fold(f"{row['chapter'] or ''} {law}")))
        matching = _Matching([text for text, _ in passages], model)
        for article, questions in asked[law].items():
            for question in questions if article in owners else ():
                order = matching.order(question, [at for at, owner in enumerate(owners) if owner == article])
                own = [at for at in order if owners[at] == article][:_OWN]
                others = [at for at in order if owners[at] != article][:_NEAREST]
                kept = sorted([*own, *others], key=order.index)
                yield Reading(fold(question), tuple(Passage(*passages[at], at in own) for at in kept))


def of_excerpts(folder: Path, model: BundledEncoder) -> Iterator[Reading]:
    """Each question on an excerpt, with the excerpt's sentences."""
    excerpts = [json.loads(line) for line in EXCERPTS.read_text(encoding="utf-8").splitlines()]
    wanted = {(one["title"], mark) for one in excerpts for mark in one.get("articles", ())}
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for row in rows(folder, "law_articles_zh"):
        if (row["law"], row["article"]) in wanted:
            found.setdefault((row["law"], row["article"]), (row["chapter"] or "", row["text"]))
    for one in excerpts:
        clauses = one.get("clauses") or {mark: found[one["title"], mark][1] for mark in one["articles"]}
        chapters = {mark: found[one["title"], mark][0] if "articles" in one else "" for mark in clauses}
        cut = [(mark, text) for mark, whole in clauses.items() for text in sentences(whole)]
        folded = [fold(text) for _, text in cut]
        matching = _Matching(folded, model)
        asked = [(question, mark, words) for question, mark, words in one["answered"]]
        for question, mark, words in [*asked, *((question, "", "") for question in one["not_stated"])]:
            passages = []
            for at in matching.order(question, range(len(cut))):
                own = bool(mark) and cut[at][0] == mark
                answers = own and _overlap(clauses[mark], cut[at][1], words)
                headings = fold(f"{chapters[cut[at][0]]} {one['title']}")
                passages.append(Passage(folded[at], headings, answers, own and not answers))
            if mark and not any(passage.answers for passage in passages):
                raise ValueError(f"{EXCERPTS}: {one['title']} {mark} does not hold {words!r}")
            yield Reading(fold(question), tuple(passages))


def sentences(text: str) -> list[str]:
    """The sentences of a text; a short one goes with its neighbour."""
    found: list[str] = []
    for sentence in SENTENCE.findall(text):
        if found and min(len(sentence), len(found[-1])) < _SHORTEST:
            found[-1] += sentence
        else:
            found.append(sentence)
    return [sentence.strip() for sentence in found if sentence.strip()]


def _overlap(whole: str, sentence: str, words: str) -> bool:
    """Whether a sentence of a clause shares characters with words of it, wherever its lines end."""
    whole, sentence, words = ("".join(text.split()) for text in (whole, sentence, words))
    start, other = whole.find(sentence), whole.find(words)
    return start >= 0 and 0 <= other < start + len(sentence) and start < other + len(words)


class _Matching:
    """Orders sentences by how well they match a question."""

    def __init__(self, texts: Sequence[str], model: BundledEncoder) -> None:
        self._model = model
        self._vectors = model.encode(texts)
        self._tokens = [np.unique(np.array(ids, dtype=np.int32)) for ids in model.token_ids(texts)]

    def order(self, question: str, always: Collection[int] = ()) -> list[int]:
        """The numbers of the nearest sentences, and of those `always` wanted, best first."""
        asked = content(fold(question))
        cosines = self._vectors @ self._model.encode([asked])[0]
        near = np.union1d(np.argsort(-cosines)[:_READ], np.array(list(always), dtype=np.int64))
        (found,) = self._model.token_ids([asked])
        ids = np.array(list(dict.fromkeys(found)), dtype=np.int32)
        if not len(ids):
            return [int(at) for at in near]
        tokens = [self._tokens[at] for at in near]
        matches = rerank.match(np.ones(len(ids), np.float32), tokens, partial(self._model.token_cosines, ids))
        return [int(near[at]) for at in np.argsort(-(cosines[near] + matches), kind="stable")]
