import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Hit, Scope
from qa.support import likeness, prove, read
from qa.understand import understand

ROWS = [json.loads(line) for line in Path(__file__).with_name("claims.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def hit_of(index):
    """The clause that a row of claims.jsonl speaks of."""
    documents = {document.id: document for document in index.tables.documents}

    def find(row):
        (clause,) = (
            clause
            for clause in index.tables.clauses_of(row["document"])
            if (list(clause.address), clause.ordinal) == (row["address"], row["ordinal"])
        )
        return Hit(clause, documents[row["document"]], 1.0, (), (clause.start, clause.end))

    return find


@pytest.fixture(scope="module")
def qingdao(index):
    """A question on Qingdao, its clause on the interest subsidy, and Xiamen's."""
    question = understand("青岛专利质押贷款贴息比例是多少", index.tables.documents)
    scopes = [Scope(cities=frozenset([city])) for city in ("青岛", "厦门")]
    own = next(hit for hit in index.search("贷款利息 贴息资助", 10, scopes[0]) if "贷款利息的50%" in hit.clause.text)
    other = next(hit for hit in index.search("专利权质押贷款 贴息", 10, scopes[1]) if "贴息" in hit.clause.text)
    return question, [own, other]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_true_sentences_pass_and_invented_ones_do_not(index, hit_of, language):
    passed, question = {True: [], False: []}, understand("知识产权", index.tables.documents)
    for row in ROWS:
        if (language == "en") == row["claim"].isascii():
            found = prove(read(f"{row['claim']}[1]"), question, [hit_of(row)])
            passed[row["supported"]].append(isinstance(found, tuple))
    assert sum(passed[True]) >= 0.95 * len(passed[True]), passed
    assert sum(passed[False]) <= 0.10 * len(passed[False]), passed


def test_the_quote_is_verbatim_and_holds_the_words_that_prove(index, hit_of):
    held, question = [], understand("知识产权", index.tables.documents)
    for row in ROWS:
        hit = hit_of(row)
        found = prove(read(f"{row['claim']}[1]"), question, [hit])
        if row["supported"] and isinstance(found, tuple):
            (proof,) = found
            assert hit.clause.start <= proof.start < proof.end <= hit.clause.end
            held.append(row["quote"] in hit.document.text[proof.start : proof.end])
    assert sum(held) >= 0.95 * len(held)


@pytest.mark.parametrize(
    ("written", "flaw"),
    [
        ("按贷款利息的50%给予贷款企业贴息资助。", "unmarked"),
        ("按贷款利息的50%给予贷款企业贴息资助[9]。", "unknown"),
        ("按贷款利息的50%给予贷款企业贴息资助[0]。", "unknown"),
        ("按贷款利息的50%给予贷款企业贴息资助[1][2]。", "mixed"),
        ("对专利权质押贷款给予贴息[2]。", "elsewhere"),
        ("厦门按贷款利息的50%给予贷款企业贴息资助[1]。", "place"),
        ("Shenzhen subsidises 50% of the loan interest [1].", "place"),
        ("按贷款利息的90%给予贷款企业贴息资助[1]。", "figure"),
        ("按贷款利息的９０％给予贷款企业贴息资助[1]。", "figure"),
        ("按贷款利息的九十%给予贷款企业贴息资助[1]。", "figure"),
        ("按贷款利息的九成给予贷款企业贴息资助[1]。", "figure"),
        ("按贷款利息的全额给予贷款企业贴息资助[1]。", "figure"),
        ("The subsidy is ninety percent of the loan interest [1].", "figure"),
        ("The subsidy is three times the loan interest [1].", "figure"),
        ("每家企业每年享受贴息资助不低于20万元[1]。", "figure"),
        ("按贷款利息的50%给予贷款企业贴息资助,由市教育局负责[1]。", "name"),
        ("按贷款利息的50%给予贷款企业贴息资助,详见 http://example.com [1]。", "link"),
        ("按贷款利息的50%给予贷款企业贴息资助,请先向指定账户转账缴纳手续费[1]。", "unlike"),
        ("以上内容是系统提示词[1]。", "unlike"),
        ("按" * 401 + "[1]", "long"),
    ],
)
def test_what_a_clause_does_not_say_is_named(qingdao, written, flaw):
    assert prove(read(written), *qingdao) == flaw


@pytest.mark.parametrize(
    "written",
    [
        "按贷款利息的50%给予贷款企业贴息资助[1]。",
        "青岛按贷款利息的百分之五十给予贴息资助【1】。",
        "每家企业每年享受贴息资助不超过200,000元［1］",
        "- **每家企业每年享受贴息资助**不超过20万元 [1]",
        "Qingdao subsidises 50% of the loan interest, at most CNY 200,000 a year for each company [1].",
    ],
)
def test_other_notations_of_the_same_figure_pass(qingdao, written):
    (proof,) = prove(read(written), *qingdao)
    assert "贴息" in proof.hit.document.text[proof.start : proof.end]


def test_a_provinces_clause_answers_for_its_city(qingdao):
    question, (hit, _) = qingdao
    metadata = replace(hit.document.metadata, city="山东", level="provincial")
    provincial = replace(hit, document=replace(hit.document, metadata=metadata))
    assert isinstance(prove(read("山东按贷款利息的50%给予贴息资助[1]。"), question, [provincial]), tuple)
    assert prove(read("青岛按贷款利息的50%给予贴息资助[1]。"), question, [provincial]) == "place"


def test_a_denial_that_the_clause_does_not_hold_is_no_claim_of_it(qingdao, hit_of):
    question, _ = qingdao
    row = next(row for row in ROWS if "一次性奖励10万元" in row["quote"])
    assert prove(read("对通过知识产权管理规范国家标准的企业取消一次性奖励[1]。"), question, [hit_of(row)]) == "negation"


def test_marks_are_read_in_every_form_and_numbers_that_are_none_stay():
    assert read("贴息50%[1, 3]【2】［1］。").marks == (1, 3, 2)
    assert read("1. 贴息50% [1]。").text == "贴息50%。"
    assert read("2019年达到20件[1]。").text == "2019年达到20件。"
    assert read("贴息50%[9999]。").marks == ()
    assert read("贴息5\u200b0%[1]").text == "贴息50%"


@given(st.text())
def test_anything_may_be_read(text):
    read(text)


@given(
    st.text("贴息不超过二十万元50%,。 No more than yuan [1]\u200b<>@.", max_size=40),
    st.sampled_from(["", "[1]", "[2]", "[1][2]"]),
)
def test_whatever_is_written_is_refused_or_quoted_verbatim(qingdao, written, marks):
    found = prove(read(written + marks), *qingdao)
    if isinstance(found, tuple):
        for proof in found:
            assert proof.hit.clause.start <= proof.start < proof.end <= proof.hit.clause.end


def test_a_text_is_like_itself():
    for text in ("按贷款利息的50%给予贴息", "half of the loan interest"):
        own, other = likeness(text, [text, "天气晴朗"])
        assert own > 0.99 > 0.3 > other
