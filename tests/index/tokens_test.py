"""Tokens for BM25: the same for clauses and questions, whichever segmenter is there."""

import pytest

from corpus.fold import fold
from index import tokens as module
from index.tokens import content, language_of, tokens


def test_jieba_and_rjieba_give_the_same_tokens_on_the_five_documents(corpus):
    rjieba = pytest.importorskip("rjieba")
    jieba = module._Jieba()
    for document in corpus.documents:
        for run in module._HAN_OR_WORD.findall(fold(document.text)):
            assert list(rjieba.cut(run)) == jieba.cut(run)
            assert list(rjieba.cut_for_search(run)) == jieba.cut_for_search(run)


@pytest.mark.parametrize(
    ("folded", "words"),
    [
        ("知识产权质押融资", ["知识", "产权", "知识产权", "质押", "融资"]),
        ("pct专利申请2500件", ["pct", "专利申请", "2500", "件"]),
        ("每万人23.5件", ["23.5"]),
        ("what is the patent subsidy", ["patent", "subsidy"]),
        ("专利的资助是多少?", ["专利", "资助"]),
        ("", []),
        ("、。!?", []),
    ],
)
def test_search_tokens(folded, words):
    found = tokens(folded)
    assert set(words) <= set(found)
    assert not {"的", "是", "多少", "what", "is", "the", "?", "。"} & set(found)


def test_a_question_in_taiwan_terms_has_the_tokens_of_the_clause():
    assert set(tokens(fold("智慧財產權質押融資"))) == set(tokens(fold("知识产权质押融资")))


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("请问青岛的贷款贴息是多少?", "青岛 贷款 贴息"),
        ("how much does qingdao pay for patents", "qingdao pay patents"),
        ("多少", "多少"),
    ],
)
def test_what_of_a_question_is_worth_matching(question, kept):
    assert content(question) == kept


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("青岛的贴息", "zh"),
        ("What does Qingdao pay?", "en"),
        ("PCT 申请量是多少", "zh"),
        ("", "zh"),
        ("福州 IP plan for patents", "en"),
    ],
)
def test_language(text, language):
    assert language_of(text) == language
