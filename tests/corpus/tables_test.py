"""Flattened tables: the indicators and the roadmap of Nantong, the steps of Xiamen, and small ones."""

import pytest

from corpus import audit, outline

YEARS = ("2017年", "2018年", "2019年", "2020年")
SHORT = {"1", "9", "11", "12", "13", "24", "33", "42", "45"}  # rows with fewer than four yearly cells


@pytest.fixture(scope="module")
def nantong(read):
    return read("nantong")


@pytest.fixture(scope="module")
def roadmap(nantong):
    """Rows of the roadmap by their number."""
    _, parsed = nantong
    rows = [clause for clause in parsed.clauses if clause.address[:1] == ("附件南通知识产权强市建设路线图",)]
    return {row.address[-1]: row for row in rows}


def cells(document, row):
    """[(column, text)] of a row, as the document has them."""
    return [(cell.column, document.text[cell.start : cell.end]) for cell in row.cells]


def test_the_roadmap_has_48_rows_in_order(roadmap):
    assert list(roadmap) == [str(number) for number in range(1, 49)]
    assert {row.kind for row in roadmap.values()} == {"row"}


def test_the_five_indicator_tables_have_48_rows_under_their_projects(nantong):
    document, parsed = nantong
    rows = [clause for clause in parsed.clauses if clause.kind == "row" and clause.address[0].startswith("二、")]
    assert [row.address[-1] for row in rows] == [str(number) for number in range(1, 49)]
    assert rows[21].address == (
        "二、重大工程和重点任务",
        "(三)实施知识产权运用促进工程",
        "知识产权运用促进工程主要指标",
        "22",
    )
    assert dict(cells(document, rows[21]))["指标"] == "建立重点产业技术创新与知识产权联盟6个。"


def test_a_row_with_four_values_has_a_column_for_each_year(nantong, roadmap):
    document, _ = nantong
    assert cells(document, roadmap["19"]) == [
        ("重点工程", "知识产权运用促进工程"),
        ("重点任务", "开展国家知识产权投融资试点"),
        ("发展目标", "全市投融资规模达到10亿元。"),
        ("2017年", "3亿元"),
        ("2018年", "5亿元"),
        ("2019年", "8亿元"),
        ("2020年", "10亿元"),
        ("责任部门", "市知识产权局"),
        ("协助部门", "市发改委、经信委、科技局、财政局、各县(市)区政府、相关金融机构"),
    ]


@pytest.mark.parametrize(
    ("number", "values"),
    [
        ("2", ["40%", "50%", "60%", "70%"]),
        ("4", ["总体设计、数据中心方案设计。", "初步建成", "有效运行", "有效运行"]),
        ("8", ["2家、20个、50家", "5家、50个、100家", "8家、75个、150家", "10家、100个、200家"]),
        ("22", ["1个", "2个", "4个", "6个"]),
        ("25", ["27%以上", "30%以上", "33%", "35%以上"]),
        ("31", ["215件", "225件", "240件", "250件"]),
        ("38", ["2家/25家", "3家/30家", "4家/40家", "5家/50家"]),
        ("46", ["2家", "3家", "4家", "5-6家"]),
    ],
)
def test_yearly_values(nantong, roadmap, number, values):
    document, _ = nantong
    named = [pair for pair in cells(document, roadmap[number]) if pair[0] in YEARS]
    assert named == list(zip(YEARS, values, strict=True))


def test_39_rows_have_all_four_years_and_nine_have_values_without_a_year(roadmap):
    for number, row in roadmap.items():
        years = [cell.column for cell in row.cells if cell.column in YEARS]
        unnamed = [cell for cell in row.cells if cell.column is None]
        if number in SHORT:
            assert not years and 1 <= len(unnamed) <= 3, number
        else:
            assert tuple(years) == YEARS and not unnamed, number


def test_a_year_is_not_guessed_for_a_row_with_two_values(nantong, roadmap):
    document, _ = nantong
    values = [text for column, text in cells(document, roadmap["13"]) if column is None]
    assert values == ["3个", "在有条件的县(市)区、产业集聚区根据需求在建立若干市知识产权维权援助中心分中心、工作站。"]


@pytest.mark.parametrize(
    ("number", "responsible", "assisting"),
    [
        ("3", "市知识产权产权局、市商务局", "市工商局、文广新局、各县(市)区政府、相关园区"),
        ("8", "市知识产权局", "市科技局、财政局、工商局、文广新局、各(县)市区政府、南通家纺城"),
        ("11", "市知识产权局", "市科技局、市财政局,各县(市)区政府、各知识产权试点示范园区"),
        ("16", "市知识产权局、南通家纺城", "通州区政府"),
        ("18", "市知识产权局、南通大学", None),
        ("21", "市知识产权局", "市经信委、财政局"),
        ("35", "市知识产权局、工商局、文广新局", None),
        ("48", "市知识产权局", None),
    ],
)
def test_departments_also_where_an_earlier_row_names_them_for_several(nantong, roadmap, number, responsible, assisting):
    document, _ = nantong
    named = dict(cells(document, roadmap[number]))
    assert (named["责任部门"], named.get("协助部门")) == (responsible, assisting)


def test_a_shared_cell_is_quoted_from_where_it_stands_outside_the_row(nantong, roadmap):
    document, _ = nantong
    row = roadmap["3"]
    outside = [cell for cell in row.cells if not row.start <= cell.start < cell.end <= row.end]
    assert [document.text[cell.start : cell.end] for cell in outside] == [
        "知识产权管理能力提升工程",
        "建立集中高效的城市知识产权综合管理体系",
        "市知识产权产权局、市商务局",
        "市工商局、文广新局、各县(市)区政府、相关园区",
    ]


def test_a_document_that_contradicts_itself_is_kept_as_it_is(nantong, roadmap):
    document, _ = nantong
    alliances = dict(cells(document, roadmap["22"]))
    assert (alliances["发展目标"], alliances["2020年"]) == ("建立产业技术创新与知识产权联盟10个。", "6个")


def test_steps_of_xiamen_are_one_clause_a_bullet(read):
    document, parsed = read("xiamen-ip-strong-city")
    bullets = [clause for clause in parsed.clauses if clause.kind == "bullet"]
    assert len(bullets) > 50
    assert all(document.text[bullet.start] == "l" and "\n" not in bullet.text for bullet in bullets)
    assert len({(bullet.address, bullet.ordinal) for bullet in bullets}) == len(bullets)


def test_a_small_table_of_numbered_goals():
    text = "一、目标\n主要指标\n序号\n指标名称\n1\n专利授权量达到10件。\n2\n商标注册量达到20件。\n3\n作品登记量30件。\n"
    parsed = outline.parse("d", text, None)
    assert [(row.address[-1], row.kind) for row in parsed.clauses] == [("1", "row"), ("2", "row"), ("3", "row")]
    assert text[parsed.clauses[1].cells[-1].start : parsed.clauses[1].cells[-1].end] == "商标注册量达到20件。"


def test_a_row_that_is_cut_off_after_its_number():
    text = "一、目标\n1\n专利授权量达到10件\n2\n商标注册量达到20件\n3\n(二)保护\n加强保护。"
    rows = [clause for clause in outline.parse("d", text, None).clauses if clause.kind == "row"]
    assert rows[0].text == "1\n专利授权量达到10件"
    assert rows[1].text.startswith("2\n商标注册量达到20件")
    assert [text[cell.start : cell.end] for cell in rows[1].cells][:1] == ["商标注册量达到20件"]


@pytest.mark.parametrize(
    "text",
    [
        "一、指标\n序号\t指标\t2025年\n1\t发明专利\t10件\n2\t注册商标\t20件\n",
        "一、指标\n| 序号 | 指标 | 2025年 |\n|---|:--|---|\n| 1 | 发明专利 | 10件 |\n| 2 | 注册商标 | 20件 |\n",
    ],
    ids=["tabs", "Markdown"],
)
def test_a_ruled_table(text):
    rows = outline.parse("d", text, None).clauses
    assert [(row.kind, row.address) for row in rows] == [("row", ("一、指标", "1")), ("row", ("一、指标", "2"))]
    assert [(cell.column, text[cell.start : cell.end]) for cell in rows[1].cells] == [
        ("序号", "2"),
        ("指标", "注册商标"),
        ("2025年", "20件"),
    ]


SUBSIDY = "第三条 补贴标准:\n类别\n认定条件\n购房补贴\n租房补贴\nA类\n院士\n300万\n免租10年\nB类\n国家级人才\n150万\n8000\nC类\n博士\n80万\n5000\n"


@pytest.mark.parametrize("after", ["", "备注:就高认定。\n", "(上述补贴由财政承担)\n", "第四条 不得重复享受。\n"])
def test_rows_without_numbers_one_cell_a_line(after):
    text = SUBSIDY + after
    rows = [clause for clause in outline.parse("d", text, None).clauses if clause.kind == "row"]
    assert [row.address for row in rows] == [("第三条", str(number)) for number in (1, 2, 3)]
    assert [(cell.column, text[cell.start : cell.end]) for cell in rows[1].cells] == [
        ("类别", "B类"),
        ("认定条件", "国家级人才"),
        ("购房补贴", "150万"),
        ("租房补贴", "8000"),
    ]


@pytest.mark.parametrize("cell", ["认定条件\n", "A类\n", "150万\n", "B类\n", "5000\n"])
def test_a_cell_too_few_or_too_many_leaves_text_without_columns(cell):
    for text in (SUBSIDY.replace(cell, ""), SUBSIDY.replace(cell, cell * 2)):
        parsed = outline.parse("d", text, None)
        assert not any(cell.column for clause in parsed.clauses for cell in clause.cells)
        assert not audit.unheld(text, parsed)


def test_a_list_of_telephones_has_rows_without_columns():
    text = "六、联系方式\n受理电话:\n芝罘区\n0535-6600112\n福山区\n0535-6600213\n牟平区\n0535-6600317\n"
    lead, *rows = outline.parse("d", text, None).clauses
    assert (lead.text, {row.kind for row in rows}, len(rows)) == ("受理电话:", {"row"}, 3)
    assert [(cell.column, text[cell.start : cell.end]) for cell in rows[1].cells] == [
        (None, "福山区"),
        (None, "0535-6600213"),
    ]


def test_dates_and_bodies_in_a_column_are_no_signature_and_what_follows_is_no_row():
    text = (
        "附件1\n任务分工表\n序号\n任务\n责任单位\n时限\n1\n制定方案\n市委编办\n2022年5月31日\n2\n落实资金\n市财政局\n"
        "2022年6月15日\n(时限可以顺延一个月)\n附件2:资金安排\n县区\n资金\n鲤城区\n12\n"
    )
    parsed = outline.parse("d", text, None)
    rows = [clause for clause in parsed.clauses if clause.kind == "row"]
    assert [(cell.column, text[cell.start : cell.end]) for cell in rows[1].cells] == [
        ("任务", "落实资金"),
        ("责任单位", "市财政局"),
        ("时限", "2022年6月15日"),
    ]
    assert [(clause.address, clause.text) for clause in parsed.clauses if clause.kind != "row"] == [
        (("附件1任务分工表",), "(时限可以顺延一个月)"),
        (("附件2:资金安排",), "县区\n资金\n鲤城区\n12"),
    ]
    assert not audit.unheld(text, parsed)


def rows_of(text):
    """[{column: text}] of each row; cells without a column as [text] under None."""
    found = []
    for clause in outline.parse("d", text, None).clauses:
        if clause.kind == "row":
            named = {cell.column: text[cell.start : cell.end] for cell in clause.cells if cell.column}
            other = [text[cell.start : cell.end] for cell in clause.cells if not cell.column]
            found.append(named | ({None: other} if other else {}))
    return found


INDICATORS = "一、目标\n表1 主要指标\n指标\n2020年\n2025年\n属性\n发明专利（件）\n10\n20\n预期性\n注册商标（件）\n30\n{}\n预期性\n著作权（件）\n50\n60\n约束性\n注：含港澳台。\n二、保障\n加强领导。"


@pytest.mark.parametrize("nothing", ["—", "－", "-", "——", "/", "无"])
def test_a_cell_that_says_nothing_is_a_cell(nothing):
    rows = rows_of(INDICATORS.format(nothing))
    assert rows[1] == {"指标": "注册商标（件）", "2020年": "30", "2025年": nothing, "属性": "预期性"}
    assert rows[2] == {"指标": "著作权（件）", "2020年": "50", "2025年": "60", "属性": "约束性"}


def test_an_empty_line_between_cells_is_an_empty_cell():
    rows = rows_of(INDICATORS.format(""))
    assert rows[1] == {"指标": "注册商标（件）", "2020年": "30", "属性": "预期性"}
    assert rows[2] == {"指标": "著作权（件）", "2020年": "50", "2025年": "60", "属性": "约束性"}


TASKS = [
    ["出台实施细则", "市司法局", "市财政局、市科技局", "2024年6月"],
    ["建设运营中心12家", "市知识产权局", "市科技局、各县级市（区）人民政府", "2025年12月"],
    ["推进审理机制改革", "市中级人民法院", "市检察院、市公安局", "持续推进"],
    ["编制年度白皮书", "市知识产权局", "市委宣传部（市版权局）", "每年4月"],
]
HEAD = {"重点任务": 0, "牵头单位": 1, "配合单位": 2, "完成时限": 3}


def roadmap_with(*cells):
    """A table of tasks, one cell a line, whose last row but one has these cells."""
    rows = [*TASKS[:3], list(cells), TASKS[3]]
    lines = [line for number, row in enumerate(rows, 1) for line in [str(number), *row]]
    return "一、任务分工\n" + "\n".join(["序号", *HEAD, *lines]) + "\n二、保障\n加强领导。"


@pytest.mark.parametrize(
    ("cells", "row"),
    [
        (["开展整治", "市司法局", "—", "2024年"], {"重点任务": "开展整治", "牵头单位": "市司法局", "配合单位": "—", "完成时限": "2024年"}),
        (["开展整治", "市司法局", "", "2024年"], {"重点任务": "开展整治", "牵头单位": "市司法局", "完成时限": "2024年"}),
        # Two lines that are one cell: only the fourth column has several bodies.
        (
            ["开展整治", "市司法局", "相城区政府、吴中区政府", "市知识产权局", "2024年"],
            {"重点任务": "开展整治", "牵头单位": "市司法局", "配合单位": "相城区政府、吴中区政府\n市知识产权局", "完成时限": "2024年"},
        ),
        (
            ["开展整治行动，严厉打击", "假冒专利行为", "市司法局", "市公安局、市财政局", "2024年"],
            {"重点任务": "开展整治行动，严厉打击\n假冒专利行为", "牵头单位": "市司法局", "配合单位": "市公安局、市财政局", "完成时限": "2024年"},
        ),
        # Which of the two leads cannot be told, nor which body is missing.
        (["开展整治", "市司法局", "市公安局", "市财政局", "2024年"], {"重点任务": "开展整治", None: ["市公安局"], "牵头单位": "市司法局", "配合单位": "市财政局", "完成时限": "2024年"}),
        (["开展整治", "市司法局", "2024年"], {"重点任务": "开展整治", None: ["市司法局"], "完成时限": "2024年"}),
        (["开展整治", "市司法局", "市财政局、市公安局"], {"重点任务": "开展整治", "牵头单位": "市司法局", "配合单位": "市财政局、市公安局"}),
        (["开展整治", "2024年", "市司法局", "市公安局"], {None: ["开展整治", "2024年", "市司法局", "市公安局"]}),
    ],
)  # fmt: skip
def test_the_cells_of_a_row_with_a_line_too_many_or_too_few(cells, row):
    rows = rows_of(roadmap_with(*cells))
    assert rows[3] == row
    assert [rows[at] for at in (0, 1, 2, 4)] == [dict(zip(HEAD, task, strict=True)) for task in TASKS]


def test_the_last_row_of_a_table_may_lack_a_cell():
    text = roadmap_with(*TASKS[0]).replace("市委宣传部（市版权局）\n", "")
    assert rows_of(text)[-1] == {"重点任务": "编制年度白皮书", None: ["市知识产权局"], "完成时限": "每年4月"}


BUDGET = "柒、經費\n各年度經費如下:\n年度    總經費(萬元)    本府自籌\n114年    4,000    2,800\n115年    5,800    3,600\n合計    9,800    6,400\n捌、程序\n加強管理。"


@pytest.mark.parametrize("space", ["    ", "  ", "　　", "\t"])
def test_a_table_aligned_by_spaces(space):
    assert rows_of(BUDGET.replace("    ", space)) == [
        {"年度": "114年", "總經費(萬元)": "4,000", "本府自籌": "2,800"},
        {"年度": "115年", "總經費(萬元)": "5,800", "本府自籌": "3,600"},
        {"年度": "合計", "總經費(萬元)": "9,800", "本府自籌": "6,400"},
    ]
    prose = [clause.text for clause in outline.parse("d", BUDGET, None).clauses if clause.kind == "prose"]
    assert prose == ["各年度經費如下:", "加強管理。"]


@pytest.mark.parametrize(
    "text",
    [
        "张三    李四    王五\n赵六    钱七    孙八\n周九    吴十    郑一\n",  # names
        "某市财政局  某市科技局  某市商务局\n某市公安局  某市司法局  某市教育局\n某市水务局  某市农业局  某市民政局\n",
        "年度    经费    自筹\n114年    4000\n115年    5800\n",  # rows that lack a cell
    ],
)
def test_lines_with_runs_of_spaces_that_are_no_table(text):
    assert rows_of(text) == []


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (
            "表1 托管补助标准\n托管企业数量(家)\n补助金额(万元)\n服务期限\n10—29\n5\n12个月\n30—59\n11\n24个月\n",
            [("托管企业数量(家)", "30—59"), ("补助金额(万元)", "11"), ("服务期限", "24个月")],
        ),
        (
            "标准一览表\n项目\n标准\n年度上限\n分担(市:县)\n商标质押\n贷款额1%\n15万元\n5:5\n商标保护\n80万元\n不设上限\n10:0\n"
            "指导站\n10万元\n10万元\n4:6\n",
            [("项目", "商标保护"), ("标准", "80万元"), ("年度上限", "不设上限"), ("分担(市:县)", "10:0")],
        ),
        (
            "学历        生活补贴(元/月)    购房补贴(万元,一次性)\n博士研究生  3000    10\n专科  800    不享受\n",
            [("学历", "专科"), ("生活补贴(元/月)", "800"), ("购房补贴(万元,一次性)", "不享受")],
        ),
    ],
    ids=["all figures", "words for a figure", "units in the header"],
)
def test_rows_whose_cells_are_figures_or_stand_for_one(text, cells):
    rows = [clause for clause in outline.parse("d", text, None).clauses if clause.kind == "row"]
    found = [[(cell.column, text[cell.start : cell.end]) for cell in row.cells] for row in rows]
    assert cells in found


def test_fields_of_a_page_in_a_table_are_no_clauses():
    text = "[ 索引号 ]\t1150-2024\t[ 发文字号 ]\t北府办〔2024〕6号\n[ 发布机构 ]\t区政府办\t[ 成文日期 ]\t2024-05-21\n补贴办法\n一、标准\n每件3万元。\n"
    assert [clause.text for clause in outline.parse("d", text, "补贴办法").clauses] == ["每件3万元。"]
