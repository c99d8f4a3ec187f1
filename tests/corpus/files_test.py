"""One policy in every form of file gives the same clauses as its plain text."""

import zipfile

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from corpus import collection, load, outline
from corpus.types import CorpusError

TITLE = "成都市知识产权促进办法"
# (automatic number's level in Word, number, text)
LINES = [
    (0, "一、", "总体要求"),
    (None, "", "坚持政府引导、市场主导,促进知识产权高质量发展,服务全市经济社会发展大局。"),
    (0, "二、", "重点任务"),
    (1, "(一)", "加强保护。依法查处假冒专利行为,建立跨部门的联合执法机制。(市市场监管局负责)"),
    (1, "(二)", "加大资助。对专利权质押贷款按利息的40%给予贴息,每家企业每年不超过30万元。"),
    (None, "", "对通过知识产权管理规范认证的企业一次性奖励8万元。"),
    (0, "三、", "附则"),
    (None, "", "本办法自2024年4月1日起施行,有效期5年。"),
]
TWIN = TITLE + "\n" + "".join(f"{number}{text}\n" for _, number, text in LINES)


def shape(text):
    parsed = outline.parse("x", text, TITLE)
    return [(clause.address, clause.ordinal, clause.kind, clause.text) for clause in parsed.clauses]


@pytest.fixture
def word(tmp_path):
    """The policy in Word, its numbers automatic ones."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    drawn = element("w:abstractNum", {"w:abstractNumId": "77"})
    for level, text in ((0, "%1、"), (1, "(%2)")):
        part = element("w:lvl", {"w:ilvl": str(level)})
        for name, value in (("w:start", "1"), ("w:numFmt", "chineseCounting"), ("w:lvlText", text)):
            part.append(element(name, {"w:val": value}))
        drawn.append(part)
    numbering.insert(0, drawn)
    used = element("w:num", {"w:numId": "77"})
    used.append(element("w:abstractNumId", {"w:val": "77"}))
    numbering.append(used)
    document.add_paragraph(TITLE)
    for level, _, text in LINES:
        paragraph = document.add_paragraph(text)
        if level is not None:
            listed = element("w:numPr", {})
            listed.append(element("w:ilvl", {"w:val": str(level)}))
            listed.append(element("w:numId", {"w:val": "77"}))
            paragraph._p.get_or_add_pPr().append(listed)
    path = tmp_path / "policy.docx"
    document.save(path)
    return path


def element(name, attributes):
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key), value)
    return made


@pytest.fixture
def web(tmp_path):
    """The policy as a government's page."""
    paragraphs = "".join(f"<p>　　{number}<b>{text[:4]}</b>{text[4:]}</p>" for _, number, text in LINES)
    path = tmp_path / "policy.html"
    path.write_text(
        f"""<html><head><meta charset="gb2312"><meta name="ArticleTitle" content="{TITLE}"><title>门户</title></head><body>
        <div class="nav"><a href="/">首页</a> &gt; <a href="/p">政策文件</a></div>
        <table><tr><td>发文字号:</td><td>成府发〔2024〕3号</td></tr><tr><td>成文日期:</td><td>2024年2月28日</td></tr></table>
        <div class="TRS_Editor"><p align="center">{TITLE}</p>{paragraphs}</div>
        <script>var x = "一、不是正文";</script><div class="foot">版权所有:成都市人民政府</div></body></html>""",
        encoding="gb18030",
    )
    return path


@pytest.fixture
def print_out(tmp_path):
    """The policy as a text PDF of two pages with lines broken at the margin, page numbers and a running head."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    path = tmp_path / "policy.pdf"
    page = canvas.Canvas(str(path), pagesize=A4)
    rows = [TITLE]
    for _, number, text in LINES:
        whole = number + text
        rows += [whole[start : start + 30] for start in range(0, len(whole), 30)]
    half = len(rows) // 2
    for number, part in enumerate((rows[:half], rows[half:]), 1):
        page.setFont("STSong-Light", 14)
        for at, row in enumerate(part):
            page.drawString(72, 760 - at * 24, row)
        page.drawString(280, 40, f"- {number} -")
        page.showPage()
    page.save()
    return path


def test_word_keeps_its_automatic_numbers(word):
    assert shape(load.read_text(word)) == shape(TWIN)


def test_a_government_page_gives_its_policy_and_what_it_says_of_it(web):
    document = collection.read_document(web)
    assert shape(document.text) == shape(TWIN)
    found = document.metadata
    assert (found.title, found.number, found.issued) == (TITLE, "成府发〔2024〕3号", "2024-02-28")
    assert (found.effective_from, found.effective_to) == ("2024-04-01", "2029-03-31")


def test_a_pdfs_lines_are_put_together_and_page_numbers_removed(print_out):
    assert shape(load.read_text(print_out)) == shape(TWIN)


@pytest.mark.parametrize("name", ["policy.txt", "policy.md", "policy.docx", "policy.pdf", "policy.html"])
@pytest.mark.parametrize("form", ["word", "web", "print_out"])
def test_a_file_is_read_as_what_it_is_whatever_its_name(request, form, name):
    source = request.getfixturevalue(form)
    renamed = source.parent / "renamed" / name
    renamed.parent.mkdir()
    renamed.write_bytes(source.read_bytes())
    assert shape(load.read_text(renamed)) == shape(TWIN)


@pytest.mark.parametrize(
    "head",
    [
        "<!DOCTYPE html>",
        "\ufeff<!doctype HTML PUBLIC '-//W3C//DTD'>",
        "<!-- saved from url=(0014)about -->\n<html>",
        "<?xml version='1.0'?>",
    ],
)
def test_a_page_saved_as_text_is_read_as_a_page(tmp_path, head):
    path = tmp_path / "page.txt"
    body = "<html><body><div id='zoom'><p>一、总则</p><p>加强专利保护。</p></div></body></html>"
    path.write_text(head + body, encoding="utf-8")
    assert load.read_text(path) == "一、总则\n加强专利保护。\n"


def test_a_page_in_big5(tmp_path):
    path = tmp_path / "page.html"
    body = "<html><meta charset=big5><body><p>一、臺北市專利補助要點</p><p>每件補助新臺幣三萬元。</p></body></html>"
    path.write_bytes(body.encode("big5"))
    assert "每件補助新臺幣三萬元。" in load.read_text(path)


def test_text_that_speaks_of_a_page_is_text(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text("一、总则\n<html> 是网页的标记。\n", encoding="utf-8")
    assert load.read_text(path) == "一、总则\n<html> 是网页的标记。\n"


def test_the_extracted_text_is_kept_and_used_until_the_source_changes(word):
    text = load.read_text(word)
    (kept,) = (word.parent / ".extracted").iterdir()
    assert kept.read_text(encoding="utf-8") == text
    document = docx.Document(str(word))
    document.add_paragraph("四、新增一节")
    document.save(word)
    assert load.read_text(word) != text
    assert len(list((word.parent / ".extracted").iterdir())) == 1


def test_a_table_of_word_gives_rows_with_named_cells(tmp_path):
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = document.add_table(rows=3, cols=3)
    for row, texts in zip(
        table.rows, (("序号", "指标", "2025年"), ("1", "发明专利", "30件"), ("2", "注册商标", "120件")), strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    path = tmp_path / "table.docx"
    document.save(path)
    text = load.read_text(path)
    first, second = outline.parse("x", text, TITLE).clauses
    assert (first.kind, second.address) == ("row", ("2",))
    assert [(cell.column, text[cell.start : cell.end]) for cell in second.cells] == [
        ("序号", "2"),
        ("指标", "注册商标"),
        ("2025年", "120件"),
    ]


def test_a_cell_that_spans_rows_of_a_page_belongs_to_each(tmp_path):
    path = tmp_path / "table.html"
    path.write_text(
        "<body><div id='zoom'>"
        + "<p>本表列明各区的专利资助标准,自印发之日起执行,由市知识产权局负责解释。</p>" * 3
        + "<table><tr><th>区</th><th>项目</th><th>金额</th></tr><tr><td rowspan=2>锦江区</td><td>发明</td><td>5万元</td></tr>"
        "<tr><td>商标</td><td>1万元</td></tr></table></div></body>",
        encoding="utf-8",
    )
    assert "锦江区\t商标\t1万元" in load.read_text(path)


@pytest.mark.parametrize(
    ("name", "content", "hint"),
    [
        ("a.docx", b"plain text", "Word"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
        ("a.pdf", b"%PDF-1.4 broken", "PDF"),
        ("a.html", b"<html><script>1</script></html>", "no text"),
        ("a.doc", b"x", "not read"),
        ("a.txt", b"", "no text"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line_that_says_what_to_do(tmp_path, name, content, hint):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CorpusError) as error:
        load.read_text(path)
    assert name in str(error.value) and hint in str(error.value) and "\n" not in str(error.value)


def test_a_scanned_pdf_is_told_from_an_empty_one(tmp_path):
    path = tmp_path / "scan.pdf"
    page = canvas.Canvas(str(path))
    page.rect(10, 10, 100, 100, fill=1)
    page.save()
    with pytest.raises(CorpusError, match="OCR"):
        load.read_text(path)


def test_a_protected_pdf_asks_for_a_copy_without_a_password(tmp_path):
    path = tmp_path / "secret.pdf"
    page = canvas.Canvas(str(path), encrypt="secret")
    page.drawString(10, 10, "text")
    page.save()
    with pytest.raises(CorpusError, match="password"):
        load.read_text(path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (201 * 2**20))
    with pytest.raises(CorpusError, match="unpacks"):
        load.read_text(path)


def test_items_of_a_list_have_the_marks_that_a_browser_shows(tmp_path):
    path = tmp_path / "guide.html"
    path.write_text(
        "<html><body><h2>一、材料</h2><p>(一)须提交:</p><ol><li>申请表</li><li>营业执照</li></ol>"
        "<p>(二)不予受理:</p><ul><li>逾期的;</li><li>2. 伪造的。</li></ul></body></html>",
        encoding="utf-8",
    )
    assert load.read_text(path).splitlines() == [
        "一、材料", "(一)须提交:", "1. 申请表", "2. 营业执照", "(二)不予受理:", "• 逾期的;", "2. 伪造的。"
    ]  # fmt: skip
