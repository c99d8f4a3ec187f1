"""The index of the five documents, and of small corpora: what is found, and what a scope shuts out."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index import encoder
from index.policy_index import PolicyIndex
from index.types import Scope

LOAN = "9.实施知识产权金融服务提升工程"
EVERYWHERE = ("知识产权保护", "贷款贴息", "专利导航", "patent subsidy", "2020年", "质押融资")


def cities(hits):
    return {hit.document.metadata.city for hit in hits}


@pytest.mark.parametrize("mode", ["hybrid", "bm25", "dense"])
@pytest.mark.parametrize(
    "question",
    ["青岛市对专利权质押贷款怎么贴息？", "企业用专利质押贷款,能补贴多少利息?", "青島市對專利權質押貸款的貼息比例"],
)
def test_the_pledge_loan_clause_of_qingdao_comes_first(index, question, mode):
    first = index.search(question, mode=mode)[0]
    assert first.clause.document.startswith("qingdao")
    assert first.clause.address[-1] == LOAN
    assert "按贷款利息的50%给予贷款企业贴息资助" in first.clause.text


def test_a_question_in_english_finds_the_chinese_clause(index):
    question = "What share of the interest on patent pledge loans does Qingdao subsidise?"
    assert index.search(question, language="en")[0].clause.address[-1] == LOAN


def test_the_sentence_that_matched_is_quoted_from_the_document(index):
    hit = index.search("按贷款利息的多少给予贴息资助")[0]
    sentence = hit.document.text[slice(*hit.best)]
    assert "贷款利息的50%" in sentence
    assert sentence in hit.clause.text


def test_hits_are_clauses_of_their_documents_best_first(index):
    hits = index.search("知识产权质押融资", 20)
    assert len(hits) == 20
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({(hit.clause.document, hit.clause.address, hit.clause.ordinal) for hit in hits}) == 20
    for hit in hits:
        assert hit.document.id == hit.clause.document
        assert hit.document.text[hit.clause.start : hit.clause.end] == hit.clause.text
        assert hit.clause.start <= hit.best[0] < hit.best[1] <= hit.clause.end
        assert {signal.name for signal in hit.signals} == {"bm25", "sentence", "clause", "token"}
        assert all(signal.rank >= 1 for signal in hit.signals)


def test_the_index_holds_the_clauses_that_the_outlines_have(index, corpus):
    for document, outline in zip(corpus.documents, corpus.outlines, strict=True):
        assert index.tables.document(document.id) == document
        assert tuple(index.tables.clauses_of(document.id)) == outline.clauses


@pytest.mark.parametrize("mode", ["hybrid", "bm25", "dense"])
@pytest.mark.parametrize("city", ["厦门", "青岛", "福州", "南通"])
def test_the_scope_of_a_city_never_returns_another(index, city, mode):
    for question in EVERYWHERE:
        hits = index.search(question, 100, Scope(cities=frozenset({city})), mode=mode)
        assert cities(hits) <= {city}
    assert len(index.search("知识产权", 10, Scope(cities=frozenset({city})), mode=mode)) == 10


@pytest.mark.parametrize(
    "scope",
    [
        Scope(cities=frozenset()),
        Scope(documents=frozenset()),
        Scope(cities=frozenset({"无锡"})),
        Scope(documents=frozenset({"nowhere.txt"})),
        Scope(
            cities=frozenset({"青岛"}), documents=frozenset({"fuzhou-ip-demonstration-city-work-plan-2022-2025.txt"})
        ),
    ],
)
@pytest.mark.parametrize("mode", ["hybrid", "bm25", "dense"])
def test_an_empty_scope_matches_nothing_and_is_not_widened(index, scope, mode):
    assert index.search("知识产权质押融资", 10, scope, mode=mode) == []


def test_a_scope_of_documents(index):
    wanted = "xiamen-ip-office-2017-summary-2018-plan.txt"
    hits = index.search("知识产权质押融资", 100, Scope(documents=frozenset({wanted})))
    assert {hit.clause.document for hit in hits} == {wanted}


@pytest.mark.parametrize(("day", "found"), [("2025-06-30", {"福州"}), ("2025-07-01", set()), ("2022-08-31", set())])
def test_in_force_only_on_the_last_day_of_the_fuzhou_plan_and_after(index, day, found):
    fuzhou = Scope(cities=frozenset({"福州"}), in_force_only=True, as_of=day)
    assert cities(index.search("智慧財產權專員", 10, fuzhou)) == found
    everyone = index.search("知识产权", 100, Scope(in_force_only=True, as_of=day))
    assert ("福州" in cities(everyone)) == bool(found)


def test_a_document_of_unknown_validity_stays(index):
    hits = index.search("质押贷款贴息", 5, Scope(in_force_only=True, as_of="2030-01-01"))
    assert hits[0].document.metadata.city == "青岛"


def test_a_city_shuts_out_other_cities_but_not_its_province_and_the_nation(folder, tmp_path):
    measures = "第一条 企业专利质押贷款由财政贴息。\n"
    place = folder(
        {
            "nation.txt": f"国务院关于专利质押的意见\n{measures}",
            "jiangsu.txt": f"江苏省专利质押办法\n{measures}",
            "shandong.txt": f"山东省专利质押办法\n{measures}",
            "nantong.txt": f"南通市专利质押办法\n{measures}",
            "suzhou.txt": f"苏州市专利质押办法\n{measures}",
            "qingdao.txt": f"青岛市专利质押办法\n{measures}",
        }
    )
    small = PolicyIndex.build(place, tmp_path / "index", encoder.load(None))

    def found(*names):
        hits = small.search("专利质押贷款贴息", 10, Scope(cities=frozenset(names)))
        return sorted(hit.clause.document.removesuffix(".txt") for hit in hits)

    assert found("南通") == ["jiangsu", "nantong", "nation"]
    assert found("青岛") == ["nation", "qingdao", "shandong"]
    assert found("南通", "青岛") == ["jiangsu", "nantong", "nation", "qingdao", "shandong"]
    assert found() == []


def test_two_cities_with_the_same_words_are_both_found(folder, tmp_path):
    measures = "第一条 企业专利质押贷款由财政贴息,每年不超过二十万元。\n"
    place = folder({"a.txt": f"南通市专利办法\n{measures}", "b.txt": f"青岛市专利办法\n{measures}"})
    small = PolicyIndex.build(place, tmp_path / "index", encoder.load(None))
    assert {hit.clause.document for hit in small.search("专利质押贷款贴息")} == {"a.txt", "b.txt"}


def test_a_corpus_of_one_clause(folder, tmp_path):
    small = PolicyIndex.build(folder({"a.txt": "加强专利保护。"}), tmp_path / "index", encoder.load(None))
    assert [hit.clause.text for hit in small.search("专利保护")] == ["加强专利保护。"]
    assert [hit.clause.text for hit in small.search("专利保护", mode="bm25")] == ["加强专利保护。"]


@pytest.mark.parametrize(
    "question", ["", " \n", "？", "。、", "☃", "的", "a" * 5_000, "专利" * 2_000, "NULL'; --", "%_"]
)
@pytest.mark.parametrize("mode", ["hybrid", "bm25", "dense"])
def test_odd_questions_are_answered_without_a_failure(index, question, mode):
    hits = index.search(question, 5, mode=mode)
    assert len(hits) <= 5
    assert all(np.isfinite(hit.score) for hit in hits)


@pytest.mark.parametrize("question", ["", " \n", "☃", "？"])
def test_a_question_that_says_nothing_finds_nothing(index, question):
    assert index.search(question) == []


def test_bm25_drops_what_matched_nothing(index):
    assert index.search("量子霸权", mode="bm25") == []
    hits = index.search("质押贷款", 100, mode="bm25")
    assert 0 < len(hits) < 100
    assert all(hit.signals[0].score > 0 for hit in hits)


def test_the_passages_of_hits_are_their_sentences(index):
    hits = index.search("质押贷款贴息比例", 3, Scope(cities=frozenset({"青岛"})))
    found = index.passages("质押贷款贴息比例", hits)
    assert {passage.hit.clause.start for passage in found} == {hit.clause.start for hit in hits}
    assert all(passage.text in passage.hit.clause.text for passage in found)
    assert all(-1.001 <= passage.cosine <= 1.001 and -1.001 <= passage.match <= 1.001 for passage in found)
    best = max((passage for passage in found if passage.hit is hits[0]), key=lambda passage: passage.match)
    assert "按贷款利息的50%给予贷款企业贴息资助" in best.text
    assert index.passages("质押贷款贴息比例", []) == []


def test_search_is_the_same_from_several_threads(index):
    questions = list(EVERYWHERE) * 2

    def ask(question):
        return [(hit.clause.document, hit.clause.start, hit.score) for hit in index.search(question)]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, questions)) == [ask(question) for question in questions]
