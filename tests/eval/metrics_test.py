"""Metrics against values worked out by hand."""

import math

import numpy as np
import pytest

from eval import metrics
from eval.metrics import Judged, JudgedAnswer


def judged(needs, *met, lengths=None, right=True):
    """Hits that meet these needs, each with its quote ending at character 10."""
    return Judged(needs, tuple(dict.fromkeys(one, 10) for one in met), lengths or (100,) * len(met), right)


QUESTIONS = [
    judged(1, {0}, set()),  # found first
    judged(1, set(), set(), {0}),  # found third
    judged(2, {0}, set(), set(), set(), set(), {1}),  # first and sixth
    judged(1, set(), set(), right=False),  # not found
    judged(1, right=None),  # nothing came
]


def test_rank_metrics_are_what_the_hand_computes():
    found = metrics.ranked(QUESTIONS)
    assert found["recall@1"].tolist() == pytest.approx([1, 0, 1 / 2, 0, 0])
    assert found["recall@3"].tolist() == pytest.approx([1, 1, 1 / 2, 0, 0])
    assert found["recall@5"].tolist() == pytest.approx([1, 1, 1 / 2, 0, 0])
    assert found["recall@10"].tolist() == pytest.approx([1, 1, 1, 0, 0])
    assert found["mrr@10"].tolist() == pytest.approx([1, 1 / 3, 1, 0, 0])
    ideal = 1 + 1 / math.log2(3)
    second = (1 + 1 / math.log2(7)) / ideal
    assert found["ndcg@10"].tolist() == pytest.approx([1, 1 / math.log2(4), second, 0, 0])


def test_a_second_clause_for_the_same_need_counts_once():
    found = metrics.ranked([judged(1, {0}, {0})])
    assert found["recall@10"][0] == 1
    assert found["ndcg@10"][0] == 1


def test_one_hit_may_meet_two_needs():
    assert metrics.ranked([judged(2, {0, 1})])["recall@3"][0] == 1


def test_the_curve_rises_where_a_need_is_met():
    assert metrics.curve(QUESTIONS[2], 7).tolist() == pytest.approx([0.5] * 5 + [1, 1])


def test_a_budget_counts_whole_quotes_only():
    late = Judged(1, ({}, {0: 300}), (800, 400), True)
    assert metrics.within(late, 1_000) == 0  # the quote ends at character 1,100
    assert metrics.within(late, 1_100) == 1
    assert metrics.within(judged(2, {0}, {1}, lengths=(995, 50)), 1_000) == 0.5


def test_wrong_document_is_about_the_first_hit():
    assert [metrics.wrong_document(one) for one in QUESTIONS[2:4]] == [0, 1]
    assert math.isnan(metrics.wrong_document(QUESTIONS[4]))


def answer(**changes):
    plain = {
        "expected": "answered",
        "status": "answered",
        "needs": 2,
        "cited": (frozenset({0}), frozenset()),
        "verbatim": (True, True),
        "facts": ("20万元",),
        "said": "给予最高２０ 萬元獎勵 [1]",
        "length": 14,
    }
    return metrics.answer(JudgedAnswer(**plain | changes))


def test_an_answer_by_hand():
    found = answer()
    wanted = {"gold_cited": 1, "citation_precision": 0.5, "citation_recall": 0.5, "figures": 1, "false_refusals": 0}
    assert {name: found[name] for name in wanted} == wanted
    assert math.isnan(found["refusal_precision"])
    assert math.isnan(found["refusal_recall"])


def test_a_missing_fact_is_a_wrong_figure():
    assert answer(facts=("20万元", "30万元"))["figures"] == 0


def test_refusals():
    right = answer(expected="no_evidence", status="no_evidence", needs=0, cited=(), verbatim=(), facts=())
    assert (right["refusal_precision"], right["refusal_recall"]) == (1, 1)
    assert math.isnan(right["gold_cited"])
    wrong = answer(status="no_evidence", cited=(), verbatim=())
    assert (wrong["refusal_precision"], wrong["false_refusals"], wrong["citation_recall"]) == (0, 1, 0)
    missed = answer(expected="no_evidence", needs=0, cited=(frozenset(),))
    assert missed["refusal_recall"] == 0


def test_contradictions():
    assert answer(expected="contradicted", status="contradicted")["contradicted_found"] == 1
    assert answer(status="contradicted")["false_contradictions"] == 1


def test_every_metric_of_retrieval_has_a_value_a_question():
    found = metrics.retrieval(QUESTIONS)
    assert {len(values) for values in found.values()} == {5}
    assert all(values.dtype == np.float32 for values in found.values())
