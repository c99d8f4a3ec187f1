import csv

import docx
import openpyxl
import pytest

from corpus.types import UserError
from qa import export
from qa.answer import Answerer
from qa.compare import compare


@pytest.fixture(scope="module")
def comparison(index):
    return compare(Answerer(index), "专利质押贷款贴息;地理标志农产品", ["青岛", "厦门", "深圳"])


def test_a_silent_city_is_told_from_one_without_documents(comparison):
    states = {(cell.city, cell.provision): cell.state for cell in comparison.cells}
    assert states["青岛", "专利质押贷款贴息"] == "provided"
    assert states["青岛", "地理标志农产品"] == "not_provided"
    assert states["深圳", "专利质押贷款贴息"] == "not_in_corpus"


def test_every_cell_cites_its_own_city(comparison):
    for cell in comparison.cells:
        assert {citation.hit.document.metadata.city for citation in cell.answer.citations} <= {cell.city}


def test_the_table_has_a_row_a_provision_with_formal_citations(comparison):
    header, loans, _ = export.table(comparison)
    assert header == ["规定事项", "青岛", "厦门", "深圳"]
    assert "按贷款利息的50%" in loans[1]
    assert "——《青岛市知识产权运营服务体系建设实施方案》二、(三)9. 第3款 [效力不明]" in loans[1]
    assert loans[3] == "未收录"


def test_every_form_of_export_holds_the_table(comparison, tmp_path):
    for name in ("t.xlsx", "t.csv", "t.docx", "t.md"):
        export.write(comparison, tmp_path / name)
    rows = export.table(comparison)
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == rows
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == rows
    (table,) = docx.Document(str(tmp_path / "t.docx")).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == rows
    assert "按贷款利息的50%" in (tmp_path / "t.md").read_text(encoding="utf-8")


def test_a_cell_that_looks_like_a_formula_stays_text(index, tmp_path):
    found = compare(Answerer(index), "=1+1 贴息", ["青岛"])
    export.write(found, tmp_path / "t.csv")
    export.write(found, tmp_path / "t.xlsx")
    assert "'=1+1" in (tmp_path / "t.csv").read_text(encoding="utf-8-sig")
    assert openpyxl.load_workbook(tmp_path / "t.xlsx").active["A2"].data_type == "s"


@pytest.mark.parametrize(
    ("topic", "cities"), [("", ["青岛"]), (" ; ", ["青岛"]), ("贴息", []), (";".join("abcdefg"), ["青岛"] * 2)]
)
def test_a_comparison_of_nothing_is_a_users_mistake(index, topic, cities):
    if cities and topic.count("a"):
        cities = [f"城{number}" for number in range(40)]
    with pytest.raises(UserError):
        compare(Answerer(index), topic, cities)


def test_an_unknown_form_or_folder_is_a_users_mistake(comparison, tmp_path):
    for path in (tmp_path / "t.zip", tmp_path / "nowhere" / "t.md"):
        with pytest.raises(UserError):
            export.write(comparison, path)
