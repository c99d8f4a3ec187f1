"""Figures in policy text: amounts, rates, counts, years, with units, normalised, each tied to its span."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from corpus import numerals

_SCALE = {"千": 10**3, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "千万": 10**7, "百万": 10**6, "万亿": 10**12}
_ENGLISH_SCALE = {"thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9}
_ENGLISH_UNITS = {"year": "年", "month": "月", "day": "天"}
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_MONEY = ("元", "圆", "块", "块钱", "yuan", "rmb", "cny")
_CN = r"[零〇一二三四五六七八九十百千两]+"
_RANGE = re.compile(r"\s*(?:[-~～—–至到]|to)+\s*")
_FIGURE = re.compile(
    rf"""(?P<ratio>\d+\s*[:：∶]\s*\d+)
    |(?:(?P<money>(?:rmb|cny|¥|￥)\s*)?(?P<number>\d+(?:[,，]\d{{3}})*(?:\.\d+)?|百分之{_CN}|{_CN}(?=[多余]?\s*(?:万|亿|萬|億|元|家|件|个|項|项|人|名|年|倍|成)))
    |(?P<word>\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)(?=\s+(?:years?|months?|days?)\b)|\bhalf\b|一半))
    \s*(?:多|余|餘)?(?:个(?=亿))?(?P<scale>万亿|千万|百万|万|萬|亿|億|千|thousand\b|million\b|billion\b|bn\b|k\b)?
    (?P<plus>多|余|餘)?\s*
    (?P<unit>years?\b|months?\b|days?\b|%|％|percent\b|per\s+cent\b|个百分点|元|圆|块钱?|yuan\b|rmb\b|cny\b|年|月|日|天|家|件|个|項|项|人|名|倍|所|期|次|支|只|成|小时|公里|平方米)?""",
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
        if not int(right):
            return None
        return Figure(Decimal(int(left)) / int(right), "ratio", match.start(), match.end(), match.group())
    number, scale, unit = match["number"], (match["scale"] or "").lower(), (match["unit"] or "").lower()
    unit = _ENGLISH_UNITS.get(unit.rstrip("s"), unit)
    if word := match["word"]:
        if word.lower() in ("half", "一半"):
            return Figure(Decimal(50), "%", match.start(), match.end(), word)
        return Figure(Decimal(_WORDS.index(word.lower())), unit, match.start(), match.end(), match.group().strip())
    if number.startswith("百分之"):
        value: Decimal | int | None = numerals.to_int(number[3:])
        unit = "%"
    elif number[0].isdigit():
        try:
            value = Decimal(re.sub("[,，]", "", number))
        except InvalidOperation:
            return None
    else:
        value = numerals.to_int(number)
    if value is None:
        return None
    value = Decimal(value) * (_SCALE.get(scale) or _ENGLISH_SCALE.get(scale) or 1)
    if match["money"] or unit in _MONEY or (not unit and _SCALE.get(scale, 0) >= 10**4):
        unit = "元"
    elif unit in ("％", "percent", "per cent", "个百分点"):
        unit = "%"
    elif unit == "成":
        value, unit = value * 10, "%"
    end = match.start() + len(match.group().rstrip())
    return Figure(value, unit, match.start(), end, match.group().strip())


def contained(answer: str, source: str) -> bool:
    """Whether every figure of a sentence stands in its source, as written or in another notation of the same value."""
    values = {(figure.value, figure.dimension) for figure in figures(source)}
    plain = {figure.value for figure in figures(source)}
    return all(
        (figure.value, figure.dimension) in values or (not figure.unit and figure.value in plain)
        for figure in figures(answer)
    )
