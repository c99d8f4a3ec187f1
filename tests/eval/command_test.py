"""python -m eval, as other programs call it."""

import json

import pytest

from eval import outside


def test_retrieval_on_the_shipped_set(run, index_folder, tmp_path):
    done = run("eval", "retrieval", "--json", "--mode", "hybrid", "--mode", "bm25", "--index", index_folder)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["set"], found["half"]) == ("policies", "dev")
    assert [one["name"] for one in found["runs"]] == ["hybrid", "bm25"]
    assert found["questions"] == len(found["ids"]) >= 200
    hybrid, keyword = (one["metrics"]["recall@5"] for one in found["runs"])
    assert set(hybrid) == {"value", "low", "high"}
    assert hybrid["low"] < hybrid["value"] < hybrid["high"]
    assert hybrid["value"] > keyword["value"]
    assert {"language=en", "overlap=low", "needs=several"} <= {part["name"] for part in found["slices"]}
    kept = tmp_path / "a.json"
    kept.write_bytes(done.stdout)
    same = run("eval", "compare", kept, kept)
    assert same.returncode == 0
    assert b"gained 0" in same.stdout


def test_a_set_whose_documents_are_absent_is_skipped_with_a_line(run, tmp_path):
    done = run("eval", "retrieval", "state-council", "--data", tmp_path, "--json")
    assert done.returncode == 0
    assert done.stderr.count(b"\n") == 1
    assert b"state-council is skipped" in done.stderr
    assert json.loads(done.stdout)["questions"] == 0


@pytest.mark.skipif(
    not (outside.DEFAULT_DATA / outside.FILES["state-council"]).exists(),
    reason="the State Council documents are not here",
)
def test_the_outside_set_is_measured_where_its_documents_are(run, tmp_path):
    done = run("eval", "retrieval", "state-council", "--mode", "bm25", "--json", "--index", tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["questions"] >= 30


@pytest.mark.parametrize(
    "arguments",
    [
        ("retrieval", "nowhere"),
        ("retrieval", "--mode", "magic"),
        ("answers", "--half", "third"),
        ("compare", "a.json", "b.json"),
        ("new",),
        (),
    ],
)
def test_a_mistake_is_one_line_and_2(run, arguments):
    done = run("eval", *arguments)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert done.stdout == b""
