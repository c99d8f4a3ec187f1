"""Documents of other cities in the forms that their governments give them: what is a clause, and what they say of
themselves."""

import docx
import pytest

from corpus import collection, load, metadata, outline

HANGZHOU = """杭州市人民政府办公厅关于印发杭州市知识产权专项资金管理实施细则的通知
杭政办函〔2023〕45号
各区、县（市）人民政府，市政府各部门、各直属单位：
《杭州市知识产权专项资金管理实施细则》已经市政府同意，现印发给你们，请认真组织实施。
杭州市人民政府办公厅
2023年6月12日
（此件公开发布）
杭州市知识产权专项资金管理实施细则
第一章 总 则
第一条 专项资金的管理遵循公开透明、突出重点的原则。
专项资金实行项目制管理。
第二章 附 则
第二条 本细则自2023年8月1日起施行，有效期至2026年7月31日。
附件：1.杭州市知识产权专项资金申报表
2.杭州市知识产权专项资金绩效目标表
抄送：市委各部门，市纪委，杭州警备区，市各群众团体。
市人大常委会办公厅，市政协办公厅，市法院，市检察院，各民主党派。
杭州市人民政府办公厅秘书处 2023年6月14日印发
"""
CHENGDU = """成都市知识产权局等部门关于印发《成都市强化知识产权运用若干措施》的通知
成知〔2024〕8号
各区（市）县知识产权主管部门，各有关单位：
现将《成都市强化知识产权运用若干措施》印发你们，请结合实际抓好落实。
特此通知。
成都市知识产权局　成都市财政局
成都市科学技术局
2024年3月18日
成都市强化知识产权运用若干措施
为加快知识产权强市建设，制定以下措施。
一、支持专利转化运用
（一）支持专利开放许可。按年度许可费的10%给予奖励，最高20万元。〔责任单位：市知识产权局、市财政局〕
注：同一项目符合多项扶持政策的，按照就高不重复原则执行。
二、附则
本措施自2024年4月20日起施行，有效期3年。
信息公开选项：主动公开
成都市知识产权局办公室　　　　2024年3月20日印发
"""
HSINCHU = """新竹市政府獎勵專利申請補助要點
中華民國112年5月10日府產商字第1120071234號函訂定
一、新竹市政府（以下簡稱本府）為鼓勵市民從事研究發展，特訂定本要點。
二、申請人應符合下列資格之一：
（一）設籍本市六個月以上之市民。
（二）依法辦理商業登記，且所在地於本市者：
1、資本額新臺幣一億元以下。
2、經常僱用員工數未滿二百人。
三、補助標準如下：
（一）發明專利：每件補助新臺幣三萬元。
（二）新型專利：每件補助新臺幣一萬元。
前項補助，以取得證書日起一年內申請者為限。
四、本要點自中華民國一百十二年七月一日生效。
"""


def shape(text):
    parsed = outline.parse("x", text, metadata.read(text).title)
    return [("/".join(clause.address), clause.ordinal, clause.text) for clause in parsed.clauses]


def test_measures_with_chapters_and_articles_in_the_notice_that_carries_them():
    assert shape(HANGZHOU) == [
        ("", 1, "《杭州市知识产权专项资金管理实施细则》已经市政府同意，现印发给你们，请认真组织实施。"),
        ("第一章总则/第一条", 1, "第一条 专项资金的管理遵循公开透明、突出重点的原则。"),
        ("第一章总则/第一条", 2, "专项资金实行项目制管理。"),
        ("第二章附则/第二条", 1, "第二条 本细则自2023年8月1日起施行，有效期至2026年7月31日。"),
    ]
    found = metadata.read(HANGZHOU)
    assert (found.title, found.city, found.number) == (
        "杭州市知识产权专项资金管理实施细则",
        "杭州",
        "杭政办函〔2023〕45号",
    )
    assert (found.issued, found.effective_from, found.effective_to) == ("2023-06-12", "2023-08-01", "2026-07-31")


def test_measures_that_several_bodies_sign():
    assert [(address, ordinal, text[:4]) for address, ordinal, text in shape(CHENGDU)] == [
        ("", 1, "现将《成"),
        ("", 2, "特此通知"),
        ("", 3, "为加快知"),
        ("一、支持专利转化运用/（一）支持专利开放许可", 1, "（一）支"),
        ("一、支持专利转化运用/（一）支持专利开放许可", 2, "注：同一"),
        ("二、附则", 1, "本措施自"),
    ]
    found = metadata.read(CHENGDU)
    assert found.issuer == "成都市知识产权局、成都市财政局、成都市科学技术局"
    assert (found.issued, found.effective_to) == ("2024-03-18", "2027-04-19")


def test_guidelines_of_taiwan_with_the_years_of_the_republic():
    assert [(address, ordinal) for address, ordinal, _ in shape(HSINCHU)] == [
        ("一、", 1),
        ("二、", 1),
        ("二、/（一）", 1),
        ("二、/（二）", 1),
        ("二、/（二）/1、", 1),
        ("二、/（二）/2、", 1),
        ("三、", 1),
        ("三、/（一）發明專利", 1),
        ("三、/（二）新型專利", 1),
        ("三、", 2),  # 前項 are the items together
        ("四、", 1),
    ]
    found = metadata.read(HSINCHU)
    assert (found.city, found.number, found.language) == ("新竹", "府產商字第1120071234號", "zh-Hant")
    assert (found.issued, found.effective_from) == ("2023-05-10", "2023-07-01")


@pytest.fixture
def guide(tmp_path):
    """An application guide with a captioned table, one cell of which is empty."""
    document = docx.Document()
    document.add_paragraph("2024年度苏州市高价值专利培育计划项目申报指南")
    document.add_paragraph("一、申报材料")
    document.add_paragraph("申报材料清单见表1。")
    document.add_paragraph("表1 申报材料清单")
    rows = (("材料名称", "份数", "备注"), ("项目申报书", "一式三份", "加盖公章"), ("营业执照复印件", "一份", ""))
    table = document.add_table(rows=3, cols=3)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    for text in ("附件：1．项目申报书", "2．专利清单模板", "苏州市市场监督管理局（知识产权局）", "2024年3月15日"):
        document.add_paragraph(text)
    path = tmp_path / "guide.docx"
    document.save(path)
    return path


def test_a_guide_with_a_captioned_table(guide):
    document = collection.read_document(guide)
    parsed = outline.parse("x", document.text, document.title)
    assert [(clause.address, clause.kind) for clause in parsed.clauses] == [
        (("一、申报材料",), "prose"),
        (("一、申报材料", "表1申报材料清单", "1"), "row"),
        (("一、申报材料", "表1申报材料清单", "2"), "row"),
    ]
    cells = parsed.clauses[-1].cells
    assert [(cell.column, document.text[cell.start : cell.end]) for cell in cells] == [
        ("材料名称", "营业执照复印件"),
        ("份数", "一份"),
    ]
    assert (document.metadata.issuer, document.metadata.issued) == ("苏州市市场监督管理局", "2024-03-15")


def test_a_page_that_explains_a_policy_does_not_expire_with_it(tmp_path):
    path = tmp_path / "guangzhou.html"
    path.write_text(
        """<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="《广州市专利资金管理办法》政策解读">
        <meta name="PubDate" content="2023-11-02"></head><body><h1>《广州市专利资金管理办法》政策解读</h1>
        <div class="article-content"><p>近日，广州市市场监督管理局印发《广州市专利资金管理办法》，现就有关内容解读如下：</p>
        <p><b>一、《办法》制定的背景是什么？</b></p><p>原《办法》已于2023年6月到期，需要重新制定，以适应知识产权强市建设的需要。</p>
        <p><b>二、《办法》什么时候施行？</b></p><p>《办法》自2023年12月1日起施行，有效期五年。</p>
        <p>相关链接：<a href="/a">广州市专利资金管理办法</a></p></div></body></html>""",
        encoding="utf-8",
    )
    found = collection.read_document(path).metadata
    assert (found.city, found.issued, found.effective_from, found.effective_to) == ("广州", "2023-11-02", None, None)
    assert [address for address, *_ in shape(load.read_text(path))][1:] == [
        "一、《办法》制定的背景是什么？",
        "二、《办法》什么时候施行？",
    ]
