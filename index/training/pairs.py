"""The pairs of texts that the bundled model learns from, read from a folder of training data."""

import csv
import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.fold import fold
from index.tokens import content

Pair = tuple[str, str]
QUESTIONS = Path(__file__).with_name("questions.jsonl")
TERMS = Path(__file__).parents[1] / "terms.csv"
PASSES = {
    "questions": 16,
    "terms": 3,
}  # times a source is read in an epoch; these are few and closest to what users ask
_BEGINNING = 24  # characters that name a paragraph of a policy document
SENTENCE = re.compile(r"[^。;；!?！？\n]+[。;；!?！？]?")


def rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _bilingual(folder: Path, name: str) -> list[Pair]:
    return [(fold(row["a"]), fold(row["b"])) for row in rows(folder, name)]


def _terms() -> list[Pair]:
    """Each wording of a concept, in either language, with its official term, and English with everyday wordings."""
    found = []
    with TERMS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            official = fold(row["official"])
            english = [fold(text) for text in row["english"].split("|") if text]
            chinese = [
                fold(text) for name in ("abbreviations", "everyday", "taiwan") for text in row[name].split("|") if text
            ]
            found += [(text, official) for text in english + chinese if text != official]
            found += list(zip(english, chinese, strict=False))
    return found


def _questions() -> dict[tuple[str, str], list[str]]:
    """The project's own questions, as search sees them, by the title and the article, or the beginning of the
    paragraph, that answers them."""
    asked: dict[tuple[str, str], list[str]] = {}
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        asked.setdefault((question["law"], question["article"]), []).append(content(fold(question["question"])))
    return asked


def read(folder: Path, seed: int) -> dict[str, list[Pair]]:
    """Folded pairs by source: six bilingual sources, two made from mainland law (heading -> article, and one
    sentence of an article -> the rest of it), and the project's own questions -> the text that answers."""
    rng = random.Random(seed)
    pairs = {
        name: _bilingual(folder, f"{name}_en_zh")
        for name in ("law_segments", "law_articles", "law_titles", "cedict", "tatoeba", "ntrex")
    }
    asked = _questions()
    headings, sentences, questions = [], [], []
    for row in rows(folder, "law_articles_zh"):
        text = fold(row["text"])
        questions += [(question, text) for question in asked.pop((row["law"], row["article"]), ())]
        headings.append((fold(f"{row['law']} {row['chapter'] or ''}"), text))
        parts = SENTENCE.findall(text)
        if len(parts) > 1:
            chosen = rng.randrange(len(parts))
            sentences.append((parts[chosen], "".join(parts[:chosen] + parts[chosen + 1 :])))
    for row in rows(folder, "policy_documents_zh"):
        for paragraph in map(str.strip, row["text"].split("\n")):
            found = asked.pop((row["title"], paragraph[:_BEGINNING]), ()) if paragraph else ()
            questions += [(question, fold(paragraph)) for question in found]
    return pairs | {
        "law_headings": headings,
        "law_sentences": sentences,
        "questions": questions,
        "terms": _terms(),
    }
