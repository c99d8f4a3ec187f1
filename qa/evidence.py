"""Whether passages answer what is asked: otherwise "the corpus does not say"."""

import re
from collections.abc import Sequence

from corpus.fold import fold
from index.types import Passage
from qa.figures import figures
from qa.types import Kind, Question

THRESHOLD = 0.16  # of the best sentence's match; what lies below speaks of something else
SILENCE = 0.72  # of PolicyIndex.silence, from which the question is about something that nothing in scope speaks of
_READ = 4  # of the best passages, of which one must hold the detail that is asked for
_DIMENSIONS: dict[Kind, frozenset[str]] = {
    "amount": frozenset({"money"}),
    "rate": frozenset({"rate", "ratio"}),
    "date": frozenset({"year", "月", "日", "天"}),
}
_DEPARTMENT = re.compile(r"(?:牵头|责任|配合|协助)(?:单位|部门)|负责[)）]?|会同")
_CONDITION = re.compile(r"对[^,，。]{4,}的[,，]|符合|条件|以上|不低于|经认定|应当|可以|须")
# A question for such a detail is answered only by a passage that holds one: a sentence on its topic is not enough.
_DETAILS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked), re.compile(held))
    for asked, held in (
        (
            r"截止|几月份?|哪一?天|几号|什么时候申|deadline|due date|closing date",
            r"\d+\s*月|\d+\s*日|日前|月底前|截止|截至",
        ),
        (
            r"地址|电话|联系方式|网址|address|phone|telephone|contact details|website",
            r"电话|地址|\d{3,4}-?\d{7}|12\d{3}|网址|www|路\d+号",
        ),
        (
            r"材料|手续|证件|documents? (?:do|are|must|needed|required)|paperwork|which forms",
            r"材料|证明|申请表|申请书|提交|凭证",
        ),
        (
            r"叫什么名字|姓名|名叫|by name|name of the (?:person|official)|who chairs",
            r"市长|局长|主任|书记|组长|主席",
        ),
        (r"多少亩|占地|面积|hectares|acre|square met", r"亩|公顷|平方米|平方公里"),
        (
            r"几千|几百块|多少[块元]|奖多少(?!家)|多少万|多少钱|how much (?:money|cash)|cash|allowance|reimburse"
            r"|what amount|bonus",
            r"\d\s*(?:万|亿|千|百)?(?:余|多)?元",
        ),
        (
            r"哪个(?:局|部门|单位|委)|谁(?:来|去)?(?:牵头|负责|主管|管)|由谁|哪家单位"
            r"|which (?:department|agency|body|bureau|authority)|who (?:is in charge|leads|is responsible)"
            r"|in charge of",
            r"牵头|负责|责任单位|单位:|部门|局|委|厅|会同",
        ),
        (r"百分之几|几成|比例|百分比|percent|what share|what proportion", r"%|百分之|∶|:1|成|比例|利率|费率"),
    )
)


def match(passage: Passage) -> float:
    """How well a sentence matches a question, at most 1."""
    return 0.5 * passage.cosine + 0.5 * passage.match


def holds(text: str, kind: Kind) -> bool:
    """Whether a sentence holds the kind of thing that is asked for: an amount for how much, a body for who."""
    found = figures(text)
    if kind in _DIMENSIONS:
        return any(figure.dimension in _DIMENSIONS[kind] for figure in found)
    if kind == "count":
        return any(figure.dimension not in ("year", "") for figure in found)
    if kind == "department":
        return bool(_DEPARTMENT.search(fold(text)))
    return kind == "condition" and bool(_CONDITION.search(text))


def names_department(column: str) -> bool:
    """Whether a table's column holds departments."""
    return bool(re.search("部门|部門|单位|單位", column))


def enough(question: Question, passages: Sequence[Passage], silence: float) -> bool:
    """Whether the passages, best first, speak of what is asked and hold the detail that is asked for.

    `silence` is PolicyIndex.silence for the question and the best passage's clause.
    """
    if not passages or max(match(passage) for passage in passages) < THRESHOLD or silence > SILENCE:
        return False
    if "yesno" in question.kinds:
        return True
    read = [fold(_readable(passage)) for passage in passages[:_READ]]
    return all(any(held.search(text) for text in read) for asked, held in _DETAILS if asked.search(question.topic))


def _readable(passage: Passage) -> str:
    """The sentence with what stands at its clause's end in brackets, mostly departments; the whole of a table row."""
    clause = passage.hit.clause
    if clause.kind == "row":
        document = passage.hit.document.text
        return " ".join(document[cell.start : cell.end] for cell in clause.cells) or clause.text
    bracket = re.search(r"[(（][^()（）]*[)）]\s*$", clause.text)
    return passage.text + (bracket.group() if bracket else "")
