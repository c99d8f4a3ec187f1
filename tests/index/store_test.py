"""An index on disk: what is damaged, stale, or half built."""

import json
import shutil

import numpy as np
import pytest

from corpus import collection
from index import encoder, store
from index.policy_index import PolicyIndex, is_stale
from index.types import IndexFault

MEASURES = "苏州市专利办法\n第一条 企业专利质押贷款由财政贴息。\n第二条 禁止假冒专利。\n"


@pytest.fixture
def place(folder):
    return folder({"a.txt": MEASURES})


@pytest.fixture
def model():
    return encoder.load(None)


@pytest.fixture
def built(place, model, tmp_path):
    """The folder of a small index."""
    PolicyIndex.build(place, tmp_path / "index", model)
    return tmp_path / "index"


def generation(directory):
    return directory / (directory / "current").read_text().strip()


def ask(index):
    return [hit.clause.text for hit in index.search("假冒专利", 1)]


def test_what_is_built_can_be_opened(built, model):
    assert ask(PolicyIndex.open(built, model)) == ["第二条 禁止假冒专利。"]


def test_there_is_no_index(tmp_path, model):
    with pytest.raises(IndexFault, match="nowhere: holds no index; build it: python -m index build"):
        PolicyIndex.open(tmp_path / "nowhere", model)


FILES = ("corpus.sqlite", "row_vectors.npy", "clause_vectors.npy", "owners.npy", "term_weights.npy")


@pytest.mark.parametrize("name", FILES)
def test_a_changed_byte_is_noticed_and_the_file_named(built, model, name):
    path = generation(built) / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(IndexFault, match=name) as caught:
        PolicyIndex.open(built, model)
    assert "damaged" in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize("name", FILES)
def test_a_cut_or_missing_file_is_named(built, model, name):
    path = generation(built) / name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(IndexFault, match=name):
        PolicyIndex.open(built, model)
    path.unlink()
    with pytest.raises(IndexFault, match=name):
        PolicyIndex.open(built, model)


@pytest.mark.parametrize("manifest", ["", "{", "[]", "{}", f'{{"format": {store.FORMAT}}}', "null"])
def test_a_broken_manifest_is_named(built, model, manifest):
    (generation(built) / "manifest.json").write_text(manifest)
    with pytest.raises(IndexFault, match=r"manifest\.json: the index is incomplete"):
        PolicyIndex.open(built, model)


def test_a_generation_that_is_gone(built, model):
    shutil.rmtree(generation(built))
    with pytest.raises(IndexFault, match="incomplete"):
        PolicyIndex.open(built, model)


def test_another_format_is_refused(built, model):
    path = generation(built) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 99}))
    with pytest.raises(IndexFault, match=f"index format 99, this program reads {store.FORMAT}"):
        PolicyIndex.open(built, model)


class OtherModel:
    """A model of two dimensions: how many Hanzi, how many other characters."""

    name = "other"
    dimensions = 2

    def encode(self, texts):
        counts = [(sum("一" <= c <= "鿿" for c in text), sum(not "一" <= c <= "鿿" for c in text)) for text in texts]
        vectors = np.array(counts, dtype=np.float32)
        return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)

    def encode_question(self, text):
        return self.encode([text])[0]


def test_an_index_refuses_any_model_but_its_own(built, model):
    with pytest.raises(IndexFault, match=f"was made with the model {model.name}, not other"):
        PolicyIndex.open(built, OtherModel())


def test_another_model_has_an_index_of_its_own(place, built, model):
    assert store.default_folder(place, "other") != store.default_folder(place, model.name)
    assert store.default_folder(place, "other") != store.default_folder(built, "other")
    index = PolicyIndex.ensure(place, built, OtherModel())
    assert index.encoder.name == "other"
    assert len(index.search("假冒专利", 2)) == 2


def stale(built, place, model):
    _, manifest = store.current(built)
    return is_stale(manifest, place, model)


def test_an_index_is_stale_once_a_document_changes(place, built, model):
    assert not stale(built, place, model)
    (place / "a.txt").write_text(MEASURES + "第三条 支持商标注册。\n", encoding="utf-8")
    assert stale(built, place, model)
    assert PolicyIndex.ensure(place, built, model).search("商标注册", 1)[0].clause.text == "第三条 支持商标注册。"
    assert not stale(built, place, model)


@pytest.mark.parametrize(
    ("name", "content"), [("b.txt", MEASURES), ("catalog.csv", "document,city\na.txt,无锡\n"), ("sub/c.md", MEASURES)]
)
def test_an_index_is_stale_once_a_file_comes(place, built, model, name, content):
    (place / name).parent.mkdir(exist_ok=True)
    (place / name).write_text(content, encoding="utf-8")
    assert stale(built, place, model)
    (place / name).unlink()
    assert not stale(built, place, model)


def test_a_file_that_is_no_document_does_not_matter(place, built, model):
    (place / "notes.xls").write_text("1")
    assert not stale(built, place, model)


def test_an_index_that_is_up_to_date_is_not_built_again(place, built, model):
    before = (built / "current").read_text()
    PolicyIndex.ensure(place, built, model)
    assert (built / "current").read_text() == before


class FailsOnTheSecondCall(OtherModel):
    calls = 0

    def encode(self, texts):
        self.calls += 1
        if self.calls > 1:
            raise RuntimeError("out of memory")
        return super().encode(texts)


def test_a_build_that_fails_half_way_leaves_the_old_index_in_use(place, built, model):
    before = (built / "current").read_text()
    (place / "a.txt").write_text(MEASURES + "第三条 支持商标注册。\n", encoding="utf-8")
    with pytest.raises(RuntimeError, match="out of memory"):
        PolicyIndex.build(place, built, FailsOnTheSecondCall())
    assert (built / "current").read_text() == before
    assert ask(PolicyIndex.open(built, model)) == ["第二条 禁止假冒专利。"]


def test_a_full_disk_is_said_in_one_line_and_leaves_nothing_behind(built):
    def full(aside):
        (aside / "row_vectors.npy").write_bytes(b"1")
        raise OSError(28, "No space left on device")

    before = sorted(path.name for path in built.iterdir())
    with pytest.raises(IndexFault, match="the index cannot be written: No space left on device"):
        store.write(built, {}, full)
    assert sorted(path.name for path in built.iterdir()) == before


def test_an_index_cannot_be_written_where_a_file_stands(place, model, tmp_path):
    (tmp_path / "file").write_text("1")
    with pytest.raises(IndexFault, match="file: the index cannot be written"):
        PolicyIndex.build(place, tmp_path / "file", model)


def test_a_reader_keeps_what_it_has_open_while_the_index_is_built_anew(place, built, model):
    reader = PolicyIndex.open(built, model)
    assert ask(reader) == ["第二条 禁止假冒专利。"]
    for number in range(3):
        (place / "a.txt").write_text(MEASURES.replace("禁止", "严禁") + "。" * number, encoding="utf-8")
        assert ask(PolicyIndex.ensure(place, built, model)) == ["第二条 严禁假冒专利。"]
    assert ask(reader) == ["第二条 禁止假冒专利。"]


def test_old_generations_are_swept(place, built, model):
    for _ in range(4):
        PolicyIndex.build(place, built, model)
    assert len(list(built.glob("generation-*"))) == 2
    assert generation(built).is_dir()


def test_documents_without_a_clause_cannot_be_indexed(folder, tmp_path, model):
    with pytest.raises(IndexFault, match="hold no clause to index"):
        PolicyIndex.build(folder({"a.txt": "一、\n"}), tmp_path / "index", model)


def test_the_shipped_corpus_has_a_fingerprint_of_each_file():
    names = {path.name for path in collection.SHIPPED.iterdir()}
    assert set(store.fingerprint(collection.SHIPPED)) == names | {""}
