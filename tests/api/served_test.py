"""The served corpus while documents come and go."""

import threading

import pytest

from api import served as module
from api.served import Served
from corpus import collection
from corpus.types import CorpusError
from index import encoder


@pytest.fixture
def small(folder, tmp_path):
    corpus = folder({"a.txt": "青岛市办法\n一、总则\n贴息比例为50%。\n", "catalog.csv": "document,city\na.txt,青岛\n"})
    return Served(corpus, tmp_path / "index", encoder.load(None))


def test_what_is_added_answers_and_what_is_removed_does_not(small, tmp_path):
    (tmp_path / "new.txt").write_text("苏州市办法\n一、奖励\n发明专利每件奖励八千元。\n", encoding="utf-8")
    name = small.add("../苏 州?.txt", tmp_path / "new.txt", {"city": "苏州"})
    assert name == "苏 州.txt" and small.cities == ["苏州", "青岛"]
    assert "八千元" in small.answer("苏州发明专利每件奖励多少?").text
    with pytest.raises(CorpusError, match="has this very file already"):
        small.add("again.txt", tmp_path / "new.txt", {})
    small.remove(name)
    assert small.cities == ["青岛"]
    assert [path.name[9:] for path in (small.folder / ".removed").iterdir()] == [name]
    assert collection.read_catalogue(small.folder)["a.txt"].city == "青岛"


def test_what_fails_leaves_everything_as_it_was(small, tmp_path):
    before = {path.name: path.read_bytes() for path in small.folder.iterdir() if path.is_file()}
    (tmp_path / "new.txt").write_text("办法\n一、总则\n内容。\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="issued is 'soon'"):
        small.add("new.txt", tmp_path / "new.txt", {"issued": "soon"})
    with pytest.raises(CorpusError, match="holds no document"):
        small.remove("a.txt")
    with pytest.raises(CorpusError, match="no such document"):
        small.remove("../secret.txt")
    assert {path.name: path.read_bytes() for path in small.folder.iterdir() if path.is_file()} == before
    assert "50%" in small.answer("青岛贴息比例是多少?").text


def test_two_add_at_once_under_one_name_while_others_ask(small, tmp_path):
    failed = []

    def add(number):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"办法{number}\n一、总则\n每件奖励{number}万元。\n", encoding="utf-8")
        try:
            small.add("办法.txt", path, {})
        except Exception as error:
            failed.append(error)

    def ask():
        for _ in range(20):
            try:
                assert "50%" in small.answer("青岛贴息比例是多少?").text
            except Exception as error:
                failed.append(error)

    threads = [threading.Thread(target=add, args=(number,)) for number in (1, 2)] + [threading.Thread(target=ask)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert {document.id for document in small.index.tables.documents} == {"a.txt", "办法.txt", "办法 (2).txt"}


def test_the_vectors_may_lie_on_milvus(small, tmp_path):
    pytest.importorskip("pymilvus")
    served = Served(small.folder, tmp_path / "other", encoder.load(None), milvus=str(tmp_path / "vectors.db"))
    assert "50%" in served.answer("青岛贴息比例是多少?").text
    (tmp_path / "new.txt").write_text("苏州市办法\n一、奖励\n发明专利每件奖励八千元。\n", encoding="utf-8")
    served.add("b.txt", tmp_path / "new.txt", {})
    assert served.index.manifest["milvus"] and "八千元" in served.answer("苏州发明专利每件奖励多少?").text


def test_the_shipped_folder_is_never_written_to(folder, tmp_path, monkeypatch):
    shipped = folder({"a.txt": "青岛市办法\n一、总则\n贴息比例为50%。\n"}, "shipped")
    monkeypatch.setattr(module, "SHIPPED", shipped)
    monkeypatch.setattr(module, "OWN", tmp_path / "own")
    served = Served(None, tmp_path / "index", encoder.load(None))
    (tmp_path / "new.txt").write_text("办法\n一、总则\n内容。\n", encoding="utf-8")
    served.add("b.txt", tmp_path / "new.txt", {"title": "新办法"})
    assert [path.name for path in shipped.iterdir()] == ["a.txt"]
    again = Served(None, tmp_path / "index", encoder.load(None))
    assert [document.title for document in again.index.tables.documents] == ["青岛市办法", "新办法"]
