import json

import pytest

from corpus.types import UserError
from eval import gate
from eval.compare import compare


def result(path, values, name="hybrid", of="policies"):
    ids = [f"q{number}" for number in range(len(values))]
    run = {"name": name, "metrics": {}, "values": {"recall@5": values}}
    found = {"set": of, "half": "dev", "ids": ids, "asked": [f"question {one}?" for one in ids], "runs": [run]}
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


def test_gained_and_lost_question_by_question(tmp_path):
    a = result(tmp_path / "a.json", [1, 0, 0, None])
    b = result(tmp_path / "b.json", [0, 1, 1, 1])
    (run,) = compare(a, b)["runs"]
    assert [one["id"] for one in run["gained"]] == ["q1", "q2"]
    assert [one["id"] for one in run["lost"]] == ["q0"]
    found = run["metrics"]["recall@5"]
    assert (found["a"], found["b"], found["difference"]) == (0.3333, 0.6667, 0.3333)
    assert found["p"] == pytest.approx(1)  # any two of three, or all three


def test_reports_are_compared_by_their_parts(tmp_path):
    a = result(tmp_path / "a.json", [1, 0])
    part = json.loads(a.read_text())
    b = tmp_path / "b.json"
    b.write_text(json.dumps({"set": "policies", "half": "dev", "retrieval": part}))
    assert compare(a, b)["runs"][0]["metrics"]["recall@5"]["difference"] == 0


def test_what_cannot_be_compared_is_said(tmp_path):
    a = result(tmp_path / "a.json", [1, 0])
    with pytest.raises(UserError, match=r"no\.json: no such file"):
        compare(a, tmp_path / "no.json")
    (tmp_path / "bad.json").write_text("{}")
    with pytest.raises(UserError, match="is no result"):
        compare(a, tmp_path / "bad.json")
    with pytest.raises(UserError, match="cannot be compared"):
        compare(a, result(tmp_path / "other.json", [1, 0], of="stard"))
    with pytest.raises(UserError, match="no run in common"):
        compare(a, result(tmp_path / "b.json", [1, 0], name="bm25"))


def test_the_gate_closes_after_more_than_a_point(tmp_path):
    baseline = {"recall@5": 0.95, "gold_cited": 0.9}
    assert gate.fallen({"recall@5": 0.94, "gold_cited": 0.95}, baseline) == []
    assert gate.fallen({"recall@5": 0.9399, "gold_cited": 0.889}, baseline) == ["recall@5", "gold_cited"]
    gate.write(baseline, tmp_path / "baseline.json")
    assert gate.read(tmp_path / "baseline.json") == baseline
    with pytest.raises(UserError, match="gate --write makes it"):
        gate.read(tmp_path / "none.json")
