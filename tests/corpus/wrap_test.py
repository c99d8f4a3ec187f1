"""Text wrapped at a fixed width, as mail programs and old editors save it: a paragraph is one clause all the same."""

import re

import pytest

from corpus import metadata, outline, relations
from corpus.types import Document, Metadata

TITLE = "杭州市专利专项资金管理办法实施细则"
PARAGRAPHS = [
    "第一章 总则",
    "第一条 为了规范专利专项资金的使用和管理,提高财政资金使用绩效,根据《杭州市专利管理条例》(2020年修订)等有关规定,"
    "结合本市实际,制定本细则。",
    "第二条 本细则所称专利专项资金,是指市级财政预算安排的,用于支持专利创造、运用、保护和管理的资金。专项资金的使用应当遵循"
    "公开公正、突出重点、专款专用的原则,并接受审计机关的监督。",
    "市市场监督管理局负责编制专项资金的年度预算,组织项目申报和评审,提出资金分配方案;市财政局负责审核预算,拨付资金,"
    "会同有关部门开展绩效评价。",
    "第二章 支持标准",
    "第三条 对下列项目给予资助:",
    "(一)获得中国专利金奖的,一次性奖励100万元,获得银奖、优秀奖的,分别奖励50万元、20万元,同一专利获得多项奖励的按照"
    "最高标准给予奖励;",
    "(二)通过PCT途径申请并获得美国、日本、欧洲等国家或者地区授权的发明专利,每件资助4万元,每件专利资助的国家和地区不超过5个;",
    "(三)以专利权质押方式获得银行贷款的小微企业,按照实际支付利息的50%给予补助,每家企业每年不超过30万元。",
    "第四条 本细则自2024年3月1日起施行,有效期五年。",
]  # fmt: skip


def broken(text, width, columns=False):
    """A line cut every so many characters, or columns of which a Chinese character takes two, never before a comma."""
    lines, line, reach = [], "", 0
    for char in text:
        wide = 2 if columns and ord(char) > 255 else 1
        if reach + wide > width and not (columns and char in "，。、；：,.;:"):
            lines.append(line)
            line, reach = "", 0
        line, reach = line + char, reach + wide
    return [*lines, line]


def shape(text, title=TITLE):
    parsed = outline.parse("x", text, title)
    assert all(clause.text == text[clause.start : clause.end] for clause in parsed.clauses)
    return [(clause.address, clause.ordinal, re.sub(r"\s", "", clause.text)) for clause in parsed.clauses]


WHOLE = shape("\n".join([TITLE, *PARAGRAPHS]))


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=repr)
@pytest.mark.parametrize("indent", ["", "　　", "    "], ids=["flush", "two em", "four spaces"])
@pytest.mark.parametrize(("width", "columns"), [(30, False), (36, False), (40, False), (64, True), (76, True)])
def test_a_paragraph_of_wrapped_lines_is_one_clause(width, columns, indent, ends):
    lines = [row for text in [TITLE, *PARAGRAPHS] for row in broken(indent + text, width, columns)]
    assert shape(ends.join(lines)) == WHOLE


def test_blank_lines_part_paragraphs():
    text = "\n\n".join("\n".join(broken(paragraph, 36)) for paragraph in [TITLE, *PARAGRAPHS])
    assert shape(text) == WHOLE


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("　　一是协同保护提速。保护中心受理专利预审案件7215件,发明专利平均授权周期压缩至3.2个月,预审", "合格5063件。"),
        ("一是协同保护提速。保护中心受理专利预审案件7215件,预审合格5063件,已授权3891件。服务备案主体", "2644家。"),
        (
            "为了规范专利资金的使用和管理,提高财政资金使用绩效,充分发挥专利资金的引导作用,根据有关法律、法规和",
            "政策,制定本办法。",
        ),
    ],
)
def test_one_line_end_in_the_middle_of_a_sentence(above, below):
    text = f"一、总结\n{above}\n{below}\n{above[:2].strip()}加强保护。\n"
    assert [line.text for line in outline.lines_of(text)][1] == f"{above} {below}".strip()


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (
            "　　（一）加强组织领导，完善工作机制，落实工作责任，强化督促检查，推进知识产权强市建设各项工作",
            "市局负责组织实施。",
        ),
        (
            "为了规范专利资金的使用和管理,提高财政资金使用绩效,充分发挥专利资金的引导作用,制定本办法",
            "申请人应当依法登记。",
        ),
        (
            "为了规范专利资金的使用和管理,提高财政资金使用绩效,充分发挥专利资金的引导作用,制定本办法",
            "2024年,全市授权专利10件。",
        ),
        (
            "　　为了规范专利资金的使用和管理,提高财政资金使用绩效,充分发挥专利资金的引导作用,制定本办法",
            "　　申请人应当依法登记。",
        ),
        ("市财政局", "2644家企业获得资助。"),
    ],
)
def test_a_line_that_lacks_its_full_stop_is_no_torn_sentence(above, below):
    assert len(outline.lines_of(f"{above}\n{below}\n")) == 2


def test_a_date_that_a_line_end_cuts_is_read():
    closing = "第四条 本细则由市市场监督管理局会同市财政局负责解释并组织实施,自2024年3月1日起施行,有效期五年。"
    rows = [row for text in [*PARAGRAPHS[:-1], closing] for row in broken(text, 36)]
    assert rows[-2].endswith("自202")
    found = metadata.read("\n".join([TITLE, *rows]))
    assert (found.title, found.effective_from, found.effective_to) == (TITLE, "2024-03-01", "2029-02-28")


def test_a_repeal_that_a_line_end_cuts_is_read():
    closing = "第四条 本细则自2024年3月1日起施行,《杭州市专利资助管理办法》(杭科专〔2015〕12号)同时废止。"
    text = "\n".join([TITLE, *(row for paragraph in [*PARAGRAPHS[:-1], closing] for row in broken(paragraph, 27))])
    assert "专利\n资助" in text
    (relation,) = [named for named in relations.of(Document("x", text, Metadata())) if named.kind == "repeals"]
    assert (relation.title, relation.number) == ("杭州市专利资助管理办法", "杭科专〔2015〕12号")
    assert text[relation.start : relation.end].startswith("《杭州市专利\n资助")


def test_an_english_paragraph_is_one_clause_with_its_words_apart():
    paragraph = (
        "The municipal government supports enterprises that file patents abroad, pays half of the official fees, and "
        "reviews the results of the programme every year together with the finance bureau of the city and its districts."
    )
    words, lines = paragraph.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 60:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    (clause,) = outline.parse("x", "\n".join(lines), None).clauses
    assert clause.text.split() == words


@pytest.mark.parametrize(
    "lines",
    [
        # names of firms, about equally long
        ["一、入选企业", "厦门亿联网络技术股份有限公司知识产权部", "厦门吉比特网络技术股份有限公司法务中心", "厦门美图之家科技有限公司专利管理办公室"],
        # people and what they are
        ["主  任:张三  市人民政府副市长、高新区管委会主任", "副主任:李四  市市场监督管理局局长、知识产权局局长", "委  员:王五  市财政局副局长、市国有资产管理办公室主任"],
        # bullets
        ["一、任务", "• 支持企业申请专利并建立知识产权管理体系,", "• 支持高校建立知识产权运营中心和转移机构,", "• 支持园区建立公共服务平台和维权援助中心,"],
        # cells of a flattened table
        ["序号", "指标", "2025年", "1", "每万人口高价值发明专利拥有量(件)", "20", "2", "知识产权质押融资登记金额(亿元)", "300"],
        # paragraphs that end with a sentence, of unequal length
        ["一、目标", "支持企业申请专利,完善知识产权管理体系。", "支持高校建立知识产权运营中心,培养人才,促进成果转化和产业化。", "加强保护。"],
        # a title above its number, a signature with its date
        ["关于印发苏州市知识产权强企培育工程实施意见的通知", "苏知发〔2023〕12号", "苏州市市场监督管理局(苏州市知识产权局)办公室", "2023年4月5日"],
    ],
    ids=["firms", "people", "bullets", "cells", "paragraphs", "signature"],
)  # fmt: skip
def test_short_lines_and_lists_stay_apart(lines):
    text = "\n".join(lines)
    assert [line.text for line in outline.lines_of(text)] == lines


def test_what_a_heading_is_stays_one_when_its_lines_are_wrapped():
    heading = "(一)健全知识产权全链条保护体系和跨部门跨区域协作机制,提升知识产权公共服务供给能力和水平"
    body = "建立市、区两级联动的知识产权保护工作机制,推进行政执法与司法保护有效衔接,完善海外知识产权纠纷应对指导服务网络,加强维权援助。"
    text = "\n".join(["一、重点任务", *broken(heading, 30), *broken(body * 3, 30)])
    assert {clause.address for clause in outline.parse("x", text, None).clauses} == {("一、重点任务", heading)}


def test_lines_hang_below_a_name_too():
    lines = [
        "圖表附件：附件一計畫申請表.odt　附件二經費編列表.ods　附件三切結書",
        "修正說明：本次修正將美國、歐洲、日本發明專利補助由每件新臺幣四萬元",
        "    調高為六萬元，個別申請研發案上限由新臺幣八十萬元調高為一百萬",
        "    元，並新增技術移轉類。本要點自民國一百一十年施行至今，計核定補",
        "    助一百三十七案，以精密機械、手工具、光電及生技業者居多。",
    ]
    assert [re.sub(r"\s", "", line.text)[:5] for line in outline.lines_of("\n".join(lines))] == [
        "圖表附件：",
        "修正說明：",
    ]
