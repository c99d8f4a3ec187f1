"""The English frame of a quote: what it is about, and its figures in both notations. The quote itself stays Chinese."""

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.fold import fold
from index.thesaurus import Thesaurus
from qa.figures import Figure, figures

_LABELS, _FIGURES = 5, 6  # at most this many: a frame, not a translation
_NEAR = 16  # characters before or behind a figure in which it is said what it is of
_QUALIFIED = re.compile(r"(?:\([^)]*\)|以上|以下|以内|左右|的|期|一次性)*")
_MEASURED = re.compile(
    "(?:[的达达到为至到约可共按由]|达到|不低于|不少于|不超过|不高于|超过|最高|最低|至少|平均|每年|累计|合计|总额|总计"
    "|总规模|规模|比例|数量|总数|总量|上限|提高|增长|[:：]|[ ])*$"
)
_AT_MOST = re.compile(r"(?:不超过|最高|不高于|上限|以内|至多)[^,，。;；]{0,8}$")
_AT_LEAST = re.compile(r"(?:不低于|不少于|至少)[^,，。;；]{0,8}$")
_OVER = re.compile(r"(?<!不)(?:超过|多于|高于|超過)[^,，。;；]{0,8}$")
_A_YEAR = re.compile(r"(?:每年|年均|年度|每一年)[^,，。;；]{0,24}$")
_UNITS = {"家": "", "个": "", "件": "items", "项": "items", "人": "people", "名": "people", "所": "", "次": "times"}
_UNITS |= {"倍": "times", "年": "years", "月": "months", "天": "days", "日": "days", "期": "rounds"}
_UNITS |= {"个月": "months", "工作日": "working days", "小时": "hours"}


def frame(quote: str, asked: str, thesaurus: Thesaurus) -> str:
    """Labels and figures of a quote, each figure with what it is of where the words beside it say so; '' where there is
    nothing to say. `asked` is the folded question, whose own concepts come first."""
    figured = _figures(quote)
    # Where there are figures, the sentences that hold them say what they are.
    telling = [part for part in re.split("[。；;]", quote) if _figures(part)] or [quote]
    named = [concept for concept, _ in thesaurus.find(fold(" ".join(telling))) if concept.english]
    wanted = {concept.name for concept, _ in thesaurus.find(asked)}
    of = [_label(figure, quote, thesaurus) for figure in figured]
    ordered = sorted({concept.name: concept for concept in named}.values(), key=lambda found: found.name not in wanted)
    labels = ", ".join([concept.english[0] for concept in ordered if concept.english[0] not in of][:_LABELS])
    told = [_labelled(figure, label, quote) for figure, label in zip(figured, of, strict=True)]
    said = "; ".join(list(dict.fromkeys(told))[:_FIGURES])
    return f"{labels}. {said}" if labels and said else labels or said


def _figures(quote: str) -> Sequence[Figure]:
    return [figure for figure in figures(quote) if figure.dimension not in ("", "year", "月", "日")]


def _label(figure: Figure, quote: str, thesaurus: Thesaurus) -> str:
    """What a figure is of, in English: the concept that it stands right behind or right before, with no more than words
    of measure between; of 落户补助 the last, which is its head. '' where another word stands there."""
    before, after = fold(quote[max(0, figure.start - _NEAR) : figure.start]), fold(quote[figure.end :][:_NEAR])
    behind = re.split("[,，。;；:：、(（]", after[_QUALIFIED.match(after).end() :])[0]  # type: ignore[union-attr]
    label = ""
    for concept, wording in thesaurus.find(behind):
        if not behind.startswith(wording):
            break
        behind, label = behind[len(wording) :], concept.english[0] if concept.english else ""
    if label:
        return label
    ahead = before[: _MEASURED.search(before).start()]  # type: ignore[union-attr]
    ends = [concept for concept, wording in thesaurus.find(ahead) if ahead.endswith(wording)]
    return ends[-1].english[0] if ends and ends[-1].english else ""


def _labelled(figure: Figure, label: str, quote: str) -> str:
    """case closure rate: at least 95%; of 贷款利息的50% rather 50% of loan interest."""
    said = _said(figure, quote)
    if label and figure.dimension == "rate" and quote[: figure.start].endswith("的"):
        return f"{said} of {label}"
    return f"{label}: {said}" if label else said


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
