"""Whatever the text: spans lie inside it, in order, apart from each other, and nothing but white space is left out."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import audit, collection, load, outline

DOCUMENTS = [load.read_text(path) for path in collection.files(collection.SHIPPED)]
PIECES = [
    *"一二三十百零〇第条章节款是之的、.．,，。：:；;()（）【】①㈠l1239 　\t",
    *("\n", "\r\n", "\n\n", "\u2028", "\x85"),
    *"第一条 |第十条之一 |第一章 总则\n|第二条规定的|一、|(一)|（二）|1.|2．|(1)|①|一是|二是|附件|附件1\n|附件：".split(
        "|"
    ),
    *"2017年|2018年\n|2017年7月28日\n|知识产权|市知识产权局\n|目标\n|责任部门\n|1\n|2\n|3\n|40%\n|有效期5年".split("|"),
    *(
        "l 建立机制\n",
        "• 来源：",
        "问：何时申报？",
        "答：",
        "一、为何出台？\n",
        "相關詞條\n",
        "各有关单位：\n",
        "序号\t指标\t2020年\n",
        "1\t专利\t\n",
        "| 1 | 专利 |\n",
        "类别\n标准\n上限\n甲类\n发明专利\n3万元\n乙类\n商标\n1万元\n",
        "锦江区\n",
        "028-1234567\n",
        "备注：其余区县未列入。\n",
        "附表：标准一览表\n",
    ),
    "依法加强知识产权保护,支持企业申请专利,加大资金投入,完善工作机制,优化营商环境,推动高质量发展。",
]


def check(text: str, title: str | None = None) -> None:
    parsed = outline.parse("document", text, title)
    unwrapped = outline.unwrapped(text)
    assert re.sub(r"\s", "", unwrapped) == re.sub(r"\s", "", text) and len(unwrapped) == len(text)
    spans = [
        *((clause.start, clause.end) for clause in parsed.clauses),
        *((heading.start, heading.end) for heading in parsed.headings),
        *parsed.furniture,
    ]
    at = 0
    for start, end in sorted(spans):
        assert at <= start < end <= len(text), "spans lie in the text and do not overlap"
        assert not text[at:start].strip(), f"left out: {text[at:start]!r}"
        at = end
    assert not text[at:].strip(), f"left out: {text[at:]!r}"
    assert not audit.unheld(text, parsed), "what is in no clause heads one, names a column or is the page's"
    starts = [clause.start for clause in parsed.clauses]
    assert starts == sorted(starts)
    assert all(clause.text == text[clause.start : clause.end] for clause in parsed.clauses)
    assert all(0 <= cell.start < cell.end <= len(text) for clause in parsed.clauses for cell in clause.cells)
    assert len({(clause.address, clause.ordinal) for clause in parsed.clauses}) == len(parsed.clauses)
    assert not any(re.search(r"\s", element) for clause in parsed.clauses for element in clause.address)


@pytest.mark.parametrize("number", range(5))
def test_the_shipped_documents(number, corpus):
    document = corpus.documents[number]
    check(document.text, document.title)


@given(st.text())
def test_any_text(text):
    check(text)


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.sampled_from([None, "目标", "知识产权方案"]))
def test_any_text_of_numbers_brackets_and_headings(text, title):
    check(text, title)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A stretch of a real document with slices cut out, doubled, moved and put in."""
    text = draw(st.sampled_from(DOCUMENTS))
    start = draw(st.integers(0, len(text) - 1))
    text = text[start : start + draw(st.integers(1, 4_000))]
    for _ in range(draw(st.integers(1, 6))):
        a, b, to = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 3)))
        change = draw(st.sampled_from(["delete", "double", "insert", "move"]))
        if change == "delete":
            text = text[:a] + text[b:]
        elif change == "double":
            text = text[:b] + text[a:b] + text[b:]
        elif change == "insert":
            text = text[:a] + draw(st.sampled_from(PIECES)) + text[a:]
        else:
            text = text[:a] + text[b:to] + text[a:b] + text[to:]
    if width := draw(st.sampled_from([0, 20, 37])):
        text = re.sub(rf"(.{{{width}}})(?=.)", "\\1\n", text)
    return text


@given(mutated())
def test_real_documents_with_slices_cut_out_doubled_moved_and_put_in(text):
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        "".join(DOCUMENTS) * 40,
        "知识产权" * 500_000,
        "一、加强领导\n" * 40_000,
        "(一)加强领导。落实责任。\n" * 30_000,
        "一是加强领导。\n二是加大投入。\n" * 10_000,
        " \n" * 1_000_000,
    ],
    ids=["five documents", "one line", "headings", "run-in headings", "series", "white space"],
)
def test_a_large_text_takes_time_in_proportion(text):
    began = time.perf_counter()
    outline.parse("document", text, None)
    assert time.perf_counter() - began < 15  # a few seconds; quadratic behaviour would take minutes
