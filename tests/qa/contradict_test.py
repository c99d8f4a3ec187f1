"""What is supposed against what clauses of several documents say."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus import collection
from index import encoder
from index.types import Hit
from qa import contradict
from qa.answer import Answerer
from qa.figures import frequencies, in_digits, ranks
from qa.premise import supposition
from qa.stance import stance
from qa.types import Citation
from qa.understand import understand

CLAUSES = {
    "farms": "首次使用专用标志的企业奖励1万元,合作社、家庭农场奖励5000元。",
    "first": "(一)首贷户贴息。首次取得贷款的企业,按照贷款市场报价利率的50%给予贴息,单个企业最高20万元。",
    "vouchers": "研发券自发放之日起6个月内有效。",
    "booths": "展期三天以上的,应当设立投诉站。投诉站应当自收到投诉之时起二十四小时内作出处理。",
    "paid by": "经费由市财政局根据立项文件拨付。",
    "rivals": "外观设计侵权案件一般在45日内办结,发明专利侵权案件一般在90日内办结。",
    "no grant": "实用新型专利和外观设计专利的授权不予资助。",
    "issue": "发行全省首单知识产权资产支持专项计划。",
    "routes": "市文旅局牵头策划主题旅游线路5条。",
    "field": "产业领域由家纺拓展到现代纺织,人员由10人扩大到20人以上。",
    "utility": "停止对实用新型专利授权的财政奖励,集中支持发明专利。",
    "filings": "PCT国际专利申请1382件,同比增长6.8%。",
    "levels": "培育国家知识产权示范企业5家、优势企业50家。",
    "service": "依托“知创福建”公共服务平台,推广“知创福州”服务模式。",
    "half": "单位应将不低于50%的奖励资金用于奖励本单位的运营中心。",
    "stations": "“12330”呼叫中心接听咨询电话1829个。",
    "owned": "成立混合所有制的知识产权投资公司。",
    "filed": "国内专利年申请量超过23000件。",
    "register": "推进2018年发布的《厦门市知识产权示范企业管理办法》。",
    "shared": "首期规模5000万元,由市财政和区财政按4:6的比例分担。",
    "unemployment": "对不裁员或少裁员的参保企业,可返还其上年度实际缴纳失业保险费的50%。",
    "licence": "国务院专利行政部门应当自受理申请之日起20日内作出是否颁发专利代理机构执业许可证的决定。",
    "schools": "到2022年,建设50所高水平高等职业学校和150个骨干专业(群)。落实教师5年一周期的全员轮训制度。",
    "plates": "对悬挂专用号牌的车辆免征车辆购置税、免收车辆通行费和停车费。",
    "textbooks": "国家教材委员会办公室设在教育部,由教育部教材局承担办公室工作。",
    "kindergarten": "应当由教育行政部门办成公办园或委托办成普惠性民办园,不得办成营利性幼儿园。",
    "games": "运动会申办全部经费由广东省人民政府承担。",
    "port": "土地使用期限自口岸启用之日起至2047年6月30日止。",
    "awards": "每两年评选若干所试点、示范学校。",
    "rank": "2016年度我市专利执法工作在全国140个城市中排名第3,较上年提升4名。",
    "subsidy": "还本付息后,按贷款利息的50%给予贷款企业贴息资助,每家企业每年享受贴息资助不超过20万元。",
    "duties": "推进厦门大学开设知识产权本科专业。(牵头单位:市教育局。配合单位:市知识产权局)",
    "start": "本方案自印发之日起施行。",
    "company": "2017年底前成立混合所有制的知识产权投资公司。",
    "certificates": "首次取得数据知识产权登记证书的企业,每件奖励1万元,单个企业年度不超过5万元。",
    "directors": "培训企业知识产权总监达500人。",
    "leaders": "成立领导小组,由庄稼汉市长任组长,李辉跃副市长任副组长。",
    "platform": "推动建立知识产权交易平台,提供一站式服务。",
    "ceiling": "政府及其有关部门不得限额管理中介服务机构数量,对符合资质条件的中介服务机构作出的评估认证结果应当互认。",
    "reasons": "投资主管部门对信息化主管部门提出的意见不予采纳的,应当说明理由。",
    "solar": "鼓励七层以上住宅设计并安装太阳能热水系统。",
    "wells": "未经区、县水行政主管部门批准不得擅自拆毁、变卖或分给个人。",
    "outage": "连续停止供水超过二十四小时的,供水单位应当采取应急供水措施,为居民提供基本生活用水。",
    "notice": "供热企业应当提前两日通知用户。",
    "tender": "市、县(区)人民政府可以通过政府首购、订购等非招标采购方式,采购新产品、新技术、新服务。",
    "visitors": "人民政府应当设置旅游信息咨询中心,无偿为旅游者提供服务。",
    "dogs": "公安机关是养犬管理工作的主管部门,负责组织实施本条例,并具体负责养犬登记。",
    "report": "市、县(市、区)人民政府应当向本级人民代表大会常务委员会报告促进民营经济发展工作情况。",
    "force": "本条例自2020年4月30日起施行。",
    "heating": "冬季采暖不得高于二十摄氏度。",
    "prizes": "社会力量设立科学技术奖励,应当坚持公益为本的原则,不得在奖励活动中收取任何费用。",
    "nets": "在脚手架外侧设置全封闭防尘网,主体工程完工前不得拆除。",
    "cold": "用户室内温度高于或者等于十四摄氏度、低于十六摄氏度的,退还不合格天数收费额的50%。",
    "shelter": "禁止饲养烈性犬,允许饲养的大型犬应当配戴嘴套,小型犬可以不配戴。",
    "late": "逾期缴纳的,按日加收千分之一点五的滞纳金。",
    "programme": "建立由农业农村部、工业和信息化部牵头的协调推进机制。",
    "awards of firms": "对省级优势企业奖励5万元,对省级示范企业奖励10万元。",
    "funds": "建立政策性知识产权运营基金,基金规模2亿元。建立市场化知识产权产业投资基金,基金规模5亿元。",
    "counterfeits": "全年累计查处涉嫌假冒专利案件279件,分别比上年增长了26%和21%。",
    "convener": "建立联席会议,由市政府分管副市长任召集人,市商务局为成员。",
    "models": "实用新型专利、外观设计专利不予资助。",
    "banks": "对户数不少于10户的银行予以通报表扬。本办法不对银行发放现金奖励。",
    "designs": "质押物为发明专利、实用新型专利,外观设计专利不在支持范围。",
    "trading": "2022年底前建成线上交易系统,到2025年年交易额突破30亿元。",
    "survey": "2019年3月底前,全国三级公立医院全部纳入满意度调查平台。",
    "reservoir": "亭子口水库已经列入全国大型水库建设规划。",
    "leash": "小型犬只用长度不超过两米的犬绳牵引,允许饲养的大型犬只用长度不超过一点五米的犬绳牵引。",
    "mining": "在重点保护名录山体范围内,禁止审批新的采矿权。",
    "reimbursed": "已获得上级资助的,不再给予资助。",
    "invalid": "已奖励专利在奖励后2年内因自身原因被宣告全部无效的,退回奖金;被宣告部分无效的,不退回。",
    "acceptance": "完成指标90%以上的为合格;完成70%以上不足90%的为基本合格,二期资金减半拨付;不足70%的为不合格。",
    "score": "验收评分90分以上为优秀,追加资助额10%的奖励;60分至89分为合格;不满60分为不合格。",
    "audit": "委托第三方会计师事务所对利息支付情况进行审计,审计费用由市市场监管局承担,不得向企业收取。",
    "pool": "资金池由长沙岳麓科技产业融资担保有限公司代为管理,专户存放,封闭运行。",
    "university": "推动南通大学进入江苏省高等学校知识产权管理标准化试点工作单位。",
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """asked(question, clause) is what the question supposes wrongly of a clause of the table."""
    folder = tmp_path_factory.mktemp("clauses")
    for name, text in CLAUSES.items():
        (folder / f"{name}.txt").write_text(f"关于有关工作的通知\n{text}\n", encoding="utf-8")
    corpus = collection.read(folder)
    model = encoder.load(None)
    hits = {
        document.id.removesuffix(".txt"): [
            Hit(clause, document, 1.0, (), (clause.start, clause.end)) for clause in outline.clauses
        ]
        for document, outline in zip(corpus.documents, corpus.outlines, strict=True)
    }

    def ask(question, name):
        cited = [
            Citation(number, hit, hit.clause.start, hit.clause.end)
            for number, hit in enumerate(hits[name], 1)
            if hit.clause.text in CLAUSES[name] or CLAUSES[name] in hit.clause.text
        ]
        assert cited
        return contradict.supposed(understand(question, ()), cited, model)

    return ask


@pytest.mark.parametrize(
    ("question", "clause", "wrong", "right"),
    [
        ("听说要把产业领域从现代纺织收窄到家纺,是吗?", "field", "收窄到家纺", "拓展到现代纺织"),
        ("人员要从10个人砍到5个人,对吧?", "field", "砍到", "扩大到20人"),
        ("还照旧给实用新型专利授权发财政奖励,没错吧?", "utility", "照旧", "停止"),
        ("PCT filings dropped 6.8%, correct?", "filings", "dropped", "增长6.8%"),
        ("要培育50家示范企业、5家优势企业,对吧?", "levels", "50家", "示范企业5家"),
        ("依托的是“知创厦门”平台,对吗?", "service", "知创厦门", "知创福建"),
        ("是市里跟区里各出一半,对吧?", "shared", "各出一半", "4:6"),
        ("不裁员的参保企业能拿回上年度失业保险费的八成,对不对?", "unemployment", "八成", "50%"),
        ("Firms that lay nobody off get three quarters of last year's unemployment insurance back, right?",
         "unemployment", "75%", "50%"),
        ("执业许可受理后60天内就要决定发不发证,对吧?", "licence", "60天", "20日"),
        ("听说2022年要建100所高水平高等职业学校?", "schools", "100所", "50所"),
        ("教师全员轮训是三年一轮吧?", "schools", "三年", "5年"),
        ("要培训一千名企业知识产权总监,是吗?", "directors", "一千名", "500人"),
        ("建50所高水平高等职业学校是2025年底的目标,对吗?", "schools", "2025", "2022"),
        ("Vehicles with the special plates still have to pay road tolls, right?", "plates", "pay", "免收"),
        ("国家教材委员会办公室设在文化部,没错吧?", "textbooks", "文化部", "教育部"),
        ("The National Textbook Committee's office is located in the Ministry of Culture, right?", "textbooks",
         "ministry of culture", "教育部"),
        ("小区配套幼儿园可以办成营利性幼儿园,没错吧", "kindergarten", "营利性", "不得"),
        ("运动会申办的经费是由教育局承担的吧?", "games", "教育局", "广东省人民政府"),
        ("土地使用期限到2037年为止,没错吧?", "port", "2037", "2047"),
        ("Pilot schools are selected every single year, right?", "awards", "every single year", "每两年"),
        ("试点示范学校是一年评一回,没错吧?", "awards", "一年评一回", "每两年"),
        ("专利执法在全国140个城市里拿了第一,是吧?", "rank", "拿了第一", "排名第3"),
        ("Is it true that patent enforcement in 2016 came ninth out of 140 cities?", "rank", "ninth", "排名第3"),
        ("贴息一家企业一年最多50万,是吧?", "subsidy", "50万", "20万元"),
        ("银行一放款就先把贴息打给企业,没错吧?", "subsidy", "一放款就", "还本付息后"),
        ("厦门大学开设知识产权本科专业由市知识产权局牵头吗?", "duties", "知识产权局", "教育局"),
        ("这份方案要等到印发满三个月之后才施行吧?", "start", "三个月", "之日起"),
        ("2017年成立的知识产权投资公司是国有独资的,对吗?", "company", "国有独资", "混合所有制"),
        ("领导小组的组长是李辉跃副市长吧?", "leaders", "李辉跃", "庄稼汉"),
        ("没打算搞知识产权交易平台,是吧?", "platform", "没打算", "推动建立"),
        ("省级优势企业是奖10万块,对不对?", "awards of firms", "10万", "5万元"),
        ("那个政策性的知识产权运营基金盘子有5个亿,没错吧?", "funds", "5个亿", "2亿元"),
        ("查的假冒专利案比前一年少了吧?", "counterfeits", "少了", "增长了26%"),
        ("Fewer fake patent cases were found than in the year before, right?", "counterfeits", "fewer", "增长了26%"),
        ("联席会议是由市长亲自当召集人的吧?", "convener", "市长", "分管副市长"),
        ("实用新型专利也给资助吧?", "models", "资助", "不予资助"),
        ("银行是能拿现金奖励的,对吧?", "banks", "现金奖励", "不对银行发放现金奖励"),
        ("也支持用外观设计专利去质押吧?", "designs", "外观设计", "不在支持范围"),
        ("满意度调查平台,三级公立医院是2019年年底前才要求全部接入的吧?", "survey", "2019", "2019年3月"),
        ("听说亭子口水库没能挤进全国大型水库建设规划?", "reservoir", "没能", "已经列入"),
        ("The city topped the 140 cities in patent enforcement, right?", "rank", "topped", "排名第3"),
        ("进入知识产权管理标准化试点的是苏州大学吧?", "university", "苏州大学", "南通大学"),
        ("Is it true that agencies may put a ceiling on the number of intermediary firms?", "ceiling", "ceiling",
         "不得限额"),
        ("投资主管部门不采纳意见,用不着解释原因,是这样吧?", "reasons", "用不着", "应当说明理由"),
        ("Blocks of seven storeys or more are obliged to have solar water heating, right?", "solar", "obliged", "鼓励"),
        ("A village collective can sell off its wells without asking anyone, can't it?", "wells", "sell", "不得擅自"),
        ("停水超过四十八小时,供水单位才需要应急送水吧?", "outage", "四十八小时", "二十四小时"),
        ("A heating company only needs to warn customers half a day ahead, right?", "notice", "day", "两日"),
        ("旅游信息咨询中心是收费咨询的吧?", "visitors", "收费", "无偿"),
        ("Dog registration is carried out by the education bureau, right?", "dogs", "education bureau", "公安机关"),
        ("促进民营经济的工作情况是向市政协报告的吧?", "report", "市政协", "常务委员会"),
        ("The regulation entered into force on 1 January 2020, right?", "force", "1 january 2020", "2020年4月30日"),
        ("冬天采暖开到二十四度也没问题吧?", "heating", "二十四度", "二十摄氏度"),
        ("家庭农场头一回用专用标志,也是奖一万块吧?", "farms", "一万块", "5000元"),
        ("首贷户贴息最高30万,没记错吧?", "first", "30万", "20万元"),
        ("研发券能用一整年吧?", "vouchers", "一年", "6个月"),
        ("投诉站三天之内处理完就行了对吧?", "booths", "三天", "二十四小时"),
        ("听说武汉的试点示范学校年年都评一回,是不是?", "awards", "年年", "每两年"),
        ("听说那单知识产权ABS是全国头一单,对吧?", "issue", "全国头", "全省首单"),
        ("The agriculture bureau is the one drawing up the tour routes, right?", "routes", "agriculture bureau",
         "市文旅局"),
        ("楼还没封顶,外脚手架上的防尘网可以先拆掉一部分,对不对?", "nets", "拆掉", "不得拆除"),
    ],
)  # fmt: skip
def test_what_is_supposed_and_what_the_clause_says_are_told(asked, question, clause, wrong, right):
    found = asked(question, clause)
    assert found is not None
    assert wrong in found.asked.lower() and right in found.said


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("12330接了1829个电话,对吧?", "stations"),
        ("12330 call centre: how many calls, 1,829?", "stations"),
        ("知识产权投资公司不是国有独资,对吧?", "owned"),
        ("国内专利年申请要超过两万三千件,对吧?", "filed"),
        ("产业领域由家纺拓展到现代纺织,对吧?", "field"),
        ("示范企业5家、优势企业50家,对吧?", "levels"),
        ("2018年发布《知识产权示范企业管理办法》,是吗?", "register"),
        ("单位至少拿一半奖励运营中心,对吧?", "half"),
        ("不裁员的参保企业能拿回上年度失业保险费的一半,对不对?", "unemployment"),
        ("执业许可受理后20天内就要决定发不发证,对吧?", "licence"),
        ("I heard that by 2022 there should be fifty high-level vocational colleges. Is that right?", "schools"),
        ("教师全员轮训五年一个周期吧?", "schools"),
        ("拿到数据知识产权登记证书,每张奖一万、一年合计不超过五万,是这样吧?", "certificates"),
        ("Vehicles with the special plates do not have to pay road tolls, right?", "plates"),
        ("The National Textbook Committee's office is located in the Ministry of Education, right?", "textbooks"),
        ("小区配套幼儿园不能办成营利性的,没错吧", "kindergarten"),
        ("土地使用期限到2047年6月底为止,没错吧?", "port"),
        ("Pilot schools are selected every other year, right?", "awards"),
        ("专利执法在全国140个城市里排第三,是吧?", "rank"),
        ("贴息是还本付息之后才给的,一年最多20万,对吧?", "subsidy"),
        ("厦门大学开设知识产权本科专业由教育局牵头、知识产权局配合,对吧?", "duties"),
        ("方案从印发那天就开始施行了吧?", "start"),
        ("李辉跃副市长任副组长,对吧?", "leaders"),
        ("要搞知识产权交易平台,是吧?", "platform"),
        ("进入知识产权管理标准化试点的是南通大学吧?", "university"),
        ("限额管理中介机构的数量是不行的,对吧?", "ceiling"),
        ("不采纳意见必须讲清楚原因,对吧?", "reasons"),
        ("七层以上的住宅装太阳能不是非得装的,对吧?", "solar"),
        ("卖掉水井要先经水务部门批准才可以,对吧?", "wells"),
        ("Is it true that a collective cannot sell off its wells without approval?", "wells"),
        ("停水一天以上就要应急供水了,对吧?", "outage"),
        ("新产品不一定非得招标采购,是吧?", "tender"),
        ("Tourist information centres don't charge visitors, do they?", "visitors"),
        ("Dog registration is handled by the police, right?", "dogs"),
        ("促进民营经济的情况要向人大常委会报告,对吧?", "report"),
        ("The regulation has been in force since 30 April 2020, hasn't it?", "force"),
        ("Public buildings must not be heated above 20 degrees in winter, right?", "heating"),
        ("冬天采暖不能高过二十度吧?", "heating"),
        ("民间科技奖不能收参评费,对吧?", "prizes"),
        ("Dust nets may only come down once the main structure is finished, right?", "nets"),
        ("家里只有十五度,收费退一半,对吧?", "cold"),
        ("小型犬不用戴嘴套,对吧?", "shelter"),
        ("滞纳金是每天千分之一点五,对吧?", "late"),
        ("协调推进机制是农业农村部和工信部牵头,对吧?", "programme"),
        ("停水一天以上,供水公司就要应急供水,对吧?", "outage"),
        ("贴息的比例是多少?", "subsidy"),
        ("省级示范企业奖10万块,对不对?", "awards of firms"),
        ("查的假冒专利案比前一年多了吧?", "counterfeits"),
        ("联席会议由分管副市长任召集人,对吧?", "convener"),
        ("国内发明专利有资助吧?", "models"),
        ("优秀的发明专利给资助,对吧?", "reimbursed"),
        ("满意度调查平台,三级公立医院是2019年3月底前要求全部接入的吧?", "survey"),
        ("A small dog has to be walked on a leash no longer than two metres, right?", "leash"),
        ("No new mining rights can be approved on mountains on the key protection list, right?", "mining"),
        ("本人名下一件专利在2022年3月授权,现在能申请吗?", "trading"),
        ("贴息之外还有80万元奖励,具体怎么申请?", "subsidy"),
        ("企业头一回用专用标志奖一万块,对吧?", "farms"),
        ("首贷户贴息最高20万,没记错吧?", "first"),
        ("研发券只能用半年吧?", "vouchers"),
        ("投诉站一天之内就要处理,对吧?", "booths"),
        ("研发券是不是只有那一个月能领?", "vouchers"),
        ("拿过奖的专利,一年后因为自己的原因被宣告全部无效了,奖金是不是得退?", "invalid"),
        ("培育项目验收时指标只做到八成,二期资金减半拨付,对吧?", "acceptance"),
        ("项目验收得了93分,追加奖励10%,对吧?", "score"),
        ("请会计师事务所来审计,费用不是由市市场监管局出的吗?", "audit"),
        ("资金池是不是设在岳麓区的担保公司?", "pool"),
    ],
)
def test_nothing_is_wrong_with_what_the_clause_says(asked, question, clause):
    assert asked(question, clause) is None


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("厦门每年扶持10家创客中心,怎么报名", "厦门每年扶持10家创客中心"),
        ("既然厦门要求质押融资每年增长50%,银行压力会不会太大?", "厦门要求质押融资每年增长50%"),
        ("按厦门的规定,不良贷款由银行承担四成损失,这个比例会下调吗?", "不良贷款由银行承担四成损失"),
        ("Xiamen topped the cities in 2016 - what honour did it get for that?", "xiamen topped the cities in 2016"),
        ("Since Xiamen wants 90% of its parks to be pilots, how is that spread?",
         "xiamen wants 90% of its parks to be pilots"),
        ("厦门的侵权裁决不是90天内办完吗,超了找谁?", "厦门的侵权裁决是90天内办完"),
        ("厦门的风险补偿池总共5个亿,对吧,管到哪年?", "厦门的风险补偿池总共5个亿"),
        ("既然厦门的经费是市科技局拨的,进度找哪个处问?", "厦门的经费是市科技局拨的"),
        ("我在厦门贷了300万,利息能补多少?", None),
        ("厦门企业贷了300万,利息能补多少?", None),
        ("在园区干了一年半就走了,领的房补要退多少?", None),
        ("在厦门给小微企业做托管,一年满多少家可以拿奖励?", None),
        ("我们是外地公司,厦门的园区要一年租金,合规吗?", None),
        ("厦门2017年底那一阶段,目标是多少?", None),
        ("厦门想办的那种专门银行,合了哪三样?", None),
        ("厦门的公司拿完补贴两年就搬去东莞,会怎样", None),
    ],
)  # fmt: skip
def test_what_is_stated_of_the_policy_before_a_question(index, text, stated):
    assert supposition(Answerer(index).understand(text)) == stated


def test_what_is_stated_wrongly_is_told_though_nothing_answers_the_question(index):
    answer = Answerer(index).answer("厦门每年扶持10家创客中心,怎么报名")
    assert answer.status == "contradicted" and answer.citations
    assert "10家" in answer.text.split("\n")[0] and "2-3家" in answer.text.split("\n")[0]
    assert Answerer(index).answer("厦门每年扶持2家创客中心,怎么报名").status != "contradicted"


@pytest.mark.parametrize(
    ("text", "language", "made_of_it"),
    [("应当向社会公布", "zh", "required"), ("可以不付表决", "zh", "optional"), ("不得不付", "zh", "required"),
     ("可以委托他人,但不得转让", "zh", "forbidden"), ("不按期清除的", "zh", "stated"), ("节能审查", "zh", "stated"),
     ("不予行政处罚清单应当公布", "zh", "required"), ("是否受理", "zh", "stated"), ("不低于三成", "zh", "stated"),
     ("firms need not apply", "en", "optional"), ("it may not be sold", "en", "forbidden")],
)  # fmt: skip
def test_what_a_text_makes_of_an_act(text, language, made_of_it):
    assert stance(text, language) == made_of_it


@given(st.integers(2, 99), st.integers(2, 99))
def test_a_rate_agrees_with_itself_alone(asked, said, other):
    assume(said != other and 50 not in (said, other))
    assert asked(f"按贷款利息的{said}%贴息吗", "subsidy") is not None
    assert asked("按贷款利息的50%贴息吗", "subsidy") is None


def test_a_year_as_context_is_no_claim(asked):
    assert asked("In its 2018 review, the city's enforcement came third out of 140 cities, right?", "rank") is None


def test_what_is_supposed_is_told_in_the_askers_own_words(asked):
    found = asked("The National Textbook Committee's office is located in the Ministry of Culture, right?", "textbooks")
    assert found is not None and found.asked == "Ministry of Culture"


def test_the_first_line_tells_both(index):
    answer = Answerer(index).answer("厦门强市建设领导小组的办公室是设在市科技局吗?")
    assert answer.status == "contradicted"
    assert "市科技局" in answer.text.split("\n")[0] and "市知识产权局" in answer.text.split("\n")[0]


@pytest.mark.parametrize(
    ("text", "months"),
    [("每两年评选", 24), ("一年评一回", 12), ("every other year", 24), ("quarterly", 3), ("每月", 1)],
)
def test_how_often_is_read_as_months_between(text, months):
    assert [figure.value for figure in frequencies(text)] == [months]


@pytest.mark.parametrize(("text", "place"), [("排名第三", 3), ("第一名", 1), ("came ninth", 9), ("ranked 2nd", 2)])
def test_ranks(text, place):
    assert [figure.value for figure in ranks(text)] == [place]


@pytest.mark.parametrize("text", ["第八条", "第三届大赛", "the first contest", "ranks of the parks"])
def test_what_is_no_rank(text):
    assert ranks(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [("two hundred and fifty items", "250 items"), ("三分之一", "33.3%"), ("one of them", "one of them"),
     ("fifty percent", "50 percent"), ("a million yuan", "1 million yuan")],
)  # fmt: skip
def test_number_words_become_digits(text, said):
    assert in_digits(text) == said
