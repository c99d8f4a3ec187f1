import pytest

from index import encoder
from index.policy_index import PolicyIndex
from index.types import Scope
from qa.answer import Answerer


@pytest.fixture(scope="module")
def answerer(index):
    return Answerer(index)


@pytest.mark.parametrize("text", ["what are Qingdao's pledge loan subsidies", "拿专利去银行借钱,青岛补多少利息"])
def test_the_subsidy_is_answered_from_its_clause(answerer, text):
    answer = answerer.answer(text)
    assert answer.status == "answered"
    assert "50%" in answer.text and "20万元" in answer.text
    clause = answer.citations[0].hit.clause
    assert clause.address[-1] == "9.实施知识产权金融服务提升工程" and clause.ordinal == 3
    assert any("date" in warning or "日期" in warning for warning in answer.warnings)


def test_a_city_without_a_document_is_named_and_nothing_cited(answerer):
    answer = answerer.answer("深圳的专利质押贷款贴息比例是多少")
    assert answer.status == "no_evidence"
    assert "深圳" in answer.text
    assert answer.citations == ()


def test_a_wrong_premise_is_contradicted_with_the_right_figure(answerer):
    answer = answerer.answer("青岛按贷款利息的80%贴息吗")
    assert answer.status == "contradicted"
    assert "50%" in answer.text


def test_a_table_row_answers_with_the_cell_of_the_year(answerer):
    answer = answerer.answer("2019年南通万人发明专利拥有量目标")
    assert "2019年: 27件" in answer.text
    assert answer.citations[0].hit.clause.kind == "row"


def test_validity_is_answered_with_the_last_day(answerer):
    answer = answerer.answer("福州的方案现在还有效吗", Scope(as_of="2026-01-01"))
    assert "2025-06-30" in answer.text and "已失效" in answer.text
    assert any("有效期至2025年6月30日" in citation.quote for citation in answer.citations)


def test_two_cities_are_both_answered(answerer):
    answer = answerer.answer("厦门和青岛对专利质押贷款的支持有什么不同")
    assert {citation.hit.document.metadata.city for citation in answer.citations} == {"厦门", "青岛"}


def test_an_amount_that_no_clause_states_is_not_made_up(answerer):
    answer = answerer.answer("南通市对获评国家知识产权示范企业的给予多少万元奖励?")
    assert answer.status == "no_evidence"
    assert answer.related


def test_an_empty_scope_finds_nothing(answerer):
    answer = answerer.answer("贴息比例", Scope(cities=frozenset()))
    assert (answer.status, answer.retrieved) == ("no_evidence", ())


def test_a_document_that_has_expired_is_left_out_where_only_those_in_force_are_wanted(answerer):
    answer = answerer.answer("福州智慧財產權專員要達多少人", Scope(in_force_only=True, as_of="2026-01-01"))
    assert all(hit.document.metadata.city != "福州" for hit in answer.retrieved)


QUESTIONS = [
    "青岛对国家级知识产权示范企业奖励多少",
    "厦门知识产权专业本科由哪些大学开设",
    "Nantong PCT target",
    "福州如何保護地理標誌",
    "一带一路知识产权运营投资基金规模",
    "how are counterfeit patents punished in Xiamen",
    "谁负责南通的知识产权人才培训",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_every_quote_is_verbatim_and_every_line_cites(answerer, text):
    answer = answerer.answer(text)
    for citation in answer.citations:
        clause, document = citation.hit.clause, citation.hit.document
        assert document.text[citation.start : citation.end] == citation.quote
        assert clause.start <= citation.start < citation.end <= clause.end
    if answer.status == "answered":
        assert all(line.rstrip().endswith("]") for line in answer.text.split("\n"))


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("南通四年里投融资总盘子定的20个亿对不对", "20个亿", "10亿元"),
        ("听同事讲青岛要求案子办完的时间要压掉一半,是真的吗", "一半", "20%"),
        ("化工橡胶那个交易分平台是放在黄岛区的,对吗?(青岛)", "黄岛区", "崂山区"),
    ],
)
def test_figures_and_bodies_of_a_wrong_premise_are_named(answerer, text, wrong, right):
    answer = answerer.answer(text)
    assert answer.status == "contradicted"
    assert wrong in answer.text.split("\n")[0] and right in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "青岛按贷款利息的50%贴息,每家企业每年不超过20万元,对吗",
        "Does Fuzhou's demonstration-city work plan really stop being in force on 30 June 2025?",  # and was issued in 2022
    ],
)
def test_a_right_premise_is_not_contradicted(answerer, text):
    assert answerer.answer(text).status == "answered"


def test_an_english_answer_has_labels_and_amounts_in_both_notations(answerer):
    text = answerer.answer("what are Qingdao's pledge loan subsidies").text
    assert "50%" in text and "at most CNY 200,000 (20万元) a year" in text and "按贷款利息的50%" in text


@pytest.mark.parametrize(
    ("first", "then", "city"),
    [
        ("拿专利去银行借钱,青岛补多少利息", "那厦门呢?", "厦门"),
        ("Qingdao pledge loan interest subsidy", "what about Xiamen?", "厦门"),
        ("拿专利去银行借钱,青岛补多少利息", "那最高多少?", "青岛"),
    ],
)
def test_a_follow_up_goes_on_from_the_question_before(answerer, first, then, city):
    previous = answerer.answer(first).question
    answer = answerer.answer(then, previous=previous)
    assert {citation.hit.document.metadata.city for citation in answer.citations} == {city}
    assert any("贴息" in citation.hit.clause.text for citation in answer.citations)


def test_a_new_question_is_not_taken_for_a_follow_up(answerer):
    previous = answerer.answer("拿专利去银行借钱,青岛补多少利息").question
    assert answerer.answer("福州如何保护地理标志", previous=previous).question.cities == ("福州",)
    assert "贴息" not in answerer.answer("福州如何保护地理标志", previous=previous).question.topic


def test_an_enumeration_is_quoted_with_its_items(folder, tmp_path):
    text = "成都市专利资助办法\n第一条 申请专利资助,应当提交下列材料:\n(一)申请表;\n(二)专利证书复印件;\n(三)营业执照。\n第二条 本办法自印发之日起施行。\n"
    index = PolicyIndex.build(folder({"a.txt": text}), tmp_path / "index", encoder.load(None))
    answer = Answerer(index).answer("成都申请专利资助要交哪些材料")
    assert [citation.quote for citation in answer.citations][1:4] == [
        "(一)申请表;",
        "(二)专利证书复印件;",
        "(三)营业执照。",
    ]


def test_an_item_is_quoted_with_what_introduces_it(folder, tmp_path):
    text = "长沙市知识产权质押融资贴息管理办法\n第一条 市市场监督管理局负责贴息的审核。\n第二条 属于下列情形之一的,不予贴息:\n"
    text += "(一)贷款逾期的;\n(二)从小额贷款公司、典当行取得的借款;\n第三条 本办法自2021年8月1日起施行。\n"
    index = PolicyIndex.build(folder({"a.txt": text}), tmp_path / "index", encoder.bundled())
    answer = Answerer(index).answer("从小贷公司借的钱,长沙给贴息吗")
    quotes = [citation.quote for citation in answer.citations]
    assert "不予贴息" in quotes[0] and "小额贷款公司" in quotes[1]


def test_which_city_is_answered_by_each_city_that_provides_for_it(answerer):
    answer = answerer.answer("哪个城市的专利质押贷款贴息最高?")
    assert {"青岛", "厦门"} <= {citation.hit.document.metadata.city for citation in answer.citations}


@pytest.mark.parametrize(
    "text",
    [
        "今天天气怎么样",
        "我被公司辞退了能拿多少补偿",
        "how do I get a driving licence",
        "What's the weather like in Qingdao today?",
        "How is the traffic in Qingdao?",
    ],
)
def test_a_question_of_another_field_is_not_answered(answerer, text):
    assert answerer.answer(text).status == "no_evidence"


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("厦门引导多少家商业银行开展专利质押融资贷款", "。 (原表未标明各数值所属年份) [1]"),
        (
            "How many commercial banks does Xiamen lead to offer patent pledge loans?",
            "which year each value belongs to) [",
        ),
    ],
)
def test_a_bullet_of_a_table_by_years_whose_year_is_lost_says_so(answerer, text, note):
    assert note in answerer.answer(text).text


def test_a_bullet_of_a_table_by_years_comes_with_its_year(answerer):
    text = answerer.answer("厦门要培育多少家知识产权示范、优势企业").text
    assert "厦门: 2019年底: 培育形成国家级、省局、市级知识产权示范、优势企业100家以上。" in text
