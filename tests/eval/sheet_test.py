"""Proposed sets, and the CSV that people correct."""

import csv

import pytest

from corpus import collection
from corpus.types import UserError
from eval import new, sheet
from eval.task import open_task


@pytest.fixture(scope="module")
def proposed():
    return new.propose(collection.read(collection.SHIPPED), 60)


@pytest.fixture
def file(tmp_path, proposed):
    path = tmp_path / "mine.csv"
    sheet.write(path, proposed)
    return path


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def changed(path, row, column, value):
    """The file with one cell changed; rows are counted as a spreadsheet does."""
    rows = rows_of(path)
    rows[row - 1][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_questions_of_all_three_forms_are_proposed(proposed):
    assert 50 <= len(proposed) <= 60
    assert {"measure", "compare", "amount", "rate", "count"} <= {item.kind for item in proposed}
    assert all(len(item.needs) == (2 if item.kind == "compare" else 1) for item in proposed)
    assert len({gold.document for item in proposed for need in item.needs for gold in need}) == 5
    figure = next(item for item in proposed if item.kind == "amount")
    assert figure.facts[0] not in figure.question
    assert figure.facts[0] in figure.needs[0][0].quote


def test_a_proposed_set_loads_back_and_its_gold_is_found(file, proposed):
    assert sheet.read(file) == proposed
    assert len(open_task(str(file), "dev").spans) == len(proposed)


def test_it_opens_in_a_spreadsheet(file):
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert {len(row) for row in rows_of(file)} == {13}


def test_corrections_are_never_overwritten(file, proposed):
    with pytest.raises(UserError, match="is there already"):
        sheet.write(file, proposed)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("question", "", "question: is empty"),
        ("half", "train", "half: 'train' is none of dev, test"),
        ("ordinal", "one", "ordinal: 'one' is no whole number"),
        ("document", "other.txt", "document: "),
        ("address", "九、没有", "address: "),
        ("quote", "没有这样的话", "quote: stands 0 times"),
    ],
)
def test_errors_name_row_and_column(file, column, value, said):
    with pytest.raises(UserError) as caught:
        open_task(str(changed(file, 3, column, value)), "dev")
    assert f"mine.csv, row 3, column {said}" in str(caught.value)


def test_rows_of_one_question_agree(file):
    number = next(at for at, row in enumerate(rows_of(file), 1) if row[8] == "2")
    with pytest.raises(UserError, match=f"row {number}, column question: differs from an earlier row"):
        sheet.read(changed(file, number, "question", "另一个问题?"))


def test_a_missing_column_is_named(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("id,question\na,b\n", encoding="utf-8")
    with pytest.raises(UserError, match="row 1: has no column language"):
        sheet.read(path)


def test_a_csv_of_another_encoding_is_said(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_bytes("id,问题".encode("gb18030"))
    with pytest.raises(UserError, match="save it as CSV UTF-8"):
        sheet.read(path)
