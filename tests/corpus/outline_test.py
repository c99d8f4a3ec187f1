"""The heading grammar by examples: a text, and the address, ordinal and text of each clause in it."""

import pytest

from corpus import outline

LONG = "依法加强知识产权保护,支持企业申请专利,加大资金投入,完善工作机制,优化营商环境,推动高质量发展。"


def clauses(text, title=None):
    """["一、总则 / (一)保护 #1 全文"]: address, ordinal and text of each clause."""
    parsed = outline.parse("document", text, title)
    return [f"{' / '.join(clause.address)} #{clause.ordinal} {clause.text}".strip() for clause in parsed.clauses]


EXAMPLES = {
    # Statutes
    "articles under chapters": (
        "第一章 总则\n第一条 为了保护专利权,制定本法。\n第二条 国家保护专利权。\n第二章 保护\n第三条 禁止假冒专利。",
        [
            "第一章总则 / 第一条 #1 第一条 为了保护专利权,制定本法。",
            "第一章总则 / 第二条 #1 第二条 国家保护专利权。",
            "第二章保护 / 第三条 #1 第三条 禁止假冒专利。",
        ],
    ),
    "chapters without a space before their titles": (
        "第三章贷款备案\n第十条 银行应当备案。\n第四章规划编制\n第十一条 市局编制规划。\n第五章规定的程序不适用。",
        [
            "第三章贷款备案 / 第十条 #1 第十条 银行应当备案。",
            "第四章规划编制 / 第十一条 #1 第十一条 市局编制规划。",
            "第四章规划编制 / 第十一条 #2 第五章规定的程序不适用。",
        ],
    ),
    "a second paragraph of an article": (
        "第一条 专利权受保护。\n商标权同样受保护。\n第二条 禁止假冒。",
        ["第一条 #1 第一条 专利权受保护。", "第一条 #2 商标权同样受保护。", "第二条 #1 第二条 禁止假冒。"],
    ),
    "articles inserted later": (
        "第十条 权利受保护。\n第十条之一 可以开放许可。\n第十一条 禁止假冒。",
        ["第十条 #1 第十条 权利受保护。", "第十条之一 #1 第十条之一 可以开放许可。", "第十一条 #1 第十一条 禁止假冒。"],
    ),
    "large numbers": (
        "第一百零一条 本法所称专利权。\n第一百二十一条 本法所称商标权。",
        ["第一百零一条 #1 第一百零一条 本法所称专利权。", "第一百二十一条 #1 第一百二十一条 本法所称商标权。"],
    ),
    "a reference in running text is no article": (
        "一、适用\n第十一条的规定适用于本市。\n第二条规定的事项由市局负责。\n第三条第二款规定的情形除外。\n第四条、第五条另有规定的除外。",
        [
            "一、适用 #1 第十一条的规定适用于本市。",
            "一、适用 #2 第二条规定的事项由市局负责。",
            "一、适用 #3 第三条第二款规定的情形除外。",
            "一、适用 #4 第四条、第五条另有规定的除外。",
        ],
    ),
    "items of an article, and the paragraph after them": (
        "第三条 有下列情形之一的,不予资助:\n(一)虚假申报的;\n(二)重复申报的;\n"
        "(三)已经享受本市同类资助并且没有在规定的期限内按照要求退回全部资金的。\n前款资金应当退回。\n第四条 禁止假冒。",
        [
            "第三条 #1 第三条 有下列情形之一的,不予资助:",
            "第三条 / (一) #1 (一)虚假申报的;",
            "第三条 / (二) #1 (二)重复申报的;",
            "第三条 / (三) #1 (三)已经享受本市同类资助并且没有在规定的期限内按照要求退回全部资金的。",
            "第三条 #2 前款资金应当退回。",
            "第四条 #1 第四条 禁止假冒。",
        ],
    ),
    "a short last item is an item too": (
        "第三条 申请人应当提交:\n(一)申请书;\n(二)其他材料。\n前款材料应当真实。",
        [
            "第三条 #1 第三条 申请人应当提交:",
            "第三条 / (一) #1 (一)申请书;",
            "第三条 / (二) #1 (二)其他材料。",
            "第三条 #2 前款材料应当真实。",
        ],
    ),
    "a subject in brackets": (
        "第一条【目的】为了保护专利权,制定本办法。",
        ["第一条【目的】 #1 第一条【目的】为了保护专利权,制定本办法。"],
    ),
    # Plans and notices
    "five ranks": (
        "一、重点任务\n(一)创造\n1.培育专利\n(1)高价值专利。培育专利组合。\n①企业。支持企业申请专利。\n二、保障\n加强领导。",
        [
            "一、重点任务 / (一)创造 / 1.培育专利 / (1)高价值专利 #1 (1)高价值专利。培育专利组合。",
            "一、重点任务 / (一)创造 / 1.培育专利 / (1)高价值专利 / ①企业 #1 ①企业。支持企业申请专利。",
            "二、保障 #1 加强领导。",
        ],
    ),
    "forms of the numbers": (
        "參、总体要求\n二十一、目标\n㈠创造\n落实责任。\n（二）运用\n安排资金。\n2．转化\n促进转化。\n3、交易\n促进交易。",
        [
            "參、总体要求 / 二十一、目标 / ㈠创造 #1 落实责任。",
            "參、总体要求 / 二十一、目标 / （二）运用 #1 安排资金。",
            "參、总体要求 / 二十一、目标 / （二）运用 / 2．转化 #1 促进转化。",
            "參、总体要求 / 二十一、目标 / （二）运用 / 3、交易 #1 促进交易。",
        ],
    ),
    "numbering that runs on across parents": (
        "(一)创造\n1.培育\n培育专利。\n2.资助\n资助申请。\n(二)运用\n3.转化\n促进转化。",
        [
            "(一)创造 / 1.培育 #1 培育专利。",
            "(一)创造 / 2.资助 #1 资助申请。",
            "(二)运用 / 3.转化 #1 促进转化。",
        ],
    ),
    "a heading that runs in belongs to its clause": (
        "(三)主要目标。经过3年时间,基本建成体系。\n(四)基本原则:统筹推进,重点突破。",
        [
            "(三)主要目标 #1 (三)主要目标。经过3年时间,基本建成体系。",
            "(四)基本原则 #1 (四)基本原则:统筹推进,重点突破。",
        ],
    ),
    "a provision that runs in is no heading": (
        "一、监督\n(一)核查。市局核查项目。\n(二)任何机构不得收取“申报成功费”。市局从未委托机构代理。\n"
        "(三)本指南自2024年4月10日起施行。原规程同时废止。\n(四)同时获得多项奖励的,按照就高原则奖励。奖励可以叠加。",
        [
            "一、监督 / (一)核查 #1 (一)核查。市局核查项目。",
            "一、监督 / (二) #1 (二)任何机构不得收取“申报成功费”。市局从未委托机构代理。",
            "一、监督 / (三) #1 (三)本指南自2024年4月10日起施行。原规程同时废止。",
            "一、监督 / (四) #1 (四)同时获得多项奖励的,按照就高原则奖励。奖励可以叠加。",
        ],
    ),
    "white space in a heading": (
        "一、 总体　要求\n加强保护。",
        ["一、总体要求 #1 加强保护。"],
    ),
    "first, second, third": (
        "一、措施\n主要有两项。\n一是加强领导。建立联席会议。\n二是加大投入。安排专项资金。",
        [
            "一、措施 #1 主要有两项。",
            "一、措施 / 一是加强领导 #1 一是加强领导。建立联席会议。",
            "一、措施 / 二是加大投入 #1 二是加大投入。安排专项资金。",
        ],
    ),
    "a third without a first and second is text": (
        "一、措施\n三是强化考核。",
        ["一、措施 #1 三是强化考核。"],
    ),
    "a number alone, its title below": (
        f"(一)创造\n1\n强化导向\n{LONG}\n2\n打造引擎\n{LONG}",
        [f"(一)创造 / 1强化导向 #1 {LONG}", f"(一)创造 / 2打造引擎 #1 {LONG}"],
    ),
    "years, decimals and section numbers are no item numbers": (
        "一、目标\n2017年,专利授权量增长20%。\n2.5亿元投入专利转化。\n11.5.14.2的试验符合要求。\n10%的企业通过认证。",
        [
            "一、目标 #1 2017年,专利授权量增长20%。",
            "一、目标 #2 2.5亿元投入专利转化。",
            "一、目标 #3 11.5.14.2的试验符合要求。",
            "一、目标 #4 10%的企业通过认证。",
        ],
    ),
    "a year alone on its line": (
        "一、目标\n2017\n年内建成体系。",
        ["一、目标 #1 2017", "一、目标 #2 年内建成体系。"],
    ),
    "a closing provision stands under no heading": (
        "一、任务\n(一)考核\n严格考核。\n本办法自2020年1月1日起施行,有效期5年。\n",
        ["一、任务 / (一)考核 #1 严格考核。", "#1 本办法自2020年1月1日起施行,有效期5年。"],
    ),
    "the last article of a statute keeps its closing paragraph": (
        "第九条 禁止假冒。\n第十条 市局负责解释。\n本条例自2020年1月1日起施行。",
        ["第九条 #1 第九条 禁止假冒。", "第十条 #1 第十条 市局负责解释。", "第十条 #2 本条例自2020年1月1日起施行。"],
    ),
    "an item that begins with a year": (
        "一、材料\n1.营业执照。\n2.2023年度完税证明。\n3.银行账户证明。",
        ["一、材料 / 1. #1 1.营业执照。", "一、材料 / 2. #1 2.2023年度完税证明。", "一、材料 / 3. #1 3.银行账户证明。"],
    ),
    "the notes to a table": (
        "一、目标\n加强保护。\n注：1．不含港澳台。\n2．按常住人口计算。\n3、何时申报？\n3月。\n二、保障\n1．加强领导。",
        [
            "一、目标 #1 加强保护。",
            "一、目标 #2 注：1．不含港澳台。",
            "一、目标 #3 2．按常住人口计算。",
            "一、目标 / 3、何时申报？ #1 3月。",
            "二、保障 / 1． #1 1．加强领导。",
        ],
    ),
    "an annex": (
        "一、任务\n加强保护。\n附件\n实施细则\n一、总则\n本细则适用于本市。",
        ["一、任务 #1 加强保护。", "附件实施细则 / 一、总则 #1 本细则适用于本市。"],
    ),
    "a numbered annex": (
        "一、任务\n加强保护。\n附件1\n资助标准\n每件资助一万元。",
        ["一、任务 #1 加强保护。", "附件1资助标准 #1 每件资助一万元。"],
    ),
    "an annex with its title on the line": (
        "一、任务\n加强保护。\n附件:名词解释\n1.专利。指发明。\n附表1：标准\n每件一万元。",
        ["一、任务 #1 加强保护。", "附件:名词解释 / 1.专利 #1 1.专利。指发明。", "附表1：标准 #1 每件一万元。"],
    ),
    "annexes that a notice lists": (
        "一、任务\n加强保护。\n附件：实施细则\n某市财政局\n2022年1月1日\n附件:\n1.申请表\n2.名单\n",
        ["一、任务 #1 加强保护。"],
    ),
    "headings that nothing stands under": (
        "一、加强领导\n二、重点任务\n(一)创造\n培育专利。",
        ["一、加强领导 #1 一、加强领导", "二、重点任务 / (一)创造 #1 培育专利。"],
    ),
    "short lines that are no table's header": (
        "一、窗口\n市政务中心\n二楼大厅\n知识产权专窗\n二、其他\n从其规定。",
        ["一、窗口 #1 市政务中心\n二楼大厅\n知识产权专窗", "二、其他 #1 从其规定。"],
    ),
    "bullets as Word's Wingdings leave them": (
        "一、步骤\nl 建立机制\nl 完善制度\nl 加强宣传",
        ["一、步骤 #1 l 建立机制", "一、步骤 #2 l 完善制度", "一、步骤 #3 l 加强宣传"],
    ),
    "an unnumbered heading": (
        f"重点任务\n{LONG}",
        [f"重点任务 #1 {LONG}"],
    ),
    "page furniture": (
        "您当前所在的位置: 首页>> 政策\n[发布日期:2018-06-20][点击数:9]\n一、任务\n加强保护。\n- 3 -\n"
        "厦门市人民政府\n2018年6月20日\n相关链接：",
        ["一、任务 #1 加强保护。"],
    ),
    "a table of contents": (
        "目录\n一、总体要求\n二、重点任务\n三、保障措施\n无锡市行动计划\n"
        "一、总体要求\n加强领导。\n二、重点任务\n支持企业。\n三、保障措施\n强化考核。",
        [
            "#1 无锡市行动计划",
            "一、总体要求 #1 加强领导。",
            "二、重点任务 #1 支持企业。",
            "三、保障措施 #1 强化考核。",
        ],
    ),
    # Questions and answers
    "a question heads its answer": (
        "广州市质押融资政策问答\n问：哪些企业可以申请？\n答：同时符合下列条件的企业：\n（一）依法登记；\n（二）获得贷款。\n"
        "具体以申报指南为准。\n问：标准是多少？\n答：利息的50%。",
        [
            "#1 广州市质押融资政策问答",
            "问：哪些企业可以申请？ #1 答：同时符合下列条件的企业：",
            "问：哪些企业可以申请？ / （一） #1 （一）依法登记；",
            "问：哪些企业可以申请？ / （二） #1 （二）获得贷款。",
            "问：哪些企业可以申请？ #2 具体以申报指南为准。",
            "问：标准是多少？ #1 答：利息的50%。",
        ],
    ),
    "numbered questions": (
        "Q1: 企业有什么要求?\nA1: 在本市注册。\nQ2: 可以联合申报吗?\nA2: 可以。不超过3家。",
        ["Q1:企业有什么要求? #1 A1: 在本市注册。", "Q2:可以联合申报吗? #1 A2: 可以。不超过3家。"],
    ),
    "questions with the numbers of headings": (
        "一、问：为什么出台《办法》？\n答：为了保护专利权。\n二、专利资助取消了吗？\n是的。\n1.何时取消？\n2025年。\n2.如何过渡？\n从其规定。",
        [
            "一、问：为什么出台《办法》？ #1 答：为了保护专利权。",
            "二、专利资助取消了吗？ #1 是的。",
            "二、专利资助取消了吗？ / 1.何时取消？ #1 2025年。",
            "二、专利资助取消了吗？ / 2.如何过渡？ #1 从其规定。",
        ],
    ),
    "questions under headings": (
        "一、申报\n问题一：何时申报？\n答：3月。\n问题二：向谁申报？\n答：区局。\n二、拨付\n问题三：何时拨付？\n答：年底。",
        [
            "一、申报 / 问题一：何时申报？ #1 答：3月。",
            "一、申报 / 问题二：向谁申报？ #1 答：区局。",
            "二、拨付 / 问题三：何时拨付？ #1 答：年底。",
        ],
    ),
    "an answer that runs in, and one below its mark": (
        "问：何时申报？答：每年3月。\n【问】如何联系？\n答：\n拨打12345。",
        ["问：何时申报？ #1 问：何时申报？答：每年3月。", "【问】如何联系？ #1 拨打12345。"],
    ),
    "a journalist's questions, in traditional script too": (
        "记者：背景是什么？\n答：需要立法。\n記者：何時施行？\n答：明年。",
        ["记者：背景是什么？ #1 答：需要立法。", "記者：何時施行？ #1 答：明年。"],
    ),
    "a list of questions that nothing answers": (
        "一、自查要点\n1.是否签订合同？\n2.是否按期缴费？\n3.是否办理登记？",
        [
            "一、自查要点 / 1. #1 1.是否签订合同？",
            "一、自查要点 / 2. #1 2.是否按期缴费？",
            "一、自查要点 / 3. #1 3.是否办理登记？",
        ],
    ),
    "nothing": (" \n\t\r\n", []),
}


@pytest.mark.parametrize(("text", "expected"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_clauses(text, expected):
    assert clauses(text) == expected


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\n\n", "\n \n", "\u2028"], ids=repr)
def test_line_ends_of_every_kind(ends):
    assert clauses(ends.join(["一、任务", "加强保护。", "二、保障", "加大投入。"])) == [
        "一、任务 #1 加强保护。",
        "二、保障 #1 加大投入。",
    ]


def test_headings_furniture_and_levels():
    text = "专利办法\n各有关单位:\n一、任务\n(一)创造\n加强保护。\n"
    parsed = outline.parse("document", text, "专利办法")
    assert [(text[head.start : head.end], head.level) for head in parsed.headings] == [
        ("专利办法", 0),
        ("一、任务", 1),
        ("(一)创造", 2),
    ]
    assert [text[start:end] for start, end in parsed.furniture] == ["各有关单位:"]


def test_an_item_knows_the_sentence_that_introduces_it():
    parsed = outline.parse("document", "第三条 有下列情形之一的,不予资助:\n(一)虚假申报的;\n(二)重复申报的。", None)
    assert [clause.lead for clause in parsed.clauses] == ["", *["第三条 有下列情形之一的,不予资助:"] * 2]


def test_addresses_of_the_contract(read):
    _, qingdao = read("qingdao")
    assert ("二、重点任务", "(三)构建知识产权运营生态体系", "9.实施知识产权金融服务提升工程") in {
        clause.address for clause in qingdao.clauses
    }
    _, fuzhou = read("fuzhou")
    assert "1強化高質量創新導向" in {clause.address[-1] for clause in fuzhou.clauses if clause.address}


@pytest.mark.parametrize(
    ("document", "address", "kind", "label"),
    [
        ("qingdao", "9.实施知识产权金融服务提升工程", "prose", "《T》二、(三)9. 第1款"),
        ("fuzhou", "1強化高質量創新導向", "prose", "《T》重點任務(一)1. 第1款"),
        ("nantong", "48", "row", "《T》附件南通知识产权强市建设路线图 第48行"),
    ],
)
def test_labels(read, document, address, kind, label):
    _, parsed = read(document)
    found = [clause for clause in parsed.clauses if clause.address and clause.address[-1] == address]
    assert label in [outline.label(clause, "T") for clause in found if clause.kind == kind]


def test_a_paragraph_that_says_一是_and_二是_speaks_of_all_of_them():
    text = "一、存在的问题\n一是转化率偏低，仅为9.7%；二是海外布局不强；三是执法力量薄弱。\n二、下一步\n一是加强转化。\n二是加强布局。\n"
    parsed = outline.parse("x", text, None)
    assert [clause.address for clause in parsed.clauses] == [
        ("一、存在的问题",),
        ("二、下一步", "一是"),
        ("二、下一步", "二是"),
    ]
