"""What documents say of themselves: the five shipped ones, and small invented ones."""

import pytest

from corpus import metadata, outline

SHIPPED = {
    "fuzhou": {
        "title": "福州市國家智慧財產權強市建設示範城市工作方案",
        "city": "福州",
        "level": "city",
        "issuer": "福州市人民政府",
        "number": None,
        "issued": "2022-09",
        "effective_from": "2022-09",
        "effective_to": "2025-06-30",
        "period": None,
        "language": "zh-Hant",
    },
    "nantong": {
        "title": "南通市加快建设知识产权强市工作方案(2017~2020年)",
        "city": "南通",
        "level": "city",
        "issuer": "南通市人民政府",
        "number": None,
        "issued": "2017-07-28",
        "effective_from": None,
        "effective_to": None,
        "period": ("2017", "2020"),
        "language": "zh-Hans",
    },
    "qingdao": {
        "title": "青岛市知识产权运营服务体系建设实施方案",
        "city": "青岛",
        "level": "city",
        "issuer": None,
        "number": None,
        "issued": None,
        "effective_from": None,
        "effective_to": None,
        "period": None,
        "language": "zh-Hans",
    },
    "xiamen-ip-office": {
        "title": "厦门市知识产权局2017年工作总结与2018年工作计划",
        "city": "厦门",
        "issuer": "厦门市知识产权局",
        "issued": "2018-06-20",
        "effective_to": None,
        "period": None,
    },
    "xiamen-ip-strong-city": {
        "title": "厦门市知识产权强市建设行动计划(2017-2019年)",
        "city": "厦门",
        "issuer": None,
        "issued": "2017-08-03",
        "effective_to": None,
        "period": ("2017", "2019"),
    },
}


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_documents(read, name):
    document, _ = read(name)
    assert {field: getattr(document.metadata, field) for field in SHIPPED[name]} == SHIPPED[name]


NOTICE = """厦门市人民政府办公厅关于印发厦门市专利奖励办法的通知
厦府办〔2019〕12号
各区人民政府:
现将《厦门市专利奖励办法》印发给你们,请遵照执行。
厦门市人民政府办公厅
2019年3月5日

厦门市专利奖励办法
第一条 为了鼓励发明创造,根据国务院《若干意见》(国发〔2015〕71号),制定本办法。
第二条 本办法自2019年4月1日起施行,有效期5年。
"""


def test_a_notice_and_the_measures_that_it_carries():
    found = metadata.read(NOTICE)
    assert found.title == "厦门市专利奖励办法"
    assert (found.city, found.level, found.issuer) == ("厦门", "city", "厦门市人民政府办公厅")
    assert found.number == "厦府办〔2019〕12号"
    assert (found.issued, found.effective_from, found.effective_to) == ("2019-03-05", "2019-04-01", "2024-03-31")


def test_a_signature_with_its_date_in_chinese_numerals():
    found = metadata.read(
        "苏州市专利资助办法\n第一条 为了鼓励发明创造,制定本办法。\n第二条 本办法自发布之日起施行。\n"
        "苏州市人民政府\n二〇二〇年十一月二十五日\n"
    )
    assert (found.issuer, found.issued, found.effective_from) == ("苏州市人民政府", "2020-11-25", "2020-11-25")


@pytest.mark.parametrize(
    ("provision", "starts", "ends"),
    [
        ("本条例自2020年1月1日起施行。", "2020-01-01", None),
        ("本办法自2020年1月1日起施行,有效期5年。", "2020-01-01", "2024-12-31"),
        ("本办法自2020年1月1日起施行,有效期为五年。", "2020-01-01", "2024-12-31"),
        ("本办法自2020年1月1日起施行,有效期至2024年6月30日。", "2020-01-01", "2024-06-30"),
        ("本辦法自2020年1月1日起實施,有效期限3年。", "2020-01-01", "2022-12-31"),
        ("本办法自2020年2月29日起施行,有效期1年。", "2020-02-29", "2021-02-28"),
        ("本办法自二〇二〇年三月一日起执行。", "2020-03-01", None),
        ("本方案有效期至2025年6月。", None, "2025-06"),
        ("本办法由市知识产权局负责解释。", None, None),
        ("到2025年,有效期内的专利达到10万件。", None, None),
        ("人才卡由服务中心发放,有效期5年。本办法自2022年1月1日起实施,有效期3年。", "2022-01-01", "2024-12-31"),
        ("本办法自2022年1月1日起实施,由市科技局解释。租赁协议有效期1年。", "2022-01-01", None),
        ("本办法自2022年1月1日起施行。有效期为5年。", "2022-01-01", "2026-12-31"),
        ("本措施自2024年1月1日起至2026年12月31日止有效。", "2024-01-01", "2026-12-31"),
        ("本方案有效期自2024年1月1日至2026年12月31日。", "2024-01-01", "2026-12-31"),
        ("资助期限自2024年1月1日至2026年12月31日。", None, None),
    ],
)
def test_validity(provision, starts, ends):
    found = metadata.read(f"无锡市专利办法\n第一条 为了保护专利权,制定本办法。\n第二条 {provision}\n")
    assert (found.effective_from, found.effective_to) == (starts, ends)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("苏府规字〔2020〕3号", "苏府规字〔2020〕3号"),
        ("苏府规字 [2020] 3号", "苏府规字[2020]3号"),
        ("(苏府规字〔2020〕3号)", "苏府规字〔2020〕3号"),
        ("苏府规字〔2020〕第3号", "苏府规字〔2020〕第3号"),
        ("发文字号：苏府规字〔2020〕3号", "苏府规字〔2020〕3号"),
    ],
)
def test_a_number_on_a_line_of_its_own(line, number):
    found = metadata.read(f"苏州市专利资助办法\n{line}\n第一条 为了鼓励发明创造,制定本办法。\n")
    assert found.number == number


def test_a_number_that_the_text_refers_to_is_not_its_own():
    found = metadata.read("苏州市专利资助办法\n根据国务院《若干意见》(国发〔2015〕71号)制定。\n第一条 加强保护。\n")
    assert found.number is None


def test_the_fields_that_a_government_page_shows_above_the_text():
    found = metadata.read(
        "索引号: 014-2022\n标题: 江苏省知识产权促进和保护条例\n发文机关: 江苏省人大常委会\n"
        "发文字号: 苏人发〔2022〕8号\n成文日期: 2022-01-14\n发布日期: 2022-01-20\n"
        "第一条 为了保护知识产权,制定本条例。\n"
    )
    assert (found.title, found.city, found.level) == ("江苏省知识产权促进和保护条例", "江苏", "provincial")
    assert (found.issuer, found.number, found.issued) == ("江苏省人大常委会", "苏人发〔2022〕8号", "2022-01-14")


def test_several_fields_on_a_line_end_where_the_next_begins():
    found = metadata.read(
        "索 引 号:006126539/2021      发文机关:长沙市市场监督管理局  长沙市财政局\n"
        "发文字号:长市监发〔2021〕46号      统一登记号:CSCR-2021-13006\n"
        "成文日期：2021年6月18日　　有效性：有效\n【字体:大 中 小】 打印本页\n长沙市知识产权质押融资贴息管理办法\n"
        "第一条 加强保护。\n"
    )
    assert (found.issuer, found.number) == ("长沙市市场监督管理局、长沙市财政局", "长市监发〔2021〕46号")
    assert (found.issued, found.title) == ("2021-06-18", "长沙市知识产权质押融资贴息管理办法")


@pytest.mark.parametrize(
    "above",
    [
        "首页>>办事服务>>知识产权\n",
        "网站首页 -> 通知公告 -> 正文\n",
        "宁波市市场监督管理局网站 > 通知公告 > 正文\n",
        "首页 · 政务公开 · 专项规划\n索引号  1133/2021\n发文字号  甬市监知〔2021〕198号\n成文日期  2021年11月9日\n",
        "各区人民政府：\n现将《宁波市专利奖励办法》印发给你们。\n宁波市人民政府办公厅\n2021年11月9日\n",
        "宁波市市场监督管理局  2021-11-09 10:42  字体：[大] [中] [小]\n",
    ],
)
def test_what_stands_above_a_title_is_no_part_of_it(above):
    text = f"{above}宁波市专利奖励办法\n第一条 加强保护。\n"
    found = metadata.read(text)
    assert (found.title, found.city) == ("宁波市专利奖励办法", "宁波")
    assert found.number == ("甬市监知〔2021〕198号" if "发文字号" in above else None)
    texts = [clause.text for clause in outline.parse("d", text, found.title).clauses if clause.address == ()]
    assert texts == (["现将《宁波市专利奖励办法》印发给你们。"] if "现将" in above else [])


def test_the_number_in_brackets_under_the_title():
    found = metadata.read(
        "佛山市顺德区住房补贴实施细则\n（顺府办发〔2021〕58号，佛山市顺德区人民政府办公室2021年11月25日印发）\n"
        "第一条 加强保护。\n"
    )
    assert (found.number, found.issued) == ("顺府办发〔2021〕58号", "2021-11-25")


@pytest.mark.parametrize(
    ("title", "city", "level"),
    [
        ("国务院关于新形势下加快知识产权强国建设的若干意见", None, "national"),
        ("中华人民共和国专利法实施细则", None, "national"),
        ("福建省专利促进与保护条例", "福建", "provincial"),
        ("廈門市專利獎勵辦法", "厦门", "city"),
        ("关于加强专利保护的若干意见", None, "unknown"),
        ("西安市知识产权联席会议第三次全体会议纪要", "西安", "city"),
        ("西安市专利导航工作指引", "西安", "city"),
    ],
)
def test_whose_policy_it_is(title, city, level):
    found = metadata.read(f"{title}\n第一条 为了保护专利权,制定本规定。\n")
    assert (found.title, found.city, found.level) == (title, city, level)


KAOHSIUNG = """高雄市智慧財產推動計畫(114年至117年)
高雄市政府113年11月18日高市府經工字第11337284500號函頒
高雄市政府經濟發展局 編製
壹、計畫期程
本計畫自中華民國114年1月1日起至117年12月31日止,經費新臺幣3億元。
"""


def test_a_plan_of_taiwan_that_says_below_its_title_who_issued_it_and_when():
    found = metadata.read(KAOHSIUNG)
    assert (found.title, found.issuer) == ("高雄市智慧財產推動計畫(114年至117年)", "高雄市政府")
    assert (found.number, found.issued) == ("高市府經工字第11337284500號", "2024-11-18")
    # A plan's term is no date of expiry.
    assert (found.effective_from, found.effective_to, found.period) == ("2025-01-01", None, ("2025", "2028"))
    (clause,) = outline.parse("d", KAOHSIUNG, found.title).clauses
    assert clause.text.startswith("本計畫自")


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("宁波市知识产权局\n2023年工作总结", "宁波市知识产权局2023年工作总结"),
        ("宁波市财政局\n宁波市科技局\n关于开展专利工作的通知", "宁波市财政局宁波市科技局关于开展专利工作的通知"),
        ("宁波市知识产权局\n宁波市专利奖励办法", "宁波市专利奖励办法"),
        ("宁波市财政局\n宁波市科技局\n文件\n甬财〔2024〕3号\n宁波市专利奖励办法", "宁波市专利奖励办法"),
    ],
)
def test_the_body_above_a_title_may_begin_it(above, title):
    assert metadata.read(f"{above}\n一、加强保护。\n").title == title


def test_a_period_in_years_of_the_republic():
    found = metadata.read("高雄市智慧財產推動計畫(114年至117年)\n壹、目標\n加強保護。\n")
    assert found.period == ("2025", "2028")


@pytest.mark.parametrize(
    ("title", "said", "city", "level"),
    [
        ("深圳市南山区专利资助办法", "", "深圳", "district"),
        ("南山区专利资助办法", "窗口设在深圳市南山区桃园路2号。", "深圳", "district"),
        ("南山区专利资助办法", "深圳市市场监督管理局南山监管局\n2024年4月3日", "深圳", "district"),
        ("南山区专利资助办法", "南山区企业可以申请。", "南山", "district"),
        ("顺德区专利资助办法", "佛山市顺德区企业可以申请。", "佛山", "district"),
        ("昆山市专利资助办法", "苏州市昆山市的企业可以申请。", "昆山", "district"),
        ("滨江市湖东区专利资助办法", "", "滨江", "district"),
        ("长沙县专利资助办法", "", "长沙", "district"),
        ("北京市海淀区专利资助办法", "", "北京", "district"),
        ("成都市社区专利工作站管理办法", "", "成都", "city"),
    ],
)
def test_a_district_is_of_the_city_that_the_text_names_with_it(title, said, city, level):
    found = metadata.read(f"{title}\n第一条 加强保护。\n{said}\n")
    assert (found.city, found.level) == (city, level)


def test_a_title_on_several_lines_and_its_planning_period():
    found = metadata.read("无锡市知识产权强市\n建设行动计划\n(2021-2025年)\n一、总体要求\n加强保护。\n")
    assert found.title == "无锡市知识产权强市建设行动计划(2021-2025年)"
    assert found.period == ("2021", "2025")
    assert found.effective_to is None


def test_nothing_is_invented_for_a_text_that_says_nothing():
    assert metadata.read("加强保护。") == metadata.Metadata()


def test_language():
    english = "These measures are made to encourage inventions and to protect the rights of those who make them "
    english += "in the city and in all of its districts."
    assert metadata.read(english).language == "en"
    assert metadata.read("加強智慧財產權保護,支持企業申請專利,優化營商環境,推動高質量發展。").language == "zh-Hant"
    assert metadata.read("加强知识产权保护,支持企业申请专利,优化营商环境,推动高质量发展。").language == "zh-Hans"


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("2022-09-01", True),
        ("2022-09", True),
        ("2022", True),
        ("2024-02-29", True),
        ("2023-02-29", False),
        ("2022-13", False),
        ("2022-9-1", False),
        ("2022年9月", False),
        ("20220901", False),
        ("", False),
    ],
)
def test_dates_that_a_catalogue_may_hold(text, valid):
    assert metadata.is_iso(text) is valid


def test_fields_without_a_colon_end_where_the_next_begins_and_two_years_may_be_written_as_a_pair():
    found = metadata.read(
        "发布机构 襄阳市司法局\n发文字号 襄司规〔2022〕3号     公开日期 2022年09月08日\n襄阳市知识产权纠纷人民调解管理规定\n"
        "第一条 加强调解。\n第二条 本规定自2022年10月1日起施行,有效期两年。\n"
    )
    assert (found.number, found.issuer) == ("襄司规〔2022〕3号", "襄阳市司法局")
    assert (found.effective_from, found.effective_to) == ("2022-10-01", "2024-09-30")


def test_a_document_names_all_that_issued_it_and_a_page_one():
    text = "发布机构：市市场监管局\n宁波市专利奖励办法\n第一条 加强保护。\n宁波市市场监督管理局　宁波市财政局\n宁波市司法局\n2024年3月1日\n"
    assert metadata.read(text).issuer == "宁波市市场监督管理局、宁波市财政局、宁波市司法局"
    short = "[ 发布机构 ] 渝北区人民政府办公室\n渝北区专利奖励办法\n一、总则\n加强保护。\n重庆市渝北区人民政府办公室\n2024年3月1日\n"
    assert metadata.read(short).issuer == "重庆市渝北区人民政府办公室"


def test_a_notice_that_nobody_signs():
    text = (
        "南昌市人民政府办公室关于印发南昌市专利奖励办法的通知\n来源:市政府  发布时间:2021-09-03 15:42  浏览次数:12\n"
        "办法已经审议通过,现印发给你们。\n{date}南昌市专利奖励办法\n一、总则\n加强保护。\n"
        "南昌市人民政府办公室秘书处     2021年8月30日印发\n上一篇:通知\n版权所有:南昌市人民政府  联系电话:0791-83884100 赣ICP备13000971号-1 地址:新府路118号\n"
    )
    dated = metadata.read(text.format(date="2021年8月27日\n"))
    assert (dated.title, dated.issuer, dated.issued) == (
        "南昌市专利奖励办法",
        "南昌市人民政府办公室",
        "2021-08-27",
    )
    assert metadata.read(text.format(date="")).issued == "2021-08-30"


def test_a_regulation_as_a_taiwanese_site_shows_it():
    text = (
        ":::\n臺中市政府主管法規查詢系統\n法規名稱：臺中市政府推動創新補助作業要點\n公發布日：民國 110 年 02 月 08 日\n"
        "修正日期：民國 113 年 03 月 15 日\n修正說明：本要點自民國 110 年施行至 112 年底止，計核定補助一百件。\n"
        "一、為鼓勵創新，訂定本要點。\n二、本要點自中華民國一百十三年四月一日生效。\n"
    )
    found = metadata.read(text)
    assert (found.title, found.issued) == ("臺中市政府推動創新補助作業要點", "2024-03-15")
    assert (found.effective_from, found.effective_to) == ("2024-04-01", None)


def test_answers_on_a_document_have_not_its_validity():
    text = (
        "宁波市专利资助常见问题解答(2024年版)\n《办法》自2023年12月10日起施行,有效期3年。\n问1:怎么报?\n答:网上报。\n"
    )
    assert metadata.read(text).effective_from is None
    assert metadata.read(text).effective_to is None


def test_in_force_until_a_day():
    text = (
        "宁波市三年行动计划\n一、总则\n本行动计划自印发之日起施行,至2025年12月31日止。\n宁波市财政局\n2023年5月19日\n"
    )
    found = metadata.read(text)
    assert (found.effective_from, found.effective_to) == ("2023-05-19", "2025-12-31")


def test_the_signatory_issued_a_document_that_another_keeps_on_its_page():
    text = (
        "发布机构: 扬州市市场监督管理局\n文件编号: 扬府办发〔2021〕88号\n市政府办公室关于印发规划的通知\n"
        "现将规划印发给你们。\n扬州市人民政府办公室\n2021年11月30日\n"
    )
    found = metadata.read(text)
    assert (found.issuer, found.number) == ("扬州市人民政府办公室", "扬府办发〔2021〕88号")


def test_a_number_in_traditional_script_and_a_title_of_a_year():
    found = metadata.read("專利政策問答(2024年版)\n榕市監智〔2023〕41號\n一、申請\n可以申請。\n")
    assert (found.title, found.number) == ("專利政策問答(2024年版)", "榕市監智〔2023〕41號")
