"""The parts of a question set that are looked at on their own."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.fold import fold
from eval.questions import Item, Span
from eval.task import Task
from index.tokens import tokens

LOW = 1 / 3  # of a question's words in its gold clause: below, the question is a paraphrase
SMALLEST = 5  # questions of a part worth a line


def members(task: Task, items: Sequence[Item]) -> dict[str, NDArray[np.bool_]]:
    """The parts with SMALLEST questions or more and not all of them: bool [items] by name, in order of name."""
    cities = {document.id: city for document in task.corpus.documents if (city := document.metadata.city)}
    named = [names(item, task.spans[item.id], cities) for item in items]
    found = {name: np.array([name in own for own in named]) for name in sorted(set().union(*named))}
    return {name: flags for name, flags in found.items() if SMALLEST <= flags.sum() < len(items)}


def names(item: Item, needs: Sequence[Sequence[Span]], cities: dict[str, str]) -> set[str]:
    """The parts that a question belongs to: language, kind, tags, city, number of needs, lexical overlap."""
    found = {f"language={item.language}", *(f"tag={tag}" for tag in item.tags)}
    if item.kind:
        found.add(f"kind={item.kind}")
    if len(needs) > 1:
        found.add("needs=several")
    asked = {city for need in needs for span in need if (city := cities.get(span.clause.document))}
    if asked:
        found.add(f"city={asked.pop() if len(asked) == 1 else 'several'}")
    if needs and item.language == "zh":
        found.add(f"overlap={'low' if overlap(item, needs) < LOW else 'high'}")
    return found


def overlap(item: Item, needs: Sequence[Sequence[Span]]) -> float:
    """Share of a question's search words that stand in a gold clause or its headings, at best."""
    asked = set(tokens(fold(item.question)))
    clauses = [span.clause for need in needs for span in need]
    held = [set(tokens(fold(" ".join([*clause.address, clause.text])))) for clause in clauses]
    return max(len(asked & words) for words in held) / len(asked) if asked else 0.0
