"""The matching form of a text: what the index and the questions are compared in, never what a person is shown."""

import re
import unicodedata
from functools import cache

import opencc

# OpenCC's tw2sp would do this from Taiwan's IT vocabulary, but it also turns 建立 into 创建 and 指标 into 指针;
# so only pairs that are safe in policy text stand here, in simplified script. 工程式建设 is why 程式 is not one of them.
_MAINLAND_TERMS = {
    "智慧财产权": "知识产权",
    "智慧财产": "知识产权",
    "智财权": "知识产权",
    "网际网路": "互联网",
    "积体电路": "集成电路",
    "人工智慧": "人工智能",
    "营业秘密": "商业秘密",
    "智慧型": "智能",
    "资料库": "数据库",
    "最佳化": "优化",
    "奈米": "纳米",
    "套用": "应用",
    "显着": "显著",
    "软体": "软件",
    "硬体": "硬件",
    "资讯": "信息",
    "网路": "网络",
    "专利代理师": "专利代理人",
    "范式": "模式",
}
_TERMS = re.compile("|".join([*sorted(_MAINLAND_TERMS, key=len, reverse=True), "(?<!工)程式"]))

# Radicals that PDF fonts put in the place of characters and that NFKC leaves alone (U+2E80 block).
_RADICAL_PAIRS = (
    "⺁厂⺌小⺏尢⺓幺⺕彐⺛旡⺝月⺟母⺠民⺥爪⺩王⺪疋⺫罒⺬示⺭礻⺮竹⺰纟⺶羊⺷羊⺸羊⺼肉⺽臼⻁虎⻂衤⻃西⻄西⻅见⻆角⻈讠⻉贝"
    "⻋车⻏邑⻐钅⻑长⻒长⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龟⻲龟⻳龟"
)
_RADICALS = str.maketrans(_RADICAL_PAIRS[::2], _RADICAL_PAIRS[1::2])


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("tw2s")


def mend_radicals(text: str) -> str:
    """A text with the radicals that some PDF fonts give in the place of characters turned into those characters.

    NFKC maps the Kangxi radicals (U+2F00..) and leaves the CJK supplement (U+2E80..) alone.
    """
    kangxi = re.compile("[\u2f00-\u2fdf]")
    return kangxi.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text.translate(_RADICALS))


def fold(text: str) -> str:
    """Text in NFKC, simplified script, mainland terms and lower case. Lengths and offsets are not kept."""
    text = unicodedata.normalize("NFKC", text.translate(_RADICALS))
    text = _converter().convert(text)
    return _TERMS.sub(lambda match: _MAINLAND_TERMS.get(match.group(), "程序"), text).lower()
