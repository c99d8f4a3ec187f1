"""What a question supposes: its text without the words that only ask whether it is so (对吧, 听说, right?), and what it
states before it asks for something else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import places
from corpus.fold import fold
from qa.types import Question

# What only asks for a yes, as a part of its own between commas or at the end of one.
_TAG = re.compile(
    r"[我你您他她这那个样子说法数字记得是不对没错真的确属实准有回事吗吧么嘛呢啊写规定理解进度意思情况]{1,9}"
    r"|(?:is|are|was|were|do|does|did|has|have|had|will|wo|would|can|ca|could|should|must|need)(?:n't|n’t)?(?: not)?"
    r" (?:it|that|this|he|she|they|there|we|you)\b.{0,30}"
    r"|right|correct|true|yes|no|ok|am i right|please confirm|or not|is the figure correct|is that .{0,40}"
    r"|as (?:i|we) (?:was|were|have been) told"
)
_END = re.compile(r"(?:对不对|是不是|是吗|对吗|对吧|是吧|没错吧|真的吗|吗|吧|么|嘛)$")
# Who says so. Chinese ones need no comma: 听同事讲, 我记得.
_HEARSAY = re.compile(
    r"^(?:听说|据说|据传|听\S{1,4}?(?:讲|说)|有人(?:讲|说)|(?:我|同事|朋友|网上|邻居|老板|别人|人家|大家|财务|会计|代理|客服|领导|窗口|银行)们?都?(?:记得|听说|看到|以为|觉得|讲|说)|请确认|确认一下|是不是|好像)"
)
_ENGLISH_HEARSAY = re.compile(
    r"^(?:so,?|well,?|apparently,?|is it (?:true|right|correct|the case)|(?:am i|is (?:s?he|it)) right"
    r"|please confirm|can you confirm"
    r"|(?:i|we|they|people|someone|somebody|a \w+|my \w+|the \w+) (?:was |were |am |have |'ve |had |has )*"
    r"(?:told|heard|reads?|hear|claims?|claimed|says?|said|thinks?|thought|believes?|understands?|understood|insists?"
    r"|gather|recall|remember|suppose|assume)(?: me| us)?)\s+(?:in thinking |in saying )?(?:that\s+)?"
)
ASKING = re.compile(
    r"什么|多少|哪|怎么|怎样|如何|多[久大长高远厚薄深]|谁|何|啥|咋|几(?!乎)|还是|边[个间度]"
    r"|(?:^|[ ,])(?:what|who|when|where|why|which|whose)\b|\bhow\b"
)
_GOES_ON = re.compile("[比较同每最并也还且而再]")  # the first Hanzi of what is said on of the same
_QUESTION = re.compile(r"[?？]\s*$")
_EITHER = re.compile(r"是不是|([会能要可用得管行好成])不\1|可不可以|有没有|是否")  # neither yes nor no
_CUT = re.compile(r"[,;?!:](?!\d)|\.(?=\s|$)|[。()]| [-–—]+ |—+")
# What an asker says of the policy begins with it; what he says of himself, or only imagines, is no claim about it.
_OPENING = re.compile(
    r"^(?:按照?|依照?|根据|既然|由于|因为|鉴于|考虑到|知道"
    r"|(?:given|seeing|knowing)(?: that)?\b|since\b|as\b|now that\b|because\b)\s*"
)
_RULES = re.compile(r"(?:规定|要求|办法|方案|文件|政策|细则|条例|通知|安排|计划)(?:里|中|上)?$")
_OWN = re.compile(
    r"[我咱俺您]|本(?:人|公司|单位|企业|校|厂|院|所)|贵(?=[公单局院方司市]|中心)|(?<!同)[一有][家个位名所些](?!(?:企业|公司|单位)?(?:最|每|可|能|[补奖给]|一[年届]))|某|朋友|客户|老板|老家|孩子|要?想[要拿领申报]|为了|如果|要是|假如|倘若|万一|的话|^过|^[在到来去][^,]{1,8}[了过]|[年月天]就[搬走离退卖转停关撤换]"
    r"|\b(?:i|we|my|our|us|me|if|suppose|suppos\w+|imagine|say|when|once|after)\b|^an? "
)
# Names a thing and states nothing of it.
_NOMINAL = re.compile("的[^的是有在由要给按从向对把将被能可应须得不没已达占排居列设到先为了比]*$")
_FIGURE = re.compile(
    r"\d[\d.]*(?:%|[千百]?[万亿]元?|元|块|[家件个项人名天日月年倍折])|[两二三四五六七八九十]+[家件个项人名天年倍]|[一二三四五六七八九]成|一半|百分之"
)
_RULE = re.compile(
    "最[长高多低少]|每[家项件个年届]|[可能]|[须应]|补|奖|资助|封顶|[承自要分负]担"
)  # of a policy, not of somebody
_WHY = re.compile("为什么|为啥|为何|凭什么|凭啥|怎么就")  # what it asks about is supposed
_CONDITIONAL = re.compile("[时后前]$|[他她它您]")
_RULED = re.compile("就行|就可以|即可|就能|就好")
_RHETORICAL = re.compile("(?<!是)不(?:就是|是)[^,]+吗$")
_TOPIC = 6  # Hanzi, or half as many words, up to which a statement only says what or when is asked about
_ASKS_ENGLISH = re.compile(
    r"(?:is|are|was|were|do|does|did|can|could|may|must|shall|should|will|would|has|have|please)\b"
)
_SOMEBODY = re.compile(
    r"的?(?![对由给向把将])(?:[\w]{0,4}(?:企业|公司|厂(?!房)|店|人(?!才)|居民|户|商(?![标业务会])|银行|单位|代理|事务所)(?!经营|运营|类|项目))|城?里"
)


@dataclass(frozen=True, slots=True)
class Premise:
    """A folded premise. `leaning`: the asker believes it (对吧, isn't it, 听说) and does not merely ask."""

    text: str
    language: str
    leaning: bool


def premise_of(question: Question) -> Premise | None:
    """What a question supposes; None where it asks for something that it does not say."""
    folded = fold(question.text)
    asked = [part.strip() for part in re.split(r"[,;?!](?!\d)|\.(?=\s|$)|[。()]", folded) if part.strip()]
    kept = [part for part in asked if not _TAG.fullmatch(part)]
    leaning = len(kept) < len(asked) or "是不是" in folded
    said: list[str] = []
    for part in kept:
        short = _ENGLISH_HEARSAY.sub("", _HEARSAY.sub("", part))
        if short != part and _OWN.search(",".join(said)):
            said = [""] * len(said)  # 我有两件专利,听说不给个人: what is told is the premise
        leaning |= short != part
        if _RHETORICAL.search(short):
            leaning, short = True, _positive(short)
        plain = _END.sub("", short)
        leaning |= plain != short and not short.endswith(("吗", "么"))
        said.append(plain)
    if not leaning:  # 我2022年3月拿到专利,现在能申请吗 supposes nothing of the first part
        said = [part for part, own in zip(said, _situations(said, question), strict=True) if not own] or said[-1:]
    text = _EITHER.sub(
        lambda match: match.group()[-1] if match.group()[-1] in "是会能" else " ", ",".join(filter(None, said))
    )
    asking = ",".join(kept)
    wh = ASKING.search(asking.replace("几", "") if leaning else asking)  # 再加几条,对吗 asks for no number
    # how a county handles major cases is what an English question may suppose something of
    inner = leaning and question.language == "en" and not re.match("what|who|when|where|why|which|how", text)
    if not text or (wh and not inner):
        return None
    if not leaning and not question.yes_or_no and not (_QUESTION.search(folded) and not re.search(r"呢\s*\?$", folded)):
        return None
    for mention in sorted(places.mentions(text), key=lambda mention: -mention.start):
        if any(place.name in question.cities for place in mention.places):
            text = f"{text[: mention.start]} {text[mention.end :]}"
    return Premise(re.sub(r"(?:^|\s)'s\b", " ", text).strip(), question.language, leaning)


def supposition(question: Question) -> str | None:
    """What a question states of the policy before it asks for something: 厦门每年扶持10家创客中心,怎么报名.

    None where it states nothing, or something of the asker's own.
    """
    parts = [part.strip() for part in _CUT.split(_WHY.sub("", fold(question.text))) if part.strip()]
    if _WHY.search(fold(question.text)) and parts:
        parts.append("为什么")
    asking = next((at for at, part in enumerate(parts) if _asks(part) and not _believed(part, parts[at + 1 :])), 0)
    said: list[str] = []
    before: list[str] = []  # 在日本拿到专利,乌鲁木齐每件给1.5万
    topic = ""  # 资产组合质押的贷款,补偿资金赔80%: what names a thing belongs to what is stated of it
    cited = False  # 按合肥的规定: what follows is told of the rules
    for at, (part, own) in enumerate(zip(parts[:asking], _situations(parts, question), strict=False)):
        plain = _END.sub("", _plain(part))
        if _RHETORICAL.search(part):
            plain = _positive(plain)
        figure = bool(_FIGURE.search(plain))
        names = _NOMINAL.search(plain) and not figure
        names = names and not (_TAG.fullmatch(parts[at + 1]) or re.search("是[^的]+的$", plain))
        ruled = bool(_RULED.search(plain) or _OPENING.match(part)) and not _OWN.search(plain)
        rule = figure and _RULE.search(plain)  # 在中山个人最高贷50万
        told = cited or plain != part or ruled or (bool(rule) and question.language == "zh")
        cited |= bool(_OPENING.match(part) and _RULES.search(part))
        goes_on = bool(said or topic) and (figure or bool(_GOES_ON.match(plain)))
        placed = _placed(plain, question)
        if plain and (ruled or not own) and not names and (told or goes_on or placed):
            said += [*([] if said or told else before), *([topic] if topic else []), plain]
            topic = ""
        elif names and placed and not own and not _RULES.search(part):
            topic = plain
        elif question.language == "zh" and plain and not own and not figure and not _CONDITIONAL.search(plain):
            before.append(plain)
    text = ",".join(said) or _built_in(parts[asking] if parts else "", question)
    rest = re.sub(r"\d+年?(?:\d+月)?(?:\d+日)?|[至到于在年底末前]+", "", text)
    return text if len(re.findall("[㐀-鿿]", rest)) + 2 * len(re.findall("[a-z]+", rest)) > _TOPIC else None


_CLAIM = re.compile(
    r".*?(?:贴息|补贴?|补助|奖励?|资助|最高|最多|封顶|上限)[^\d,，]{0,4}\d[\d.]*\s*(?:%|[千百]?万元?|元|块)(?=[要该得能去找怎需,]|$)"
)


def _built_in(part: str, question: Question) -> str:
    """The claim that a part makes on its way to asking for something else: 青岛贴息80% of 青岛贴息80%要交哪些材料."""
    found = _CLAIM.match(part) if question.language == "zh" and not question.yes_or_no else None
    return found.group() if found and not _OWN.search(found.group()) and ASKING.search(part, found.end()) else ""


def _plain(part: str) -> str:
    """A part without who says it, or why it is said."""
    return _OPENING.sub("", _ENGLISH_HEARSAY.sub("", _HEARSAY.sub("", part)))


def _situations(parts: Sequence[str], question: Question) -> list[bool]:
    """Which parts tell of the asker or somebody else.

    What follows on 我们是外地公司 does so too, unless it is told as a rule (听说, 按规定).
    """
    found: list[bool] = []
    for part in parts:
        plain = _plain(part)
        goes_on = plain == part and bool(found and found[-1])
        found.append(goes_on or bool(_OWN.search(plain)) or _somebodys(plain, question))
    return found


def _positive(part: str) -> str:
    """不是90天办完 without the 不 of a rhetorical question."""
    return re.sub("不(?=就?是)", "", part, count=1)


def _believed(part: str, rest: Sequence[str]) -> bool:
    """Whether a part only wants to be nodded at before the question comes: 是市局牵头的吧,配合单位都有谁; 不是90天
    办完吗,超了找谁."""
    nods = part.endswith(("吧", "对不对", "是不是")) or _RHETORICAL.search(part)
    return bool(nods) and any(ASKING.search(other) for other in rest)


def _asks(part: str) -> bool:
    return bool(
        ASKING.search(part)
        or part.endswith("呢")
        or _EITHER.search(part)
        or _END.search(part)
        or _ASKS_ENGLISH.match(part)
    )


def _placed(part: str, question: Question) -> bool:
    """Whether a part speaks of a place that is asked about; a Chinese one begins with it, not with where (在厦门)."""
    if question.language == "zh":
        return _city_at(part, question) > 0
    return any(_of(place, question) for mention in places.mentions(part) for place in mention.places)


def _of(place: places.Place, question: Question) -> bool:
    """Whether a place is a city that is asked about, or lies in one."""
    return place.name in question.cities or place.city in question.cities


def _somebodys(part: str, question: Question) -> bool:
    """Whether a part is about somebody from a place: 青岛企业贷了300万."""
    at = _city_at(part, question) if question.language == "zh" else 0
    rule = _RULE.search(part) and _FIGURE.search(part) and "了" not in part
    return at > 0 and not rule and bool(_SOMEBODY.match(part, at))


def _city_at(part: str, question: Question) -> int:
    """Where a city that a part begins with ends; 0 if it begins with none."""
    district = re.match("[㐀-鿿]{2,4}?[区县](?![域级内])", part)
    ends = [
        mention.end
        for mention in places.mentions(part)
        if mention.start == 0 and any(_of(place, question) for place in mention.places)
    ]
    own = [len(fold(city)) for city in question.cities if part.startswith(fold(city))]
    return max([*ends, *own, *([district.end()] if district and question.cities else [])], default=0)
