"""The reader: whether a passage says what a question asks, or is merely about the same thing.

A small transformer over the bundled model's token vectors, trained on questions that a text answers and questions that
it only seems to (index/training/reading.py). It reads question, passage and headings together, as a cross-encoder does.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from index import encoder
from index.types import Floats, IndexFault

FILE = encoder.BUNDLED / "reader.safetensors"
LENGTHS = (32, 64, 24)  # tokens read of a question, a passage, and its headings with its title
HEADS = 4
SIGNS = 6  # numbers beside each token's vector
_SAME = 0.99  # cosine from which two tokens are one
_STEP = 40  # tokens from one part of a long passage to the next
_NONE = -1  # in place of a token

Ids = NDArray[np.int64]


class Reader:
    """Reads with the weights of a file. Needs no torch."""

    def __init__(self, file: Path = FILE) -> None:
        if not file.is_file():
            raise IndexFault(f"{file}: the reader's weights are missing; restore the folder from the project")
        self._weights = {name: value.astype(np.float32) for name, value in load_file(file).items()}
        self._layers = sum(name.startswith("qkv_") for name in self._weights)
        self._encoder = encoder.bundled()

    def logits(self, question: str, passages: Sequence[tuple[str, str]]) -> Floats:
        """Of each passage, folded text and headings, the log odds that it answers a folded question: float32 [n]. Of a
        long text those of its best part."""
        if not passages:
            return np.zeros(0, dtype=np.float32)
        texts, headings = (self._encoder.token_ids(list(side)) for side in zip(*passages, strict=True))
        parts = [(number, part) for number, ids in enumerate(texts) for part in _parts(ids)]
        owners = np.array([number for number, _ in parts])
        asked = self._encoder.token_ids([question])
        sides = asked * len(parts), [part for _, part in parts], [headings[number] for number in owners]
        ids, vectors = inputs(sides, self._encoder)
        best = np.full(len(passages), -np.inf, dtype=np.float32)
        np.maximum.at(best, owners, self._forward(ids, vectors))
        return best

    def _forward(self, ids: Sequence[Ids], vectors: Floats) -> Floats:
        own = self._weights
        sides, places = positions(ids)
        kept = np.concatenate(ids, axis=1) != _NONE
        signs = signs_of(ids, vectors, own["rarity"])
        hidden = vectors @ own["token"] + own["side"][sides] + own["place"][places] + signs @ own["sign"]
        away = np.where(kept, 0, -1e9).astype(np.float32)[:, None, None, :]
        for layer in range(self._layers):
            normal = _normal(hidden) * own[f"scale_{layer}"] + own[f"shift_{layer}"]
            query, key, value = np.split(_by_head(normal @ own[f"qkv_{layer}"]), 3, axis=1)
            weights = query @ key.swapaxes(2, 3) / np.float32(np.sqrt(query.shape[-1])) + away
            weights = np.exp(weights - weights.max(axis=-1, keepdims=True))
            weights /= weights.sum(axis=-1, keepdims=True)
            mixed = (weights @ value).swapaxes(1, 2).reshape(hidden.shape)
            hidden = hidden + mixed @ own[f"out_{layer}"]
            normal = _normal(hidden) * own[f"scale2_{layer}"] + own[f"shift2_{layer}"]
            hidden = hidden + np.maximum(normal @ own[f"up_{layer}"], 0) @ own[f"down_{layer}"]
        hidden = _normal(hidden)
        first = ids[0].shape[1]
        second = first + ids[1].shape[1]
        means = [_mean(hidden[:, a:b], kept[:, a:b]) for a, b in ((0, first), (first, second))]
        highest = np.where(kept[:, :, None], hidden, -1e9).max(axis=1)
        pooled = np.concatenate([*means, highest], axis=1)
        return np.asarray((np.maximum(pooled @ own["head"] + own["head_bias"], 0) @ own["last"])[:, 0])


@cache
def bundled() -> Reader:
    return Reader()


def _parts(ids: list[int]) -> list[list[int]]:
    """The tokens of a passage, or of a long one overlapping parts that can each be read."""
    most = LENGTHS[1]
    return [ids[start : start + most] for start in range(0, max(1, len(ids) - most + _STEP), _STEP)]


def inputs(sides: Sequence[Sequence[Sequence[int]]], model: encoder.BundledEncoder) -> tuple[list[Ids], Floats]:
    """The padded tokens of each of the three sides, and the vectors of all of them in a row, zero where none stands:
    float32 [n, tokens, dimensions]."""
    ids = [_padded(side, most) for side, most in zip(sides, LENGTHS, strict=True)]
    tokens = np.concatenate(ids, axis=1)
    return ids, model.vectors(np.maximum(tokens, 0)) * (tokens != _NONE)[:, :, None]


def _padded(ids: Sequence[Sequence[int]], most: int) -> Ids:
    """The first tokens of each text, with -1 behind those of a shorter one: int64 [n, the longest]."""
    width = max(1, min(most, max(map(len, ids))))
    rows = np.full((len(ids), width), _NONE, dtype=np.int64)
    for row, found in zip(rows, ids, strict=True):
        row[: len(found)] = found[:width]
    return rows


def positions(ids: Sequence[Ids]) -> tuple[Ids, Ids]:
    """Of each token in a row of the three sides, which side it is of, and its number among all places."""
    starts = np.cumsum([0, *LENGTHS])
    sides = np.concatenate([np.full(side.shape[1], number) for number, side in enumerate(ids)])
    places = np.concatenate([starts[number] + np.arange(side.shape[1]) for number, side in enumerate(ids)])
    return sides, places


def signs_of(ids: Sequence[Ids], vectors: Floats, rarity: Floats) -> Floats:
    """What a token's vector does not tell: its cosine with the nearest token of the other side, that with the nearest
    of the headings, its rarity, whether the other side has it, and its rarity so far as the other side, or both, lack
    it. float32 [n, tokens, SIGNS]."""
    tokens = np.concatenate(ids, axis=1)
    edges = np.cumsum([side.shape[1] for side in ids])[:2]
    asked, read, headed = np.split(vectors, edges, axis=1)
    none = [side == _NONE for side in ids]
    to_read = _cosines(asked, read, none[0], none[1])
    to_headed = _cosines(asked, headed, none[0], none[2])
    near = np.concatenate([to_read.max(axis=2), to_read.max(axis=1), to_headed.max(axis=1)], axis=1)
    beside = np.zeros_like(near)
    beside[:, : ids[0].shape[1]] = to_headed.max(axis=2)
    rare = rarity[np.maximum(tokens, 0)]
    lost = np.zeros_like(near)
    lost[:, : ids[0].shape[1]] = ((1 - np.maximum(near, beside)) * rare)[:, : ids[0].shape[1]]
    signs = np.stack([near, beside, rare, near > _SAME, (1 - near) * rare, lost], axis=2)
    return np.asarray(signs, dtype=np.float32)


def _cosines(one: Floats, other: Floats, no_one: NDArray[np.bool_], no_other: NDArray[np.bool_]) -> Floats:
    found = one @ other.swapaxes(1, 2)
    found[no_one[:, :, None] | no_other[:, None, :]] = -1
    return found


def _by_head(mixed: Floats) -> Floats:
    """[n, tokens, 3 widths] as [n, 3 heads, tokens, width of a head]."""
    count, tokens, width = mixed.shape
    return mixed.reshape(count, tokens, 3 * HEADS, width // (3 * HEADS)).swapaxes(1, 2)


def _normal(hidden: Floats) -> Floats:
    centred = hidden - hidden.mean(axis=-1, keepdims=True)
    return np.asarray(centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(1e-5)))


def _mean(hidden: Floats, kept: NDArray[np.bool_]) -> Floats:
    return np.asarray((hidden * kept[:, :, None]).sum(axis=1) / np.maximum(kept.sum(axis=1), 1)[:, None], np.float32)
