"""Whether a question supposes something that the clause puts otherwise: each part of the premise that can be checked (a
figure, a date, who is in charge, a name, what is allowed) is held against the part of the quotes that speaks of it."""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from corpus import numerals
from corpus.fold import fold
from corpus.types import Clause
from index import passages
from index.passages import measured
from index.types import Encoder
from qa.bound import Bound, Kind, belonging, bound
from qa.change import direction, order, turned
from qa.figures import Figure, figures, frequencies, in_digits, periods, ranks
from qa.holders import names, roles, whole
from qa.parts import CLOSE, Part, Reader, Wrong, pairs, unnumbered
from qa.premise import Premise, premise_of
from qa.stance import FREE, denial, refused, stance
from qa.types import Citation, Question

Check = Callable[[Premise, Reader], Wrong | None]

_FAR = 0.3  # of the nearest part's nearness, below which a part speaks of something else
_DATED = 0.7  # of the nearest part's nearness: a heading in the same clause is often nearer than what has a date
_NOISE = 0.1  # of a nearness: what lies this close may be meant as well
_LEAST = {"zh": 1e-6, "en": 0.12}  # nearness of a part with a figure of the kind; between languages little ties it
_ALSO = 0.6  # of the nearest part's nearness, from which another clause's part may be meant
_TOPIC = 0.2  # nearness of a part that may say the reverse

_AT_LEAST = re.compile(
    r"(?:(?<!不)超过|(?<!不)超|以上|不[得能应]?[少低]于|至少|多于|more than|over|at least|above|exceed\w*)\s*$"
)
_AT_MOST = re.compile(
    r"(?:不到|以下|不足|不[得能应]?(?:超过|[高多]于)|(?<!不)少于|(?<!不)低于|(?:最多|最高|至多|顶多|封顶)[^,，。;；\d]{0,5}"
    r"|less than|under|below|at most|up to|fewer than)\s*$"
)
_LOOSE = re.compile(
    r"(?:不到|不足|(?<!不)少于|(?<!不)低于|[超多高大]过?于?|以上|至少|不[得能应]?[少低]于|less than|under|below"
    r"|fewer than|more than|over|at least|above|exceed\w*)\s*$"
)  # 不到5万 holds where it is 3万; 最高5万 and 5天内 do not
_THINGS = "家个户项件所支"  # the words with which people count the same things
_TO = re.compile("[至到~～—–-]|[低少小]于|不[满足到]")
_BELOW = re.compile("以[下内]|不[满足到]")
# 验收得了93分 reaches 90分以上, 借150万 lies under 200万元以下; 要93分 would be another condition.
_SITUATION = re.compile("(?:[借贷](?!款)|做到|完成|申[请报]|[得考干做买住用交等拿]了|只有)[^,，\\d]{0,3}$")
_REACHED = re.compile(r"分?\s*(?:\(含\))?(?:及?以[上下])(?!的?罚)")
_SUMMED = re.compile("(?:总[数量计]|合计|共计|累计)")
_THRESHOLD = re.compile("不足|未满|不满")
_FIRST = re.compile(
    r"(?:国内|全国|全省|全市)(?:首|第一)[家个]|\b(?:topp(?:ed|ing)|tops|came top)\b|榜首|[居列占得夺获]首位|夺冠"
)
_HEADING = re.compile(
    r"(?:[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．]|[一二三四五六七八九十]{1,3}、)\s*[㐀-鿿“”、()（）]{2,20}"
)  # (一)首贷户贴息。 is nearer than what it heads, and says nothing
_EVEN = re.compile("各[出担掏付摊]?一半|各承?担一半|对半[分出]|五五开")
_ABOUT = re.compile(r"(?:约|大约|近|将近|大概|about|around|roughly|nearly|almost|some|approximately)\s*$")
_ROUGHLY = Decimal("1.4")  # 三千多万 is less than 4,200万


def supposed(question: Question, citations: Sequence[Citation], encoder: Encoder) -> Wrong | None:
    """What a question supposes that its clauses put otherwise; None if it supposes nothing, or nothing that they do."""
    return _first((*_CHECKS, denial), question, citations, encoder)


def stated(question: Question, citations: Sequence[Citation], encoder: Encoder) -> Wrong | None:
    """What is wrong of a statement that leads up to a question (premise.supposition)."""
    return _first((*_CHECKS, _ruled), question, citations, encoder)


def _first(
    checks: Sequence[Check], question: Question, citations: Sequence[Citation], encoder: Encoder
) -> Wrong | None:
    premise = premise_of(question)
    if premise is None or not citations or len(question.cities) > 1:
        return None
    reader = Reader(encoder, citations, question.years, premise.text)
    for check in checks:
        if wrong := check(premise, reader):
            return Wrong(_own_words(wrong.asked, question.text), wrong.said)
    return None


def _ruled(premise: Premise, reader: Reader) -> Wrong | None:
    """What is said to be required, allowed or forbidden; 不想上法院 tells of somebody's wishes."""
    return None if stance(premise.text, premise.language) in ("stated", "denied") else denial(premise, reader)


def _own_words(asked: str, text: str) -> str:
    """What is wrong in the asker's own words, with the city between them that a premise leaves out; 75% for three
    quarters stays as it is."""
    found = re.search(".{0,24}?".join(map(re.escape, re.split(r"[\s,]+", asked.strip("的, ")))), folded := fold(text))
    if not found and (each := re.fullmatch("每(.)", asked)) and each[1] * 2 in folded:
        return each[1] * 2  # 年年
    return text[found.start() : found.end()] if found and len(folded) == len(text) else asked


def _figures(premise: Premise, reader: Reader) -> Wrong | None:
    """A figure that none of its kind agrees with where the quotes speak of the same."""
    text = in_digits(premise.text)
    claims = list(_by_kind(text, premise.language))
    for kind, asked in claims:
        start, end = _around(asked, text)
        # 一年内不超过90天: what one of them agrees with speaks of the same.
        alike = [one for of, one in claims if of == kind and start <= one.start < end]
        parts = reader.parts(premise, text[start:end])
        if re.fullmatch(r"\d{4,6}", asked.text) and any(asked.text in part.text for part in parts):
            continue  # a bare number that the clause has: that of a hotline
        nearest = next((part.near for part in parts if not _HEADING.fullmatch(part.sentence.strip())), 0.0)
        holding = [
            (part, said)
            for part in parts
            if (
                said := [
                    other
                    for of, other in _by_kind(part.text, "zh")
                    if _same(kind, of, premise.language)
                    and (_same(kind, of, premise.language, "家个户") or _named(text[asked.end :], part.sentence))
                ]
            )
        ]
        holding = _of_year(holding, text)
        if not holding or holding[0][0].near < max(nearest * _FAR, _LEAST[premise.language]):
            continue
        first = holding[0][0]
        # Which count of a sentence an English noun is, or which of several figures one of several is, no word tells.
        loose = (premise.language == "en" and kind.startswith("count")) or end - start < len(text)
        best = [
            (part, said)
            for part, said in holding
            if part.near >= min(first.near * CLOSE, first.near - _NOISE) or (loose and part.sentence == first.sentence)
        ]
        told = [(part, other) for part, said in holding if part.sentence == first.sentence for other in said]
        several = [one for of, one in claims if of == kind]
        if len(several) > 1 and all(
            any(_agrees(one, other, text, part.text) for part, other in told) for one in several
        ):
            # 每张奖一万,一年不超过五万: the sentence has both, if not for each other's things.
            if len(several) == 2 and _exchanged(several, text, fold(first.sentence)):
                return Wrong(asked.text, first.sentence.strip())
            continue
        if premise.language == "zh":
            best = [
                (part, said)
                for part, said in best
                if part is first or not (_less(part, first, premise.text) or _leads_up(part, first, premise.text))
            ]
        # 新建20家,总数达到96家: the total is of the same.
        best += [(part, said) for part, said in holding if part.sentence == first.sentence and _SUMMED.match(part.text)]
        # What another clause says of the same in so many figures is no error of the asker.
        best += [
            (part, said)
            for part, said in holding
            if part.citation is not first.citation and part.near >= first.near * _ALSO
        ]
        if _SITUATION.search(text[: asked.start]):
            best = holding
        if not any(_fits(one, said, text, part.text) for part, said in best for one in alike):
            part, figures_said = next(
                (one for one in best if all(asked.value != other.value for other in one[1])), best[0]
            )
            return Wrong(asked.text, _range(figures_said, part.text))
    return None


def _things(citations: Sequence[Citation], kind: Kind) -> list[Bound]:
    """The things of quotes with their figures of a kind; of a table row its columns with its cells."""
    found = []
    for citation in citations:
        clause = citation.hit.clause
        if clause.kind == "row" and clause.cells:
            named = [(fold(column), fold(value)) for column, value in measured(clause, citation.hit.document.text)]
            goal = fold(_goal(clause, citation.hit.document.text))
            if len(kind(goal)) > 1:
                found += bound(goal, kind)
                continue
            found += [Bound(f"{goal},{column}", own, value) for column, value in named if (own := kind(value))]
        else:
            heading = fold(clause.address[-1]) + "," if clause.address else ""
            found += bound(heading + fold(passages.unwrapped(unnumbered(citation))), kind)
    return found


def _goal(clause: Clause, text: str) -> str:
    """What a table row is about: its cells of words, first to third."""
    said = [text[cell.start : cell.end] for cell in clause.cells]
    return " ".join(
        [one for one in said if re.search("[㐀-鿿]{2}", one) and not re.fullmatch(r"\d[^,，。]{0,8}", one)][:3]
    )


def _around(asked: Figure, text: str) -> tuple[int, int]:
    """From where to where a part of a premise goes that has a figure."""
    marks = [mark.end() for mark in re.finditer(r",(?!\d)|、| and ", text)]
    start = max((at for at in marks if at <= asked.start), default=0)
    return start, min((at for at in marks if at >= asked.end), default=len(text))


def _belonging(premise: Premise, reader: Reader) -> Wrong | None:
    """A figure that the quotes give to another thing than the premise does: 四星级站奖8万, where 8万 go to 五星级."""
    text = in_digits(premise.text)
    for kind, asked in _by_kind(text, premise.language):
        if _SITUATION.search(text[: asked.start]):
            continue  # 只做到八成 lies in a range of one thing or another

        def alike(said: str, kind: str = kind) -> list[Figure]:
            return [one for of, one in _by_kind(said, "zh") if _same(kind, of, premise.language)]

        things = _things(reader.citations, alike)
        start, end = _around(asked, text)
        named = belonging(text[start:end], things) or belonging(text[:end], things)
        if not named or any(_fits(asked, one.figures, text, one.text) for one in named):
            continue
        if any(_fits(asked, one.figures, text, one.text) for one in things):
            return Wrong(asked.text, named[0].said)
    return None


def _of_year(holding: list[tuple[Part, list[Figure]]], asked: str) -> list[tuple[Part, list[Figure]]]:
    """Without the parts of another year than the one that is asked about, where some are of it."""
    years = {date["year"] for date in _DATE.finditer(asked)}
    if len(years) != 1:
        return holding
    named = [{date["year"] for date in _DATE.finditer(fold(part.sentence))} for part, _ in holding]
    rows = [part.citation.hit.clause.kind == "row" for part, _ in holding]
    yearly = [
        any((cell.column or "")[:4] in years for cell in part.citation.hit.clause.cells) and row
        for row, (part, _) in zip(rows, holding, strict=True)
    ]
    if any(yearly):
        return [one for one, of in zip(holding, yearly, strict=True) if of]
    if not any(years & own or row for own, row in zip(named, rows, strict=True)):
        return holding
    return [one for one, own, row in zip(holding, named, rows, strict=True) if row or not own or years & own]


def _fits(asked: Figure, said: Sequence[Figure], text: str, source: str) -> bool:
    """Whether a part's figures of the kind agree with one that is asked: of 五万元以上二十万元以下 the ceiling, where
    the question has one (最高罚五万)."""
    bound = _bound(asked, text)
    bounded = [other for other in said if bound and _bound(other, source) == bound]
    if bounded:
        return any(_agrees(asked, other, text, source) for other in bounded)
    return _within(asked, said, source) or any(_agrees(asked, other, text, source) for other in said)


def _exchanged(asked: Sequence[Figure], text: str, sentence: str) -> bool:
    """Whether of two figures each stands with the thing of the other: 优势企业5家、示范50家 for 优势50家、示范5家."""
    own, its = ([part for part in re.split("[,，、;；]|以及", whole) if figures(part)] for whole in (text, sentence))
    things: list[list[set[str]]] = []
    for parts in (own, its):
        held = [
            next((pairs(part) for part in parts if any(one.value == figure.value for figure in _all(part))), None)
            for one in asked
        ]
        things.append([thing for thing in held if thing])
    if [len(held) for held in things] != [2, 2]:
        return False
    (a, b), (c, d) = things
    return len(a & d) + len(b & c) > len(a & c) + len(b & d)


def _all(text: str) -> list[Figure]:
    return [*figures(text), *ranks(text)]


def _range(said: Sequence[Figure], text: str) -> str:
    """The first figure of a part in its words; both ends of 2-3家."""
    joined = len(said) > 1 and re.fullmatch(r"\s*[-~～—–至到]\s*", text[said[0].end : said[1].start])
    return text[said[0].start : said[1].end] if joined else said[0].text


def _less(part: Part, first: Part, asked: str) -> bool:
    """Whether a part speaks of another thing than the nearest one: it shares less with what is asked, and has other
    words for it (省级示范企业 beside 省级优势企业)."""
    alone = part.sentence == first.sentence
    own, its = (pairs(one.text if alone else fold(one.sentence)) for one in (first, part))
    wanted = pairs(asked)
    return its & wanted < own & wanted and bool(its - own)


def _leads_up(part: Part, first: Part, asked: str) -> bool:
    """Whether a part stands before the nearest one in its sentence, which has a thing of what is asked for itself: of
    企业奖励1万元,合作社、家庭农场奖励5000元 the first, where 家庭农场 are asked about."""
    if part.sentence != first.sentence or part.sentence.find(part.written) > part.sentence.find(first.written):
        return False
    return len((pairs(first.text) - pairs(part.text)) & pairs(asked)) > 1


def _by_kind(text: str, language: str) -> Iterator[tuple[str, Figure]]:
    """The figures of a text with what they may be compared with."""
    first = [Figure(Decimal(1), "rank", one.start(), one.end(), one.group()) for one in _FIRST.finditer(text)]
    often, placed = frequencies(text), [*ranks(text), *first]
    even = [Figure(Decimal(1), "ratio", one.start(), one.end(), one.group()) for one in _EVEN.finditer(text)]
    yield from (("every", figure) for figure in often)
    yield from (("rank", figure) for figure in placed)
    yield from (("ratio", figure) for figure in even)
    if at_once := re.search("之日起(?=施行|实施|生效|执行)", text):
        yield "period", Figure(Decimal(0), "period", at_once.start(), at_once.end(), at_once.group())
    taken = [(one.start, one.end) for one in (*often, *placed, *even)]
    taken += [one.span() for one in _DATE.finditer(text) if one["name"]]
    for figure in figures(text):
        if any(start < figure.end and figure.start < end for start, end in taken):
            continue
        if text[: figure.start].endswith(("那", "这")):
            continue  # 那一个月: one that was named before
        if figure.unit == "日" and not re.search(r"(?:月|日[至到~-])\s*$", text[: figure.start]):
            yield "period", Figure(figure.value / 30, "period", figure.start, figure.end, figure.text)
        elif re.search(r"第\s*$", text[: figure.start]) or figure.dimension == "year":
            continue
        elif figure.dimension in ("money", "rate", "ratio", "月"):
            yield figure.dimension, figure
        elif (months := periods(figure)) is not None:
            yield "period", Figure(months, "period", figure.start, figure.end, figure.text)
        elif (
            figure.unit == "日"
            or re.match("号", text[figure.end :])
            or re.search(r"\bper\s*$", text[: figure.start])
            or (
                figure.value == 1
                and figure.text.startswith("一")  # 一家, 一个; but 每年集中受理一次
                and not (figure.unit == "次" and re.search("[每只仅限][^,，。;；]{0,8}$", text[: figure.start]))
            )
            # 分两个阶段 is how it is told, not how many there are; 评分90 is a mark.
            or re.search("(?<![评得总打])分[成为]?$", text[: figure.start])
        ):
            continue
        elif figure.unit:
            yield f"count {figure.unit}", figure
        elif unit := re.match(r"\s*([㐀-鿿]|[a-z]{2})", text[figure.end :]):
            yield "count " + (unit[1] if language == "zh" else ""), figure


def _same(asked: str, said: str, language: str, things: str = _THINGS) -> bool:
    if language == "en" and asked.startswith("count"):
        return said.startswith("count")
    return asked == said or any({asked, said} <= {f"count {unit}" for unit in alike} for alike in ("人名位", things))


def _named(after: str, sentence: str) -> bool:
    """Whether a sentence names what a figure counts, where it counts it by another word: 30个专利池, 专利池10项."""
    noun = re.match(r"[家个户项件所支只]?([㐀-鿿]{2,8})", after)
    return not noun or bool(pairs(noun[1]) & pairs(fold(sentence)))


def _agrees(asked: Figure, said: Figure, text: str, source: str) -> bool:
    if asked.unit == "月" and (span := re.search(r"(\d+)月[^,]{0,6}[至到]\D{0,6}(\d+)月", source)):
        first, last = int(span[1]), int(span[2])  # 去年9月 lies in 上一年7月1日至当年6月30日
        return first <= asked.value <= last or (first > last and not last < asked.value < first)
    if asked.unit in ("rank", "every", "月"):
        return asked.value == said.value
    bound, other = _bound(asked, text), _bound(said, source)
    if bound and other and bound != other and not re.search(r"\bnot\b|n't|[不没]", text):
        return abs(asked.value - said.value) > said.value / 200 and (said.value > asked.value) == (bound == ">")
    if bound == ">" != other:
        return said.value >= asked.value
    if bound == "<" != other and _LOOSE.search(text[: asked.start]):
        return said.value <= asked.value
    if (other == "<" or source.startswith("内", said.end)) and re.match("后|之后|以后", text[asked.end :]):
        return asked.value <= said.value  # 一年后被宣告无效 lies in 2年内
    if not bound and other and _SITUATION.search(text[: asked.start]) and _REACHED.match(source, said.end):
        return said.value <= asked.value if other == ">" else asked.value <= said.value
    if not bound and other and asked.unit == "period" and _THRESHOLD.match(source[max(0, said.start - 2) : said.start]):
        return asked.value < said.value  # 两天 is 不足三日
    if re.search("[多余]", asked.text) or re.match("[多余]", text[asked.end :]):
        return asked.value <= said.value < asked.value * _ROUGHLY
    if asked.unit == "%" and asked.value % 1:  # a third is about 35%
        return abs(asked.value - said.value) <= said.value / 10
    if _ABOUT.search(text[: asked.start]) or text.startswith("左右", asked.end):
        return abs(asked.value - said.value) <= said.value / 10
    return abs(asked.value - said.value) <= said.value / 200


def _within(asked: Figure, said: Sequence[Figure], source: str) -> bool:
    """Whether a figure lies in a range: 高于或者等于十四度、低于十六度, 二至四次."""
    return any(
        low.value <= asked.value <= high.value
        and (_TO.search(source[low.end : high.start]) or _BELOW.match(source[high.end :]))
        for low, high in pairwise(said)
    )


def _bound(figure: Figure, text: str) -> str:
    """> for a figure that is a floor, < for a ceiling."""
    before, after = text[: figure.start], text[figure.end :].removeprefix("分")
    if _AT_LEAST.search(before) or re.match(r"\s*(?:\(含\))?(?:及?以上|or more)", after):
        return ">"
    return (
        "<" if _AT_MOST.search(before) or re.match(r"\s*(?:\(含\))?(?:及?[以之][下内]|or less|or fewer)", after) else ""
    )


_MONTHS = "january february march april may june july august september october november december".split()
_DATE = re.compile(
    rf"(?:(?:(?P<day>\d+)(?:st|nd|rd|th)?\s+)?(?P<name>{'|'.join(_MONTHS)})(?:\s+(?P<then>\d{{1,2}}),?)?\s+)?"
    r"(?<![\d〔\[(])(?P<year>(?:19|20)\d\d)(?!\d)(?!\s*[-~～—–至]\s*20)(?:\s*年\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<on>\d{1,2})\s*[日号])?)?"
)
_DUE = re.compile(
    r"(?:[放定排选改拖]在|到|至|自|从|于|截止|截至"
    r"|until|till|by|through|end of|since|from|as of|before|after|in|on|of|during)\s*$|是$"
)
_DUE_AFTER = re.compile(
    r"\s*年?度?(?:[底末前起]|之前|以前|开始|以后|才|就|\d+月)|\s*(?:is|was)?\s*the (?:last|final|closing) (?:day|date)"
)
_TITLED = re.compile("《[^》]*》|关于[^,，。]*?的(?:通知|意见|决定|批复|函)")
_EFFECT = re.compile(
    r"(?:施行|实施|生效|执行)|\b(?:in(?:to)? (?:force|effect)|took effect|take effect|effective|valid (?:since|from))\b"
)


def _dates(premise: Premise, reader: Reader) -> Wrong | None:
    """A year or day by or from which something is to be, where its sentence has others. A year as context is no
    claim."""
    for asked in _DATE.finditer(_TITLED.sub(lambda title: "~" * len(title.group()), premise.text)):
        parts = reader.parts(premise)
        days = [_day(other) for part in parts for other in _DATE.finditer(part.text)]
        if all(_day(asked)) and _day(asked) in days:
            continue  # a whole date is hardly by chance the same, whatever else is dated
        of_effect = _EFFECT.search(premise.text, max(0, asked.start() - 24), asked.end() + 8)
        if of_effect and (since := _in_force(premise, reader)):
            if not _same_day(_day(asked), since[0]):
                return Wrong(asked.group().strip(), since[1])
            continue
        before, after = premise.text[: asked.start()], premise.text[asked.end() :]
        between = before.endswith("在") and re.match(r"[^,]{0,12}(?:之间|期间)", after)
        if not (between or _DUE.search(before) or (before.strip() and _DUE_AFTER.match(after))):
            continue
        for part in parts:
            if part.near < parts[0].near * _DATED:
                break
            dated = [one for one in parts if one.sentence == part.sentence and _DATE.search(one.text)]
            said = [date for one in dated if one.near >= dated[0].near - _NOISE for date in _DATE.finditer(one.text)]
            if any(_same_day(_day(asked), _day(other)) for other in said):
                break
            if said:
                return Wrong(asked.group().strip(), said[0].group().strip())
    return None


_MONTH_DAY = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]")


def _days(premise: Premise, reader: Reader) -> Wrong | None:
    """A day of a month that the nearest part with such days does not have (6月21号前送, 6月25日前)."""
    asked = list(_MONTH_DAY.finditer(_arabic(premise.text)))
    if not asked or _DATE.search(premise.text):
        return None  # one with its year is held against dates with theirs
    parts = reader.parts(premise)
    for part in parts:
        if said := list(_MONTH_DAY.finditer(_arabic(part.text))):
            if part.near < parts[0].near * _DATED and part.sentence != parts[0].sentence:
                return None
            held = {day.groups() for other in reader.near(premise) for day in _MONTH_DAY.finditer(_arabic(other.text))}
            wrong = next((day for day in asked if day.groups() not in held | {day.groups() for day in said}), None)
            return Wrong(wrong.group(), said[0].group()) if wrong else None
    return None


def _arabic(text: str) -> str:
    """三月一日 as 3月1日."""
    return re.sub("[一二三四五六七八九十]{1,3}(?=[月日号])", lambda one: str(numerals.to_int(one.group())), text)


def _in_force(premise: Premise, reader: Reader) -> tuple[tuple[int, int, int], str] | None:
    """Since when the document is in force that the nearest part is of, and the words that say so."""
    for part in reader.parts(premise):
        if re.search("施行|实施|生效", part.text) and (said := list(_DATE.finditer(part.text))):
            return _day(said[0]), said[0].group().strip()
    return None


def _same_day(asked: Sequence[int], said: Sequence[int]) -> bool:
    """Whether two dates agree as far as both are known."""
    return all(a == b for a, b in zip(asked, said, strict=True) if a and b)


def _day(date: re.Match[str]) -> tuple[int, int, int]:
    """Year, month and day of a date; 0 for what it leaves out."""
    month = _MONTHS.index(date["name"]) + 1 if date["name"] else int(date["month"] or 0)
    if not month and re.match(r"\s*年?度?年?[底末]", date.string[date.end() :]):
        month = 12
    return int(date["year"]), month, int(date["day"] or date["then"] or date["on"] or 0)


# Words of a kind of which a thing is one and not another, each kind with its words; the first is read first.
_PAID = r"有偿|[收付交缴][㐀-鿿]{0,6}[费钱]|息[^,]{0,3}[收付]|\b(?:charged?|pay|paid|fees?)\b"
_EITHER: list[Sequence[str]] = [(FREE, _PAID)] + [
    kind.split()
    for kind in (
        r"国有独资|全资国有|100%国有|(?:100%|wholly).state-owned 国有控股 混合所有制 民营 外商独资 集体所有"
        "/国家级 省级 市级 县级 区级/非营利性 营利性 普惠性/强制 自愿/事前 事中 事后/上半年 下半年"
        "/一次性 分期 分年度|每年(?:给予|补助|资助|拨付|发放)"
        "/全额 差额 定额/公办 民办/城镇 农村/预期性 约束性/国内 国外|境外|海外"
        r"/全[部额数]?(?:由|要|都|给)?[㐀-鿿]{0,8}(?:退|出|承担|负担|收回|返还|掏)"
        r" (?:退|承担|负担|收回|返还)[^,。]{0,10}(?:\d+%|一半)|各承?担一半|五五|对半"
        "/举手 无记名"
        "/全国(?:首|头|第一) 全省(?:首|头|第一) 全市(?:首|头|第一)"
    ).split("/")
]


def _either(premise: Premise, reader: Reader) -> Wrong | None:
    """A quality that excludes the one that the clause gives the same thing."""
    denied = re.search(r"不[是属全只]|并非|\bnot\b|n't", premise.text)
    for part in reader.near(premise, share=0.6) if premise.leaning else ():
        for kind in _EITHER[:1] if denied else _EITHER:
            asked, said = _of_kind(kind, premise.text), _of_kind(kind, fold(part.sentence))
            if asked and said and not asked.keys() & _of_kind(kind, whole(part.citation)).keys():
                word = next(iter(said.values()))
                parts = re.split("[,，:：]", part.sentence)
                return Wrong(
                    next(iter(asked.values())),
                    next((text for text in parts if word in fold(text)), part.sentence).strip(),
                )
    return None


def _of_kind(kind: Sequence[str], text: str) -> dict[str, str]:
    """Which of a kind a text names, and in what words."""
    found = {}
    for one in kind:
        if match := re.search(one, text):
            found[one] = match.group()
            text = re.sub(one, "~", text)
    return found


# In the order in which they are tried: the first that is wrong is told.
_CHECKS: tuple[Check, ...] = (
    refused,
    _belonging,
    _figures,
    _dates,
    _days,
    roles,
    names,
    _either,
    order,
    turned,
    direction,
)
