"""Whole runs over a few questions: retrieval, answers, ablations, the report."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from eval import ablation, answers, outside, record, report, retrieval, svg
from eval.task import open_task
from index import encoder


@pytest.fixture(scope="module")
def task():
    """A dozen questions: some of several cities, some that the corpus does not answer."""
    whole = open_task("policies", "dev")
    several = [item for item in whole.items if len(item.needs) > 1][:3]
    refused = [item for item in whole.items if not item.needs][:2]
    return replace(whole, items=(*several, *refused, *whole.answerable[:7]))


@pytest.fixture(scope="module")
def found(task, index_folder):
    runs = list(ablation.run(task, index_folder, encoder.bundled()))
    return {run.name: run for run in runs}


def test_each_ablation_has_its_run(found, task):
    assert {"hybrid", "bm25 alone", "token matching alone", "without token", "without scope"} <= set(found)
    assert {"without headings", "windows of 500 characters"} <= set(found)
    assert {len(run.values["recall@5"]) for run in found.values()} == {len(task.answerable)}


def test_a_signal_alone_orders_otherwise_than_all(task, index):
    def order(name):
        return [hit.clause.start for hit in index.search(task.items[-1].question, 10, only=name and (name,))]

    assert len({tuple(order(name)) for name in (None, "bm25", "sentence", "token")}) == 4


def test_windows_cut_documents_and_lose_no_character(task):
    cut = ablation.windows(task.corpus, 500)
    for document, outline in zip(cut.documents, cut.outlines, strict=True):
        assert "".join(clause.text for clause in outline.clauses) == document.text
        assert max(len(clause.text) for clause in outline.clauses) == 500


def test_a_quote_counts_only_if_a_hit_holds_the_whole_of_it(task, index):
    item = next(item for item in task.answerable if len(item.needs) == 1)
    needs = task.spans[item.id]
    span = needs[0][0]
    (hit, *_) = index.search(span.quote, 1)
    whole = replace(hit, clause=span.clause)
    half = replace(hit, clause=replace(span.clause, end=span.end - 1, text=span.clause.text[: span.end - 1]))
    assert retrieval.judge([whole], needs).met[0] == {0: span.end - span.clause.start}
    assert retrieval.judge([half], needs).met[0] == {}


def test_answers_quote_the_source(task, index):
    values = answers.run(task, index).values
    assert len(values["gold_cited"]) == len(task.items)
    assert values["verbatim"][values["verbatim"] == values["verbatim"]].tolist().count(1) >= 5


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name in ("src", "href")]


def test_the_report_is_one_file_and_says_what_was_missed(task, found, index, tmp_path):
    runs = list(found.values())
    measured = record.of_retrieval(task, runs)
    row = {"id": "x", "question": "<b>why</b>?", "wanted": [], "came": []}
    measured["misses"].append(row)
    parts = {"retrieval": measured, "answers": record.of_answers(task, answers.run(task, index)), "ablation": measured}
    head = {"set": "policies", "half": "dev", "version": "abc", "model": "m"}
    data, page = report.save(head | parts, tmp_path)
    assert data.name == "abc-policies-dev.json"
    text = page.read_text(encoding="utf-8")
    links = Links()
    links.feed(text)
    assert links.found == []
    assert "&lt;b&gt;why&lt;/b&gt;?" in text
    assert text.count("<svg") == 5
    assert "rank (score): bm25" in text


def test_bars_without_rows_are_empty():
    assert "<rect" not in svg.bars([], "{:.1f}")


def test_names_of_files_are_safe():
    assert outside.file_name('关于"双随机/一公开"\n的意见') == "关于_双随机_一公开_的意见.txt"
