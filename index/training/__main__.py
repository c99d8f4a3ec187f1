"""Train the bundled model and the reader on its vectors: python -m index.training --data FOLDER [--out index/model]."""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from index import reader
from index.encoder import BundledEncoder
from index.training import pairs, reading, vocabulary

MAX_TOKENS = 256
DROPPED = 0.3  # of a text's tokens, anew each time it is read
Ids = NDArray[np.int32]


def _encode(tokenizer: Tokenizer, texts: list[str]) -> list[Ids]:
    unknown = tokenizer.token_to_id("[UNK]")
    encoded = []
    for start in range(0, len(texts), 10_000):
        for item in tokenizer.encode_batch_fast(texts[start : start + 10_000], add_special_tokens=False):
            ids = np.array(item.ids, dtype=np.int32)
            encoded.append(ids[ids != unknown][:MAX_TOKENS])
    return encoded


def _bags(items: list[Ids]) -> tuple[torch.Tensor, torch.Tensor]:
    offsets = np.cumsum([0, *(len(item) for item in items[:-1])])
    return torch.from_numpy(np.concatenate(items).astype(np.int64)), torch.from_numpy(offsets)


def _batches(
    sources: list[list[tuple[Ids, Ids]]], size: int, rng: np.random.Generator
) -> Iterator[list[tuple[Ids, Ids]]]:
    """Batches from one source at a time: negatives of the same kind are hard, those of another kind are not."""
    plan = []
    for number, source in enumerate(sources):
        order = rng.permutation(len(source))
        plan += [(number, order[start : start + size]) for start in range(0, len(source), size)]
    for index in rng.permutation(len(plan)):
        number, rows = plan[index]
        if len(rows) >= size // 4:
            yield [sources[number][row] for row in rows]


def _thinned(ids: Ids, rng: np.random.Generator) -> Ids:
    """A text without some of its tokens, so that a pair is not learned by heart by its rarest one."""
    kept = ids[rng.random(len(ids)) >= DROPPED]
    return kept if len(ids) > 2 and len(kept) else ids


def train(data: Path, out: Path, *, size: int, dimensions: int, batch: int, epochs: int, seed: int) -> None:
    """Fit token vectors so that the mean vectors of paired texts meet (both directions of in-batch softmax over
    cosine times 20, as MultipleNegativesRankingLoss), and write them with 8-bit weights to `out`."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    started = time.monotonic()
    read = pairs.read(data, seed)
    texts = [text for source in read.values() for pair in source for text in pair]
    tokenizer = vocabulary.build(texts, size)
    sources = []
    for name, source in read.items():
        left, right = (_encode(tokenizer, [pair[side] for pair in source]) for side in (0, 1))
        known = [(a, b) for a, b in zip(left, right, strict=True) if len(a) and len(b)]
        sources += [known] * pairs.PASSES.get(name, 1)
        print(f"{name}: {len(known)} pairs", file=sys.stderr)
    print(f"{tokenizer.get_vocab_size()} tokens; read in {time.monotonic() - started:.0f} s", file=sys.stderr)

    table = torch.nn.EmbeddingBag(tokenizer.get_vocab_size(), dimensions, mode="mean", sparse=True)
    torch.nn.init.normal_(table.weight, std=0.1)
    optimizer = torch.optim.SparseAdam(table.parameters(), lr=0.01)
    steps = epochs * sum(len(source) // batch + (len(source) % batch >= batch // 4) for source in sources)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 1e-3, steps)
    step, mean_loss = 0, 0.0
    for _ in range(epochs):
        for items in _batches(sources, batch, rng):
            one = torch.nn.functional.normalize(table(*_bags([_thinned(a, rng) for a, _ in items])))
            other = torch.nn.functional.normalize(table(*_bags([_thinned(b, rng) for _, b in items])))
            scores = one @ other.T * 20
            target = torch.arange(len(items))
            loss = torch.nn.functional.cross_entropy(scores, target) + torch.nn.functional.cross_entropy(
                scores.T, target
            )
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()  # type: ignore[no-untyped-call]
            schedule.step()
            step += 1
            mean_loss = 0.99 * mean_loss + 0.01 * float(loss.detach())
            if step % 100 == 0:
                print(f"{step}/{steps} loss {mean_loss:.3f} {time.monotonic() - started:.0f} s", file=sys.stderr)
    _save(table.weight.detach().numpy(), tokenizer, out)


def _save(weights: np.ndarray, tokenizer: Tokenizer, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    # One scale for the whole table: only directions matter to a cosine of means.
    scale = float(np.abs(weights).max()) / 127
    save_file({"embeddings": np.round(weights / scale).astype(np.int8)}, out / "model.safetensors")
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    config = {"model_type": "model2vec", "architectures": ["StaticModel"], "normalize": True}
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m index.training", description="Train the bundled model.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data (docs/model.md)")
    parser.add_argument("--out", type=Path, default=Path("index/model"))
    parser.add_argument("--size", type=int, default=55_000, help="tokens in the vocabulary")
    parser.add_argument("--dimensions", type=int, default=512)
    parser.add_argument("--batch", type=int, default=2_048)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--reader-only", action="store_true", help="train the reader on the model that is in --out")
    chosen = parser.parse_args()
    if not (chosen.data / "law_articles_zh.jsonl.gz").is_file():
        sys.exit(f"{chosen.data}: no training data there; docs/model.md says what the folder must hold")
    if not chosen.reader_only:
        train(
            chosen.data,
            chosen.out,
            size=chosen.size,
            dimensions=chosen.dimensions,
            batch=chosen.batch,
            epochs=chosen.epochs,
            seed=chosen.seed,
        )
    reading.train(chosen.data, chosen.out / reader.FILE.name, BundledEncoder(chosen.out), chosen.seed)


if __name__ == "__main__":
    main()
