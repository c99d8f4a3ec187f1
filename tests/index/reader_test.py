import gzip
import json

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file

from index import encoder, reader
from index.reader import Reader
from index.training import lists, reading
from index.types import IndexFault

RATE = ("按贷款利息的50%给予贴息,每家企业每年不超过20万元。", "质押融资 某市若干措施")


def test_a_passage_that_says_what_is_asked_is_likelier_than_one_on_the_same_thing():
    others = [
        ("鼓励银行开展知识产权质押贷款业务,扩大质押贷款规模。", RATE[1]),
        ("申请贴息的企业应当在每年3月底前提出申请。", RATE[1]),
    ]
    logits = reader.bundled().logits("知识产权质押贷款贴息的比例是多少", [*others, RATE])
    assert logits.argmax() == 2


def test_what_a_passage_leaves_open_is_less_likely_than_what_it_says():
    own = reader.bundled()
    (said,) = own.logits("每家企业一年最多贴息多少", [RATE])
    (open_,) = own.logits("申请贴息要交哪些材料", [RATE])
    assert said > open_


def test_of_a_long_passage_the_best_part_counts():
    long = "加强组织领导,落实工作责任,广泛开展宣传。" * 12
    own = reader.bundled()
    plain, told = own.logits("贴息的比例是多少", [(long, RATE[1]), (long + RATE[0], RATE[1])])
    assert told > plain + 1


def test_each_passage_is_read_by_itself():
    passages = [RATE, ("鼓励企业转化专利。", ""), ("", "")]
    own = reader.bundled()
    together = own.logits("贴息比例", passages)
    alone = [own.logits("贴息比例", [passage])[0] for passage in passages]
    np.testing.assert_allclose(together, alone, atol=1e-4)
    assert own.logits("贴息比例", []).shape == (0,)


def test_the_arithmetic_is_that_of_training(tmp_path):
    torch.manual_seed(1)
    model = encoder.bundled()
    network = reading._Network(model.dimensions)
    rarity = np.linspace(0, 1, model.vocabulary_size, dtype=np.float32)
    weights = {name: value.detach().numpy() for name, value in network.named_parameters()}
    save_file(weights | {"rarity": rarity}, tmp_path / "reader.safetensors")
    passages = [RATE, ("鼓励企业转化专利。", "某市")]
    sides = [["贴息比例", "贴息比例"], *map(list, zip(*passages, strict=True))]
    ids, vectors = reader.inputs([model.token_ids(texts) for texts in sides], model)
    with torch.no_grad():
        expected = network(ids, vectors, reader.signs_of(ids, vectors, rarity)).numpy()
    found = Reader(tmp_path / "reader.safetensors").logits("贴息比例", passages)
    np.testing.assert_allclose(found, expected, atol=0.05)  # training rounds to bfloat16


def test_missing_weights_are_named(tmp_path):
    with pytest.raises(IndexFault, match="weights are missing"):
        Reader(tmp_path / "none.safetensors")


def test_sentences_are_cut_with_a_short_one_beside_its_neighbour():
    assert lists.sentences("甲、乙。对符合条件的企业给予补助；每家企业每年不超过十万元。") == [
        "甲、乙。对符合条件的企业给予补助；",
        "每家企业每年不超过十万元。",
    ]


def test_of_an_excerpt_the_sentence_with_the_words_answers_and_what_stands_beside_it_is_neither(tmp_path, monkeypatch):
    excerpt = {
        "title": "某市专利资助办法",
        "clauses": {
            "第一条": "发明专利授权后每件资助2000元。\n申请人应当在授权后一年内提出申请。",
            "第二条": "市知识产权局负责审核资助申请材料。",
        },
        "answered": [["发明证书下来补几个钱", "第一条", "每件资助2000元"]],
        "not_stated": ["补助打到哪个账户"],
    }
    (tmp_path / "excerpts.jsonl").write_text(json.dumps(excerpt), encoding="utf-8")
    with gzip.open(tmp_path / "law_articles_zh.jsonl.gz", "wt"):
        pass
    monkeypatch.setattr(lists, "EXCERPTS", tmp_path / "excerpts.jsonl")
    answered, not_stated = lists.of_excerpts(tmp_path, encoder.bundled())
    assert {passage.text[:4]: (passage.answers, passage.beside) for passage in answered.passages} == {
        "发明专利": (True, False),
        "申请人应": (False, True),
        "市知识产": (False, False),
    }
    assert not any(passage.answers or passage.beside for passage in not_stated.passages)
