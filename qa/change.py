"""What a premise says of a change, held against the clause: whether it goes up or down, on or to an end, from what to
what, and what comes first."""

import re

from corpus.fold import fold
from qa.figures import figures
from qa.parts import Part, Reader, Wrong, pairs
from qa.premise import Premise

_FAR, _NEAREST = 0.3, 0.85  # of the nearness of the nearest part of its sentence, from which a part is read, or alike
_SHARED = 2  # character pairs that a Chinese premise and a part must share beside the words of the change

# Opposite changes, each with its words in both languages; what is said to do the one cannot do the other.
_OPPOSITES = [
    (re.compile(one), re.compile(other))
    for one, other in (
        (
            "增长|增加|上升|提高|提升|上涨|攀升|上浮|上调|加大|扩大|拓展|扩充|扩展|放宽|[增涨升多高]了|[多高]出|涨得"
            r"|\b(?:rose|risen|rises?|grew|grown|grow|increas\w+|more|higher|up|expand\w*|wider|widen\w*|rais\w+)\b",
            "减少|下降|降低|回落|下滑|下跌|缩减|收窄|缩小|压缩|下浮|下调|收紧|收回|削减|砍到|[减降跌少低掉砍]了|[少低]于?[上前去]"
            r"|\b(?:fell|fallen|falls?|dropp?\w*|decreas\w+|declin\w+|fewer|less|lower|down|shr[aiu]nk\w*|narrow\w*|cut)\b",
        ),
        (
            r"继续|照旧|照样|照常|依旧|保留|恢复|\b(?:continu\w+|still|keeps?|as before)\b",
            r"停止|取消|终止|暂停|不再|废止|\b(?:abolish\w*|stop\w*|discontinu\w*|no longer)\b",
        ),
        (
            r"开放(?!许可|式)|开门|\bopen(?:s|ed)?\b(?! licen)",
            r"关闭|关门|歇业|封闭|\bclos(?:e|es|ed|ing)\b",
        ),
        (r"延长|加长|\b(?:extend\w*|lengthen\w*|longer)\b", r"缩短|\b(?:shorten\w*|shorter|cut)\b"),
        (r"提前|\bearlier\b", r"推迟|延后|顺延|\b(?:postpon\w+|delay\w*)\b"),
    )
]
_SINCE = re.compile(
    "[比较][上前去]|同比|环比|\\b(?:than|over|from|compared|on) (?:\\w+ ){0,3}(?:year|month|quarter|before)"
)
_TURN = "扩大|拓展|扩展|收窄|缩小|缩减|压缩|改建|改造|改|转变|转换|转型|转|变更|调整|变|升格|升级"
_TURN += "|延伸|降|升|砍|增加?|减少?"
_FROM_TO = re.compile(
    rf"(?:从|由|将|把)(?P<source>[^,，。;；]{{2,24}}?)(?:{_TURN})?(?:到|至|成为?|为|向)(?P<target>[^,，。;；]{{2,24}})"
)
_EARLY = re.compile(
    r"一.{1,8}就|(?<![优率首领])先(?![进行锋期])|[之以]前|(?:before|in advance|upfront|immediately|as soon as)"
)
_AFTER = re.compile("([^,，。;；]{2,12}[^,，。;；以今最落])后[,，]")


def direction(premise: Premise, reader: Reader) -> Wrong | None:
    """What is said to rise, go on, open or come earlier and by the clause does the reverse."""
    parts = reader.parts(premise)
    nearest = parts[0]
    same = [part for part in parts if part.sentence == nearest.sentence]
    for one, other in _OPPOSITES:
        for asked, reverse in ((one, other), (other, one)):
            claim = asked.search(premise.text)
            if not claim or reverse.search(premise.text):
                continue
            for part in same:
                if asked.search(part.text):
                    break
                if reverse.search(part.text) and _of_the_same(premise, part, claim.group(), reverse, nearest):
                    return Wrong(claim.group(), part.written)
    return None


def _of_the_same(premise: Premise, part: Part, claim: str, reverse: re.Pattern[str], nearest: Part) -> bool:
    """Whether both speak of a change by the same figure; or, of one that the asker believes in, of a change since the
    year before, or of the same thing."""
    values = {figure.value for figure in figures(premise.text)} & {figure.value for figure in figures(part.text)}
    if values or not premise.leaning:
        return bool(values)
    if _SINCE.search(premise.text) and _SINCE.search(part.text):
        return part.near >= nearest.near * _FAR
    rest = premise.text.replace(claim, "~")
    return part.near >= nearest.near * _NEAREST and len(pairs(rest) & pairs(reverse.sub("~", part.text))) >= _SHARED


def turned(premise: Premise, reader: Reader) -> Wrong | None:
    """What is said to change from one thing to another and by the clause changes from the other to the one."""
    asked = _FROM_TO.search(premise.text) if premise.leaning else None
    if not asked:
        return None
    source, target = pairs(asked["source"]), pairs(asked["target"])
    for part in reader.near(premise):
        said = _FROM_TO.search(part.text)
        if not said:
            continue
        own, its = pairs(said["source"]), pairs(said["target"])
        turned_round = len(source & its) + len(target & own) > len(source & own) + len(target & its)
        if turned_round or (source & own and not target & pairs(part.text)):
            return Wrong(asked.group(), part.written)
    return None


def order(premise: Premise, reader: Reader) -> Wrong | None:
    """What is said to come at once or first and by the clause comes after something else."""
    early = _EARLY.search(premise.text)
    if early and premise.leaning and not re.search(r"后|after|[不没]|\bnot\b|n't", premise.text):
        after = _AFTER.search(fold(reader.parts(premise)[0].sentence))
        then = re.search("先(.*?)[才再]", premise.text)  # 先把本和息都还了才给 is 还本付息后
        if after and then and 2 * len(set(after[1][-4:]) & set(then[1])) >= len(set(after[1][-4:])):
            return None
        if after and not pairs(after[1][-4:]) & pairs(premise.text):
            return Wrong(early.group(), after.group().strip(","))
    return None
