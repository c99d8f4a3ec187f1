"""The index on Milvus, run in a file of milvus-lite: it agrees with the index of one machine, and survives its loads."""

import subprocess
import sys

import numpy as np
import pytest

from corpus import collection
from eval import questions
from index import bm25, encoder, passages, store
from index.policy_index import PolicyIndex
from index.tokens import tokens
from index.types import IndexFault, Scope
from qa.answer import Answerer

pytest.importorskip("pymilvus")
from index import milvus, milvus_load
from index.milvus import MilvusIndex, Server, vector_index

pytestmark = pytest.mark.xdist_group("milvus")
ROOT = store._ROOT
EVERYWHERE = ("知识产权保护", "贷款贴息", "专利导航", "patent subsidy", "2020年", "质押融资")
FUZHOU = "fuzhou-ip-demonstration-city-work-plan-2022-2025.txt"


@pytest.fixture(scope="module")
def model():
    return encoder.load(None)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("milvus")


@pytest.fixture(scope="module")
def remote(place, model):
    """The shipped documents on Milvus."""
    return MilvusIndex.at(str(place / "m.db")).ensure(collection.SHIPPED, place / "local", model)


@pytest.fixture
def few(folder):
    """A folder of one document with seven clauses."""
    return folder({"a.txt": "\n".join(f"第{n}条 支持第{n}类专利的质押贷款。" for n in "一二三四五六七")})


def found(hits):
    return [(hit.clause.document, hit.clause.start, hit.best) for hit in hits]


def dev_questions():
    own = questions.OWN / "policies.jsonl"
    return [item.question for item in questions.of_half(questions.read(own), "dev", own)]


# Agreement


def test_the_same_clauses_in_the_same_order_for_the_questions_of_the_project(index, remote):
    here, there = Answerer(index), Answerer(remote)
    for question in dev_questions()[::10]:
        asked = here.understand(question)
        ours, theirs = here.retrieve(asked), there.retrieve(asked)
        assert found(theirs)[:5] == found(ours)[:5], question
        assert [hit.score for hit in theirs] == pytest.approx(
            [hit.score for hit in ours], abs=0.05
        )  # ties at the end of a list of candidates


@pytest.mark.parametrize("mode", ["hybrid", "bm25", "dense"])
def test_every_mode_and_signal_agrees(index, remote, mode):
    for question in EVERYWHERE:
        ours, theirs = index.search(question, 5, mode=mode), remote.search(question, 5, mode=mode)
        assert found(theirs) == found(ours)
        for one, other in zip(ours, theirs, strict=True):
            assert [(signal.name, signal.rank) for signal in one.signals] == [
                (signal.name, signal.rank) for signal in other.signals
            ]


def test_an_answer_is_the_same_with_its_citations(index, remote):
    for question in ("青岛专利质押贷款贴息多少?", "厦门和南通的质押融资有什么规定?", "福州对虚拟货币有什么补贴?"):
        ours, theirs = Answerer(index).answer(question), Answerer(remote).answer(question)
        assert (theirs.text, theirs.status) == (ours.text, ours.status)
        assert [citation.quote for citation in theirs.citations] == [citation.quote for citation in ours.citations]


def test_passages_agree(index, remote):
    for question in dev_questions()[::40]:
        hits = index.search(question, 3)
        ours, theirs = index.passages(question, hits), remote.passages(question, hits)
        assert [(one.start, one.end) for one in theirs] == [(one.start, one.end) for one in ours]
        assert [one.cosine for one in theirs] == pytest.approx([one.cosine for one in ours], abs=1e-5)


def test_a_sparse_vector_is_bm25_without_the_idf(corpus):
    documents = {document.id: document for document in corpus.documents}
    words = [tokens(passages.whole(clause, documents[clause.document])) or ["\0"] for clause in corpus.clauses]
    terms, postings = bm25.fit(words)
    mean = sum(map(len, words)) / len(words)
    weights = [milvus_load.saturated(clause, mean) for clause in words]
    for number in range(0, len(terms), 97):
        holders = postings.clauses_of(number)
        idf = np.log(1 + (len(words) - len(holders) + 0.5) / (len(holders) + 0.5))
        ours = postings.weights[postings.starts[number] : postings.starts[number + 1]]
        assert [idf * weights[clause][terms[number]] for clause in holders] == pytest.approx(ours.tolist(), rel=1e-5)


# Scope


@pytest.mark.parametrize(
    "scope",
    [
        Scope(cities=frozenset({"青岛"})),
        Scope(cities=frozenset({"厦门", "南通"})),
        Scope(documents=frozenset({FUZHOU})),
        Scope(documents=frozenset({FUZHOU, "nowhere.txt"}), cities=frozenset({"福州"})),
        *(
            Scope(in_force_only=True, as_of=day)
            for day in ("2022-08-31", "2025-06-30", "2025-07-01", "2024", "2030-01")
        ),
        Scope(cities=frozenset({"福州"}), in_force_only=True, as_of="2025-06-30"),
    ],
)
def test_a_scope_holds_inside_the_search(index, remote, scope):
    for question in EVERYWHERE:
        hits = remote.search(question, 30, scope)
        assert hits
        assert all(scope.holds(hit.document) for hit in hits)
        assert found(hits)[:5] == found(index.search(question, 5, scope))


@pytest.mark.parametrize(
    "scope",
    [
        Scope(cities=frozenset()),
        Scope(documents=frozenset()),
        Scope(cities=frozenset({"无锡"})),
        Scope(cities=frozenset({'无" or level != "'})),
        Scope(documents=frozenset({"nowhere.txt"})),
        Scope(cities=frozenset({"青岛"}), documents=frozenset({FUZHOU})),
        Scope(in_force_only=True, as_of='2025" or city != "', cities=frozenset({"无锡"})),
    ],
)
@pytest.mark.parametrize("mode", ["hybrid", "bm25", "dense"])
def test_an_empty_scope_matches_nothing(remote, scope, mode):
    assert remote.search("知识产权质押融资", 10, scope, mode=mode) == []


def test_province_and_nation_stay_in_the_scope_of_a_city(folder, tmp_path, model):
    measures = "第一条 企业专利质押贷款由财政贴息。\n"
    titles = {
        "nation": "国务院关于专利质押的意见",
        "jiangsu": "江苏省专利质押办法",
        "shandong": "山东省专利质押办法",
        "nantong": "南通市专利质押办法",
    }
    folder = folder({f"{name}.txt": f"{title}\n{measures}" for name, title in titles.items()})
    small = MilvusIndex.at(str(tmp_path / "m.db")).build(folder, tmp_path / "local", model)
    hits = small.search("专利质押贷款贴息", 10, Scope(cities=frozenset({"南通"})))
    assert {hit.clause.document for hit in hits} == {"jiangsu.txt", "nantong.txt", "nation.txt"}


@pytest.mark.parametrize("question", ["", "  ", "?", "zzzz qqqq"])
def test_a_question_without_words_does_no_harm(index, remote, question):
    assert len(remote.search(question)) == len(index.search(question))
    assert remote.search(question, mode="bm25") == []


# Loads


def test_an_index_that_is_loaded_is_only_opened(place, remote, model):
    said = []
    again = MilvusIndex.at(remote.uri).ensure(collection.SHIPPED, place / "local", model, said.append)
    assert said == []
    assert found(again.search("专利导航", 3)) == found(remote.search("专利导航", 3))


class Broken(Exception):
    pass


@pytest.mark.parametrize("fails_at", range(1, 10))
def test_a_load_that_breaks_off_goes_on_without_a_duplicate(few, tmp_path, model, monkeypatch, fails_at):
    monkeypatch.setattr(milvus_load, "BATCH", 3)
    kind, call, writes = MilvusIndex.at(str(tmp_path / "m.db")), Server.__call__, []

    def breaks(self, method, *given, **named):
        if method in ("insert", "upsert"):
            writes.append(method)
            if len(writes) == fails_at:
                raise Broken
        return call(self, method, *given, **named)

    monkeypatch.setattr(Server, "__call__", breaks)
    with pytest.raises(Broken):
        kind.build(few, tmp_path / "local", model)
    monkeypatch.setattr(Server, "__call__", call)
    assert store.current(tmp_path / "local") is None
    said = []
    index = kind.ensure(few, tmp_path / "local", model, said.append)
    assert f"{(fails_at - 1) // 3 * 3} done" in said[1]
    assert len(index.search("专利质押贷款", 50)) == 7
    for part in ("clauses", "rows"):
        assert Server(kind.uri).count(milvus_load.collection(index.manifest["milvus"], part)) == 7


def test_a_load_that_is_killed_goes_on(few, tmp_path, model):
    arguments = [str(few), str(tmp_path / "m.db"), str(tmp_path / "local")]
    program = """
import os, signal, sys
from pathlib import Path
from index import encoder, milvus_load
from index.milvus import MilvusIndex
milvus_load.BATCH = 2
def killed(said):
    if said.startswith("4 of"):
        os.kill(os.getpid(), signal.SIGKILL)
MilvusIndex.at(sys.argv[2]).build(Path(sys.argv[1]), Path(sys.argv[3]), encoder.load(None), killed)
"""
    done = subprocess.run([sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, timeout=60)
    assert done.returncode == -9, done.stderr.decode()
    said = []
    index = MilvusIndex.at(arguments[1]).ensure(few, tmp_path / "local", model, said.append)
    assert "4 done" in said[1]
    assert len(index.search("专利质押贷款", 50)) == 7


def test_two_loads_at_once_are_told_by_their_count(few, tmp_path, model, monkeypatch):
    kind, call = MilvusIndex.at(str(tmp_path / "m.db")), Server.count
    monkeypatch.setattr(Server, "count", lambda self, name: call(self, name) + 1)
    with pytest.raises(IndexFault, match=r"had 8 clauses, not 7, .* it was dropped: build it again"):
        kind.build(few, tmp_path / "local", model)
    monkeypatch.undo()
    assert len(kind.build(few, tmp_path / "local", model).search("专利质押贷款", 50)) == 7


def test_another_corpus_is_another_load_and_the_old_one_serves_on(few, tmp_path, model):
    kind = MilvusIndex.at(str(tmp_path / "m.db"))
    old = kind.ensure(few, tmp_path / "local", model)
    (few / "b.txt").write_text("第一条 禁止假冒专利。\n", encoding="utf-8")
    new = kind.ensure(few, tmp_path / "local", model)
    assert len(new.search("专利", 50)) == 8
    assert len(old.search("专利", 50)) == 7
    kind.drop(old.manifest["milvus"])
    assert len(new.search("商标与专利", 50)) == 8


def test_a_load_that_the_server_has_not_is_told(few, tmp_path, model):
    kind = MilvusIndex.at(str(tmp_path / "m.db"))
    key = kind.build(few, tmp_path / "local", model).manifest["milvus"]
    kind.drop(key)
    with pytest.raises(IndexFault, match=f"has not the whole of load {key}: python -m index build --force"):
        kind.open(tmp_path / "local", model)
    with pytest.raises(IndexFault, match="has not the whole of load"):
        MilvusIndex.at(str(tmp_path / "other.db")).open(tmp_path / "local", model)
    assert len(kind.build(few, tmp_path / "local", model).search("专利质押贷款", 50)) == 7


def test_the_index_of_one_machine_is_none_of_milvus(few, tmp_path, model):
    PolicyIndex.build(few, tmp_path / "local", model)
    with pytest.raises(IndexFault, match="give the one on Milvus a folder of its own"):
        MilvusIndex.at(str(tmp_path / "m.db")).open(tmp_path / "local", model)


def test_the_index_of_milvus_is_none_of_one_machine(place, remote, model):
    with pytest.raises(IndexFault, match=r"its vectors lie on a Milvus server; name it: --milvus URI"):
        PolicyIndex.open(place / "local", model)


def test_what_is_held_is_counted_on_the_server(index, remote, model):
    assert remote.sizes() == index.sizes()
    vector = model.encode_question("知识产权质押融资")
    assert remote.nearest_cosine(vector) == pytest.approx(index.nearest_cosine(vector), abs=1e-5)


def test_documents_without_a_clause_cannot_be_loaded(folder, tmp_path, model):
    with pytest.raises(IndexFault, match="hold no clause to index"):
        MilvusIndex.at(str(tmp_path / "m.db")).build(folder({"a.txt": "一、\n"}), tmp_path / "local", model)


# Servers and indexes


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("http://127.0.0.1:1", "Fail connecting to server on 127.0.0.1:1"),
        ("nonsense", "uri: nonsense is illegal"),
        ("/nowhere/m.db", "Open local milvus failed"),
    ],
)
def test_a_server_that_cannot_be_reached_is_told_in_one_line(uri, said):
    with pytest.raises(IndexFault, match=said) as caught:
        Server(uri)
    assert str(caught.value).startswith(f"Milvus at {uri}: ")
    assert "\n" not in str(caught.value)


def test_what_the_server_refuses_is_told_in_one_line(remote):
    with pytest.raises(IndexFault, match=r"^Milvus at .*m\.db: [^\n]+$"):
        Server(remote.uri)("query", "clausewise_nothing", filter="id == 1")


def test_the_kind_of_index_by_size():
    assert vector_index(299_999) == ("FLAT", {})
    assert vector_index(300_000) == ("HNSW", {"M": 16, "efConstruction": 200})
    assert vector_index(30_000_000) == ("HNSW_SQ", {"M": 16, "efConstruction": 200, "sq_type": "SQ8"})


@pytest.mark.parametrize("kind", ["HNSW", "HNSW_SQ"])
def test_a_graph_finds_what_the_exact_index_finds(index, tmp_path, model, monkeypatch, kind):
    monkeypatch.setattr(milvus, "EXACT", 0)
    monkeypatch.setattr(milvus, "LEAN", 0 if kind == "HNSW_SQ" else milvus.LEAN)
    graph = MilvusIndex.at(str(tmp_path / "m.db")).build(collection.SHIPPED, tmp_path / "local", model)
    rows = milvus_load.collection(graph.manifest["milvus"], "rows")
    assert Server(graph.uri)("describe_index", rows, "dense")["index_type"] == kind
    for question in EVERYWHERE:
        assert found(graph.search(question, 5)) == found(index.search(question, 5))


def test_the_command_line(few, tmp_path, run):
    options = ["--corpus", few, "--index", tmp_path / "local", "--milvus", tmp_path / "m.db"]
    done = run("index", "search", "第三类专利", "-k", "1", *options)
    assert done.returncode == 0, done.stderr.decode()
    assert "第三条" in done.stdout.decode()
    assert "7 clauses" in done.stderr.decode()
    done = run(
        "qa", "ask", "支持哪类专利?", "--corpus", few, "--milvus", "http://127.0.0.1:1", "--index", tmp_path / "x"
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert "Traceback" not in done.stderr.decode()
    assert "Fail connecting to server" in done.stderr.decode().splitlines()[-1]
