"""What the benchmarks count, by hand. That they run is seen by running them: make bench."""

import gzip
import json

import pytest

from corpus import collection
from corpus.types import Clause
from eval import bench, bench_scale, svg
from eval.questions import Span


@pytest.fixture
def span():
    """Ten characters of a document, 20 to 30."""
    return Span(Clause("a", (), 1, "prose", 0, 100, "x" * 100), 20, 30)


def test_recall_is_the_share_of_the_golds_characters(span):
    assert bench.recall([[span]], [("a", 0, 25)]) == 0.5
    assert bench.recall([[span]], [("a", 0, 25), ("b", 20, 30), ("a", 25, 40)]) == 1
    assert bench.recall([[span]], []) == 0


def test_what_lies_beyond_the_characters_that_are_read_does_not_count(span):
    long = ("b", 0, bench.BUDGET - 25)
    assert bench.recall([[span]], [long, ("a", 0, 100)]) == 0.5
    assert bench.recall([[span]], [("b", 0, bench.BUDGET), ("a", 20, 30)]) == 0


def test_the_better_of_two_golds_and_the_mean_of_two_needs(span):
    other = Span(span.clause, 50, 60)
    assert bench.recall([[span, other]], [("a", 50, 60)]) == 1
    assert bench.recall([[span], [other]], [("a", 50, 60)]) == 0.5


def test_more_clauses_than_there_are_articles(tmp_path):
    """Of the articles that are made, each is one clause, and none is another's copy."""
    topics = "专利 商标 版权 地理标志".split()
    rows = [
        {
            "law": f"{topic}办法",
            "chapter": "第一章 总则",
            "article": f"第{number}条",
            "text": f"保护{topic}{number}。\n奖励{topic}。",
        }
        for topic in topics
        for number in "一二三四五"
    ]
    with gzip.open(tmp_path / "laws.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    bench_scale.write(tmp_path / "laws.jsonl.gz", tmp_path / "documents", 60)
    corpus = collection.read(tmp_path / "documents")
    assert len(corpus.documents) == 12
    clauses = list(corpus.clauses)
    assert len(clauses) == 60
    assert all(clause.text.startswith("第") for clause in clauses)
    assert len({clause.text for clause in clauses}) > 50


def test_growth_is_drawn():
    drawn = svg.growth({"seconds": [(1_000, 1), (10_000, 10)], "ms": [(10_000, 3), (1_000, 2)]}, "clauses")
    assert drawn.count("<polyline") == 2 and drawn.count("<circle") == 4
    assert "10,000" in drawn and "seconds 10" in drawn
