"""Models: the bundled one, and one that sentence-transformers loads from a folder."""

import numpy as np
import pytest

from corpus.fold import fold
from index import encoder
from index.policy_index import PolicyIndex
from index.types import IndexFault

TEXTS = ["知识产权质押融资", "贷款利息的50%给予贴息", "patent pledge loans", "专利"]


@pytest.fixture(scope="module")
def bundled():
    return encoder.load(None)


def test_vectors_of_the_bundled_model_are_unit_length(bundled, corpus):
    vectors = bundled.encode([*TEXTS, *(fold(clause.text) for clause in corpus.clauses)])
    assert vectors.shape == (len(TEXTS) + sum(1 for _ in corpus.clauses), bundled.dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("text", ["", " ", "☃☃", "。、!?", "ﷺ"])
def test_a_text_of_which_the_model_knows_nothing_has_a_zero_vector(bundled, text):
    known, unknown = bundled.encode(["专利", text])
    assert np.linalg.norm(known) == pytest.approx(1, abs=1e-4)
    assert not unknown.any()


def test_alone_or_together_a_text_has_the_same_vector(bundled):
    together = bundled.encode(TEXTS)
    for text, vector in zip(TEXTS, together, strict=True):
        assert bundled.encode([text])[0] == pytest.approx(vector, abs=1e-6)


def test_a_word_lies_nearer_to_its_translation_than_to_another_word(bundled):
    chinese = bundled.encode(["专利", "商标", "贷款", "人才"])
    english = bundled.encode(["patent", "trademark", "loan", "talent"])
    assert (chinese @ english.T).argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_tokens_and_their_cosines(bundled):
    (ids, none) = bundled.token_ids(["专利质押", "☃"])
    assert len(ids) >= 2 and none == []
    assert max(ids) < bundled.vocabulary_size
    weights, others = bundled.weights(), np.arange(1_000, dtype=np.int32)
    cosines = bundled.token_cosines(np.array(ids, dtype=np.int32), others)
    lengths = np.linalg.norm(weights, axis=1)
    expected = weights[ids] @ weights[others].T / lengths[ids][:, None] / lengths[others]
    assert cosines.shape == (len(ids), 1_000)
    assert cosines == pytest.approx(expected, abs=1e-4)


def test_its_name_tells_its_weights(bundled):
    assert bundled.name.startswith("bundled-")
    assert encoder.BundledEncoder().name == bundled.name


def test_a_missing_bundled_model_is_named(tmp_path):
    with pytest.raises(IndexFault, match=r"model\.safetensors: the bundled model is missing"):
        encoder.BundledEncoder(tmp_path)


@pytest.mark.parametrize("path", ["/nowhere/model", "./nowhere", "../nowhere", "~/nowhere-at-all"])
def test_a_missing_path_is_one_clear_line(path):
    with pytest.raises(IndexFault) as caught:
        encoder.load(path)
    assert str(caught.value) == f"--model {path}: no such folder"


@pytest.fixture(scope="module")
def transformer(tmp_path_factory):
    """The folder of a real, tiny transformer with random weights: a token for each Hanzi and letter."""
    torch = pytest.importorskip("torch")
    from sentence_transformers import SentenceTransformer, models
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(0)
    source = tmp_path_factory.mktemp("bert")
    letters = [*"abcdefghijklmnopqrstuvwxyz0123456789%,。;、()", *sorted(set("".join(TEXTS)) - {" "})]
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    (source / "vocab.txt").write_text("\n".join(dict.fromkeys(words)), encoding="utf-8")
    tokenizer = BertTokenizerFast.from_pretrained(source)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=128,
    )
    BertModel(config).save_pretrained(source)
    tokenizer.save_pretrained(source)
    target = tmp_path_factory.mktemp("model")
    word = models.Transformer(str(source), max_seq_length=128)
    SentenceTransformer(modules=[word, models.Pooling(32)], device="cpu").save(str(target))
    return target


def test_a_transformer_from_a_folder(transformer):
    model = encoder.load(str(transformer))
    assert (model.name, model.dimensions) == (str(transformer), 32)
    vectors = model.encode(TEXTS)
    assert vectors.shape == (4, 32) and vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)
    assert len(np.unique(vectors.round(4), axis=0)) == 4


def test_an_index_made_with_a_transformer(transformer, folder, tmp_path):
    model = encoder.load(str(transformer))
    place = folder({"a.txt": "苏州市专利办法\n第一条 专利质押融资。\n第二条 贷款利息的50%给予贴息。\n"})
    PolicyIndex.build(place, tmp_path / "index", model)
    index = PolicyIndex.open(tmp_path / "index", model)
    assert index.manifest["model"] == str(transformer)
    assert index.search("贷款利息贴息")[0].clause.text.startswith("第二条")
    with pytest.raises(IndexFault, match="was made with the model"):
        PolicyIndex.open(tmp_path / "index", encoder.load(None))


def test_the_exported_model_gives_the_same_vectors_through_sentence_transformers(tmp_path, bundled):
    sentence_transformers = pytest.importorskip("sentence_transformers")
    encoder.export(tmp_path / "model")
    exported = sentence_transformers.SentenceTransformer(str(tmp_path / "model"), device="cpu")
    texts = [*TEXTS, "□未知☃", "知识产权" * 400]
    assert np.abs(exported.encode(texts) - bundled.encode(texts)).max() < 1e-5
    with pytest.raises(IndexFault, match="not empty"):
        encoder.export(tmp_path / "model")


def test_a_cross_encoder_reads_the_best_hits_again(index, transformer, tmp_path):
    from sentence_transformers import CrossEncoder

    CrossEncoder(str(transformer), num_labels=1, device="cpu").save(str(tmp_path / "cross"))
    before = index.search("专利质押贷款贴息")
    index.reranker = encoder.CrossEncoderReranker(str(tmp_path / "cross"))
    try:
        hits = index.search("专利质押贷款贴息")
    finally:
        index.reranker = None
    assert {signal.name for signal in hits[0].signals} == {"bm25", "sentence", "clause", "token", "cross"}
    assert [hit.clause.start for hit in index.search("专利质押贷款贴息")] == [hit.clause.start for hit in before]


def test_langchain_embeddings_serve_as_the_model(tmp_path):
    from langchain_core.embeddings import DeterministicFakeEmbedding

    from index.langchain import EmbeddingsEncoder, PolicyRetriever

    model = EmbeddingsEncoder(DeterministicFakeEmbedding(size=16), "fake")
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.txt").write_text("某市办法\n第一条 专利质押贷款按利息的40%贴息。\n", encoding="utf-8")
    built = PolicyIndex.build(tmp_path / "documents", tmp_path / "index", model)
    assert model.dimensions == 16
    (found,) = PolicyRetriever(index=built).invoke("专利质押贷款")
    assert found.page_content == "第一条 专利质押贷款按利息的40%贴息。"
    assert found.metadata["address"] == ["第一条"]
