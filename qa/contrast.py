"""Things of one kind of which a rule for one is no rule for another: 商标质押 beside 专利权质押, 市级 beside 省级.

Vectors put such words close together, since they stand in the same places; these lists keep them apart. A text that
names another of the kind, and not the one asked for, answers another question.
"""

import re
from functools import lru_cache

from index import sounds
from index.tokens import words
from qa.parts import pairs

_Kind = tuple[re.Pattern[str], ...]

# A kind a line, its things between commas, the wordings of each between bars.
_KINDS: tuple[_Kind, ...] = tuple(
    tuple(re.compile(thing.strip()) for thing in line.split(" , "))
    for line in r"""
专利|发明(?!人)|实用新型|外观设计|\bpatents?\b|(?<![a-z])pct(?![a-z]) , 商标|trade ?marks?\b|马德里 , 著作权|版权|作品登记|软著|\bcopyright , 地理标志|地标|geographical indication , 植物新品种|品种权|plant variet , 商业秘密|trade secret , 布图设计
发明(?!人)|\binventions?\b , 实用新型|utility model , 外观设计|design patent , (?<![a-z])pct(?![a-z])|专利合作条约
国家级 , 省级|provincial-level , 市级|municipal-level , [区县]级
质押|质贷|\bpledge , 保险|投保|\binsur , 担保|guarantee , 证券化|securiti[sz]
金奖|gold (?:award|medal|prize) , 银奖|silver , 铜奖|bronze , 优秀奖|excellence , 一等奖 , 二等奖 , 三等奖 , 佳作 , 特等奖
博士|\bphd\b|doctor(?:ate|al) , 硕士|master's , 本科|学士|bachelor , 大专|专科
调解|mediat , 仲裁|arbitrat , 诉讼|应诉|起诉|litigat|lawsuit
国内|境内|\bdomestic , 国外|境外|海外|涉外|出国|出境|\boverseas\b|\babroad\b|\bforeign\b
初级 , 中级 , 高级 , 正高
示范企业|demonstration (?:compan|enterprise|firm) , 优势企业|advantage(?:ous)? (?:compan|enterprise|firm) , 试点企业|pilot (?:compan|enterprise|firm)
申请(?:量|了|件|多少|\d)|applications|filings , 授权(?:量|了|件|多少|\d)|\bgranted\b
高新技术企业|高企|high-tech (?:enterprise|compan|firm) , 科技型中小 , 小微|微型|small and micro , 规模以上|规上 , 专精特新 , 上市公司|上市企业|listed (?:compan|firm)
利息|贴息|(?<!rate of )\binterest\b(?! in) , 担保费|guarantee fees? , 评估费|(?:appraisal|valuation) fees? , (?<!担)保费|保险费|投保补贴|premium , 登记费|registration fees? , 代理费|agency fees? , 审计费|audit fees? , 律师费|legal fees? , 年费|annual fees? , 诉讼费 , 检测费|鉴定费 , 认证费|certification fees?
初审 , 复审|复核 , 终审
(?<![0-9一二三四五六七八九十几多两百])个人(?!信用|信息)|自然人|\bindividuals?\b , 企业|公司|单位|\bcompan|\benterprise|\bfirms?\b , 高校|高等学校|大学|院校|单位|\buniversit , 科研院所|研究院|研究所|单位|research institut , 医院|\bhospitals?\b
单位|organi[sz]ations? , (?<![0-9一二三四五六七八九十几多两百])个人|\bindividuals?\b|private person
养老 , 医疗|医保 , 失业 , 工伤 , 生育
小学 , 初中 , 高中 , 幼儿园|kindergarten , 大学|高校|universit
供水|自来水|用水|water supply , 供热|供暖|采暖|\bheating , 供电|用电|electricity , 供气|燃气|天然气 , 排水|污水|sewage|drainage
较大事故 , 重大事故 , 特别重大事故|特大事故
城镇|\burban , 农村|乡村|\brural
组长|group leader , 主任(?!委员)|\bdirector\b , 局长 , 秘书长|secretary-general , 会长 , 院长 , 书记|party secretary , 市长|\bmayor\b , 召集人|convener
一审|first instance , 二审|second instance , 再审|retrial
水污染 , 大气|扬尘|\bair\b|\bdust\b , 噪声|噪音|\bnoise\b , 土壤|\bsoil\b
甲级 , 乙级 , 丙级
上半年 , 下半年
律师(?!费|事务所)|lawyers? , 专利代理(?:师|人)|patent (?:agent|attorney) , 公证员|notar , 仲裁员 , 调解员|mediators? , 技术调查官|technical investigat
台湾|台胞|台商|taiwan , 香港|hong kong , 澳门|maca[uo] , 外国人|外籍|foreign nationals?
利息|贴息|\binterest\b , 本金|坏账|不良|损失|principal|bad (?:loan|debt)|\bloss(?:es)?\b
施工单位|施工方|contractor , 建设单位|业主单位|project owner|developer , 监理单位 , 设计单位
业主(?!大会|委员会)|homeowner , 物业(?!费)|property manage , 业主委员会|业委会|owners' committee , 居委会|居民委员会
摩托车|motorcycle , 电动自行车|电动车|e-bike , 机动车|汽车|\bcars?\b
万人(?:口)?高价值发明专利|high-value (?:invention )?patents? per , 万人(?:口)?(?:有效)?发明专利
马德里|madrid , 地理标志|集体商标|证明商标|geographical indication|collective (?:trade)?mark|certification mark , 驰名商标|well-known , 有效注册商标|注册商标总量|普通.{0,2}商标|ordinary (?:product )?trade ?mark
国家标准|national standard , 行业标准|industry standard , 地方标准|local standard , 团体标准|group standard , 国际标准|international standard
股权质押|equity pledge|pledg\w+ (?:of )?shares , 应收账款 , 知识产权质押|专利权?质押|商标(?:专用)?权?质押|著作权质押|\bip.pledge|patent.pledge
创业担保贷款 , 首贷|首次贷款|first-time borrower , 信用贷款|信用贷|credit loan , 质押(?:贷款|融资)|pledge (?:loan|financ) , 设备(?:更新|购置)?贷款|equipment loan
续展|续期|\brenew , 新(?:注册|核准|获|认定)|首次(?:注册|认定)|newly|first-time registration
担保(?:公司|机构)|guarantee (?:compan|agenc|institution) , 保险(?:公司|机构)|\binsurers?\b|insurance compan , 资金池|风险补偿(?:基金|资金)|compensation (?:fund|pool)
软件著作权|软著|计算机软件|software copyright , 美术作品|作品(?:版权|著作权)?登记|artworks?
首次|首笔|第一次|头一回|first[- ]time , 再次|第二次|续贷|续保|second time
转让|assignment|transfer , 许可|licen[cs] , 作价入股|作价投资
公示|public notice|publici[sz]ed , 初审|形式审查|preliminary (?:review|examination) , 验收|acceptance inspection|final acceptance , 拨付|拨款|打款|disburse
区域规划类|regional planning , 产业规划类|industrial planning , 企业(?:经营|运营)类|enterprise.operation
首期|一期|phase one|first phase , 二期|phase two|second phase , 三期
购房|买房|购买办公|自建办公|买[^,，]{0,4}楼 , 租用|租房|房租|租金
中国外观设计(?:金|银|优秀)奖|china design (?:gold|silver) , 中国专利(?:金|银|优秀)奖|china patent (?:gold|silver)
种子|种苗 , 农药|pesticide , 化肥|fertili , 地膜|mulch
""".strip().split("\n")
)
_DISTRICT = re.compile(
    "(?![各哪每某本该全几两一这那])[㐀-鿿]{1,3}[㐀-鿿](?<!山区)(?<![园社地市辖小校厂景灾牧林矿片集聚])(?<![主老新旧市县]城)(?<!中心城|建成城)(?<!示范|试点|发展|功能|先行|开发)[区县]"
)
# Whose telephone is asked for; that of a bureau is its document's.
_CONTACT_OF = re.compile(
    "([㐀-鿿]{2,8}(?:中心|法庭|法院|工作站|服务站|协会|基地|支队|处|科))的?[^,]{0,6}(?:电话|热线|地址|号码|邮箱|联系方式)"
)
_OWN = 0.6  # of the name of a body that a text has, if it is to be of it
# Of what is numbered, each number is a thing of its own: 2级, 第二批, 三期.
_NUMBERED = tuple(
    re.compile(pattern)
    for pattern in (
        "([0-9一二三四五六七八九十]+)级(?![别市财])",
        "第?([0-9一二三四五六七八九十]+)期(?![间限权])",
        "第([0-9一二三四五六七八九十]+)[批届]",
        "([一二三四])季度",
        "([0-9一二三四五六七])星级?",
        r"([a-z])类|class ([a-z])\b",
    )
)


def opposed(question: str, text: str, context: str) -> int:
    """Of how many kinds a folded question names things of which neither a text nor its context names any, while the
    text names others."""
    things, numbers, districts = _asked(question)
    found = 0
    for kind, asked in things:
        if any(thing.search(text) for thing in kind):
            found += not any(thing.search(text) or thing.search(context) for thing in asked)
    for number, named in numbers:
        said = _numbers(number, text)
        found += bool(said) and not named & (said | _numbers(number, context))
    if (body := _CONTACT_OF.search(question)) and "哪" not in body[1] and re.search(r"\d{7}|@", text):
        named = pairs(body[1].split("找")[-1])
        found += len(named & pairs(text + context)) < _OWN * len(named)
    if districts:
        said = districts_of(text)
        found += not said and "全市" in text
        told = any(name[:-1] in text for name in districts)
        found += bool(said) and not told and not districts & (said | districts_of(context))
    return found


@lru_cache(maxsize=256)  # one question is held against every sentence that is read
def _asked(question: str) -> tuple[list[tuple[_Kind, _Kind]], list[tuple[re.Pattern[str], set[str]]], set[str]]:
    """The kinds of which a question names things, with those things; what it names by number, with the numbers; its
    districts."""
    things = [(kind, tuple(thing for thing in kind if thing.search(question))) for kind in _KINDS]
    numbers = [(number, _numbers(number, question)) for number in _NUMBERED]
    named = [(number, said) for number, said in numbers if said]
    return [(kind, asked) for kind, asked in things if asked], named, districts_of(question)


def _numbers(number: re.Pattern[str], text: str) -> set[str]:
    return {next(filter(None, found.groups())) for found in number.finditer(text)}


def districts_of(text: str) -> set[str]:
    """The districts and counties that a text names: 雁塔区, also where the word is cut before 区; not 园区, 山区 or 我们县."""
    found, before = set(), ""
    for word in words(text):
        name = before + word if word in ("区", "县") else word
        if _DISTRICT.fullmatch(name) and not sounds.frequent(name[:-1]):
            found.add(name)
        before = word
    return found
