import pytest

from corpus.types import Document, Metadata, UserError
from index.types import Scope
from qa.understand import follow, of_city, parts, understand


@pytest.fixture(scope="module")
def documents(index):
    return index.tables.documents


@pytest.mark.parametrize(
    ("text", "cities", "unknown"),
    [
        ("青岛的贴息比例", ["青岛"], []),
        ("青島的貼息比例", ["青岛"], []),
        ("what are Qingdao's pledge loan subsidies", ["青岛"], []),
        ("厦门和青岛有什么不同", ["厦门", "青岛"], []),
        ("深圳的贴息比例", [], ["深圳"]),
        ("Hangzhou subsidies", [], ["杭州"]),
        ("深圳企业能在青岛申请吗", ["青岛"], []),
        ("南通大学设立什么课程", [], []),
        ("厦漳泉龙的协作机制", [], []),
        ("厦门跟四川省签了什么合作协议", ["厦门"], []),
        ("青岛银行放专利贷款亏了,补几成", ["青岛"], []),
        ("即墨的企业质押贷款怎么补", ["青岛"], ["即墨"]),
        ("有哪些奖励", [], []),
    ],
)
def test_a_place_scopes_only_if_its_policy_is_asked_for(documents, text, cities, unknown):
    question = understand(text, documents)
    assert list(question.cities) == cities
    assert [place.name for place in question.unknown_places] == unknown


def test_one_spelling_of_two_places_is_told(documents):
    (spelling, places) = understand("subsidies in Taizhou", documents).ambiguous[0]
    assert spelling == "taizhou"
    assert {place.name for place in places} == {"泰州", "台州"}


def test_a_given_scope_outranks_the_cities_in_the_text(documents):
    question = understand("青岛的贴息比例", documents, Scope(cities=frozenset({"厦门"})))
    assert question.cities == ("厦门",)


def test_what_wants_a_yes_or_no_and_what_asks_for_validity_is_told(documents):
    assert understand("是按80%贴息吗", documents).yes_or_no
    assert not understand("贴息比例是多少", documents).yes_or_no
    assert understand("方案现在还有效吗", documents).validity
    assert understand("When does the plan expire?", documents).validity
    assert not understand("We stopped paying the annuity and the patent lapsed, what happens?", documents).validity
    assert not understand("手里还管用的发明专利有多少件", documents).validity


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("基金一共多少钱,哪家在打理?", ["基金一共多少钱", "哪家在打理"]),
        ("我们是大学,授权后每件补多少?一年封顶多少?", ["我们是大学,授权后每件补多少", "一年封顶多少"]),
        ("how big is the fund, and how long will it live?", ["how big is the fund", "how long will it live"]),
        ("贴息比例是多少", []),
    ],
)
def test_each_thing_that_is_asked_for_is_a_part(text, asked):
    assert [part.topic for part in parts(understand(text, ()))] == asked


def test_the_topic_leaves_out_the_city_that_the_scope_stands_for(documents):
    assert "青岛" not in understand("青岛补多少利息", documents).topic
    assert understand("青岛", documents).topic == "青岛"


@pytest.mark.parametrize("text", ["", "  \n", "\x00\x07", "问" * 2_001])
def test_what_is_no_question_is_said_in_one_line(documents, text):
    with pytest.raises(UserError) as error:
        understand(text, documents)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("text", ["台湾同胞来投资要带哪些证件?", "May Taiwan-funded firms hire abroad?"])
def test_a_place_that_a_title_names_is_the_matter_and_not_where_to_look(text):
    document = Document("a.txt", "", Metadata(title="重庆市台湾同胞投资保护条例", city="重庆"))
    question = understand(text, [document])
    assert question.scope.cities is None and not question.unknown_places


def notice(name, title, level):
    return Document(name, "", Metadata(title=title, city="佛山", level=level))


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        ("博士来顺德租房子,一个月能补多少钱", {"city.txt", "shunde.txt"}),
        ("Which body in Shunde decides a person's talent class?", {"city.txt", "shunde.txt"}),
        ("佛山市禅城区给硕士的购房补贴是多少", {"city.txt"}),
        ("佛山的购房补贴是多少", None),
    ],
)
def test_a_district_is_not_answered_with_what_another_one_provides(text, searched):
    own = notice("shunde.txt", "佛山市顺德区人才住房补贴实施细则", "district")
    asked = understand(text, (notice("city.txt", "佛山市人才住房办法", "city"), own))
    assert asked.cities == ("佛山",)
    assert asked.scope.documents == searched


@pytest.mark.parametrize(
    ("text", "years"),
    [("厦门17年给专利投保补了多少", ("2017",)), ("20年底要达到多少件", ("2020",)), ("发明专利保护20年吗", ())],
)
def test_a_year_may_be_written_with_two_digits(text, years):
    assert understand(text, ()).years == years


def test_each_of_several_cities_is_asked_its_own_part(documents):
    question = understand("青岛一年要帮多少家企业?厦门2017年接到多少件援助案件?", documents)
    assert of_city(question, "青岛").topic.split("?")[0].strip() == "一年要帮多少家企业"
    assert of_city(question, "厦门").years == ("2017",)
    assert "家企业" not in of_city(question, "厦门").topic
    whole = understand("青岛和厦门各要多少家?", documents)
    assert of_city(whole, "青岛") == whole


def test_another_year_goes_on_from_the_question_before(documents):
    before = understand("南通2019年PCT目标是多少?", documents)
    after = follow(understand("2020年呢?", documents), before)
    assert after.cities == ("南通",) and "pct" in after.topic and "2020" in after.topic


@pytest.mark.parametrize("text", ["cumulative number reached by 2019", "What company is each?"])
def test_words_are_matched_whole(documents, text):
    assert "reached" in understand(text, documents).topic or "company" in understand(text, documents).topic
