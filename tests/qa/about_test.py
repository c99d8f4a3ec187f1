import pytest

from index import encoder
from index.policy_index import PolicyIndex
from qa import about
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


REGULATION = """青岛市养犬条例
第一条 为了规范养犬，制定本条例。
第二条 养犬人违法实施繁殖，未自行实施免疫的，处二百元罚款。
第三条 登记证有效期届满的，应当换证。
第四条 本条例自2020年5月1日起施行。
"""


@pytest.fixture(scope="module")
def kennels(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kennels")
    (folder / "青岛市养犬条例.txt").write_text(REGULATION, encoding="utf-8")
    return Answerer(PolicyIndex.build(folder, folder / "index", encoder.bundled()))


@pytest.mark.parametrize(
    "text",
    [
        "青岛市养犬条例的施行日期",
        "青岛的养犬规定什么时候开始施行?",
        "Since when has Qingdao's dog regulation been in force?",
    ],
)
def test_from_what_day_a_document_is_in_force(kennels, text):
    hits = kennels.retrieve(kennels.understand(text))
    assert hits[0].clause.text == "第四条 本条例自2020年5月1日起施行。"
    answer = kennels.answer(text)
    assert answer.status == "answered" and "2020-05-01" in answer.text
    assert [citation.quote for citation in answer.citations] == ["第四条 本条例自2020年5月1日起施行。"]


@pytest.mark.parametrize(
    "text",
    [
        "青岛的养犬登记证什么时候到期?",
        "When must a Qingdao dog owner have applied under the regulation?",
        "青岛的工程何时实施?",
    ],
)
def test_another_date_is_not_that_of_the_document(kennels, text):
    assert not about.asks_since(kennels.understand(text))
