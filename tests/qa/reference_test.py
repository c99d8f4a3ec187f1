import pytest

from corpus.fold import fold
from qa import reference
from qa.answer import Answerer


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("第九条说了什么", [((5,), 9)]),
        ("第9项", [((8, 9, 10), 9)]),
        ("二、(三)9.讲什么", [((7,), 2), ((8,), 3), ((9,), 9)]),
        ("article 12 of the regulation", [((5,), 12)]),
        ("2019年达到多少", []),
        ("一次性奖励20万元", []),
    ],
)
def test_clause_numbers_are_read(text, found):
    assert list(reference.clauses_of(fold(text))) == found


@pytest.mark.parametrize("text", ["青岛方案第9项说了什么", "青岛的二、(三)9.讲什么"])
def test_a_clause_is_quoted_by_its_number(index, text):
    answer = Answerer(index).answer(text)
    assert {citation.hit.clause.address[-1] for citation in answer.citations} == {"9.实施知识产权金融服务提升工程"}


def test_a_table_row_is_quoted_by_its_number(index):
    (citation, *_) = Answerer(index).answer("南通路线图第27行是什么").citations
    assert citation.hit.clause.address[-1] == "27" and "万人发明专利" in citation.quote


def test_a_document_is_named_by_its_title_or_number(index, folder):
    question = Answerer(index).understand("青岛市知识产权运营服务体系建设实施方案的贴息比例")
    assert question.scope.documents == {"qingdao-ip-operation-service-system-plan.txt"}
    assert "贴息" in question.topic and "实施方案" not in question.topic


def test_another_documents_number_is_searched_for_in_the_text(index):
    answer = Answerer(index).answer("国发〔2015〕71号")
    assert "国发〔2015〕71号" in answer.citations[0].hit.clause.text
