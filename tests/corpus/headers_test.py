"""Which row of a table names its columns: one with a year or an amount in a name too, never one of figures."""

import docx
import pytest
from docx.oxml import OxmlElement

from corpus import load, outline

INTRO = "<p>二、主要指标</p><p>2023年主要指标完成情况及2024年目标见下表，由市知识产权局负责解释，并由各区县、各部门按照职责分工分别组织实施，每年底通报一次进展。</p>"
TARGETS = (
    ("指标", "2023年目标", "2023年完成", "2024年目标", "牵头处室"),
    ("高价值发明专利拥有量（件）", "26", "28.4", "31", "知识产权促进处"),
    ("专利质押融资登记金额（亿元）", "45", "53.8", "60", "知识产权运用处"),
)


def rows_of(text):
    """The cells of each row of a document: [(column, text)]."""
    parsed = outline.parse("x", text, None)
    return [
        [(cell.column, text[cell.start : cell.end]) for cell in clause.cells]
        for clause in parsed.clauses
        if clause.kind == "row"
    ]


def page(tmp_path, table):
    path = tmp_path / "page.html"
    path.write_text(f"<html><body><div id='zoom'>{INTRO}<table>{table}</table></div></body></html>", encoding="utf-8")
    return load.read_text(path)


def html_rows(rows, tag="td"):
    return "".join("<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in row) + "</tr>" for row in rows)


def word(tmp_path, rows, *, marked=False):
    document = docx.Document()
    document.add_paragraph("二、主要指标")
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    if marked:
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    path = tmp_path / "policy.docx"
    document.save(path)
    return load.read_text(path)


def tabs(rows):
    return "二、主要指标\n" + "".join("\t".join(row) + "\n" for row in rows)


@pytest.mark.parametrize("kind", ["td", "th", "thead", "docx", "tabs"])
def test_names_that_hold_a_year_head_columns_of_figures(tmp_path, kind):
    head, *below = TARGETS
    text = {
        "td": lambda: page(tmp_path, html_rows(TARGETS)),
        "th": lambda: page(tmp_path, html_rows([head], "th") + html_rows(below)),
        "thead": lambda: page(tmp_path, f"<thead>{html_rows([head])}</thead><tbody>{html_rows(below)}</tbody>"),
        "docx": lambda: word(tmp_path, TARGETS),
        "tabs": lambda: tabs(TARGETS),
    }[kind]()
    assert rows_of(text) == [list(zip(head, row, strict=True)) for row in below]
    assert "---" not in text


def test_a_name_that_holds_an_amount_heads_a_column_of_figures(tmp_path):
    rows = [("项目", "补助比例", "最高10万元的"), ("发明专利", "50%", "5万元"), ("质押贷款", "40%", "8万元")]
    assert rows_of(word(tmp_path, rows))[0] == [("项目", "发明专利"), ("补助比例", "50%"), ("最高10万元的", "5万元")]


def test_targets_in_words_stand_under_their_year_too():
    rows = [("任务", "2024年目标", "牵头处室"), ("修订条例", "形成草案", "法规处"), ("建设平台", "投入运行", "运用处")]
    assert rows_of(tabs(rows))[0] == [("任务", "修订条例"), ("2024年目标", "形成草案"), ("牵头处室", "法规处")]


@pytest.mark.parametrize(
    "first",
    [
        ("发明专利", "最高10万元", "一次性"),  # an amount
        ("发明专利", "3件", "市知识产权局"),
        ("条例修订", "2023年6月完成", "法规处"),  # dated as the rows below are
        ("1", "专利资助", "分期"),
    ],
)
def test_a_first_row_of_figures_is_no_header(first):
    rows = [first, ("实用新型", "2万元", "分期"), ("标准制定", "2024年9月完成", "分批")]
    assert [[column for column, _ in row] for row in rows_of(tabs(rows))] == [[None] * 3] * 3


def test_what_the_source_marks_as_header_is_one_whatever_it_says(tmp_path):
    head, *below = [("档次", "10万元", "5万元"), ("企业", "示范企业", "优势企业"), ("高校", "示范高校", "试点高校")]
    expected = [list(zip(head, row, strict=True)) for row in below]
    assert rows_of(page(tmp_path, html_rows([head], "th") + html_rows(below))) == expected
    assert rows_of(word(tmp_path, [head, *below], marked=True)) == expected
    assert rows_of(tabs([head, *below]))[0] == [(None, text) for text in head]


def test_a_title_that_spans_the_table_stands_above_its_header(tmp_path):
    text = page(tmp_path, "<tr><td colspan=5>主要指标完成情况</td></tr>" + html_rows(TARGETS))
    assert rows_of(text)[0][1] == ("2023年目标", "26")


def test_a_header_of_two_rows_names_each_column_by_both(tmp_path):
    head = (
        "<tr><td rowspan=2>指标</td><td colspan=2>2023年</td><td rowspan=2>2024年目标</td></tr>"
        "<tr><td>目标</td><td>完成</td></tr>"
    )
    below = html_rows([("专利授权量（件）", "26", "28", "31"), ("商标注册量（件）", "45", "53", "60")])
    expected = [("指标", "专利授权量（件）"), ("2023年目标", "26"), ("2023年完成", "28"), ("2024年目标", "31")]
    assert rows_of(page(tmp_path, head + below))[0] == expected
    assert rows_of(page(tmp_path, f"<thead>{head}</thead>{below}"))[0] == expected


def test_cells_merged_in_word_stand_in_each_row_and_column_that_they_cover(tmp_path):
    document = docx.Document()
    document.add_paragraph("二、主要指标")
    table = document.add_table(rows=4, cols=3)
    for at, texts in enumerate((("类别", "2023年", ""), ("", "目标", "完成"), ("专利", "26", "28"), ("", "45", "53"))):
        for cell, text in zip(table.rows[at].cells, texts, strict=True):
            cell.text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(2, 0).merge(table.cell(3, 0))
    path = tmp_path / "merged.docx"
    document.save(path)
    assert rows_of(load.read_text(path)) == [
        [("类别", "专利"), ("2023年目标", "26"), ("2023年完成", "28")],
        [("类别", "专利"), ("2023年目标", "45"), ("2023年完成", "53")],
    ]


def test_the_rule_under_a_header_is_no_clause(tmp_path):
    text = page(tmp_path, html_rows([("档次", "10万元")], "th") + html_rows([("企业", "甲"), ("高校", "乙")]))
    assert "---\t---" in text
    assert not [clause for clause in outline.parse("x", text, None).clauses if "---" in clause.text]


def test_a_flattened_header_with_years_above_whole_numbers():
    header = ("产品", "所在地", "2022年产值(亿元)", "2025年目标产值(亿元)", "责任单位")
    rows = (("云雾茶", "东县", "8", "13", "东县政府"), ("石雕", "西县", "9", "42", "西县政府"))
    text = "附表1 目标任务分解表\n" + "\n".join(cell for row in (header, *rows) for cell in row) + "\n"
    assert rows_of(text) == [list(zip(header, row, strict=True)) for row in rows]


def test_columns_between_single_full_width_spaces():
    header = ("序号", "银行名称", "单户最高授信")
    rows = (("1", "甲银行", "2000万元"), ("2", "乙银行省分行", "800万元"))
    text = "附件2\n合作银行名单\n" + "".join("　".join(row) + "\n" for row in (header, *rows))
    assert rows_of(text) == [list(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize(
    "text",
    [
        "某市财政局　某市商务局　某市科技局\n某市公安局　某市司法局　某市民政局\n某市审计局　某市统计局　某市医保局\n",
        "第一章　总　则\n第二章　职　责\n第三章　附　则\n",
    ],
)
def test_words_between_single_full_width_spaces_are_no_table(text):
    assert rows_of(text) == []


def test_a_name_that_stands_twice_in_a_header():
    header = ("地区", "商标窗口", "电话", "版权窗口", "电话")
    rows = (("东县", "商标科", "0576-1", "版权科", "0576-2"), ("西县", "知识产权科", "0576-3", "版权科", "—"))
    rows = (*rows, ("南县", "商标科", "0576-4", "文化科", "0576-5"))
    text = "附件2 一览表\n" + "".join("\t".join(row) + "\n" for row in (header, *rows))
    assert rows_of(text) == [list(zip(header, row, strict=True)) for row in rows]


def test_words_that_stand_twice_in_a_row_name_no_columns():
    rows = (("东县", "商标科", "电话", "商标科"), ("西县", "版权科", "电话", "商标科"))
    text = "附件2 一览表\n" + "".join("\t".join(row) + "\n" for row in rows)
    assert [column for row in rows_of(text) for column, _ in row] == [None] * 8


DRAWN = """十二、審查項目：
┌────┬────┐
│項目    │配分    │
├────┼────┤
│創新性  │三十分  │
{rule}│可行性與│七十分  │
│效益    │        │
└────┴────┘
總分未達七十五分者，不予補助。
"""


def test_a_drawn_table_whose_rows_stand_between_rules():
    assert rows_of(DRAWN.format(rule="├────┼────┤\n")) == [
        [("項目", "創新性"), ("配分", "三十分")],
        [("項目", "可行性與"), ("配分", "七十分"), ("項目", "效益")],
    ]


def test_a_drawn_table_with_one_rule_has_a_row_a_line():
    assert [row[0][1] for row in rows_of(DRAWN.format(rule=""))] == ["創新性", "可行性與", "效益"]
