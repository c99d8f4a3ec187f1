"""Folders of documents, and the catalogue in which staff correct what was read off them."""

import pytest

from corpus import collection
from corpus.types import CorpusError

MEASURES = "苏州市专利资助办法\n第一条 为了鼓励发明创造,制定本办法。\n第二条 本办法自2020年1月1日起施行。\n"


def test_the_shipped_corpus(corpus):
    assert [document.metadata.city for document in corpus.documents] == ["福州", "南通", "青岛", "厦门", "厦门"]
    assert corpus.problems == ()
    assert {document.catalogued for document in corpus.documents} == {()}


def test_ids_are_paths_inside_the_folder_in_order(folder):
    read = collection.read(folder({"b.txt": MEASURES, "a/c.md": MEASURES, ".hidden/d.txt": MEASURES, "e.xls": "1"}))
    assert [document.id for document in read.documents] == ["a/c.md", "b.txt"]
    assert {clause.document for clause in read.clauses} == {"a/c.md", "b.txt"}


def test_a_file_that_cannot_be_used_is_left_out_and_named(folder):
    read = collection.read(folder({"good.txt": MEASURES, "bad.txt": b"\0", "empty.txt": ""}))
    assert [document.id for document in read.documents] == ["good.txt"]
    assert ["bad.txt" in read.problems[0], "empty.txt" in read.problems[1], len(read.problems)] == [True, True, 2]


def test_a_folder_without_a_document(tmp_path, folder):
    with pytest.raises(CorpusError, match="nowhere: no such folder"):
        collection.read(tmp_path / "nowhere")
    with pytest.raises(CorpusError, match="holds no document"):
        collection.read(folder({"table.xls": "1"}))
    with pytest.raises(CorpusError, match=r"empty\.txt: holds no text"):
        collection.read(folder({"empty.txt": ""}, "other"))


def test_the_catalogue_corrects_the_text_and_its_empty_cells_correct_nothing(folder):
    (document,) = collection.read(
        folder(
            {
                "a.txt": MEASURES,
                "catalog.csv": "document,city,issuer,issued,effective_to,period_from,period_to,level\n"
                "a.txt,崑山市,,2019-12,2024-12-31,2020,2024,district\n",
            }
        )
    ).documents
    found = document.metadata
    assert (found.title, found.city, found.level) == ("苏州市专利资助办法", "昆山", "district")
    assert (found.issued, found.effective_from, found.effective_to) == ("2019-12", "2020-01-01", "2024-12-31")
    assert found.period == ("2020", "2024")
    assert set(document.catalogued) == {"city", "level", "issued", "effective_to", "period"}
    assert document.status("2025-01-01") == "expired"


def test_a_catalogue_as_a_spreadsheet_saves_it(folder):
    catalogue = b"\xef\xbb\xbf" + 'document,title\r\na.txt,"办法,试行"\r\n'.encode()
    (document,) = collection.read(folder({"a.txt": MEASURES, "catalog.csv": catalogue})).documents
    assert document.title == "办法,试行"


@pytest.mark.parametrize(
    ("catalogue", "says"),
    [
        ("document,place\na.txt,苏州\n", r"catalog\.csv, row 2: columns are document, period_from, .*title"),
        ("document,city\na.txt,苏州,江苏\n", r"catalog\.csv, row 2: columns are"),
        ("document,city\n,苏州\n", r"catalog\.csv, row 2: names no document"),
        ("document,city\na.txt,苏州\na.txt,无锡\n", r"catalog\.csv, row 3: the document is named twice"),
        ("document,issued\na.txt,2020年1月\n", r"catalog\.csv, row 2: issued is '2020年1月'; write 2022-09-01"),
        ("document,effective_to\na.txt,2023-02-29\n", r"row 2: effective_to is '2023-02-29'"),
        ("document,level\na.txt,town\n", r"row 2: level is 'town'; it is one of national"),
        ("document,language\na.txt,zh\n", r"row 2: language is 'zh'; it is one of zh-Hans"),
        ("document,period_from\na.txt,2020\n", r"row 2: period_from and period_to are two years"),
    ],
)
def test_a_wrong_catalogue_is_refused_with_the_place(folder, catalogue, says):
    with pytest.raises(CorpusError, match=says) as caught:
        collection.read(folder({"a.txt": MEASURES, "catalog.csv": catalogue}))
    assert "\n" not in str(caught.value)


def test_a_row_of_the_catalogue_without_its_file_is_named_and_the_rest_served(folder):
    catalogue = "document,city\na.txt,无锡\nb.txt,无锡\n旧/c.pdf,无锡\n"
    read = collection.read(folder({"a.txt": MEASURES, "catalog.csv": catalogue}))
    assert [document.metadata.city for document in read.documents] == ["无锡"]
    assert [problem.split("catalog.csv: ")[1] for problem in read.problems] == [
        "names b.txt, which is not in the folder",
        "names 旧/c.pdf, which is not in the folder",
    ]


def test_a_catalogue_that_is_not_utf8(folder):
    with pytest.raises(CorpusError, match=r"catalog\.csv: is not UTF-8"):
        collection.read(folder({"a.txt": MEASURES, "catalog.csv": "document,city\na.txt,苏州\n".encode("gb18030")}))
