"""What readers said of answers, kept as question sets: helpful.jsonl can be measured with as it is."""

import json
import secrets
from pathlib import Path
from threading import Lock
from typing import Any

from qa.sought import details
from qa.types import Answer

_WRITING = Lock()


def keep(folder: Path, answer: Answer, helpful: bool, reason: str, user: str | None) -> Path:
    """Add an answer to helpful.jsonl or unhelpful.jsonl, a line each in the form of eval's question sets, with what
    was cited as gold. `python -m eval answers FOLDER/helpful.jsonl --half all` measures with it; the lines of
    unhelpful.jsonl want their gold and status corrected first."""
    path = folder / ("helpful.jsonl" if helpful else "unhelpful.jsonl")
    row = {
        "id": f"feedback-{secrets.token_hex(6)}",
        "question": answer.question.text,
        "language": answer.question.language,
        "kind": min((detail.name for detail in details(answer.question)), default="other"),
        "status": answer.status,
        "half": "dev",
        "tags": ["feedback"],
        "facts": [],
        "gold": [[gold] for gold in map(_gold, answer.citations)],
        "answer": answer.text,
        "reason": reason[:1_000],
        "user": user,
    }
    with _WRITING:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def _gold(citation: Any) -> dict[str, Any]:
    clause = citation.hit.clause
    # A gold stands in its clause once: what does not, as a cell outside its row, gives way to the clause.
    quote = citation.quote if clause.text.count(citation.quote) == 1 else clause.text
    return {"document": clause.document, "address": clause.address, "ordinal": clause.ordinal, "quote": quote}
