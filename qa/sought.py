"""The kind of detail that a question asks for (an amount, a date, a name, a telephone number); whether a text has one.

A sentence on the topic is no answer to "how much" if it names no amount. Patterns read folded text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from corpus import places
from qa.figures import figures, frequencies
from qa.types import Question

_DAY = re.compile(r"\d+月|\d+日(?!以?内|之内)|年底|月底|年末|截止|之日")
# A short number such as 12345 is one, 14678件 is not.
_CALLS = re.compile(
    r"接[了听到][^,，]{0,8}电话|电话(?:多少|几)个|(?:多少|几)个?\w{0,2}电话|how many (?:\w+ )?calls"
)  # counted, not asked for
_LONG_NUMBER = r"\d{3,4}[-—]?\d{4}\s?\d{3,4}"
_TELEPHONE = _LONG_NUMBER + r"|(?<![\d.])1[0-9]{4}(?![\d.,多余家件个项人名万亿元年次户亩])"
_OF_FORCE = re.compile("自[^,，。;；]*(?:施行|实施|生效)|[〔\\[]\\d{4}[〕\\]]")
_WITHIN = re.compile("(?:个月|工作日|[天日周年])(?:之?内|以内|前)")
_BODY = "银行|公司|集团|大学|学院|中学|小学|医院|法院|事务所|研究院|研究所"
_BANKS = "工商|农业|建设|交通|邮储|储蓄|招商|浦发|兴业|民生|光大|中信|平安|华夏|广发|浙商|渤海|恒丰|盛京|徽商|龙江|富滇|晋商|莱商|齐鲁|汉口"
_DISTRICT = re.compile(
    r"[\u4e00-\u9fff]{2}(?<![园社地战校景片功能县市各辖个厂山分示范新])(?:区|县|镇|街道|路|大道|大厦)(?![域分划别线径市县])"
)
_PAID = re.compile("[补贴奖付缴费税]|资助|匹配|出资|利率")
_COUNTED_BY = re.compile(
    "(?<![哪好十第这那])几[位名家个件项场次][^,，?？吗]*[,，?？].*(?:有没有|是否|能不能|可不可|吗)"
)  # 由几位专家组成,有没有财务专家
_FIGURE = re.compile("多少|百分之几|how (?:many|much|long|often)")
_PAID_BY = re.compile(r"按[^,，。;；]{0,12}利率(?:的|给予|予以|计)|免费|零收费|不收费|不得收|罚[^。]*倍|倍[^。]*罚")
_IN_MONEY = re.compile(r"[(（](?:(?:金额)?单位[:：])?[千百]?[万亿]?元[)）]")  # the unit of a table's column
_COUNTS = frozenset("份案家件个项项人名所期次支只处位届轮座户辆台起宗幅间")
_NUMBERED = re.compile(
    "分之|(?<![第十百])[两二三四五六七八九十百千]+(?:[种类张片段批套份株大]|[一二三四五六七八九][城省区])"
)
_HOLDER = re.compile(
    "牵头|负责|主管|会同|(?:责任|配合|协助|协办|牵头)(?:单位|部门)|部门(?=应当|负责|会同|可以|依法|按照?|责令|给予|是)|由[^,，。;；]{2,24}(?:组织|承担|受理|处理|审批|批准|实施|管理)"
)
_HEADED = re.compile(r"[(（](?:单位[:：])?万?[家件个项人名户次起][)）]")
_THEN = re.compile(r"[前后时起][,，。]|期满|届满|终结|当天|当日|之前|之后|以前|以后|情形之一|定期")
_ASKS = re.compile(r"多少|几|什么|啥|哪|谁|何|怎么|^(?:how|what|which|who|when|where)\b|give me|tell me|let me know")


@dataclass(frozen=True, slots=True)
class Detail:
    """A kind of detail: how a question asks for it, and whether a text has one."""

    name: str
    asked: re.Pattern[str]
    held: Callable[[str], bool]

    def told(self, text: str) -> bool:
        """Whether a text has the detail beyond doubt: a body is named in any other sentence, who is in charge in few."""
        return self.held(text) and (self.name != "department" or bool(_HOLDER.search(text)))


def _figure(*dimensions: str) -> Callable[[str], bool]:
    return lambda text: any(figure.dimension in dimensions for figure in figures(text))


def _text(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: bool(compiled.search(text))


def _counted(text: str) -> bool:
    """Whether a text counts something: neither money nor shares, periods or lengths. A table has the unit in brackets."""
    return bool(_NUMBERED.search(text) or _HEADED.search(text)) or any(
        figure.dimension in _COUNTS for figure in figures(text)
    )


def _stated(text: str) -> bool:
    return any(figure.dimension not in ("year", "月", "日") for figure in figures(text))


def _paid(text: str) -> bool:
    """Whether a text names an amount, or what is paid by: a share (按贷款利息的50%给予贴息), a rate (按实际利率给予补贴)."""
    if _PAID_BY.search(text) or _IN_MONEY.search(text):
        return True
    found = figures(text)
    paid = _PAID.search(text)
    return any(figure.dimension == "money" or (paid and figure.dimension in ("rate", "ratio")) for figure in found)


def _period(text: str) -> bool:
    return _figure("年", "个月", "月", "天", "日", "周", "小时", "分钟", "期", "工作日")(text)


def _lasting(text: str) -> bool:
    """Whether a text names a period, or how often something is done."""
    return _period(text) or bool(frequencies(text)) or bool(re.search("[一两二三四五0-9]次|当[日天]|即时|立即", text))


def _share(text: str) -> bool:
    return _figure("rate", "ratio", "倍")(text) or bool(
        re.search("半数|一半|[一二三四五六七八九]成|分之|[0-9]/[0-9]", text)
    )


def _due(text: str) -> bool:
    """Whether a text names a day, other than that since which it is in force, or within what time."""
    rest = _OF_FORCE.sub("", text)
    return bool(_DAY.search(rest) or _WITHIN.search(rest))


def _dated(text: str) -> bool:
    return bool(_DAY.search(text)) or _figure("year")(text)


def _dated_or_then(text: str) -> bool:
    """Whether a text names a date, a period, or what something comes after or before."""
    return _dated(text) or _period(text) or bool(_THEN.search(text))


def _located(text: str) -> bool:
    """Whether a text names a district, a street or several places."""
    return bool(_DISTRICT.search(text)) or len({mention.text for mention in places.mentions(text)}) > 1


def _organisation(text: str) -> bool:
    """Whether a text names a body, mostly by the place that it belongs to; 试点银行 names none."""
    return bool(_organisations().search(text))


@cache
def _organisations() -> re.Pattern[str]:
    names = {place.name for place in places.all_places()} | {"中国", "国家", "中央"}
    school = r"[\u4e00-\u9fff]{2}(?<!职业)(?<!高等)(?<!重点)(?<!普通)(?<!综合)(?<!本科)(?:大学|学院)(?!生|科技)"
    return re.compile(rf"(?:{'|'.join(names)})[\u4e00-\u9fff]{{0,14}}(?:{_BODY})|{school}|(?:{_BANKS})银行")


# Asks for a number of what follows; 哪几 asks for a list, 好几 for nothing.
_HOW_MANY = r"(?:(?<![哪好十第这那])几(?![十百千])|多少)"
_COUNTERS = "家个场件项名所期次支只处位届轮座户辆台张片段批套份株条部本门间棵头口款幅宗起大"
_AREAS = ("亩", "公顷", "平方米", "平方公里")
_SUMS = "金额|奖金|额度|封顶|上限|总额|盘子|预算|薪酬|工资|资本|面值|(?:补贴|补助|拨款|收费)标准"
# A sum that a verb pays or takes: 补多少, 最多能贷多少, but not 收多少名学生 or 贴息比例是多少.
_SUM = r"(?:[补奖贴拿给花罚贷扣缴批]|报(?!告)|领(?![域导])|投(?![诉融])|发(?![明布展生]))(?![^,，?？]{0,6}(?:比|率|百分))[^,，?？]{0,6}多少(?!\w{0,2}[个家件项名人次天年时%分])"

DETAILS = tuple(
    Detail(name, re.compile("|".join(asked)), held)
    for name, asked, held in (
        (
            "day",
            (
                r"截止|几月|(?<![楼室栋口话机])几号(?![楼窗线])|哪一?天|几日(?!之?内)|deadlines?\b(?= (?:for|to))|what(?:'s| is) the (?:\w+ )?deadline|due date|(?:closing|last|final|latest) (?:date|day)"
                r"|on (?:what|which) (?:date|day)|which months?\b|几时",
                r"^when .*(?:close|window|apply|(?:take|accept)\w* applications)|application (?:dates|window|period)",
            ),
            lambda text: bool(_DAY.search(text) or _WITHIN.search(text)),
        ),
        (
            "contact",
            (
                r"(?:电话|热线|号码|联系方式|地址|网址|邮箱|联系人)(?=\w{0,3}(?:是|多少|几|什么|哪|[谁找])|[和及、与]|[?？。]?$)",
                r"(?:什么|哪个|多少|几号?)\w{0,2}(?:电话|热线)|联[系络]谁|找谁联[系络]|打给谁|(?:找|问|联系|咨询)哪位|在哪儿?里?办公|(?:电话|地址|联系方式)\w{0,2}(?:写|发|给|报|说)一下|e-?mail|phone|hotline|contact details|'s website|website of",
                r"what(?:'s| is) .*\baddress\b|give me .*\baddress\b|reach (?:him|her|them)|\bwhere (?:do|should|can) (?:i|we) (?:ring|call|phone)\b|\bwhom? (?:do|should|can|to|must) (?:i |we )?(?:contact|call|ask|ring|phone)"
                r"|\b(?:what|which) number (?:(?:do|should|can|must) (?:i|we)|is there|to)\b|\bnumbers? (?:to|i can) (?:call|ring|dial|phone)",
            ),
            _text(rf"{_TELEPHONE}|@|www\.|http|[路街]\d+号"),
        ),
        (
            "website",
            (
                r"(?:哪个?|什么)\w{0,2}(?:网站|网页|平台|系统|小程序|公众号)",
                r"which (?:\w+ )?(?:web ?site|platform|portal)|where .*\b(?:online|download)",
            ),
            _text("网站|平台|系统|小程序|公众号|客户端|www|http"),
        ),
        (
            "hours",
            (r"几点|营业时间|办公时间|工作时间|opening hours|\bopen (?:at|on)\b",),
            _text(r"\d{1,2}(?:[:：]\d{2}|点|时)"),
        ),
        (
            "materials",
            (
                r"(?:交|准备|带|提供|提交)\w{0,3}(?:哪些|什么|几样)(?:东西|$|[?？])|(?:哪些|什么(?!时候)|几样)\w{0,4}(?:材料|资料|证件|证明|表格)|(?:材料|资料|证件|表格)\w{0,3}(?:哪些|什么)|(?:全部|所有|列出\S{0,24})(?:材料|资料|证件)",
                r"documents? (?:do i|must i|are needed|are required|needed)|paperwork|which forms|(?:what|which) papers|have to (?:hand in|submit|provide)",
            ),
            _text(
                r"(?<![新磁型性能合筑原工子])材料(?![科产领工、])|证明(?!商标)|另附|证[书件]|[记册]证|身份证|票据|发票|副本|申请[表书]|申报[表书]|凭证|复印件|执照|合同|(?:提交|提供|出具|填[写报])\S{2}"
            ),
        ),
        (
            "formalities",
            (r"(?:哪些|什么|几样)\w{0,4}手续|手续\w{0,3}(?:哪些|什么)",),
            _text("手续|提交|备案|登记|许可|批准|审批|证"),
        ),
        (
            "name",
            (
                r"叫什么名|谁(?:拿|得|获)[了得]?|(?:[处科局院校会]长|主任|负责人|联系人)叫什么|姓名|名叫|哪几位|(?<![找问系询])哪位|都有谁|请了谁|谁(?:是|任|当|担任)|(?:现任|一把手|负责人)\w{0,4}(?:谁|哪)",
                r"(?:组长|局长|主任|市长|会长|院长|委员)(?:是|叫|由|有)?(?:谁|哪些人)",
                r"by name|names? of|which \w+ leader|who (?:sits|is) on|who (?:chairs|heads|(?:is|are) the (?:deputy |vice )?(?:director|head|mayor|chair|member))",
            ),
            _text(
                r"(?<!分管)(?<!主要)(?<!政府)(?<!任命)(?<!常务)[\u4e00-\u9fff]{2,3}(?<!分管)(?<!主要)(?<!常务)副?(?:市长|省长|区长|县长|局长|主任|书记|部长|院长)(?:[兼担]?任|为)"
                r"|[\u4e00-\u9fff]{2,3}同志|联系人[:：]?\s*[\u4e00-\u9fff]|[\u4e00-\u9fff](?:先生|女士|小姐|老师)"
            ),
        ),
        (
            "organisation",
            (
                r"哪[家个](?:(?:合作)?银行|(?:保险|担保|评估|代理|基金|会计)(?:公司|机构)|公司|国?企业?|集团|医院|律所|事务所|会计师事务所)(?!能|可)|(?:给了|颁给|授予)哪些(?:企业|公司|单位)|(?:企业|公司|机构)是谁|哪几?[所家个](?:大学|学校|高校|中学|法院)",
                r"(?:企业|公司|机构|单位|学校|大学)\w{0,3}叫(?:什么|啥)",
                r"哪些(?:高校|大学|学校|中学)(?!可以|能)|which (?:\w+ )?(?:bank|university|school)\b(?! can| costs| fees)",
                r"which (?:[\w-]+ ){0,3}(?:banks|insurers|insurance companies|organi[sz]ations?|agenc(?:y|ies))\b.*\b(?:commissioned|entrusted|hired|appointed|joined|offer|sell|taken? part|carry|carries|handles?|actually)\b",
                r"哪[些几]家?(?:银行|保险公司|担保公司|企业|机构|律所)\w{0,4}(?:参与|参加|合作|加入|入选|开办|承办|在做)",
                r"which (?:\w+ ){0,3}(?:compan(?:y|ies)|firms?|banks|airlines) (?:won|were|got|received|is|was|will|are|does .* (?:entrust|appoint|hire))\b",
                r"(?:银行|保险公司|担保公司|机构|企业|公司)\w{0,4}(?:[是有]|叫)哪[几两二三四五六七八九十\d]*家|哪[几\d]+家(?:合作)?(?:银行|保险公司|担保公司|代理机构|机构|企业|公司)(?!能|可)|(?:企业|公司|机构|银行|单位)\w{0,2}名单(?:$|[?？是])",
                r"哪些(?:企业|公司|机构|单位|银行)\w{0,4}(?:拿到|拿了|获[奖得批]|入选|上榜|中了|出的|被[罚约])|有哪些人?上榜",
            ),
            _organisation,
        ),
        (
            "place",
            (
                r"哪个区|哪[些几]个?(?:省|区|县|市|城市)(?!级)",
                r"which (?:\w+ )?(?:districts?|count(?:y|ies)|provinces)\b",
            ),
            _located,
        ),
        (
            "site",
            (
                r"(?:落|设|建|选|放|坐落|位)\w{0,4}[在到于]哪(?![类种些]|个(?:单位|部门|机构|局))|在哪条|(?:窗口|中心|办公室|服务站|工作站)[^,，]{0,6}在哪(?![个类种些家])|几[楼栋]|^where (?:is|are|will)\b",
            ),
            _text("[区县镇路城园港谷](?![域分划别内外])|街道|大厦|位于|地址|[\\d一二三四五六七八九十]+[号楼层]"),
        ),
        (
            "penalty",
            (r"罚(?:款|金|多少|几)|怎么罚|判(?:几年|刑|多久|多少)|坐牢|\bfine[ds]?\b|penalt|\bjail|prison",),
            _text("罚|刑|拘留|吊销|没收|处以"),
        ),
        (
            "law",
            (r"(?:依据|根据)(?:的?是)?(?:什么法|哪[条部个]法)|法律依据|under (?:which|what) law|legal basis",),
            _text("《[^》]*(?:法|条例|规定)》|第[0-9一二三四五六七八九十百]+条"),
        ),
        (
            "marks",
            (
                r"[打评]分标准|how many points|怎么评|评[选审]标准|按什么(?:标准|指标)(?:评|打|选|算)|(?:is|are) .* calculated|scoring",
            ),
            _text("分值|得分|权重|评分|打分|计分|计算|除以|比例|平均"),
        ),
        (
            "loan to value",
            (r"(?:评估|估)[价值][^,，]{0,6}(?:几成|百分之|多少|比例)",),
            _text("质押率|评估[价值]|估值"),
        ),
        ("grades", (r"几个?(?:等[次级]|档次?|级别)",), _text("等次|档|等级|分为|[优良]|合格")),
        (
            "capital",
            (r"注册资[本金]\w{0,6}多少|多少\w{0,4}注册资[本金]|registered capital",),
            _text("注册资|实缴|出资额"),
        ),
        (
            "fields",
            (
                r"哪些(?:技术)?(?:领域|产业|行业)(?!的?(?:企业|公司))|(?:领域|产业|行业)\w{0,2}(?:有|是)哪|哪个(?:领域|产业)|(?<!for )which (?:\w+ ){0,2}(?:fields|industries|sectors)\b",
            ),
            _text(
                "(?:面向|聚焦|围绕|瞄准|限于|涵盖|包括|重点|主攻)[^。]{2,60}(?:领域|产业|行业|方向)"
                "|[、和及][^。、,，]{2,12}(?:[两二三四五六七八九十\\d]个|等)?(?:领域|产业|行业)"
            ),
        ),
        (
            "definition",
            (
                r"怎么才能?算|什么叫|(?:怎么|如何)(?:认定|定义|界定)|what counts as|how is .* defined|\bdefin(?:es?|ition)\b",
            ),
            _text("是指|指的?是|所称|认定|视为|符合|包括|达到|以上|不[少低]于"),
        ),
        (
            "interest rate",
            (
                r"利率[^,，]{0,6}(?:多少|几|多高|上限|最高|要求|不能)|利息[^,，]{0,6}多高|(?:最高|上限|什么|多大)\w{0,3}利率",
                r"\b(?:lending|loan|interest) rates?\b",
            ),
            _text("利率|lpr|基点"),
        ),
        ("charge", (r"手续费|工本费|报名费|登记费|押金|保证金|会费",), _text("费|押金|保证金")),
        (
            "pay",
            (
                r"(?:薪酬|工资|劳务费|评审费|专家费|津贴)\w{0,4}(?:多少|几|标准)|多少\w{0,2}(?:薪酬|工资|劳务费|评审费|津贴)",
                r"\b(?:how much|what) (?:is|are) .*\b(?:experts?|advis[eo]rs?|members|staff)\b.*\bpaid\b",
            ),
            _text("薪酬|工资|劳务|评审费|专家费|报酬|津贴"),
        ),
        (
            "tax",
            (r"所得税|增值税|[交缴征免]不?[交缴征免]?税|\b(?:income|value.added) tax|\btaxe[ds]\b|\btaxable\b",),
            _text("税"),
        ),
        (
            "instalments",
            (
                r"一把[给付发拨]|一次性[^,，。]{0,4}(?:吗|还是|[给付发拨])|分几[次期批年]|分[批期]\w{0,3}吗|几次[给付发拨]|怎么[拨付]"
                r"|in one go|instal?ments?\b|in stages|lump sum|split over|paid out (?:over|in)",
            ),
            _text(
                r"一次性|分[期批次年两三四]|首[期批]|尾款|余款|先[^,，。]{0,6}[拨付给]|[拨付][^。]*%|%[^。]*[拨付]|后再?[拨付]"
            ),
        ),
        (
            "fee",
            (
                r"[收交缴付花要掏]不?[收交缴付花要掏]?(?![退赔补返领拿])[^,，?？]{0,3}(?:费|钱)(?:吗|不|么|没|[?？]|$)|免费(?:吗|的吗|不)",
                r"\b(?:free of charge|for free|charge(?:d|s)? (?:anything|a fee|for)|any (?:fees?|charges?)|cost (?:me |us )?anything)\b",
            ),
            _text("费|免|[无有]偿|收取|缴纳|元|买单|承担"),
        ),
        (
            "stacking",
            (
                r"叠加|叠着|摞|兼得|重复(?:享受|领|拿|奖|补|申)|同时(?:享受|领|拿)|[两几](?:笔|份|头|边)\w{0,6}都",
                r"\bstack|both (?:awards|rewards|grants|subsidies)|full (?:award|amount) for each|on top of each other|\bcumulate\b|accumulate (?:both|them|the)\b",
            ),
            _text("累计不|就高|重复|同时享受|兼得|叠加|最高标准|只(?:奖励|补助|资助)一|差额|不再"),
        ),
        (
            "rate",
            (
                r"百分之(?:几|多少)|几成|(?:几|多少)个(?:百分)?点|(?:比例|百分比|费率|利率|比率|增幅)(?:\w{0,4}(?:多少|几|多大|多高|怎么[定算分])|$)|(?:多少|什么|多大)比例|多少%|率\w{0,6}多少",
                r"percent|proportion|what share|by how much|(?:what|how high) .*\brates?\b|\bratio\b",
            ),
            _share,
        ),
        (
            "money",
            (
                r"多少\w{0,3}(?:钱|元|块|资金|经费|费用|奖金|补贴|补助|奖励|资助)|(?<!哪)几(?:千|百|十)?(?:个钱|[块元毛角]|万(?![家件个项名人次户亩平斤吨]))|几个亿|多少[万亿]元?(?![家件个项名人次户亩平斤吨])",
                rf"(?:{_SUMS})\w{{0,6}}(?:多少|几|多大|[?？]|$)|(?:多少|多大|什么)\w{{0,2}}(?:{_SUMS})|" + _SUM,
                r"(?:投资|资本|规模|费|价)\w{0,4}(?:多少|多大)|(?<!by )how much (?!weight|time|notice|of the|growth|was|does .{0,60}\bweigh)|what (?:amount|sum)|how many yuan",
                r"how (?:large|big) .*(?:fund|grant|reward|loan|subsid|capital)|maximum (?:loan|amount|subsid|award|grant)",
                r"what does it cost|what(?:'s|(?: (?:is|are|was|were))?) (?:the )?(?:\w+ )?(?:fees?|premium|pay|rent relief|reward|bonus|budget|salary"
                r"|allowance|prize money|capital|total fines)\b|what (?:cash|bonus|reward)",
            ),
            _paid,
        ),
        (
            "duration",
            (
                rf"{_HOW_MANY}(?:年(?!级)|个月|[天日周]|个?(?:工作日|小时|钟头|星期|学期)|分钟)|多长时间|[时期]限\w{{0,3}}[多几]",
                r"(?:天数|时限|年限|期限)(?:$|[?？])|how (?:long|soon)|what (?:time limit|period)",
                r"how many (?:\w+ )?(?:years|months|weeks|days|hours|minutes)",
            ),
            _period,
        ),
        (
            "interval",
            (r"多久|多快(?![好])|how (?:often|frequently)(?! (?:was|were|has|have|did))|at what interval",),
            _lasting,
        ),
        (
            "date",
            (
                r"什么时候|何时|几时|哪一?年|\bwhen (?:do|does|did|is|are|was|were|will|must|can|should|has|have)\b",
                r"by when|(?:what|which) year\b|(?:by|on) what (?:\w+ )?(?:date|day)",
            ),
            _dated_or_then,
        ),
        (
            "forbidden",
            (
                r"(?:什么|哪些?|干什么)[^,，]{0,10}不(?:[能许准让得算]|可以|允许)|不(?:[能许准让得]|可以|允许)[^,，]{0,8}(?:什么|哪些|哪儿)",
                r"\b(?:what|which) .*\b(?:may|can|must)(?:not| not)\b",
            ),
            _text("不得|不予|不[在属]|除外|禁止|不可|不适用|不能|不包括|不支持|限制"),
        ),
        (
            "budget",
            (r"总?盘子|总预算|预算总额|\b(?:total|overall|construction) (?:\w+ )?budget",),
            lambda text: _paid(text) and bool(re.search("总|预算|规模|安排|投入|投资", text)),
        ),
        ("words", (r"(?:多少|几[千万]?)字(?!段)",), _text(r"\d[千万]?余?字")),
        (
            "year by year",
            (
                r"(?:第一|头一?|首|每一?|历|逐|各)年(?:度)?(?:的|先|要|是|各|分别|都|里)*(?:[^,，?？]{0,6}(?:多少|几)|目标|指标|数)"
                r"|(?<![〇零\d一二三四五六七八九十])[两二三四五]年的数|分年度|\b(?:year by year|each year's|in the first year)\b",
            ),
            _text(r"(?:19|20)\d\d年|第[一二三]年|首年|每年|年度|逐年"),
        ),
        ("number", (r"文号|document number",), _text(r"[〔\[(（【]\d{4}[〕\])）】]\s*\d+号")),
        (
            "times",
            (r"几倍|多少倍|倍数|how many times .*\b(?:leverag|multipl|amplif)",),
            _text(r"\d倍|[二三四五六七八九十]倍"),
        ),
        (
            "rank",
            (r"第几|老几|(?<!安)排名?(?:在|第)?(?:多少|几|哪)|名次|what (?:place|rank)|how (?:high )?.* ranked?",),
            _text(r"第[0-9一二三四五六七八九十]+(?![条章款项节编])|名列|位[列居]|排名"),
        ),
        *(
            (
                name,
                (rf"{_HOW_MANY}(?:{'|'.join(units)})(?!称)", rf"how many (?:\w+ ){{0,2}}(?:{english})"),
                _figure(*units),
            )
            for name, units, english in (
                ("people", ("人", "名", "位"), "people|persons|staff|members|employees|workers"),
                ("length", ("米", "公里", "厘米", "毫米"), "met(?:er|re)s|kilomet(?:er|re)s|centimet(?:er|re)s"),
                ("area", _AREAS, "square|hectares|acres"),
                ("weight", ("吨", "公斤", "千克", "克"), "tons|tonnes|kilograms"),
                ("times of", ("次", "轮"), "times"),
            )
        ),
        (
            "score",
            (rf"{_HOW_MANY}分(?!之|钟)|满分",),
            _text(r"(?:\d\s*|[二三四五六七八九]十[一二三四五六七八九]?|一百)分(?![之钟别行公])"),
        ),
        ("area", (r"占地|面积\w{0,3}多|floor (?:space|area)",), _figure(*_AREAS)),
        (
            "length",
            (
                r"多(?:宽|高|深|远)|(?:距离|宽度|高度|深度)\w{0,4}多少|how (?:wide|deep|tall)\b|how far (?:is|are|from|away|apart)\b",
            ),
            _figure("米", "公里", "厘米", "毫米"),
        ),
        (
            "count",
            (rf"{_HOW_MANY}[{_COUNTERS}]|(?:件数|户数|家数|个数|数量)(?:$|[?？])|how many|headcount|what number of",),
            _counted,
        ),
        (
            "figure",
            (
                rf"多少|{_HOW_MANY}(?=[\u4e00-\u9fff])(?![月号日点])|限值|底数|多[大重厚薄](?![的学])",
                r"turnover|what (?:\w+ ){0,3}(?:target|ceiling|total|number)\b",
                r"how (?:large|big|high|heavy|thick|fast|old)\b|(?:minimum|maximum) (?:\w+ ){0,2}(?:number|age|size|temperature)",
                r"\b(?:at|above|below|over|up to) what (?!time|date|address|moment|point|stage)|what (?:\w+ )?(?:capacity|value|multiplier|weight|distance)\b",
            ),
            _stated,
        ),
        (
            "result",
            (
                r"(?:去年|前年|上一?年度?)(?![^,，]{0,6}(?:买|贷|拿|获得|报|交|申请|赚|花))(?!的计划|\w{0,4}(?:收入|营业|主营|销售|利润|纳税))|底数|(?:目前|现在|至今|迄今)\w{0,3}(?:一共|总共|共|有|是|已)",
                r"\b(?:did|was|were|had|has|have)\b.*\b(?:last year(?!'s)|previous year|so far|to date)|currently|when the \w+ was (?:written|adopted|issued)"
                r"|how many .*\b(?:already|so far|last year's)\b",
            ),
            _text(r"去年|上年|截至|目前|现有|累计|已[^经]|全年|(?<![到至])(?:19|20)\d\d年(?!底?前)"),
        ),
        (
            "list",
            (
                r"几[类种样](?!证)|哪[几两二三四五六七八九十\d]+[个项家类种大门所条样点](?!局|部门|单位|委|机构|厅)|分别(?:是|叫|有)|各叫什么|which (?:two|three|four|five|six|\d+)\b",
                r"(?:what|name) (?:are )?the (?:two|three|four|five|six|\d+)\b",
            ),
            _text(r"[、;；]|[:：]\s*$|以及|分别|《.*》.*《|第[一二三]|一是"),
        ),
        (
            "procedure",
            (
                r"流程|步骤(?!表)|怎么(?:申请|报名|办理|填)|如何(?:申请|报名|办理)|how (?:do|does|can|to) .*\b(?:apply|register|sign up)\b",
            ),
            _text("申请|申报|登录|提交|受理|窗口|程序|流程|步骤|报名|办理"),
        ),
        (
            "reason",
            (
                r"为什么|为何(?![?？]|$)|为啥|(?:原因|理由)是|什么(?:原因|理由|考虑)|依据是什么|\bwhy\b|what reasons?|for what reason",
            ),
            _text("因为|由于|鉴于|因此|原因|为了|为[^\\s,，。]{2,20}[,，]|根据|推动|促进|防止|避免"),
        ),
        (
            "department",
            (
                r"哪[一两二三几]?[个些]?(?:市级|省级|区级|政府|有关|相关|具体)?(?:局|部门|部委|单位|机构|机关|委)|谁(?:来|去)?(?:牵头|负责|主管|管|配合|协助|协办)|牵的头|[归由找]谁|归哪|是谁的(?:活|事|职责|任务)|哪[一两二三几]个?市?[局委办]|哪[几两二三]?家(?:单位|机构|部门)|哪家(?=在|来|去|负责|管|承)|(?:配合|协助)\S{0,8}(?:是|有)(?:谁|哪)",
                r"(?:责任|牵头|配合|主管|协助|协办)(?:单位|部门)",
                r"which (?:\w+ ){0,3}(?:departments?|agenc|bod(?:y|ies)|bureaus?|authorit|offices?|ministr)(?!.*\b(?:set up|created|founded|formed)\b)",
                r"\bwho\b.*\b(?:in charge|responsible|answerable|accountable|assist\w*|the lead)\b|\bwho (?:leads|runs|supports|helps)\b",
                r"in charge of|lead (?:agency|unit)|\bassist(?:ing|s)\b|(?:what|which) (?:\w+ ){1,4}(?:is|are) responsible",
            ),
            _text(
                "牵头|负责|单位|部门|局|委|厅|会同|主管|政府|机构|机关|中心|协会|承担|法院|检察院|责任人|公司|集团|委托|银行|高校|院所|由[^,，。;；]{2,24}(?:提供|组织|实施|出|承担|负担|分担|筹)"
            ),
        ),
        (
            "condition",
            (
                r"条件|资格(?=[是有要?？]|$)|(?:什么|哪些|啥)\w{0,4}资格|门槛|什么(?:样的)?(?:企业|公司|单位|人)(?:可以|能|才)",
                r"eligib|(?<!to )qualif|what (?:\w+ ){0,2}(?:requirement|criteria)|threshold|what conditions",
            ),
            _text(
                r"对[^,，。]{4,}的[,，]|符合|条件|以上|不[低少高超]|经认定|应当|可以|须|达到|满足|具[备有]|取得|属于"
            ),
        ),
    )
)
_OF_YES = frozenset(
    {"fee", "stacking", "instalments", "tax", "interest rate"}
)  # what a question that only wants a yes or no wants to be spoken of
# What these ask for, a general question for a figure or a count need not be asked for too.
_BARE = frozenset(
    {
        "rate",
        "money",
        "duration",
        "interval",
        "score",
        "times",
        "rank",
        "number",
        "people",
        "length",
        "area",
        "weight",
        "times of",
        "marks",
    }
)


# Measure words that count the same things: a number of 家 is none of 件.
_ALIKE = tuple(map(frozenset, ("份", "家户所个", "件项个起宗案", "次轮期届")))
_NOUNS = (("patent|application|trademark|case|copyright", "件"), ("compan|firm|enterprise|bank|business", "家"))
_COUNTER = re.compile(
    rf"{_HOW_MANY}(?P<unit>[家户件起宗次轮份])|(?P<of>件|户|家)数"
    r"|how many (?:\w+ ){0,3}?(?P<noun>(?:patent|application|trademark|case|copyright)s?\b(?! (?:attorney|agent|navig|pledge|pool|award))|(?:compan|firm|enterprise|bank|business)\w*)"
)


def _counting(topic: str, detail: Detail) -> Detail:
    """A count, held to the measure word that is asked for, if it tells what is counted."""
    found = _COUNTER.search(topic)
    if not found:
        return detail
    units = next((units for noun, units in _NOUNS if found["noun"] and re.match(noun, found["noun"])), "")
    asked = found["unit"] or found["of"] or units
    kinds = frozenset().union(*(alike for alike in _ALIKE if set(asked) & alike))
    return replace(
        detail,
        held=lambda text: bool(_HEADED.search(text)) or any(figure.dimension in kinds for figure in figures(text)),
    )


_REACHED = tuple(
    (re.compile(asked), re.compile(held))
    for asked, held in (
        (r"电话|热线|号码|phone|hotline|number|\b(?:call|ring|dial)\b", _TELEPHONE),
        (r"网址|website|网站", r"www\.|http|\.(?:cn|com|gov)"),
        (r"地址|哪条[街路]|\baddress\b", r"[路街道巷]\d+|\d+[号楼室]|大厦|广场"),
        (r"邮箱|e-?mail", "@"),
        (r"在哪", r"[路街道巷]\d+|\d+[号楼室层]|大厦|广场|[A-Za-z\d]座|窗口"),
    )
)


def _reaching(topic: str, detail: Detail) -> Detail:
    """A contact, held to what is asked for: an address is no telephone number."""
    wanted = [held for asked, held in _REACHED if asked.search(topic)]
    if re.search("电话|号码|phone|number", topic) and not re.search(
        "热线|投诉|举报|维权|hotline|complain|report", topic
    ):
        wanted.append(re.compile(_LONG_NUMBER))
    return replace(detail, held=lambda text: all(held.search(text) for held in wanted)) if wanted else detail


def _of_kind(topic: str, detail: Detail) -> Detail:
    """A body, held to a bank where one is asked for."""
    if not re.search(r"银行|\bbanks?\b", topic):
        return detail
    return replace(
        detail, held=lambda text: any(found.group().endswith("银行") for found in _organisations().finditer(text))
    )


def _deadline(topic: str, detail: Detail) -> Detail:
    """A day, held to another than that since which something is in force where one applies until it."""
    return replace(detail, held=_due) if re.search("申报|申请|截止|报名|受理|提交|deadline|apply", topic) else detail


def _street(topic: str, detail: Detail) -> Detail:
    """A place, held to a street where one is asked for."""
    return replace(detail, held=_text("[路街巷]")) if "哪条" in topic else detail


_NARROWED = {"site": _street, "day": _deadline, "count": _counting, "contact": _reaching, "organisation": _of_kind}


# What is paid for each, by rule; not what was paid in all.
_STANDARD = re.compile(
    "每[件家个项名人]|一[件家个项名][^,，]{0,8}[补奖给领拿]|[补奖]多少|\\b(?:each|per)\\b|how much does .* (?:pay|award|give)"
)
_PAST = re.compile("(?:19|20)\\d\\d|[了过]|实际|一共|总共|全年|去年|\\b(?:did|was|were|paid|awarded)\\b")
_SPENT = re.compile("(?:全年|共|累计|合计|已)?[^,，。]{0,8}(?:发放(?![^,，。;；]{0,12}贷款)|扶持)[^。;；]{0,40}")


def _not_spent(detail: Detail) -> Callable[[str], bool]:
    return lambda text: detail.held(_SPENT.sub("~", text))


# How people say what the patterns ask for, also in Cantonese.
_SAID = {
    "啥": "什么",
    "咋": "怎么",
    "几钱": "多少钱",
    "几多": "多少",
    "边个": "哪个",
    "边几": "哪几",
    "边间": "哪家",
    "乜": "什么",
}


@lru_cache(maxsize=256)  # every sentence that is read asks for them
def details(question: Question) -> tuple[Detail, ...]:
    """The details that a question asks for; none of a question that only wants a yes or no."""
    topic = " ".join(question.topic.split())
    for said, meant in _SAID.items():
        topic = topic.replace(said, meant)
    found = [detail for detail in DETAILS if detail.asked.search(topic)]
    if question.yes_or_no and not _ASKS.search(topic):
        return tuple(detail for detail in found if detail.name in _OF_YES)
    if (
        question.yes_or_no and not _FIGURE.search(topic) and not _COUNTED_BY.search(topic)
    ):  # 再加几条, 开几天: a few, and no number is asked for
        found = [detail for detail in found if detail.name not in _BARE | {"count", "figure", "result"}]
    found = [_NARROWED[detail.name](topic, detail) if detail.name in _NARROWED else detail for detail in found]
    if _STANDARD.search(topic) and not _PAST.search(topic):
        found = [replace(detail, held=_not_spent(detail)) if detail.name == "money" else detail for detail in found]
    names = {detail.name for detail in found}
    # What is asked for more closely need not be held in general too; nor is 电话多少 a figure, or 找谁问,电话多少 a department.
    spare = {"count", "figure", "condition"} if names & _BARE else {"figure"} if "count" in names else set()
    spare |= {"figure", "department"} if "contact" in names else set()
    spare |= {"contact"} if _CALLS.search(topic) else set()
    spare |= {"length"} if "interest rate" in names else set()
    spare |= {"times of"} if names & {"instalments", "times"} else set()
    spare |= {"organisation"} if "count" in names and "名单" in topic else set()
    spare |= {"name"} if re.search("(?:单位|部门)[^,，]{0,4}谁", topic) else set()
    spare |= {"penalty"} if names & (_BARE | {"count"}) - {"money", "duration", "interval", "rate"} else set()
    return tuple(detail for detail in found if detail.name not in spare)


def asks_department(question: Question) -> bool:
    """Whether a question asks which department does something."""
    return any(detail.name == "department" for detail in details(question))
