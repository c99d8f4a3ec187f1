"""python -m index, as other programs call it."""

import json

import pytest

from index import encoder
from index.policy_index import PolicyIndex

HIT = {"rank", "document", "city", "address", "ordinal", "label", "start", "end", "text", "score"}
QUESTION = "青岛市对专利权质押贷款怎么贴息？"


@pytest.fixture(scope="module")
def built(run, tmp_path_factory):
    """The folder of an index of the shipped documents, built by the command."""
    place = tmp_path_factory.mktemp("command") / "index"
    done = run("index", "build", "--json", "--index", place)
    assert done.returncode == 0
    assert json.loads(done.stdout)["state"] == "up to date"
    return place


def test_search_as_json(run, built):
    done = run("index", "search", QUESTION, "--json", "-k", 3, "--index", built)
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)
    assert (list(found), found["query"], len(found["hits"])) == (["query", "hits"], QUESTION, 3)
    assert all(set(hit) >= HIT for hit in found["hits"])
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3]
    first = found["hits"][0]
    assert (first["city"], first["ordinal"]) == ("青岛", 3)
    assert "按贷款利息的50%给予贷款企业贴息资助" in first["text"]
    text = run("corpus", "text", first["document"]).stdout.decode()
    assert text[first["start"] : first["end"]] == first["text"]


def test_search_for_a_person(run, built):
    done = run("index", "search", QUESTION, "-k", 1, "--index", built)
    assert done.stdout.decode().startswith("1. 《青岛市知识产权运营服务体系建设实施方案》二、(三)9. 第3款")


@pytest.mark.parametrize(
    ("options", "cities"),
    [
        (["--city", "廈門市", "--city", "Qingdao"], {"厦门", "青岛"}),
        (["--city", "无锡"], set()),
        (["--city", "福州", "--in-force-only", "--as-of", "2025-07-01"], set()),
    ],
)
def test_search_in_a_scope(run, built, options, cities):
    done = run("index", "search", "知识产权质押融资", "--json", "-k", 20, "--index", built, *options)
    assert done.returncode == 0
    assert {hit["city"] for hit in json.loads(done.stdout)["hits"]} == cities


def test_a_mode(run, built):
    done = run("index", "search", QUESTION, "--json", "-k", 1, "--mode", "bm25", "--index", built)
    (hit,) = json.loads(done.stdout)["hits"]
    assert (hit["city"], list(hit["signals"])) == ("青岛", ["bm25"])


def test_status(run, built, tmp_path):
    found = json.loads(run("index", "status", "--json", "--index", built).stdout)
    assert (found["state"], found["documents"], found["left_out"]) == ("up to date", 5, [])
    missing = run("index", "status", "--json", "--index", tmp_path / "nowhere")
    assert (missing.returncode, json.loads(missing.stdout)["state"]) == (0, "missing")


def test_a_missing_index_is_built_first_and_a_stale_one_is_said(run, folder, tmp_path):
    place = folder({"a.txt": "苏州市专利办法\n第一条 禁止假冒专利。\n"})
    options = ("--json", "--corpus", place, "--index", tmp_path / "index")
    done = run("index", "search", "假冒专利", *options)
    assert b"building the index" in done.stderr
    assert len(json.loads(done.stdout)["hits"]) == 1
    (place / "b.txt").write_text("无锡市专利办法\n第一条 禁止假冒专利。\n", encoding="utf-8")
    assert json.loads(run("index", "status", *options).stdout)["state"] == "stale"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "command"),
        (["search"], "query"),
        (["search", "x", "-k", "0"], "'0' is no whole number above 0"),
        (["search", "x", "-k", "ten"], "'ten'"),
        (["search", "x", "--mode", "magic"], "magic"),
        (["search", "x", "--city", "Atlantis"], "Atlantis: no such place is known"),
        (["search", "x", "--as-of", "2025-13-01"], "'2025-13-01' is no date"),
        (["search", "x", "--corpus", "/nowhere"], "/nowhere: no such folder"),
        (["search", "x", "--model", "/nowhere/model"], "/nowhere/model: no such folder"),
        (["build", "--frob"], "--frob"),
    ],
)
def test_a_mistake_is_one_line_and_exit_2(run, built, arguments, says):
    done = run("index", *arguments, *(["--index", built] if arguments else []))
    assert (done.returncode, done.stdout) == (2, b"")
    message = done.stderr.decode()
    assert message.count("\n") == 1 and message.endswith("\n")
    assert says in message and "Traceback" not in message


def test_a_damaged_index_is_said_in_one_line_and_mended_by_building_it_anew(run, folder, tmp_path):
    place = folder({"a.txt": "苏州市专利办法\n第一条 禁止假冒专利。\n"})
    PolicyIndex.build(place, tmp_path / "index", encoder.load(None))
    (damaged,) = (tmp_path / "index").glob("generation-*/row_vectors.npy")
    damaged.write_bytes(b"")
    options = ("--corpus", place, "--index", tmp_path / "index")
    done = run("index", "search", "假冒专利", *options)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert b"row_vectors.npy" in done.stderr and b"index build --force" in done.stderr
    assert run("index", "build", "--force", *options).returncode == 0
    assert PolicyIndex.open(tmp_path / "index", encoder.load(None)).search("假冒专利") != []
