"""python -m corpus, as other programs call it."""

import json

import pytest

from corpus import collection

DOCUMENT = {
    "document": str,
    "title": str,
    "city": (str, type(None)),
    "level": str,
    "issuer": (str, type(None)),
    "number": (str, type(None)),
    "issued": (str, type(None)),
    "effective_from": (str, type(None)),
    "effective_to": (str, type(None)),
    "period": (list, type(None)),
    "status": str,
    "language": str,
}
QINGDAO = "qingdao-ip-operation-service-system-plan.txt"


def has_shape(found, shape):
    return all(isinstance(found[name], kinds) for name, kinds in shape.items())


def test_list_as_json(run):
    done = run("corpus", "list", "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)
    assert list(found) == ["documents"]
    assert len(found["documents"]) == 5
    assert all(has_shape(document, DOCUMENT) for document in found["documents"])
    nantong = next(document for document in found["documents"] if document["city"] == "南通")
    assert (nantong["period"], nantong["issued"]) == (["2017", "2020"], "2017-07-28")
    fuzhou = next(document for document in found["documents"] if document["city"] == "福州")
    assert (fuzhou["status"], fuzhou["effective_to"]) == ("expired", "2025-06-30")


def test_list_for_a_person(run):
    done = run("corpus", "list")
    assert done.returncode == 0
    assert "青岛市知识产权运营服务体系建设实施方案" in done.stdout.decode()


@pytest.mark.parametrize("path", collection.files(collection.SHIPPED), ids=lambda path: path.stem[:12])
def test_text_is_the_file_to_the_byte(run, path):
    done = run("corpus", "text", path)
    assert (done.returncode, done.stdout) == (0, path.read_bytes())


def test_text_keeps_line_ends_adds_none_and_drops_the_byte_order_mark(run, folder):
    text = "第一条 保护。\r\n第二条 运用。\r第三条 管理。\n\n第四条 服务。"
    place = folder({"a.txt": b"\xef\xbb\xbf" + text.encode()})
    assert run("corpus", "text", place / "a.txt").stdout == text.encode()
    assert run("corpus", "text", "a.txt", "--corpus", place).stdout == text.encode()


def test_outline_as_json_counts_in_the_text_that_text_prints(run):
    text = run("corpus", "text", QINGDAO).stdout.decode()
    done = run("corpus", "outline", QINGDAO, "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)
    assert {"document", "clauses", "headings", "furniture"} <= set(found)
    assert has_shape(found["document"], DOCUMENT)
    assert found["document"]["document"] == QINGDAO
    for clause in found["clauses"]:
        assert clause["text"] == text[clause["start"] : clause["end"]]
        assert clause["kind"] in ("prose", "row", "bullet")
        assert clause["ordinal"] >= 1 and isinstance(clause["address"], list) and clause["cells"] == []
        assert clause["label"].startswith("《青岛市知识产权运营服务体系建设实施方案》")
    assert all(set(heading) == {"start", "end", "level"} for heading in found["headings"])
    assert [text[item["start"] : item["end"]][:6] for item in found["furniture"]] == ["各区、市人民"]


def test_outline_of_a_table_has_cells(run):
    found = json.loads(run("corpus", "outline", "nantong-ip-strong-city-work-plan-2017-2020.txt", "--json").stdout)
    last = [clause for clause in found["clauses"] if clause["kind"] == "row"][-1]
    text = (collection.SHIPPED / "nantong-ip-strong-city-work-plan-2017-2020.txt").read_bytes().decode()
    assert [cell["column"] for cell in last["cells"]][:4] == ["重点工程", "重点任务", "发展目标", "2017年"]
    assert all(cell["text"] == text[cell["start"] : cell["end"]] for cell in last["cells"])


def test_outline_of_a_file_outside_the_corpus(run, folder):
    place = folder({"a.txt": "苏州市专利办法\n一、任务\n加强保护。\n"})
    found = json.loads(run("corpus", "outline", place / "a.txt", "--json").stdout)
    assert (found["document"]["document"], found["document"]["city"]) == ("a.txt", "苏州")
    assert [clause["address"] for clause in found["clauses"]] == [["一、任务"]]


def test_a_file_that_is_left_out_is_said_on_standard_error_only(run, folder):
    done = run(
        "corpus", "list", "--json", "--corpus", folder({"a.txt": "苏州市专利办法\n加强保护。\n", "b.txt": b"\0"})
    )
    assert done.returncode == 0
    assert [document["document"] for document in json.loads(done.stdout)["documents"]] == ["a.txt"]
    assert b"b.txt" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "command"),
        (["read"], "read"),
        (["list", "--corpus", "/nowhere"], "/nowhere"),
        (["text"], "file"),
        (["text", "nowhere.txt"], "nowhere.txt"),
        (["text", "new\nline.txt"], "no such file"),
        (["text", "pyproject.toml"], "pyproject.toml"),
        (["outline", "nowhere.txt", "--json"], "nowhere.txt"),
        (["outline", QINGDAO, "--frob"], "--frob"),
    ],
)
def test_a_mistake_is_one_line_and_exit_2(run, arguments, says):
    done = run("corpus", *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    message = done.stderr.decode()
    assert message.count("\n") == 1 and message.endswith("\n")
    assert says in message and "Traceback" not in message


def test_an_empty_folder_and_a_wrong_catalogue_are_mistakes_too(run, folder, tmp_path):
    (tmp_path / "empty").mkdir()
    wrong = folder({"a.txt": "苏州市专利办法\n", "catalog.csv": "document,issued\na.txt,yesterday\n"})
    for place, says in ((tmp_path / "empty", "holds no document"), (wrong, "row 2")):
        done = run("corpus", "list", "--corpus", place)
        assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
        assert says in done.stderr.decode()
