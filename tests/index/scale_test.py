"""What a large index has that a small one has not: signs, a check in the background, documents used again."""

import numpy as np
import pytest

from corpus import collection
from corpus.collection import Corpus
from corpus.types import Clause, Document, Metadata, Outline
from index import arrays, bm25, dense, encoder, policy_index, store
from index.earlier import Earlier
from index.policy_index import PolicyIndex
from index.types import IndexFault, Scope

PLACES = ("青岛", "南通", "厦门", "福州")
TOPICS = (
    "专利质押贷款",
    "商标注册费用",
    "专利导航项目",
    "知识产权保险",
    "海外维权",
    "地理标志",
    "专利代理",
    "版权登记",
)


def document(number, articles=6):
    """A document of short articles, each with words that no other has."""
    city, topic = PLACES[number % len(PLACES)], TOPICS[number % len(TOPICS)]
    title = f"{city}市{topic}办法{number}"
    text, clauses = "", []
    for article in range(1, articles + 1):
        line = f"第{article}条 对{topic}第{number}号项目给予补贴,每年不超过{number * 100 + article}万元。由财政部门审核发放。\n"
        start = len(text)
        text += line
        clauses.append(Clause(title, (f"第{article}条",), 1, "prose", start, len(text) - 1, line[:-1]))
    return Document(title, text, Metadata(title=title, city=city)), Outline(tuple(clauses), (), ())


def corpus_of(numbers, folder):
    pairs = sorted((document(number) for number in numbers), key=lambda pair: pair[0].id)
    return Corpus(folder, tuple(one for one, _ in pairs), tuple(other for _, other in pairs))


@pytest.fixture
def small_limits(monkeypatch):
    """A few hundred clauses are treated as a hundred thousand are."""
    monkeypatch.setattr(dense, "FLAT_UP_TO", 50)
    monkeypatch.setattr(store, "_AT_ONCE", 1_000)


@pytest.fixture
def model():
    return encoder.load(None)


@pytest.fixture
def large(small_limits, model, tmp_path):
    PolicyIndex.build_corpus(corpus_of(range(40), tmp_path), {"n": "40"}, tmp_path / "index", model)
    return tmp_path / "index"


def texts(hits):
    return [hit.clause.text for hit in hits]


def files(directory):
    generation, manifest = store.current(directory)
    return {name: (generation / name).read_bytes() for name in manifest["files"] if name.endswith(".npy")}


def test_the_kind_is_recorded(large, model):
    index = PolicyIndex.open(large, model)
    assert index.manifest["kinds"] == {"rows": "signs", "clauses": "codes"}
    assert (index.manifest["documents"], index.manifest["clauses"]) == (40, 240)


def test_signs_find_what_an_exact_index_finds(large, model, tmp_path, monkeypatch):
    monkeypatch.setattr(dense, "FLAT_UP_TO", 10**6)
    exact = PolicyIndex.build_corpus(corpus_of(range(40), tmp_path), {}, tmp_path / "exact", model)
    index = PolicyIndex.open(large, model)
    same = total = 0
    for number in range(40):
        question = f"{TOPICS[number % len(TOPICS)]}第{number}号项目补贴多少"
        one, other = texts(exact.search(question, 5)), texts(index.search(question, 5))
        assert one[0] == other[0]
        same, total = same + len(set(one) & set(other)), total + len(one)
    assert same >= 0.95 * total


@pytest.mark.parametrize("mode", ["hybrid", "bm25", "dense"])
def test_a_scope_holds_in_a_large_index(large, model, mode):
    index = PolicyIndex.open(large, model)
    for city in PLACES:
        hits = index.search("专利质押贷款补贴", 50, Scope(cities=frozenset({city})), mode=mode)
        assert hits and {hit.document.metadata.city for hit in hits} == {city}
    assert index.search("专利质押贷款补贴", 50, Scope(cities=frozenset()), mode=mode) == []


def flip(path, at):
    data = bytearray(path.read_bytes())
    data[int(at * (len(data) - 1))] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("at", [0.0, 0.3, 0.999])
def test_one_bit_in_any_file_of_a_large_index_gives_no_answer(large, model, at):
    generation, manifest = store.current(large)
    for name in sorted(manifest["files"]):
        whole = (generation / name).read_bytes()
        flip(generation / name, at)
        with pytest.raises(IndexFault, match=name):
            PolicyIndex.open(large, model).search("专利质押贷款补贴")
        (generation / name).write_bytes(whole)
    assert PolicyIndex.open(large, model).search("专利质押贷款补贴")


@pytest.mark.parametrize("ask", ["passages", "documents", "terms", "clause"])
def test_no_way_into_a_damaged_large_index(large, model, ask):
    (hit,) = PolicyIndex.open(large, model).search("专利质押贷款补贴", 1)
    flip(next(large.glob("generation-*/row_codes.npy")), 0.5)
    index = PolicyIndex.open(large, model)
    ways = {
        "passages": lambda: index.passages("贷款", [hit]),
        "documents": lambda: index.tables.documents,
        "terms": lambda: index.tables.terms(["专利"]),
        "clause": lambda: index.tables.clauses([0]),
    }
    with pytest.raises(IndexFault, match=r"row_codes\.npy: the file is damaged"):
        ways[ask]()


def test_a_document_more_changes_nothing_else(large, model, tmp_path):
    """What is built from what there was is, byte for byte, what is built anew."""
    said = []
    more = corpus_of(range(41), tmp_path)
    index = PolicyIndex.build_corpus(more, {"n": "41"}, large, model, said.append)
    assert any("40 documents unchanged" in line for line in said)
    assert texts(index.search("第40号项目补贴", 1))[0].find("对专利质押贷款第40号") > 0
    PolicyIndex.build_corpus(more, {"n": "41"}, tmp_path / "anew", model)
    assert files(large) == files(tmp_path / "anew")


def test_documents_less_changed_and_moved(large, model, tmp_path):
    changed = corpus_of([*range(1, 30), *range(60, 65)], tmp_path)
    PolicyIndex.build_corpus(changed, {"n": "x"}, large, model)
    PolicyIndex.build_corpus(changed, {"n": "x"}, tmp_path / "anew", model)
    assert files(large) == files(tmp_path / "anew")
    index = PolicyIndex.open(large, model)
    assert not any("第0号" in text or "第35号" in text for text in texts(index.search("第0号项目第35号项目", 100)))


class Counting:
    """The bundled model, that counts what it encodes."""

    def __init__(self):
        self.inner, self.count = encoder.bundled(), 0
        self.name, self.dimensions = "counting", self.inner.dimensions

    def encode(self, given):
        self.count += len(given)
        return self.inner.encode(given)

    def encode_question(self, text):
        return self.inner.encode_question(text)


def test_only_what_is_new_is_encoded(small_limits, tmp_path):
    model = Counting()
    PolicyIndex.build_corpus(corpus_of(range(40), tmp_path), {}, tmp_path / "index", model)
    model.count = 0
    PolicyIndex.build_corpus(corpus_of(range(41), tmp_path), {}, tmp_path / "index", model)
    assert 0 < model.count < 40
    model.count = 0
    PolicyIndex.build_corpus(corpus_of(range(41), tmp_path), {}, tmp_path / "index", model, anew=True)
    assert model.count > 400


@pytest.mark.parametrize("what", ["code", "headed", "damage"])
def test_what_was_made_otherwise_is_not_used_again(large, model, what, monkeypatch):
    assert Earlier.of(large, model, headed=True)
    if what == "code":
        monkeypatch.setattr(store, "code", lambda: "another")
    if what == "damage":
        flip(next(large.glob("generation-*/token_ids.npy")), 0.5)
    assert Earlier.of(large, model, headed=what != "headed") is None


MEASURES = "{city}市专利质押办法\n发文字号:{city}政〔2020〕{number}号\n2020年5月1日\n第一条 企业专利质押贷款由财政贴息{number}%。\n"


REPEAL = "青岛市新办法\n第一条 本办法自2023年3月1日起施行,《青岛市专利质押办法》同时废止。\n"


@pytest.fixture
def place(folder):
    return folder({f"{n}.txt": MEASURES.format(city=city, number=n + 1) for n, city in enumerate(PLACES)})


def test_a_folder_is_read_as_anew_whatever_changes_in_it(place, model, tmp_path):
    """Documents, their metadata and relations, and answers: the same with what was kept as without."""

    def same():
        kept = PolicyIndex.ensure(place, tmp_path / "index", model)
        anew = PolicyIndex.build(place, tmp_path / "anew", model, anew=True)
        assert kept.tables.documents == anew.tables.documents
        for one in kept.tables.documents:
            assert kept.tables.clauses_of(one.id) == anew.tables.clauses_of(one.id)
        one, other = kept.search("专利质押贷款贴息"), anew.search("专利质押贷款贴息")
        assert [hit.clause for hit in one] == [hit.clause for hit in other]
        assert [hit.score for hit in one] == pytest.approx([hit.score for hit in other], abs=1e-5)

    same()
    (place / "5.txt").write_text(REPEAL, encoding="utf-8")
    same()
    (place / "catalog.csv").write_text("document,city,issued\n1.txt,无锡,2019-01-01\n", encoding="utf-8")
    same()
    (place / "catalog.csv").write_text("document,city\n1.txt,无锡\n", encoding="utf-8")
    same()
    (place / "5.txt").unlink()
    same()
    (place / "catalog.csv").unlink()
    (place / "0.txt").write_bytes(b"\0")
    same()


def test_a_repeal_that_is_gone_leaves_no_trace(place, model, tmp_path):
    (place / "5.txt").write_text(REPEAL, encoding="utf-8")
    index = PolicyIndex.ensure(place, tmp_path / "index", model)
    assert index.tables.document("0.txt").metadata.effective_to == "2023-02-28"
    (place / "5.txt").unlink()
    index = PolicyIndex.ensure(place, tmp_path / "index", model)
    assert index.tables.document("0.txt").metadata.effective_to is None


def test_a_known_document_is_not_opened(place):
    corpus = collection.read(place)
    pairs = dict(
        zip((one.id for one in corpus.documents), zip(corpus.documents, corpus.outlines, strict=True), strict=True)
    )
    (place / "2.txt").write_bytes(b"\0")
    again = collection.read(place, lambda name, _: pairs[name])
    assert (again.documents, again.problems) == (corpus.documents, ())


def test_an_array_is_written_piece_by_piece(tmp_path):
    parts = [np.arange(6, dtype=np.int64).reshape(3, 2), np.zeros((0, 2)), np.full((2, 2), 9)]
    with arrays.ArrayWriter(tmp_path / "a.npy", np.int32, (2,)) as writer:
        for part in parts:
            writer.add(part)
        with pytest.raises(ValueError, match="shape"):
            writer.add(np.zeros((1, 3)))
    assert np.load(tmp_path / "a.npy").tolist() == [[0, 1], [2, 3], [4, 5], [9, 9], [9, 9]]
    assert arrays.load(tmp_path, "a").dtype == np.int32
    with arrays.ArrayWriter(tmp_path / "b.npy", np.float32):
        pass
    assert np.load(tmp_path / "b.npy").shape == (0,)


def test_a_stable_order_of_large_numbers():
    values = np.random.default_rng(0).integers(0, 1 << 20, 10_000).astype(np.int32)
    assert bm25.stable_order(values).tolist() == np.argsort(values, kind="stable").tolist()


def test_the_best_of_many_scores_are_the_best():
    scores = np.random.default_rng(1).random(policy_index._BLOCK * 500).astype(np.float32)
    scores[::3] = 0
    best = policy_index._top(scores, 100)
    assert sorted(scores[best]) == sorted(np.sort(scores)[-100:])
    assert policy_index._top(np.zeros(10**5, dtype=np.float32), 5).tolist() == []
    few = np.zeros(10**5, dtype=np.float32)
    few[[7, 70_000]] = 1
    assert sorted(policy_index._top(few, 5).tolist()) == [7, 70_000]
