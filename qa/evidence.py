"""Whether passages speak of what is asked: what falls below the threshold is "the corpus does not say"."""

from collections.abc import Sequence

from index.types import Passage

THRESHOLD = 0.0


def strength(passages: Sequence[Passage]) -> float:
    """How well the best sentence matches the question, at most 1."""
    return max((0.5 * passage.cosine + 0.5 * passage.match for passage in passages), default=0.0)


def enough(passages: Sequence[Passage]) -> bool:
    return bool(passages) and strength(passages) >= THRESHOLD
