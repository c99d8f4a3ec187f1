"""The English frame of a quote: what it is about, and its figures in both notations. The quote itself stays Chinese."""

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.fold import fold
from index.thesaurus import Thesaurus
from qa.figures import Figure, figures

_LABELS, _FIGURES = 5, 6  # at most this many: a frame, not a translation
_AT_MOST = re.compile(r"(?:不超过|最高|不高于|上限|以内|至多)[^,，。;；]{0,8}$")
_AT_LEAST = re.compile(r"(?:不低于|不少于|至少)[^,，。;；]{0,8}$")
_OVER = re.compile(r"(?<!不)(?:超过|多于|高于|超過)[^,，。;；]{0,8}$")
_A_YEAR = re.compile(r"(?:每年|年均|年度|每一年)[^,，。;；]{0,24}$")
_UNITS = {"家": "", "个": "", "件": "items", "项": "items", "人": "people", "名": "people", "所": "", "次": "times"}
_UNITS |= {"倍": "times", "年": "years", "月": "months", "天": "days", "日": "days", "期": "rounds"}


def frame(quote: str, asked: str, thesaurus: Thesaurus) -> str:
    """Labels and figures of a quote, or '' where there is nothing to say; `asked` is the folded question, whose own
    concepts come first."""
    said = "; ".join(_figures(quote))
    # Where there are figures, the sentences that hold them say what they are.
    telling = [part for part in re.split("[。；;]", quote) if _figures(part)] or [quote]
    named = [concept for concept, _ in thesaurus.find(fold(" ".join(telling))) if concept.english]
    wanted = {concept.name for concept, _ in thesaurus.find(asked)}
    ordered = sorted({concept.name: concept for concept in named}.values(), key=lambda found: found.name not in wanted)
    labels = ", ".join(concept.english[0] for concept in ordered[:_LABELS])
    return f"{labels}: {said}" if labels and said else labels or said


def _figures(quote: str) -> Sequence[str]:
    found = [figure for figure in figures(quote) if figure.dimension not in ("", "year", "月", "日")]
    return list(dict.fromkeys(_said(figure, quote) for figure in found))[:_FIGURES]


def _said(figure: Figure, quote: str) -> str:
    """at most CNY 200,000 (20万元) a year."""
    before, after = quote[: figure.start], quote[figure.end :]
    number = _number(figure.value)
    if figure.dimension == "money":
        text = f"CNY {number} ({figure.text})"
    elif figure.dimension == "rate":
        text = f"{number}%"
    elif figure.dimension == "ratio":
        text = figure.text
    else:
        unit = _UNITS.get(figure.unit, "")
        unit = unit.removesuffix("s") if figure.value == 1 else unit
        text = f"{number} {unit}".strip() + f" ({figure.text})"
    if _AT_MOST.search(before):
        text = f"at most {text}"
    elif _OVER.search(before):
        text = f"more than {text}"
    elif _AT_LEAST.search(before) or re.match(r"(?:\([^)]*\)|（[^）]*）)?以上", after):
        text = f"at least {text}"
    return f"{text} a year" if _A_YEAR.search(before) else text


def _number(value: Decimal) -> str:
    whole = value == value.to_integral_value()
    return f"{int(value):,}" if whole else f"{value.normalize():,f}"
