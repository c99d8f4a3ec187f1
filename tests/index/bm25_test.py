"""Postings answer as rank-bm25 itself would."""

import math

import numpy as np
import pytest

from corpus.fold import fold
from index import bm25, passages
from index.tokens import tokens


@pytest.fixture(scope="module")
def clauses(corpus):
    """The token lists of all clauses of the five documents."""
    owner = {document.id: document for document in corpus.documents}
    return [tokens(passages.whole(clause, owner[clause.document])) for clause in corpus.clauses]


@pytest.mark.parametrize(
    "question", ["青岛市专利权质押贷款贴息比例", "知识产权", "福州2025年智慧財產權專員", "PCT 申请 10 件", "量子"]
)
def test_scores_equal_those_of_rank_bm25_on_the_five_documents(clauses, question):
    terms, postings = bm25.fit(clauses)
    number = {term: n for n, term in enumerate(terms)}
    asked = tokens(fold(question))
    expected = bm25.LuceneBM25(clauses).get_scores(asked)
    found = postings.scores([(number[word], 1.0) for word in asked if word in number])
    assert np.abs(found - expected).max() < 1e-4


def test_by_hand():
    terms, postings = bm25.fit([["专利", "专利", "资助"], ["商标"], ["资助", "贷款", "贴息"]])
    assert sorted(terms) == terms == sorted({"专利", "资助", "商标", "贷款", "贴息"})
    # idf = log(1 + (3 - 1 + 0.5) / (1 + 0.5)); k1 = 1.5, b = 0.75; 3 of the mean 7/3 tokens
    idf = math.log(1 + 2.5 / 1.5)
    weight = idf * 2 * 2.5 / (2 + 1.5 * (0.25 + 0.75 * 3 / (7 / 3)))
    scores = postings.scores([(terms.index("专利"), 1.0)])
    assert scores == pytest.approx([weight, 0, 0], abs=1e-5)
    assert postings.scores([(terms.index("专利"), 2.0)]) == pytest.approx([2 * weight, 0, 0], abs=1e-5)


def test_a_term_of_every_clause_still_counts_for_a_little():
    terms, postings = bm25.fit([["专利", "资助"], ["专利"], ["专利"]])
    assert (postings.scores([(terms.index("专利"), 1.0)]) > 0).all()


def test_no_terms_score_nothing():
    _, postings = bm25.fit([["专利"], ["商标"]])
    assert postings.scores([]).tolist() == [0, 0]
