"""The kind of detail that a question asks for (an amount, a date, a name, a telephone number); whether a text has one.

A sentence on the topic is no answer to "how much" if it names no amount. Patterns read folded text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from corpus import places
from qa.figures import figures
from qa.types import Question

_DAY = re.compile(r"\d+月|\d+日|年底|月底|年末|截止|之日")
_BODY = "银行|公司|集团|大学|学院|中学|小学|医院|法院|事务所|研究院|研究所"
_PAID = re.compile("[补贴奖付缴费税]|资助|匹配|出资|利率")
_ASKS = re.compile(r"多少|几|什么|啥|哪|谁|何|怎么|^(?:how|what|which|who|when|where)\b|give me|tell me|let me know")


@dataclass(frozen=True, slots=True)
class Detail:
    """A kind of detail: how a question asks for it, and whether a text has one."""

    name: str
    asked: re.Pattern[str]
    held: Callable[[str], bool]


def _figure(*dimensions: str) -> Callable[[str], bool]:
    return lambda text: any(figure.dimension in dimensions for figure in figures(text))


def _text(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: bool(compiled.search(text))


def _counted(text: str) -> bool:
    return any(figure.dimension not in ("", "year", "月", "日") for figure in figures(text))


def _paid(text: str) -> bool:
    """Whether a text names an amount, or a share of one that is paid (按贷款利息的50%给予贴息)."""
    found = figures(text)
    paid = _PAID.search(text)
    return any(figure.dimension == "money" or (paid and figure.dimension in ("rate", "ratio")) for figure in found)


def _share(text: str) -> bool:
    return _figure("rate", "ratio", "倍")(text) or bool(re.search("一半|[一二三四五六七八九]成", text))


def _dated(text: str) -> bool:
    return bool(_DAY.search(text)) or _figure("year")(text)


def _organisation(text: str) -> bool:
    """Whether a text names a body by the place that it belongs to; 试点银行 names none."""
    return bool(_organisations().search(text))


@cache
def _organisations() -> re.Pattern[str]:
    names = {place.name for place in places.all_places()} | {"中国", "国家", "中央"}
    return re.compile(rf"(?:{'|'.join(names)})[\u4e00-\u9fff]{{0,8}}(?:{_BODY})")


DETAILS = tuple(
    Detail(name, re.compile(asked), held)
    for name, asked, held in (
        (
            "day",
            r"截止|几月|几号|哪一?天|几日|deadline|due date|closing date|^when .*(?:close|window|apply)",
            _text(_DAY.pattern),
        ),
        (
            "contact",
            r"电话|联系方式|地址|网址|邮箱|联系人|e-?mail|phone|telephone|contact details|website|\baddress\b|reach (?:him|her|them)",
            _text(r"\d{3,4}-?\d{7,8}|(?<!\d)1[0-9]{4}(?!\d)|@|www\.|http|[路街]\d+号"),
        ),
        (
            "materials",
            r"(?:哪些|什么|啥|几样)\w{0,4}(?:材料|手续|证件|表格|文件)|(?:材料|手续|证件|表格)\w{0,3}(?:哪些|什么|啥)"
            r"|documents? (?:do|are|must|needed|required)|paperwork|which forms|what papers",
            _text(r"材料|证明|申请表|申请书|提交|凭证|复印件|报告"),
        ),
        (
            "name",
            r"叫什么名|姓名|名叫|哪位|都有谁|谁(?:是|任|当|担任)|(?:组长|局长|主任|市长|会长|院长)(?:是|叫|由)?谁"
            r"|by name|names? of|who (?:chairs|heads|is the (?:director|head|mayor|chair))",
            _text(r"[\u4e00-\u9fff]{2,3}(?:副?(?:市长|省长|区长|县长|局长|主任|书记|部长|院长)(?:任|为|担任)|同志)"),
        ),
        (
            "organisation",
            r"哪家(?:银行|公司|企业|机构|医院|律所)(?!能|可)|哪所(?:大学|学校|高校|中学)|家公司叫|名单\w{0,2}(?:哪|谁|什么)"
            r"|which (?:\w+ )?(?:bank|university|school)\b(?! can)|which (?:\w+ ){0,3}(?:companies|firms|banks) (?:won|were|got|received)",
            _organisation,
        ),
        (
            "area",
            r"多少亩|占地|面积|hectares|\bacres?\b|square met|floor (?:space|area)",
            _text("亩|公顷|平方米|平方公里"),
        ),
        (
            "penalty",
            r"罚(?:款|金|多少|几)|怎么罚|判(?:几年|刑|多久|多少)|坐牢|\bfined?\b|penalt|\bjail|prison",
            _text("罚|刑|拘留|吊销|没收|处以"),
        ),
        (
            "rate",
            r"百分之(?:几|多少)|几成|比例|百分比|费率|多少%|增幅|率\w{0,6}多少|percent|proportion|what share|\brate\b|\bratio\b",
            _share,
        ),
        (
            "money",
            r"多少(?:万|亿)?(?:钱|元|块|资金|经费|费用|奖金)|几(?:千|百|十)?万|几千[块元]|几个亿|多少[万亿]|金额|额度|封顶|上限"
            r"|[补奖贴拿给报领投花罚](?![^,，?？]{0,6}(?:比|率|百分))[^,，?？]{0,6}多少(?!\w{0,2}[个家件项名人次天年时%])|(?:投资|资本|规模|费|价|面值)\w{0,4}(?:多少|多大)"
            r"|how much (?!time|of the|growth|was)|what amount|how (?:large|big) .*(?:fund|grant|reward|loan|subsid)"
            r"|maximum (?:loan|amount|subsid|award|grant)|what does it cost|cash|allowance|reimburse|how many yuan|what sum",
            _paid,
        ),
        (
            "duration",
            r"多久|多长时间|几年(?!级)|几个月|几天|多少(?:天|年|个月|小时)|how long|how many (?:\w+ )?(?:years|months|days|hours)",
            lambda text: "工作日" in text or _figure("年", "月", "天", "日", "小时", "期")(text),
        ),
        (
            "date",
            r"什么时候|何时|哪一?年|\bwhen (?:do|does|did|is|are|was|were|will|must|can|should|has|have)\b|by when|(?:what|which) year|by what date",
            _dated,
        ),
        (
            "count",
            r"多少(?=\w{0,2}[个家件项名人所支次位条幅])|(?<!哪)几(?=[个家件项名人所支次位条])|how many|headcount",
            _counted,
        ),
        (
            "department",
            r"哪[一两二三几]?[个些](?:局|部门|单位|委)|谁(?:来|去)?(?:牵头|负责|主管|管)|归谁|由谁|哪家单位"
            r"|which (?:\w+ )?(?:department|agenc|bod|bureau|authorit|office)|who (?:is in charge|leads|is responsible)|in charge of",
            _text("牵头|负责|责任单位|单位:|部门|局|委|厅|会同|主管"),
        ),
        (
            "condition",
            r"条件|资格|门槛|什么(?:样的)?(?:企业|公司|单位|人)(?:可以|能|才)|eligib|qualif|requirement|criteria|threshold",
            _text(r"对[^,，。]{4,}的[,，]|符合|条件|以上|不低于|经认定|应当|可以|须"),
        ),
    )
)
_BARE = frozenset({"rate", "money", "duration"})  # what these ask for, "how many" need not be asked for too


def details(question: Question) -> list[Detail]:
    """The details that a question asks for; none of a question that only wants a yes or no."""
    if "yesno" in question.kinds and not _ASKS.search(question.topic):
        return []
    found = [detail for detail in DETAILS if detail.asked.search(question.topic)]
    if any(detail.name in _BARE for detail in found):
        found = [detail for detail in found if detail.name != "count"]
    return found
