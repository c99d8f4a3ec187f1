import pytest

from corpus.fold import fold
from qa.sought import DETAILS, details
from qa.understand import understand

HELD = {detail.name: detail.held for detail in DETAILS}


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("企业通过贯标认证,奖多少万?", {"money"}),
        ("How much does the city award for a patent pool?", {"money"}),
        ("贴息比例是多少", {"rate"}),
        ("要建多少家示范企业", {"count"}),
        ("几月份截止,要交哪些材料", {"day", "materials"}),
        ("打哪个电话咨询", {"contact"}),
        ("Could you give me the e-mail address of the office?", {"contact"}),
        ("领导小组组长是哪位", {"name"}),
        ("是哪家银行办的", {"organisation"}),
        ("主题公园占地多少亩", {"area"}),
        ("卖假专利号罚多少", {"penalty", "money"}),
        ("办案要多久", {"interval"}),
        ("贷款要满几个月才给贴息", {"duration"}),
        ("上哪个网站填", {"website"}),
        ("专家评审满分多少", {"score"}),
        ("调解要交费吗", {"fee"}),
        ("联系电话是多少", {"contact"}),
        ("上一年度主营收入刚过一千万元,能拿多少奖励", {"money"}),
        ("设在哪类企业里", set()),
        ("仲裁中心哪一年成立", {"date"}),
        ("这事归哪两个局管", {"department"}),
        ("公司拿了优秀奖,给几个钱", {"money"}),
        ("What yearly volume is the city aiming for?", set()),
        ("80万是一把给清吗", {"instalments"}),
        ("Is the grant paid in one go, or in stages?", {"instalments"}),
        ("奖金要交个人所得税吗", {"tax"}),
        ("贷款利率最高不能超过多少", {"interest rate", "rate"}),
        ("Whom do I call about it?", {"contact"}),
        ("找谁联络,电话几号", {"contact"}),
        ("有什么扶持措施", set()),
        ("按贷款利息的80%贴息吗", set()),
        ("Is the subsidy rate 80% of the interest?", set()),
    ],
)
def test_a_question_asks_for_a_kind_of_detail(text, asked):
    assert {detail.name for detail in details(understand(text, ()))} == asked


@pytest.mark.parametrize(
    ("name", "held", "lacking"),
    [
        ("money", "给予一次性奖励10万元", "健全评估费用补贴政策"),
        ("money", "按贷款利息的50%给予贴息", "年均增幅20%以上"),
        ("rate", "支持比例为三成", "按一定比例给予补贴"),
        ("rate", "与国家资金1∶1匹配", "按实际利率给予补贴"),
        ("count", "培育服务机构150家以上", "培育一批服务机构"),
        ("day", "每年9月30日前提交", "每年遴选10项"),
        ("contact", "咨询电话:0592-2200000", "举报投诉服务电话的服务平台作用"),
        ("name", "由庄稼汉市长任组长", "成立领导小组"),
        ("organisation", "推动南通大学进入试点", "联合银行、保险机构"),
        ("organisation", "會同福州大學", "支持高校和科研院所"),
        ("penalty", "处违法所得一倍以上五倍以下的罚款", "严厉打击侵权行为"),
        ("duration", "自收到申请之日起20个工作日内", "及时办理"),
        ("date", "有效期至2025年6月30日", "发挥仲裁中心作用"),
        ("materials", "应当提交申请表和下列证明", "提高申请质量"),
    ],
)
def test_a_text_has_a_detail_or_only_speaks_of_it(name, held, lacking):
    assert HELD[name](fold(held))
    assert not HELD[name](fold(lacking))


@pytest.mark.parametrize(
    ("asked", "text", "held"),
    [
        ("至少要有多少件发明专利", "每年遴选不超过8家", False),
        ("至少要有多少件发明专利", "拥有发明专利10项以上", True),
        ("培育多少家示范企业", "示范、优势企业(家) 152 260", True),
        ("案件有多少起", "全年受理案件412起", True),
        ("贷款要满几个月才给贴息", "按利息的50%给予贴息,每年最高60万元", False),
        ("多久检查一次", "每年检查一次", True),
        ("直播的网址是多少", "送至互助路77号", False),
        ("直播的网址是多少", "登录www.example.gov.cn", True),
        ("办公地址是哪里,地址是什么", "咨询电话:0592-2200000", False),
    ],
)
def test_a_number_of_one_measure_word_is_none_of_another(asked, text, held):
    (detail,) = details(understand(asked, ()))
    assert detail.held(fold(text)) == held


def test_a_question_for_a_yes_may_still_want_its_matter_to_be_spoken_of():
    (detail,) = details(understand("省级和国家级的奖励能叠加领取吗", ()))
    assert detail.held(fold("同一企业获得上述奖励时累计不得超出相应的最高标准"))
    assert not detail.held(fold("对国家级知识产权示范企业奖励20万元"))
