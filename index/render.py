"""Hits as the JSON that other programs rely on."""

from typing import Any

from corpus.outline import label
from index.types import Hit


def hit_json(rank: int | None, hit: Hit) -> dict[str, Any]:
    clause = hit.clause
    return {
        "rank": rank,
        "document": clause.document,
        "city": hit.document.metadata.city,
        "address": list(clause.address),
        "ordinal": clause.ordinal,
        "label": label(clause, hit.document.title),
        "start": clause.start,
        "end": clause.end,
        "text": clause.text,
        "score": round(hit.score, 4),
        "signals": {signal.name: {"rank": signal.rank, "score": round(signal.score, 4)} for signal in hit.signals},
        "best_start": hit.best[0],
        "best_end": hit.best[1],
    }
