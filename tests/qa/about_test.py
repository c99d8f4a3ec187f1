import pytest

from qa.answer import Answerer


@pytest.fixture(scope="module")
def answerer(index):
    return Answerer(index)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("南通的方案什么时候印发的", "2017-07-28"),
        ("When was Nantong's IP strong city plan issued?", "2017-07-28"),
        ("谁发布了福州的方案", "福州市人民政府"),
    ],
)
def test_what_a_document_s_head_says_is_answered(answerer, text, said):
    answer = answerer.answer(text)
    assert answer.status == "answered"
    assert said in answer.text


def test_a_clause_that_repeats_the_date_is_cited(answerer):
    answer = answerer.answer("福州的方案什么时候印发的")
    assert "2022年9月" in answer.citations[0].quote


def test_what_a_document_does_not_say_of_itself_is_said_to_be_missing(answerer):
    answer = answerer.answer("青岛的实施方案是哪天印发的,文号是多少?")
    assert answer.status == "no_evidence"
    assert "未载明文号" in answer.text and "未载明发布日期" in answer.text


def test_the_number_of_another_document_is_looked_for_in_the_clauses(answerer):
    answer = answerer.answer("福州這份方案提到要落實的專項資金管理辦法,文號是多少?")
    assert "榕政辦規〔2022〕7號" in answer.text
