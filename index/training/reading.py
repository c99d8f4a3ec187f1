"""Train the reader on the bundled model's vectors: see index/reader.py for what it is."""

import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from torch.nn import functional

from index import reader
from index.encoder import BundledEncoder
from index.reader import HEADS, LENGTHS, SIGNS, Ids
from index.training import lists
from index.training.lists import Passage, Reading
from index.types import Floats

WIDTH, LAYERS = 192, 2
PASSAGES = 5  # of a list
LISTS = 16  # of a batch
_PARTS = 4  # in which it is read
STEPS = 4_500
_ALONE = 0.15  # of the steps, in which it reads laws only
_LAWS = 0.2  # of the lists after that
_HIDDEN = {"laws": 0.4, "excerpts": 0.25}  # of the answered lists, whose answer is taken away
_DROPPED = 0.08  # of a text's tokens, anew each time
_RATE = 1e-3
_WARM = 200  # steps


class _Network(torch.nn.Module):
    """index/reader.py's arithmetic, differentiable: its weights have the same names."""

    def __init__(self, dimensions: int) -> None:
        super().__init__()

        def new(name: str, *shape: int, spread: float | None = None) -> None:
            spread = shape[0] ** -0.5 if spread is None else spread
            self.register_parameter(name, torch.nn.Parameter(torch.randn(*shape) * spread))

        new("token", dimensions, WIDTH, spread=1.0)  # the vectors have length 1, not a variance of 1
        new("side", len(LENGTHS), WIDTH, spread=0.5)
        new("place", sum(LENGTHS), WIDTH, spread=0.2)
        new("sign", SIGNS, WIDTH)
        for layer in range(LAYERS):
            new(f"qkv_{layer}", WIDTH, 3 * WIDTH)
            new(f"out_{layer}", WIDTH, WIDTH)
            new(f"up_{layer}", WIDTH, 2 * WIDTH)
            new(f"down_{layer}", 2 * WIDTH, WIDTH)
            for name in ("scale", "scale2", "shift", "shift2"):
                value = float(name.startswith("scale"))
                self.register_parameter(f"{name}_{layer}", torch.nn.Parameter(torch.full((WIDTH,), value)))
        new("head", 3 * WIDTH, WIDTH)
        new("head_bias", WIDTH, spread=0.0)
        new("last", WIDTH, 1)

    def forward(self, ids: Sequence[Ids], vectors: Floats, signs: Floats) -> torch.Tensor:
        own = dict(self.named_parameters())
        sides, places = reader.positions(ids)
        kept = torch.from_numpy(np.concatenate(ids, axis=1) >= 0)
        with torch.autocast("cpu", torch.bfloat16):
            hidden = torch.from_numpy(vectors) @ own["token"] + torch.from_numpy(signs) @ own["sign"]
            hidden = hidden + own["side"][sides] + own["place"][places]
            count, tokens, _ = hidden.shape
            for layer in range(LAYERS):
                normal = _normal(hidden) * own[f"scale_{layer}"] + own[f"shift_{layer}"]
                heads = (normal @ own[f"qkv_{layer}"]).reshape(count, tokens, 3 * HEADS, -1).transpose(1, 2)
                query, key, value = heads.chunk(3, dim=1)
                mixed = functional.scaled_dot_product_attention(query, key, value, kept[:, None, None, :])
                hidden = hidden + mixed.transpose(1, 2).reshape(count, tokens, WIDTH) @ own[f"out_{layer}"]
                normal = _normal(hidden) * own[f"scale2_{layer}"] + own[f"shift2_{layer}"]
                hidden = hidden + functional.relu(normal @ own[f"up_{layer}"]) @ own[f"down_{layer}"]
        hidden = _normal(hidden.float())
        first = ids[0].shape[1]
        second = first + ids[1].shape[1]
        means = [
            (hidden[:, a:b] * kept[:, a:b, None]).sum(1) / kept[:, a:b].sum(1, keepdim=True).clamp(min=1)
            for a, b in ((0, first), (first, second))
        ]
        highest = hidden.masked_fill(~kept[:, :, None], -1e9).max(1).values
        pooled = torch.cat([*means, highest], dim=1)
        return (functional.relu(pooled @ own["head"] + own["head_bias"]) @ own["last"])[:, 0]


def _normal(hidden: torch.Tensor) -> torch.Tensor:
    return functional.layer_norm(hidden.float(), hidden.shape[-1:])


def train(folder: Path, out: Path, model: BundledEncoder, seed: int, steps: int = STEPS) -> None:
    """Fit the reader so that of nothing and the passages of a list the one that answers is the likeliest (softmax over
    them all, and half the log loss of each passage by itself), and write it as float16 to `out`."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    laws = list(lists.of_laws(folder, model))
    excerpts = list(lists.of_excerpts(folder, model))
    print(f"{len(laws)} questions on laws, {len(excerpts)} on excerpts", file=sys.stderr)
    rarity = _rarity([*laws, *excerpts], model)
    network = _Network(model.dimensions)
    optimizer = torch.optim.AdamW(network.parameters(), _RATE, weight_decay=0.02)
    started, mean_loss = time.monotonic(), 0.0
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = _RATE * min(1, (step + 1) / _WARM) * (1 - step / steps)
        batch: list[tuple[str, list[Passage]]] = []
        while len(batch) < LISTS:
            source = "laws" if step < _ALONE * steps or rng.random() < _LAWS else "excerpts"
            chosen = _list(rng.choice(laws if source == "laws" else excerpts), _HIDDEN[source], rng)
            batch += [chosen] if chosen[1] else []
        loss = _loss(network, batch, model, rarity, rng)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        mean_loss = 0.99 * mean_loss + 0.01 * float(loss.detach())
        if (step + 1) % 200 == 0:
            print(f"{step + 1}/{steps} loss {mean_loss:.3f} {time.monotonic() - started:.0f} s", file=sys.stderr)
    weights = {name: value.detach().numpy().astype(np.float16) for name, value in network.named_parameters()}
    save_file(weights | {"rarity": rarity.astype(np.float16)}, out)


def _list(reading: Reading, hidden: float, rng: random.Random) -> tuple[str, list[Passage]]:
    """A question with an answering passage or two, unless there is none or it is `hidden`, and some that do not."""
    answers = [passage for passage in reading.passages if passage.answers]
    others = [passage for passage in reading.passages if not passage.answers and not passage.beside]
    if answers and rng.random() < hidden:
        answers = []
    answers = answers[: 1 if rng.random() < 0.7 else 2]
    near = others[: PASSAGES + 3]
    return reading.question, answers + rng.sample(near, min(len(near), PASSAGES - len(answers)))


def _loss(
    network: _Network,
    batch: Sequence[tuple[str, Sequence[Passage]]],
    model: BundledEncoder,
    rarity: Floats,
    rng: random.Random,
) -> torch.Tensor:
    sides = [
        [question for question, passages in batch for _ in passages],
        [passage.text for _, passages in batch for passage in passages],
        [passage.headings for _, passages in batch for passage in passages],
    ]
    found = [model.token_ids(texts) for texts in sides]
    for side in found[:2]:
        side[:] = [[token for token in ids if rng.random() >= _DROPPED] for ids in side]
    # Passages of like length are read together, since what is behind a shorter one costs as much as words do.
    order = np.argsort([len(read) for read in found[1]], kind="stable")
    logits = torch.empty(len(order))
    for part in np.array_split(order, _PARTS):
        ids, vectors = reader.inputs([[side[at] for at in part] for side in found], model)
        logits[torch.from_numpy(part)] = network(ids, vectors, reader.signs_of(ids, vectors, rarity))
    right = torch.tensor([float(passage.answers) for _, passages in batch for passage in passages])
    alone = functional.binary_cross_entropy_with_logits(logits, right)
    each = []
    sizes = [len(passages) for _, passages in batch]
    for own, good in zip(torch.split(logits, sizes), torch.split(right, sizes), strict=True):
        likely = functional.log_softmax(torch.cat([torch.zeros(1), own]), dim=0)  # the first: that nothing answers
        each.append(torch.logsumexp(likely[1:][good > 0], dim=0) if good.any() else likely[0])
    return 0.5 * alone - torch.stack(each).mean()


def _rarity(readings: Sequence[Reading], model: BundledEncoder) -> Floats:
    """How rare each token is among the passages: log of the commonest's count over its own, from 0 to about 1."""
    counts = np.ones(model.vocabulary_size)
    texts = list({passage.text for reading in readings for passage in reading.passages})
    for ids in model.token_ids(texts):
        counts[np.unique(np.array(ids, dtype=np.int64))] += 1
    return np.asarray(np.log(counts.max() / counts) / np.log(counts.max()), dtype=np.float32)
