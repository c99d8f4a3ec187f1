"""What a clause refers to in its own document is found, and nothing else."""

import time

import pytest

from corpus import outline

STATUTE = """第一章 总则
第一条 养犬应当登记，按照下列规定办理：
（一）到公安机关办理；
（二）每年办理一次；
（三）携带免疫证明。
登记不收费用。
违反本条第一款规定的，处二百元罚款。
第二条 遛犬应当牵绳。
犬只不得进入公园。
违反前款规定的，处五十元罚款；违反前两款规定造成伤害的，依法赔偿。
第三条 导盲犬不受前条限制。
第二章 罚则
第四条 违反本条例第一条第一款第一项至第二项、第二条第一款规定的，没收犬只；违反第二款规定的，予以警告。
第五条 除第一条第三项所列情形外，依照《治安管理处罚法》第二条和传染病防治法第一条、第二条处罚。
第六条 违反第一条第二、三项规定的，予以警告。
"""
FIRST, SECOND, THIRD = "到公安机关办理；", "每年办理一次；", "携带免疫证明。"


def referred(text: str) -> dict[str, list[str]]:
    """The texts that clauses refer to, by the beginning of the clause."""
    return {
        clause.text[:5]: [text[start:end] for start, end in clause.refers]
        for clause in outline.parse("a.txt", text, None).clauses
        if clause.refers
    }


def test_references_of_a_statute() -> None:
    assert referred(STATUTE) == {
        "违反本条第": ["养犬应当登记，按照下列规定办理：", FIRST, SECOND, THIRD],
        "违反前款规": ["犬只不得进入公园。", "遛犬应当牵绳。"],
        "第三条 导": [
            "遛犬应当牵绳。",
            "犬只不得进入公园。",
            "违反前款规定的，处五十元罚款；违反前两款规定造成伤害的，依法赔偿。",
        ],
        "第四条 违": [FIRST, SECOND, "遛犬应当牵绳。", "犬只不得进入公园。"],
        "第六条 违": [SECOND, THIRD],
    }


def test_an_article_counts_in_its_own_series() -> None:
    text = "第一条 甲事应当登记办理。\n第二条 违反前条规定的，予以警告。\n"
    both = text + "附件 乙办法\n" + text.replace("甲", "乙")
    found = [
        [both[start:end] for start, end in clause.refers]
        for clause in outline.parse("a.txt", both, None).clauses
        if clause.refers
    ]
    assert found == [["甲事应当登记办理。"], ["乙事应当登记办理。"]]


def test_traditional_script() -> None:
    text = "第一條 養犬應當登記。\n第二條 違反本條例第一條規定的，處二百元罰款。\n"
    assert referred(text) == {"第二條 違": ["養犬應當登記。"]}


@pytest.mark.parametrize(
    "text",
    [
        "第一条 完成下列三项任务。\n第二条 第一项目由市政府负责。\n",  # a count, and a project
        "一、总体要求\n前款资金由财政安排，第三条线路年内开工建设。\n",  # no articles at all
        "第一条 本条例适用于本市。\n第二条 第九条规定的事项另行公布。\n",  # an article that is not there
    ],
)
def test_what_is_no_reference(text: str) -> None:
    assert referred(text) == {}


def test_a_reference_is_short() -> None:
    text = (
        f"第一条 {'长' * 500}。\n" + "".join(f"（{n}）事项。\n" for n in "一二三") + "第二条 违反前条规定的，警告。\n"
    )
    (found,) = referred(text).values()
    assert [len(one) for one in found] == [80, 3, 3, 3]


@pytest.mark.parametrize("text", ["第一" * 40_000, "一、" * 40_000, "前" * 80_000])
def test_any_text_is_read_fast(text: str) -> None:
    started = time.perf_counter()
    outline.parse("a.txt", f"第一条 甲。\n第二条 {text}\n", None)
    assert time.perf_counter() - started < 5
