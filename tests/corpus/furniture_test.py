"""What stands on the page around a policy's text and is no part of it."""

import pytest

from corpus import metadata, outline

TITLE = "宁波市专利奖励办法"


def parts(text):
    """What a text gives as clauses and what as title lines."""
    parsed = outline.parse("d", text, metadata.read(text).title)
    return [clause.text for clause in parsed.clauses], [
        text[head.start : head.end] for head in parsed.headings if not head.level
    ]


@pytest.mark.parametrize(
    "line",
    [
        "无障碍阅读　|　长者版　|　登录个人中心",
        "首页 > 政务公开 > 政策文件 > 规范性文件",
        "您当前的位置：首页",
        "现在位置：政务公开",
        "字号：大 中 小",
        "【大 中 小】 收藏 打印 关闭",
        "时　　效：有效",
        "发文单位：宁波市人民政府",
        "登记号：甬政规备〔2022〕61号",
        "ZJBC—2023—19004",
        "宁波市人大常委会门户网站　|　无障碍阅读　|　长者模式　|　繁體",
        "繁体版 | 移动版 | 宁波市市场监督管理局（知识产权局）",
        "设为首页　加入收藏　　今天是　2024年6月18日 星期二",
        "最新訊息｜法規體系｜法規檢索｜解釋令函",
        "宁波市人民政府 >> 政府信息公开 >> 部门文件",
        "日期:2023-06-05 16:08   来源:知识产权促进科   点击:724",
        "信息来源:宁波市市场监督管理局(知识产权局)知识产权促进科   更新时间:2024-05-20 09:15:33   【打印】【关闭】",
        "[ 索引号 ]  11500112009300465C/2023-00187",
        "[ 成文日期 ]  2023-09-12",
        "公开形式: 主动公开",
        "法規體系：經濟發展類",
        "列印時間：113/06/21 09:37",
        "宁波市法规查询系统",
        "（十五届）第九号",
    ],
)
def test_a_line_of_the_page_above_the_title(line):
    text = f"宁波市市场监督管理局（宁波市知识产权局）\n{line}\n{TITLE}\n第一条 加强保护。\n"
    assert parts(text) == (["第一条 加强保护。"], [TITLE])
    assert metadata.read(text).title == TITLE


@pytest.mark.parametrize(
    "line",
    [
        "时间：9:00至17:00　截止时间：5月31日",
        "甲区|乙区|丙区\n1个|2个|3个",
    ],
)
def test_a_line_above_the_first_heading_that_is_no_page(line):
    assert "".join(parts(f"{TITLE}\n{line}\n第一条 加强保护。\n")[0]).startswith(line.split("\n")[0])


def test_what_stands_below_the_signature():
    below = (
        "宁波市财政局\n2024年3月22日\n(公开属性: 主动公开)\n附件下载:\n附件1.贴息申请表.doc\n附件2.一览表.xls\n"
        '【返回顶部】　　扫一扫在手机打开当前页\n您访问的链接即将离开"宁波市财政局"门户网站,是否继续?\n'
    )
    assert parts(f"{TITLE}\n第一条 加强保护。\n{below}")[0] == ["第一条 加强保护。"]


def test_a_foot_of_one_line():
    foot = "主办：宁波市市场监督管理局    网站标识码：3302000047    浙ICP备05004427号\n"
    assert parts(f"{TITLE}\n第一条 加强保护。\n{foot}")[0] == ["第一条 加强保护。"]


def test_the_foot_of_a_page():
    foot = (
        "相关解读：《宁波市专利奖励办法》政策解读\n政策原文：《宁波市专利奖励办法》\n相关链接：\n扫一扫在手机打开当前页\n上一篇：通知\n下一篇：公示\n"
        "主办单位：宁波市市场监督管理局　承办：信息中心\n地址：宁穿路1900号　邮编：315066\n"
        "网站标识码：3302000036　浙ICP备05004367号\n"
    )
    assert parts(f"{TITLE}\n第一条 加强保护。\n{foot}") == (["第一条 加强保护。"], [TITLE])


@pytest.mark.parametrize(
    "notice",
    [
        "宁波市市场监督管理局 宁波市财政局\n关于印发《宁波市专利奖励办法》的通知\n",
        "宁波市市场监督管理局\n中国人民银行宁波市分行\n关于印发《宁波市专利奖励办法》的通知\n",
        "市政府办公室印发关于宁波市\n专利奖励办法的通知\n",
    ],
)
def test_the_name_of_the_notice_on_several_lines(notice):
    body = "各区、县（市）人民政府，市级有关单位；市各委办局，各直属单位：\n现将办法印发给你们。\n宁波市财政局\n2024年3月1日\n"
    text = f"{notice}甬市监〔2024〕2号\n{body}{TITLE}\n第一条 加强保护。\n"
    assert metadata.read(text).title == TITLE
    assert parts(text) == (["现将办法印发给你们。", "第一条 加强保护。"], [*notice.splitlines(), TITLE])


def test_a_masthead_of_several_bodies():
    masthead = "宁波市财政局\n国家税务总局宁波市税务局\n中国银行股份有限公司宁波分行\n文件\n"
    text = f"{masthead}甬财〔2024〕3号\n{TITLE}\n各市（县）区：\n现将有关事项通知如下。\n第一条 加强保护。\n"
    assert parts(text) == (["现将有关事项通知如下。", "第一条 加强保护。"], [TITLE])


def test_all_bodies_that_sign_one_a_line():
    signed = "杭州市财政局\n中国人民银行浙江省分行\n国家金融监督管理总局浙江监管局\n杭州海关\n杭州市公安局经侦支队\n杭州市中级人民法院\n2025年3月27日\n"
    text = f"杭州市贴息实施细则\n一、总则\n加强保护。\n{signed}"
    assert metadata.read(text).issuer == "、".join(signed.splitlines()[:-1])
    assert parts(text)[0] == ["加强保护。"]
