"""Things of one kind of which a rule for one is no rule for another: 商标质押 beside 专利权质押, 市级 beside 省级.

Vectors put such words close together, since they stand in the same places; these lists keep them apart. A text that
names another of the kind, and not the one asked for, answers another question.
"""

import re
from collections.abc import Mapping

_KINDS: tuple[Mapping[str, re.Pattern[str]], ...] = tuple(
    {name: re.compile(pattern) for name, pattern in kind.items()}
    for kind in (
        {
            "patent": r"专利|发明(?!人)|实用新型|外观设计|\bpatents?\b|\bpct\b",
            "trademark": r"商标|trade ?marks?\b|马德里",
            "copyright": r"著作权|版权|\bcopyright",
            "geographical indication": r"地理标志|地标|geographical indication",
            "plant variety": r"植物新品种|品种权|plant variet",
            "trade secret": r"商业秘密|trade secret",
        },
        {
            "invention": r"发明(?!人)|\binventions?\b",
            "utility model": r"实用新型|utility model",
            "design": r"外观设计|design patent",
            "pct": r"\bpct\b|专利合作条约",
        },
        {
            "national": "国家级",
            "provincial": "省级|provincial-level",
            "municipal": "市级|municipal-level",
            "district": "[区县]级",
        },
        {
            "pledge": r"质押|质贷|\bpledge",
            "insurance": r"保险|投保|\binsur",
            "guarantee": r"担保|guarantee",
            "securities": r"证券化|securiti[sz]",
        },
        {
            "gold": "金奖",
            "silver": "银奖",
            "excellence": "优秀奖",
            "first": "一等奖",
            "second": "二等奖",
            "third": "三等奖",
        },
        {"doctor": "博士", "master": "硕士", "bachelor": "本科|学士"},
        {"mediation": r"调解|mediat", "arbitration": r"仲裁|arbitrat", "suit": r"诉讼|应诉|起诉|litigat|lawsuit"},
        {"home": "国内", "abroad": r"国外|境外|海外|涉外|\boverseas\b|\babroad\b|\bforeign\b"},
    )
)


def opposed(question: str, text: str, context: str) -> int:
    """Of how many kinds a folded question names things of which neither a text nor its context names any, while the
    text names others."""
    found = 0
    for kind in _KINDS:
        asked = {name for name, pattern in kind.items() if pattern.search(question)}
        said = {name for name, pattern in kind.items() if pattern.search(text)} if asked else set()
        if said and not said & asked:
            found += not any(kind[name].search(context) for name in asked)
    return found
