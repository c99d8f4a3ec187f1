"""Figures in policy text: amounts, rates, counts, years, with units, normalised, each tied to its span."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from corpus import numerals

_SCALE = {"千": 10**3, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "千万": 10**7, "百万": 10**6, "万亿": 10**12}
_ENGLISH_SCALE = {"thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9}
_ENGLISH_UNITS = {"hour": "小时", "year": "年", "month": "个月", "day": "天", "week": "周", "working day": "工作日"}
_PARTS = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}  # percent
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_MONEY = ("元", "圆", "块", "块钱", "yuan", "rmb", "cny")
_CN = r"[零〇一二三四五六七八九十百千两]+"
_DECIMAL = rf"{_CN}(?:点{_CN})?"
_MIXED = rf"(?:\d+|{_CN})[万萬](?:\d千|[一二三四五六七八九两]千(?:[一二三四五六七八九]百)?)"  # 两万三千, 2万3千
_RANGE = re.compile(r"\s*(?:[-~～—–至到]|to)+\s*")
_MEASURES = (
    "家|件|个人(?![工才体民信征账])|个|項|项|人|名|倍|所|成|小时|分钟|厘米|毫米|平方公里|平方米|立方米|公里|米|公顷|亩|吨|公斤|摄氏度|分贝|课时|学时"
    "|处|位|届|轮|座|户|辆|台|份|案(?!件|例|情)"
)
# What numbers in characters count: 三次, but not 一次性, nor 一处理.
_COUNTED = "只(?![有能要是])|万|亿|萬|億|元|年|天|日|周|个?工作日|支|岁|度|次(?!性)|"
_COUNTED += _MEASURES.replace("处|位", "处(?!理|罚|分|置)|位委")
_FIGURE = re.compile(
    rf"""(?P<ratio>\d+(?:\.\d+)?\s*[:：∶]\s*\d+(?:\.\d+)?)
    |(?:(?P<money>(?:rmb|cny|¥|￥)\s*)?(?P<number>{_MIXED}|\d+(?:[,，]\d{{3}})*(?:\.\d+)?|[百千万]分之{_DECIMAL}|{_DECIMAL}(?=[多余]?\s*(?:{_COUNTED})))
    |(?P<word>\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)(?=\s+(?:years?|months?|days?|weeks?)\b)|\bhalf\b|过?半数|一半|(?<![上下前后大])半(?=年|个月|天|日)))
    \s*(?:多|余|餘)?(?:个(?=亿))?(?P<scale>万亿|千万|百万|万|萬|亿|億|千|thousand\b|million\b|billion\b|bn\b|k\b)?
    (?P<plus>多|余|餘)?\s*
    (?P<unit>hours?\b|years?\b|months?\b|working\s+days?\b|days?\b|weeks?\b|%|％|‰|percent\b|per\s+cent\b|个百分点|元|圆|块钱?|yuan\b|rmb\b|cny\b|年|个?工作日|個?工作日|个月|個月|月|日|天|周?岁|周|个?星期|{_MEASURES}|期(?![间限权])|次|支|只|度|[起宗幅间])?""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit: `value` in units (元, %, 家 ...), at `text[start:end]` of the text it was read from."""

    value: Decimal
    unit: str
    start: int
    end: int
    text: str

    @property
    def dimension(self) -> str:
        """What may be compared with what: money, rate, year, ratio, or the unit itself."""
        if self.unit in ("元", "%", "ratio"):
            return {"元": "money", "%": "rate", "ratio": "ratio"}[self.unit]
        if self.unit in ("年", "") and re.fullmatch(r"(?:19|20)\d\d\s*年?", self.text):
            return "year"
        return self.unit


def figures(text: str) -> list[Figure]:
    """The figures of a text in order: 20万元 is 200,000 元, 百分之五十 is 50 %, 1∶1 is a ratio of 1."""
    found: list[Figure] = []
    for match in _FIGURE.finditer(text):
        figure = _figure(match)
        if figure is None:
            continue
        if found and not found[-1].unit and _RANGE.fullmatch(text[found[-1].end : figure.start]):
            found[-1] = _lower_end(found[-1], figure, match)
        found.append(figure)
    return found


def _lower_end(low: Figure, high: Figure, match: re.Match[str]) -> Figure:
    """The 5 of 5-10亿元 is 5亿元."""
    scale = (match["scale"] or "").lower()
    factor = _SCALE.get(scale) or _ENGLISH_SCALE.get(scale) or 1
    return Figure(low.value * factor, high.unit, low.start, low.end, low.text)


def _figure(match: re.Match[str]) -> Figure | None:
    if match["ratio"]:
        left, right = re.split(r"[:：∶]", match["ratio"])
        if not Decimal(right.strip()):
            return None
        return Figure(
            Decimal(left.strip()) / Decimal(right.strip()), "ratio", match.start(), match.end(), match.group()
        )
    number, scale, unit = match["number"], (match["scale"] or "").lower(), (match["unit"] or "").lower()
    unit = _ENGLISH_UNITS.get(" ".join(unit.rstrip("s").split()), unit)
    unit = {"個月": "个月", "周岁": "岁", "摄氏度": "度", "星期": "周", "个星期": "周", "个人": "人"}.get(
        unit, unit.removeprefix("个") if unit.endswith("工作日") else unit
    )
    if word := match["word"]:
        if word == "半":
            return Figure(Decimal("0.5"), unit, match.start(), match.end(), match.group().strip())
        if word.lower() not in _WORDS:
            return Figure(Decimal(50), "%", match.start(), match.end(), word)
        return Figure(Decimal(_WORDS.index(word.lower())), unit, match.start(), match.end(), match.group().strip())
    value: Decimal | None
    if re.search("[万萬].", number):  # 两万三千, 2万3千
        tens, rest = re.split("[万萬]", number)
        below = int(rest[0]) * 1_000 if rest[0].isdigit() else numerals.to_int(rest) or 0
        value = Decimal((numerals.to_int(tens) or 0) * 10_000 + below)
    elif number[0].isdigit():
        try:
            value = Decimal(re.sub("[,，]", "", number))
        except InvalidOperation:
            return None
    elif number[1:3] == "分之":
        value, unit = _spelled(number[3:], _PARTS[number[0]]), "%"
    else:
        value = _spelled(number)
    if value is None:
        return None
    value *= _SCALE.get(scale) or _ENGLISH_SCALE.get(scale) or 1
    if match["money"] or unit in _MONEY or (not unit and _SCALE.get(scale, 0) >= 10**4):
        unit = "元"
    elif unit in ("％", "percent", "per cent", "个百分点"):
        unit = "%"
    elif unit == "‰":
        value, unit = value / 10, "%"
    elif unit == "成":
        value, unit = value * 10, "%"
    end = match.start() + len(match.group().rstrip())
    return Figure(value, unit, match.start(), end, match.group().strip())


def _spelled(number: str, percent: Decimal = Decimal(1)) -> Decimal | None:
    """一点五 is 1.5; None for what is no number."""
    if re.fullmatch("[一二两三四五六七八][二三四五六七八九]", number):
        return None  # 两三家 is about so many
    whole, _, rest = number.partition("点")
    value = numerals.to_int(whole)
    return None if value is None else Decimal(f"{value}.{''.join(str(numerals.to_int(c)) for c in rest)}") * percent


# Months in a period, so that a year and a half, 18个月 and 每两年 can be compared.
_MONTHS = {"年": Decimal(12), "个月": Decimal(1), "周": Decimal(7) / 30, "天": Decimal(1) / 30, "日": Decimal(1) / 30}
_MONTHS |= {
    "小时": Decimal(1) / 720,
    "工作日": Decimal(1) / 30,
    "季": Decimal(3),
    "季度": Decimal(3),
    "半年": Decimal(6),
}
_MONTHS |= {"月": Decimal(1), "年度": Decimal(12)}
_ADVERBS = {"annually": "年", "annual": "年", "yearly": "年", "quarterly": "季", "monthly": "月", "weekly": "周"}
_EVERY = re.compile(
    rf"每(?:隔)?(?P<number>{_CN}|\d+)?个?(?P<unit>年度?|半年|季度?|月|周|天|日)|(?P<once>{_CN}|\d+)年.{{0,4}}一[次回度届评报审检]"
    rf"|(?P<monthly>{_CN}|\d+)个月[^,，。;；]{{0,2}}一[次回]|(?P<alternate>隔(?:一个?)?年)"
    r"|\b(?:every|each)\s+(?:single\s+)?(?P<count>other|two|three|four|five|six|\d+)?\s*"
    r"(?P<english>year|quarter|month|week|day)s?\b"
    r"|\b(?P<adverb>annually|annual|yearly|quarterly|monthly|weekly)\b"
    r"|\bonce (?:a|per) (?P<per>year|quarter|month|week|day)\b",
    re.IGNORECASE,
)
_RANK = re.compile(
    rf"(?:排名?|位[列居]|名列|列|居|拿了?|获得?|得了?)[^,，。;；\d第]{{0,8}}第\s*(?P<place>\d+|{_CN})|第\s*(?P<named>\d+|{_CN})(?=[名位])"
    rf"|(?:全[国省市区县]|世界|全球)第\s*(?P<wide>\d+|{_CN})(?![批个期次条季])"
    r"|\b(?P<first>first|second|third|fourth|fifth)\s+(?:place|in\s+(?:its|the|her|his)\b)|\b(?:came|come|coming|ranked?|ranks|placed?|finished|stood)\s+(?:only\s+|just\s+)?(?:in\s+)?(?:the\s+)?(?:number\s+|no\.?\s*)?(?P<word>[a-z]+|\d+(?:st|nd|rd|th)?)\b",
    re.IGNORECASE,
)
_ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_SPELLED = {word: number for number, word in enumerate(_WORDS)} | {w: n for n, w in enumerate(_TEENS, 13)}
_SPELLED |= {word: number for number, word in zip(range(20, 100, 10), _TENS, strict=True)}
_NUMBER_WORDS = re.compile(
    rf"\b(?:a\s+(?=hundred|thousand|million|billion)|(?:{'|'.join(_SPELLED)})\b)(?:[\s-]+(?:and\s+)?(?:{'|'.join(_SPELLED)})\b)?"
    r"(?:\s*hundred\b(?:\s+and)?(?:\s+(?:" + "|".join(_SPELLED) + r")\b)?)?",
    re.IGNORECASE,
)
_FRACTIONS = re.compile(
    rf"(?P<below>{_CN}|\d+)分之(?P<above>{_CN}|\d+)|\b(?P<some>an?|one|two|three)[\s-](?P<part>third|quarter|fifth|tenth)s?\b",
    re.I,
)


def periods(figure: Figure) -> Decimal | None:
    """The months of a figure that is a period (三年, 18个月, 30 days); None for any other, 2017年 among them."""
    months = _MONTHS.get(figure.unit) if figure.unit not in ("月", "日") and figure.dimension != "year" else None
    return None if months is None else figure.value * months


def frequencies(text: str) -> list[Figure]:
    """How often: 每两年, 一年一次, every year; the value is the months between."""
    found = []
    for match in _EVERY.finditer(text):
        if match["alternate"]:
            value = _MONTHS["年"] * 2
        elif months := match["monthly"]:
            value = Decimal(numerals.to_int(months) or 1)
        elif adverb := match["adverb"]:
            value = _MONTHS[_ADVERBS[adverb.lower()]]
        elif unit := match["english"] or match["per"]:
            count = (match["count"] or "1").lower()
            times = 2 if count == "other" else _SPELLED.get(count) or int(count)
            value = (
                Decimal(times)
                * _MONTHS[{"quarter": "季", "month": "月"}.get(unit.lower()) or _ENGLISH_UNITS[unit.lower()]]
            )
        else:
            number = match["number"] or match["once"]
            value = Decimal((numerals.to_int(number) if number else 1) or 1) * _MONTHS[match["unit"] or "年"]
        found.append(Figure(value, "every", match.start(), match.end(), match.group()))
    return found


def ranks(text: str) -> list[Figure]:
    """排名第3, 第三名, came ninth."""
    found = []
    for match in _RANK.finditer(text):
        said = match["place"] or match["named"] or match["wide"] or (match["first"] or match["word"]).lower()
        plain = re.sub("(?:st|nd|rd|th)$", "", said) if said[0].isdigit() else said
        value = _ORDINALS.index(said) if said in _ORDINALS else numerals.to_int(plain)
        if value:
            found.append(Figure(Decimal(value), "rank", match.start(), match.end(), match.group()))
    return found


def in_digits(text: str) -> str:
    """Number words and fractions as digits: fifty percent is 50 percent, 三分之一 33.3%, 一整年 一年, 年年 每年."""

    def digits(match: re.Match[str]) -> str:
        words = re.findall("[a-z]+", match.group().lower())
        if words == ["one"]:
            return match.group()  # mostly a pronoun
        total = 0
        for word in words:
            total = (total or 1) * 100 if word == "hundred" else total + _SPELLED.get(word, 0)
        return str(total or 1) + (" " if match.group()[-1].isspace() else "")

    def rate(match: re.Match[str]) -> str:
        if match["below"]:
            above, below = numerals.to_int(match["above"]), numerals.to_int(match["below"])
        else:
            above = {"two": 2, "three": 3}.get(match["some"].lower(), 1)
            below = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}[match["part"].lower()]
        return (
            f"{round(100 * above / below, 1):g}%"
            if above and below and below not in (100, 1000, 10000)
            else match.group()
        )

    text = re.sub(
        "([年月周天])\\1(?=都|[评办搞报发给]|$)", r"每\1", re.sub("(?<=[一两二三半])整(?=[年月周天])|整整", "", text)
    )
    text = re.sub(r"\bhalf an? (?=million|billion)", "0.5 ", text)
    text = re.sub(r"\bhalf an? (?=year|month|day|hour)", "0.5 ", text)
    text = re.sub(r"\b(?:a|one) (?:full|whole) (?=year|month|day|week)", "1 ", text)
    return _NUMBER_WORDS.sub(digits, _FRACTIONS.sub(rate, text))


def contained(answer: str, source: str) -> bool:
    """Whether every figure of a sentence stands in its source, as written or in another notation of the same value."""
    values = {(figure.value, figure.dimension) for figure in figures(source)}
    plain = {figure.value for figure in figures(source)}
    return all(
        (figure.value, figure.dimension) in values or (not figure.unit and figure.value in plain)
        for figure in figures(answer)
    )
