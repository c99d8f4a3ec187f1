"""Token matching by hand on vectors of two dimensions."""

import math

import numpy as np
import pytest

from index import rerank

# Tokens 0 and 1 at right angles, 2 halfway between them (cosine 0.7071), 3 opposite to 0.
TABLE = np.array([[1, 0], [0, 1], [math.sqrt(0.5), math.sqrt(0.5)], [-1, 0]], dtype=np.float32)


def match(question, weights, *clauses):
    ids = [np.array(clause, dtype=np.int32) for clause in clauses]
    weights = np.array(weights if question else [], dtype=np.float32)
    return rerank.match(weights, ids, lambda wanted: TABLE[question] @ TABLE[wanted].T)


def test_the_best_token_of_a_clause_counts():
    assert match([0], [1], [0, 1], [1, 2], [1], [3]) == pytest.approx([1, 0.7071068, 0, -1])


def test_the_mean_over_the_tokens_of_the_question_by_their_weights():
    # clause [0]: 1 and 0; clause [2]: 0.7071 and 0.7071
    assert match([0, 1], [3, 1], [0], [1], [2]) == pytest.approx([0.75, 0.25, 0.7071068])


def test_a_clause_that_says_everything_scores_one():
    assert match([0, 1], [1, 5], [1, 3, 0]) == pytest.approx([1])


def test_a_clause_without_known_tokens_scores_nothing():
    assert match([0], [1], [], [0], []) == pytest.approx([0, 1, 0])
    assert match([0], [1], [], []) == pytest.approx([0, 0])


def test_without_clauses_or_question_there_is_nothing_to_score():
    assert match([0], [1]).shape == (0,)
    assert match([], [], [0], [1]).tolist() == [0, 0]


def test_rarity():
    # three clauses: token 0 in all of them (twice in one), 1 in one, 2 in none
    ids = np.array([0, 0, 1, 0, 0], dtype=np.int32)
    starts = np.array([0, 3, 4, 5], dtype=np.int64)
    assert rerank.rarity(ids, starts, 3) == pytest.approx(
        [math.log(4 / 3.5), math.log(4 / 1.5), math.log(4 / 0.5)], rel=1e-5
    )
