import json

import pytest

from corpus import collection
from corpus.types import UserError
from eval import questions, record
from eval.task import open_task

TEXT = (
    "青岛市测试方案\n一、奖励\n每件专利给予最高20万元奖励,每家企业每年最高20万元。\n二、贷款\n给予贷款利息50%的补贴。\n"
)
ROW = {
    "id": "a",
    "question": "青岛每件专利奖多少钱?",
    "language": "zh",
    "kind": "amount",
    "status": "answered",
    "half": "dev",
    "tags": [],
    "facts": ["20万元"],
    "gold": [[{"document": "plan.txt", "address": ["一、奖励"], "ordinal": 1, "quote": "每件专利给予最高20万元"}]],
}
GOLD = ROW["gold"][0][0]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "plan.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "corpus"


def opened(tmp_path, folder, *rows):
    path = tmp_path / "set.jsonl"
    path.write_text("".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return open_task(str(path), "all", folder)


def test_a_set_and_where_its_gold_stands(tmp_path, folder):
    task = opened(tmp_path, folder, ROW)
    ((span,),) = task.spans["a"]
    assert TEXT[span.start : span.end] == span.quote == GOLD["quote"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{oops\n", "line 2: is not JSON"),
        ("[1]\n", "line 2: is no JSON object"),
        (ROW, "line 2, field id: a stands twice"),
        ({**ROW, "id": "b", "half": "train"}, "line 2, field half: 'train' is none of dev, test"),
        ({**ROW, "id": "b", "question": 3}, "line 2, field question: 3 is no text"),
        ({key: value for key, value in ROW.items() if key != "facts"}, "line 2, field facts: is missing"),
        ({**ROW, "id": "b", "gold": []}, "line 2, field status"),
        ({**ROW, "id": "b", "status": "no_evidence"}, "line 2, field status"),
        ({**ROW, "id": "b", "gold": [[{"document": "plan.txt"}]]}, "line 2, field gold"),
        ({**ROW, "id": "b", "gold": [[GOLD | {"document": "x.txt"}]]}, "line 2, field gold, document"),
        ({**ROW, "id": "b", "gold": [[GOLD | {"ordinal": 9}]]}, "line 2, field gold, address: plan.txt has no clause"),
        ({**ROW, "id": "b", "gold": [[GOLD | {"quote": "最高20万元"}]]}, "gold, quote: stands 2 times"),
        ({**ROW, "id": "b", "gold": [[GOLD | {"quote": "最高30万元"}]]}, "gold, quote: stands 0 times"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(tmp_path, folder, row, said):
    with pytest.raises(UserError) as caught:
        opened(tmp_path, folder, ROW, row)
    assert "set.jsonl, line 2" in str(caught.value)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_set_names_the_known_ones():
    with pytest.raises(
        UserError,
        match="nowhere: no such question set; eval/sets has cities, cities-2, hard, policies, regulations, state-council",
    ):
        questions.path_of("nowhere")


def test_an_empty_half_is_said(tmp_path, folder):
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(ROW), encoding="utf-8")
    with pytest.raises(UserError, match="no question of the half test"):
        open_task(str(path), "test", folder)


def test_the_shipped_set_stands_in_the_shipped_corpus():
    items = questions.read(questions.path_of("policies"))
    assert len(items) >= 300
    assert set(questions.locate(items, collection.read(collection.SHIPPED))) == {item.id for item in items}


@pytest.mark.parametrize("name", ["cities", "cities-2"])
def test_a_set_may_bring_its_documents_with_it(name):
    task = open_task(name, "test")
    assert task.corpus.folder == questions.OWN / name
    dev = {span.clause.document for needs in open_task(name, "dev").spans.values() for need in needs for span in need}
    assert dev.isdisjoint(span.clause.document for needs in task.spans.values() for need in needs for span in need)


def test_no_gold_clause_is_in_both_halves():
    for name in ("policies", "state-council", "cities", "cities-2"):
        halves = {}
        for item in questions.read(questions.path_of(name)):
            for gold in (gold for need in item.needs for gold in need):
                halves.setdefault((gold.document, gold.address, gold.ordinal), set()).add(item.half)
        assert all(len(found) == 1 for found in halves.values())


def test_the_parts_of_a_question(tmp_path, folder):
    task = opened(tmp_path, folder, ROW)
    (item,) = task.items
    assert record.slices_of(item, task.spans["a"], {"plan.txt": "青岛"}) == {
        "language=zh",
        "kind=amount",
        "city=青岛",
        "overlap=high",
    }
