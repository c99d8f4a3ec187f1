import pytest

from corpus.fold import fold
from index import thesaurus
from index.types import IndexFault

HEADER = "concept,official,abbreviations,everyday,taiwan,english,field\n"


def test_everyday_taiwan_and_english_wordings_name_the_official_term():
    terms = thesaurus.shipped()
    for said, official in (
        ("补利息", "贴息"),
        ("智慧財產權", "知识产权"),
        ("patent navigation", "专利导航"),
        ("打假", "查处假冒"),
    ):
        assert official in [concept.official for concept, _ in terms.find(fold(said))]


def test_the_shipped_thesaurus_has_its_concepts():
    assert len(thesaurus.shipped().concepts) >= 1_200


def test_the_longest_wording_wins():
    found = thesaurus.shipped().find("专利导航")
    assert [wording for _, wording in found] == ["专利导航"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b\n1,2\n", "row 1"),
        (HEADER + "subsidy,,,补利息,,interest subsidy,finance\n", "row 2"),
        (HEADER + "a,贴息,,补利息,,x,f\nb,补助,,补利息,,y,f\n", "row 3: '补利息' stands in a too"),
    ],
)
def test_a_wrong_row_is_named(tmp_path, text, says):
    path = tmp_path / "terms.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(IndexFault, match=says):
        thesaurus.read(path)
