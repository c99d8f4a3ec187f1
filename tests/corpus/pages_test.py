"""What a page says of its document around the text: labels in cells of their own, the number under the title."""

import pytest

from corpus import load, metadata, outline

TITLE = "西安市2024年知识产权工作要点"
TEXT = "<p>一、总体要求</p>" + "<p>坚持政府引导、市场主导，促进知识产权高质量发展，服务全市经济社会发展大局。</p>" * 3
LABELLED = """<tr><td>索引号</td><td>11610100MB2A0123XY/2024-00087</td><td>发文机关</td><td>西安市知识产权局</td></tr>
<tr><td>{number}</td><td>市知发〔2024〕3号</td><td>成文日期</td><td>2024-02-02</td></tr>
<tr><td>效力状态</td><td>有效</td><td>发布日期</td><td>2024-02-06 16:42</td></tr>"""


def text_of(tmp_path, body):
    path = tmp_path / "page.html"
    path.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    return load.read_text(path)


@pytest.mark.parametrize("number", ["发文字号", "文　　号", "文号：", "<b>发文字号</b>"])
@pytest.mark.parametrize("inside", [False, True])
def test_labels_in_cells_say_number_date_and_body_without_a_colon(tmp_path, number, inside):
    table = f"<table border=1>{LABELLED.format(number=number)}</table>"
    body = f"{table}<h1>{TITLE}</h1><div id='zoom'>{TEXT}</div>"
    if inside:
        body = f"<div id='zoom'>{table}<p>{TITLE}</p>{TEXT}</div>"
    text = text_of(tmp_path, body)
    found = metadata.read(text)
    assert (found.number, found.issued, found.issuer) == ("市知发〔2024〕3号", "2024-02-02", "西安市知识产权局")
    assert found.title == TITLE
    parsed = outline.parse("x", text, found.title)
    furniture = [text[start:end] for start, end in parsed.furniture]
    assert "索引号:11610100MB2A0123XY/2024-00087" in furniture
    assert "效力状态:有效" in furniture
    assert all("市知发" not in clause.text and "有效" not in clause.text for clause in parsed.clauses)


def test_a_table_of_the_policy_stays_one_though_its_first_column_says_名称(tmp_path):
    table = "<table><tr><td>名称</td><td>金额</td></tr><tr><td>发明专利</td><td>5万元</td></tr></table>"
    assert "名称\t金额\n发明专利\t5万元" in text_of(tmp_path, f"<div id='zoom'>{TEXT}{table}</div>")


def test_the_caption_of_a_table_stands_above_it(tmp_path):
    rows = "<tr><td>类别</td><td>金额</td></tr><tr><td>发明专利</td><td>5万元</td></tr>"
    table = f"<table><caption>表1 资助标准</caption>{rows}</table>"
    assert "表1 资助标准\n类别\t金额\n发明专利\t5万元" in text_of(tmp_path, f"<div id='zoom'>{TEXT}{table}</div>")


def test_the_number_under_the_title_is_the_documents(tmp_path):
    number = '<p style="text-align:center">市知发〔2024〕3号</p>'
    text = text_of(tmp_path, f"<h1>{TITLE}</h1>{number}<div id='zoom'>{TEXT}</div>")
    assert metadata.read(text).number == "市知发〔2024〕3号"


def test_a_number_elsewhere_on_the_page_is_another_documents(tmp_path):
    side = "<div><p>相关政策</p><p>国发〔2021〕20号</p></div>"
    text = text_of(tmp_path, f"<h1>{TITLE}</h1><p>打印本页</p>{side}<div id='zoom'>{TEXT}</div>")
    assert metadata.read(text).number is None
