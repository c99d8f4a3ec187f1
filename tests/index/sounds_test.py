import pytest

from corpus.fold import fold
from index import sounds


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("专力质压贷款", {"专利", "质押"}), ("专利抵压", {"抵押"}), ("人民调节的路子", {"调解"}), ("人材培训", {"人才"})],
)
def test_a_mistyped_word_is_heard(index, typed, meant):
    assert meant <= set(index.mended(fold(typed)).split()[1:])


def test_a_word_that_people_write_often_is_no_mistyped_one():
    assert sounds.frequent("公司") and sounds.frequent("员工")
    assert not sounds.frequent("质压") and not sounds.frequent("调节")


@pytest.mark.parametrize("text", ["专利质押贷款贴息", "市里奖多少钱", "pledge loan", "知识产权保护中心在哪个区", ""])
def test_what_is_known_stays_as_it_is(index, text):
    assert index.mended(text).split() == text.split()
