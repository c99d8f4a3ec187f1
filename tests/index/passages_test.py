"""What of a clause is indexed."""

import pytest

from corpus import outline
from corpus.types import Document, Metadata
from index import passages


def clause_of(text):
    (clause,) = outline.parse("a.txt", text, None).clauses
    return clause


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "支持企业以专利权质押取得贷款。按贷款利息的百分之五十给予贴息;每家企业每年不超过二十万元。",
            ["支持企业以专利权质押取得贷款。", "按贷款利息的百分之五十给予贴息;", "每家企业每年不超过二十万元。"],
        ),
        ("加强领导。支持企业以专利权质押取得贷款。", ["加强领导。支持企业以专利权质押取得贷款。"]),
        ("没有句号的一段", ["没有句号的一段"]),
        ("。。。", ["。。。"]),
    ],
)
def test_sentences(text, expected):
    assert [text[start:end] for start, end in passages.sentences(clause_of(text))] == expected


def test_sentences_lie_in_their_clause_in_order_and_lose_nothing(corpus):
    texts = {document.id: document.text for document in corpus.documents}
    for clause in corpus.clauses:
        spans = passages.sentences(clause)
        at = clause.start
        for start, end in spans:
            assert at <= start < end <= clause.end
            assert not texts[clause.document][at:start].strip("l•。；;！!？?\n\r \t　\xa0")
            at = end
        assert not texts[clause.document][at : clause.end].strip("l•。；;！!？?\n\r \t　\xa0")


def test_a_clause_is_indexed_with_its_title_and_headings_in_the_folded_form():
    text = "一、智慧財產權金融\n(一)質押融資\n支持企業取得貸款。"
    document = Document("a.txt", text, Metadata(title="福州市智慧財產權方案"))
    (clause,) = outline.parse("a.txt", text, None).clauses
    assert passages.whole(clause, document).split() == [
        "福州市知识产权方案",
        "一、知识产权金融",
        "(一)质押融资",
        "支持企业取得贷款。",
    ]


def test_a_table_row_is_indexed_with_its_columns_and_the_cells_it_shares(read):
    document, parsed = read("nantong")
    row = next(
        clause
        for clause in parsed.clauses
        if clause.kind == "row" and clause.address[-2:][0].startswith("附件") and clause.address[-1] == "3"
    )
    body = passages.body(row, document)
    assert "重点工程 知识产权管理能力提升工程" in body
    assert "2017年 40% 2018年 50%" in body
    assert "责任部门 市知识产权产权局、市商务局" in body


def test_what_a_clause_refers_to_is_indexed_with_it_but_not_with_its_sentences():
    text = "第一条 烧烤不得占用人行道。\n违反前款规定的，处二百元罚款。\n"
    document = Document("a.txt", text, Metadata(title="市容条例"))
    _, penalty = outline.parse("a.txt", text, "市容条例").clauses
    assert "烧烤不得占用人行道" in passages.whole(penalty, document)
    assert "烧烤" not in passages.row(penalty, document, (penalty.start, penalty.end))
    assert penalty.text == "违反前款规定的，处二百元罚款。"
