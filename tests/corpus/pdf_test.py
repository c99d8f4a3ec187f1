"""PDFs as governments print them: running heads, page numbers, two columns, sentences that run over a page's end."""

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from corpus import load, outline

TITLE = "武汉市知识产权质押融资风险补偿办法"
PARAGRAPHS = [
    "第一条 为了促进知识产权质押融资，缓解中小微企业融资难、融资贵的问题，根据《湖北省知识产权条例》等有关规定，结合本市实际，制定本办法。",
    "第二条 本办法所称风险补偿，是指由市、区两级财政安排资金，对合作银行开展知识产权质押贷款所形成的不良贷款本金损失给予一定比例的补偿。"
    "合作银行应当单列信贷计划，建立专门的审批通道，对单户贷款额度在1000万元以下的企业不得要求追加其他抵押物。",
    "第三条 申请纳入风险补偿的贷款应当符合下列条件：",
    "（一）借款人为在本市注册的中小微企业，信用记录良好，近三年内没有严重的知识产权违法行为，不属于失信被执行人；",
    "（二）以合法有效、权属清晰的专利权、商标权或者著作权出质，并依法办理出质登记，登记的期限不短于贷款期限；",
    "（三）贷款用于企业的研发、生产和经营，不得用于股权投资、房地产开发或者其他国家禁止的领域。",
    "第四条 贷款发生逾期九十日以上的，合作银行可以申请补偿。市知识产权局自收到申请材料之日起二十个工作日内完成审核，"
    "会同市财政局按照贷款本金净损失的50%给予补偿，其中市级财政承担30%，区级财政承担20%，同一企业累计补偿不超过500万元。",
    "第五条 合作银行应当每季度向市知识产权局报送贷款发放、风险分类和损失核销的情况。",
    "第六条 本办法自2024年5月1日起施行，有效期三年。",
]


def rows(width):
    """The paragraphs, their first lines indented, broken where `width` Chinese characters would not fit any more."""
    for paragraph in PARAGRAPHS:
        line, reach = "", 2.0
        for char in paragraph:
            wide = 1 if ord(char) > 255 else 0.5
            if reach + wide > width and char not in "，。、；：":
                yield (2 if len(line) + 2 > reach - 0.5 and paragraph.startswith(line) else 0), line
                line, reach = "", 0.0
            line, reach = line + char, reach + wide
        yield (2 if paragraph == line else 0), line


def draw(path, columns, width, heads, page_number, rows_a_page=12):
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = canvas.Canvas(str(path), pagesize=A4)
    size, lines = 12, list(rows(width))
    each = rows_a_page * columns
    for number in range(0, len(lines), each):
        turn = number // each
        page.setFont("STSong-Light", 9)
        for x, head in heads(turn):
            page.drawString(x, 815, head)
        page.drawString(290, 28, page_number.format(turn + 1))
        page.setFont("STSong-Light", 18)
        if not turn:
            page.drawString(120, 785, TITLE)
        page.setFont("STSong-Light", size)
        for at, (indent, line) in enumerate(lines[number : number + each]):
            column, row = divmod(at, rows_a_page)
            page.drawString(50 + 260 * column + indent * size, 750 - 22 * row, line)
        page.showPage()
    page.save()


@pytest.mark.parametrize(
    "heads",
    [
        lambda turn: [(50, "武汉市人民政府公报　2024年第6期"), (460, "市政府文件")],
        lambda turn: [(50, TITLE if turn % 2 else "武汉市知识产权局文件汇编")],
        lambda turn: [(50, ["总则", "条件和范围", "申请和审核", "监督", "附则", "附录"][turn % 6])],
    ],
    ids=["one for all", "odd and even pages", "of each part"],
)
@pytest.mark.parametrize("page_number", ["— {} —", "· {} ·", "第{}页 共9页", "{}"])
@pytest.mark.parametrize(("columns", "width"), [(1, 36), (2, 19)], ids=["one column", "two columns"])
def test_the_text_is_the_policys_paragraphs_and_nothing_else(tmp_path, columns, width, heads, page_number):
    path = tmp_path / "policy.pdf"
    draw(path, columns, width, heads, page_number, rows_a_page=12 if columns == 2 else 7)
    assert load.read_text(path).splitlines() == [TITLE, *PARAGRAPHS]


def test_the_header_that_a_table_repeats_on_each_page_is_kept_once(tmp_path):
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    path = tmp_path / "table.pdf"
    page = canvas.Canvas(str(path), pagesize=A4)
    for turn in range(2):
        page.setFont("STSong-Light", 12)
        page.drawString(50, 815, "武汉市知识产权局")
        page.drawString(50, 760, "序号　项目　标准")
        for row in range(3):
            page.drawString(50, 730 - 30 * row, f"{turn * 3 + row + 1}　第{turn * 3 + row + 1}类专利　{row + 1}万元")
        page.drawString(290, 28, f"{turn + 1}")
        page.showPage()
    page.save()
    assert load.read_text(path).split() == ["序号", "项目", "标准"] + [
        cell for number in range(1, 7) for cell in (str(number), f"第{number}类专利", f"{(number - 1) % 3 + 1}万元")
    ]


def test_a_table_whose_columns_only_white_space_parts(tmp_path):
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = canvas.Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    page.setFont("STSong-Light", 12)
    page.drawString(90, 780, "一、任务分工")
    for number, row in enumerate(
        (("任务", "责任单位", "时限"), ("盘点", "市科技局", "2024年9月"), ("许可", "市教育局", "2024年"))
    ):
        for left, cell in zip((90, 200, 330), row, strict=True):
            page.drawString(left, 750 - 24 * number, cell)
    page.save()
    text = load.read_text(tmp_path / "a.pdf")
    rows = [clause for clause in outline.parse("d", text, None).clauses if clause.kind == "row"]
    assert [(cell.column, text[cell.start : cell.end]) for cell in rows[0].cells] == [
        ("任务", "盘点"),
        ("责任单位", "市科技局"),
        ("时限", "2024年9月"),
    ]
