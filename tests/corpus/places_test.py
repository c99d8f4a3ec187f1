"""Places named in a text, in either script and in pinyin."""

import pytest

from corpus import places


def names(text):
    return [[place.name for place in mention.places] for mention in places.mentions(text)]


@pytest.mark.parametrize("text", ["厦门", "厦门市", "廈門", "廈門市", "Xiamen", "XIAMEN", "ｘｉａｍｅｎ"])
def test_one_city_in_all_its_spellings(text):
    place = places.find(text)
    assert place is not None
    assert (place.name, place.province, place.level) == ("厦门", "福建", "city")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("青岛和厦门的贷款贴息有什么不同", [["青岛"], ["厦门"]]),
        ("青島市與廈門市的貸款貼息", [["青岛"], ["厦门"]]),
        ("What do Qingdao and Xiamen pay?", [["青岛"], ["厦门"]]),
        ("厦门市知识产权局", [["厦门"]]),
        ("福建省专利条例", [["福建"]]),
        ("吉林的政策", [["吉林"]]),
        ("Xi'an", [["西安"]]),
        ("臺州市", [["台州"]]),
        ("白银市专利办法", [["白银"]]),
        ("呼市骗补几年不能再报", [["呼和浩特"]]),
        ("上哈市去办", [["哈尔滨"]]),
    ],
)
def test_places_named_in_a_text(text, found):
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "南通大学",
        "厦门海关",
        "厦漳泉龙",
        "福建省平台",
        "青岛银行",
        "中山路",
        "购买白银",
        "平安银行",
        "Fuzhouese",
        "专利",
    ],
)
def test_names_of_institutions_regions_and_common_words_are_no_places(text):
    assert names(text) == []


def test_one_spelling_that_serves_two_cities():
    (mention,) = places.mentions("patents in Taizhou")
    assert {(place.name, place.province) for place in mention.places} == {("泰州", "江苏"), ("台州", "浙江")}
    assert [places.mentions(text)[0].places[0].name for text in ("泰州", "台州")] == ["泰州", "台州"]


def test_a_city_and_a_province_of_one_name():
    assert [places.mentions(text)[0].places[0].level for text in ("吉林省", "吉林市", "吉林")] == [
        "province",
        "city",
        "province",
    ]


def test_where_a_mention_stands():
    (mention,) = places.mentions("请问青岛市的政策")
    assert (mention.start, mention.end, mention.text) == (2, 5, "青岛市")


@pytest.mark.parametrize("text", ["", "亚特兰蒂斯", "苏州和无锡", "苏州的专利", "Atlantis"])
def test_what_is_not_the_name_of_one_place(text):
    assert places.find(text) is None
