"""BEIR folders: ten documents whose figures are worked out by hand, and what is said of broken ones."""

import json
import math

import pytest

from corpus.types import UserError
from eval import beir, bootstrap, retrieval
from eval.task import open_index, open_task
from index import encoder

TEXTS = {
    "d1": "苹果",
    "d2": "香蕉来自遥远的南方海岛,当地农民每年冬天收获",
    "d3": "香蕉香蕉",
    "d4": "葡萄",
    "d5": "西瓜",
    "d6": "桃子",
    "d7": "樱桃",
    "d8": "柠檬",
    "d9": "草莓",
    "d10": "石榴",
}
# What is asked, what is relevant, and where BM25 finds it.
QUESTIONS = {
    "q1": ("苹果", ["d1"]),  # first
    "q2": ("香蕉", ["d2"]),  # second: d3 says it twice and is shorter
    "q3": ("葡萄", ["d4", "d5"]),  # d4 first, d5 not at all
    "q4": ("榴莲", ["d10"]),  # not at all
}


@pytest.fixture
def folder(tmp_path):
    def lines(rows):
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)

    found = tmp_path / "ten"
    (found / "qrels").mkdir(parents=True)
    (found / "corpus.jsonl").write_text(lines({"_id": name, "title": "", "text": text} for name, text in TEXTS.items()))
    (found / "queries.jsonl").write_text(lines({"_id": name, "text": asked} for name, (asked, _) in QUESTIONS.items()))
    judged = [f"{name}\t{document}\t1" for name, (_, documents) in QUESTIONS.items() for document in documents]
    (found / "qrels" / "test.tsv").write_text("\n".join(["query-id\tcorpus-id\tscore", *judged, ""]))
    return found


def test_ten_documents_give_what_the_hand_computes(folder, tmp_path):
    task = open_task(str(folder), "all")
    index = open_index(task, tmp_path / "index", encoder.bundled())
    found = retrieval.run(task, index, retrieval.MODES["bm25"]).values
    means = {name: bootstrap.mean(values).value for name, values in found.items()}
    assert means["recall@1"] == pytest.approx((1 + 0 + 1 / 2 + 0) / 4)
    assert means["recall@5"] == pytest.approx((1 + 1 + 1 / 2 + 0) / 4)
    assert means["mrr@10"] == pytest.approx((1 + 1 / 2 + 1 + 0) / 4)
    second = 1 / math.log2(3)
    assert means["ndcg@10"] == pytest.approx((1 + second + 1 / (1 + second) + 0) / 4)
    assert means["recall@1000c"] == means["recall@5"]
    assert means["wrong_document"] == pytest.approx(1 / 3)  # of the three with hits


def test_every_mode_runs_on_it_and_the_index_is_kept(folder, tmp_path):
    task = open_task(str(folder), "dev")
    index = open_index(task, tmp_path / "index", encoder.bundled())
    for variant in retrieval.MODES.values():
        assert retrieval.run(task, index, variant).values["recall@10"].tolist()[0] == 1
    made = (tmp_path / "index" / "current").read_text()
    open_index(task, tmp_path / "index", encoder.bundled())
    assert (tmp_path / "index" / "current").read_text() == made


def test_halves_alternate_in_the_order_of_the_file(folder):
    items, _ = beir.read(folder)
    assert [(item.id, item.half) for item in items] == [("q1", "dev"), ("q2", "test"), ("q3", "dev"), ("q4", "test")]


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\n", "judges no document relevant"),
        ("qrels/test.tsv", "q1\td1\t0\n", "judges no document relevant"),
        ("qrels/test.tsv", "q1\td1\n", "line 1: is not query-id, corpus-id and a whole number"),
        ("qrels/test.tsv", "q1\td1\t1\nq1\td99\t1\n", "line 2: corpus.jsonl has no d99"),
        ("qrels/test.tsv", "q9\td1\t1\n", "line 1: queries.jsonl has no q9"),
        ("corpus.jsonl", '{"_id": "d1", "text": "a"}\n{oops\n', "line 2: is not JSON"),
        (
            "corpus.jsonl",
            '{"_id": "d1", "text": "a"}\n\n{"_id": "d1", "text": "b"}\n',
            "line 3: the _id d1 stands twice",
        ),
        ("queries.jsonl", '{"_id": "q1"}\n', "line 1: has no _id and text"),
        ("queries.jsonl", "", "is empty"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(folder, file, text, said):
    (folder / file).write_text(text)
    with pytest.raises(UserError) as caught:
        beir.read(folder)
    assert file.split("/")[-1] in str(caught.value)
    assert said in str(caught.value)


def test_a_folder_without_judgements_names_what_is_missing(folder):
    (folder / "qrels" / "test.tsv").unlink()
    with pytest.raises(UserError, match=r"test\.tsv: no such file"):
        beir.read(folder)
