"""What a document leaves out by name: 设计专利不适用本要点, 展期贷款不予支持.

Who asks how much there is of it takes for given what there is not.
"""

import re
from collections.abc import Callable, Sequence

from corpus.fold import fold
from index import passages
from index.types import Hit
from qa.contrast import opposed
from qa.extract import Quote
from qa.parts import pairs
from qa.premise import ASKING, premise_of
from qa.types import Question

Nearness = Callable[[str], float]  # how far a question speaks of a Chinese text: 0 to 1

_QUICK = re.compile("[不没無无免]|除外|取消")
# Leaves a thing out altogether.
_LEFT_OUT = re.compile(
    r"(?<![或者是])(?:暂|均|一律|概|也)*(?:不(?:再|另行?)?(?:予|享受|适用|纳入|列入|给予?|支持|安排|发放|奖励?|补[贴助偿]|资助|贴息|配套|拨付|退回|收回|作为(?=[^,]{0,12}(?:主体|对象)))(?!单独|重复)"
    r"|不再(?=[^,]{0,40}(?:资助|补[贴助]|奖励|配套))|不(?:属于|在)(?=[^,]{1,10}(?:范围|之列|对象))|不得(?=(?:依[^,]{2,6})?申[报请领]|享受|领取)|不(?:含|包括)(?=[^,]{2,})|不计入"
    r"|没有(?=[^,]{0,6}(?:补[贴助]|奖励|资助)(?:[。;]|$))|除外)|取消对?(?=[^,]{2,40}(?:资助|补[贴助]|奖励|配套))"
)
# Does without an act, which the question has to name.
_WITHOUT = re.compile(
    r"(?<![的或者是])(?:暂|均|一律|概|也)*(?:不(?:得|能|用|需|必|接受|受理|要求|组织|参与|收取?|另?发|予|再)(?:再|另行?)?(?!超过|[少低高多]于)|无[需须]|免(?!费))"
)
_LIMITS = re.compile(r"重复|同时|叠加|超过|[少低高多]于|挪作|截留|\d|上限")
# What narrows a subject, so that it must be in the question too.
_NARROWED = re.compile("[未不没无非](?!物质)|逾|超|已|曾|[以之][外前后上下]|低于|虚假|骗|其他|单独|自行")
_NUMBER = re.compile(r"^\s*(?:第.{1,6}条|[(（].{1,4}[)）]|\d+[.、]|[一二三四五六七八九十]+、|答[:：])\s*")
_AROUND = re.compile(
    r"^(?:获得|取得|属于|被|对于?|以|但|其|凡|用|从|向|将)|(?:一律|均|也|暂|概|本身|自身|等|的)+$|本(?:办法|措施|规定|细则|通知|方案|指南)|申请人"
)
_HEAD = re.compile("(?:的?(?:案件|项目|企业|公司|机构|单位|贷款|专利|费用|人员|部分|支出|服务|业务|环节))$")
_MONEY = re.compile(
    r"[补奖贴息钱万给拿领赔]|资助|多少|支持|报销|\b(?:subsid|pay|paid|fund|award|reward|grant|much|claim)"
)
_PAYING = re.compile("资助|补[贴助偿]|贴息|奖|支持|赔")
_FEE = re.compile("费[^,]{0,2}(?:怎么|如何)收|[费收交缴掏花][^,]{0,6}多少|多少[^,]{0,4}[费钱]")
_INSTEAD = {"已": "过曾", "曾": "过已", "单独": "只光仅单"}  # other words that narrow as much
_TO_WHOM = re.compile("[对给向]?[^,由]{2,}的")  # 不再对国内发明的授权给予资助, 取消对专利授权的资助
_COUNTED_IN = re.compile("算[进在到]|计入|计算|包括|加上")
_VERB = re.compile("负责|组织|[不应须为是具按可需由自在每]")  # what follows the subject of a sentence
_HERE = re.compile("本[条款项]|前款")
_ASKED, _NEAR, _ACT = 0.75, 0.6, 0.5  # shares of a subject, or of an act, that the question has
_FEW = 4  # character pairs of an act that needs no subject
_FIRST = 3  # hits that a clause is among which leaves something out of itself alone (不适用本条)


def takes_for_given(question: Question) -> bool:
    """Whether a question asks for something of a thing, and not whether there is such a thing."""
    text = _given(question)
    plain = re.sub("无效|无形|未成年|不动产|不良", "", text)
    denied = re.search(r"[不没未无]|除外|n.t\b|\b(?:not?|never|without)\b", plain)
    asks = bool(ASKING.search(text)) and premise_of(question) is None
    return not denied and (asks or text != fold(question.text))


def _given(question: Question) -> str:
    """The folded text of a question; of 分公司单独备案,要总公司盖章吗 what leads up to what only wants a yes."""
    text = fold(question.text)
    premise = premise_of(question)
    before, _, last = text.rpartition(",")
    if premise and premise.leaning:
        return premise.text
    return before if question.yes_or_no and premise and before and last else text


def excluded(question: Question, hits: Sequence[Hit], nearness: Nearness) -> Quote | None:
    """The sentence of the first hit's document that leaves out what a question takes for given; None if none does.
    `nearness` is asked about the subjects for a question that is not Chinese."""
    text = _given(question)
    for rank, hit in enumerate(hits):
        if hit.clause.document != hits[0].clause.document or not _QUICK.search(hit.clause.lead + hit.clause.text):
            continue
        for start, end in passages.sentences(hit.clause):
            sentence = passages.unwrapped(fold(hit.document.text[start:end]), "")
            lead = fold(hit.clause.lead).rstrip()
            if lead.endswith(":") and (refused := _LEFT_OUT.search(lead)):  # 下列情形不予资助:(一)外观设计专利
                sentence = f"{sentence.rstrip('。;')}{lead[refused.start() : -1]}"
            if not _QUICK.search(sentence) or opposed(text, sentence, ""):
                continue
            named = _named(sentence, text, question, nearness, rank < _FIRST)
            if named is not None:
                return None if named and _granted(named, sentence, text, hits) else Quote(hit, start, end, 0.0)
    return None


def _granted(named: str, sentence: str, text: str, hits: Sequence[Hit]) -> bool:
    """Whether the document grants what a sentence leaves out in a case that is nearer to the question: 新創首次取得新型
    專利,補助八千元."""
    own, wanted = _pairs(_HEAD.sub("", named)) & _pairs(text), _pairs(text)
    least = _pairs(sentence) & wanted
    for hit in hits:
        if hit.clause.document != hits[0].clause.document:
            continue
        for start, end in passages.sentences(hit.clause):
            other = fold(hit.document.text[start:end])
            grants = _PAYING.search(other) and re.search(r"\d|[一二三四五六七八九十百千]+元", other)
            if grants and not _LEFT_OUT.search(other) and own and own | least < _pairs(other) & wanted:
                return True
    return False


def _named(sentence: str, text: str, question: Question, nearness: Nearness, first: bool) -> str | None:
    """What a sentence leaves out by the name that the question has for it, '' for an act; None if nothing."""
    parts = [part for part in re.split("[,，;；:：。\t]", _NUMBER.sub("", sentence)) if part.strip()]
    for at, part in enumerate(parts):
        found = _LEFT_OUT.search(part) or _WITHOUT.search(part)
        if not found or _LIMITS.search(part) or part.endswith("的") or (_HERE.search(part) and not first):
            continue
        if any(one.endswith("的") and not _meant(one, text) for one in parts[:at]):
            continue  # 逾期不改正的,对工程项目不予验收
        subject, act = part[: found.start()], part[found.end() :]
        if (found.group().endswith("再") or "取消" in found.group()) and len(subject) <= 3 and _TO_WHOM.match(act):
            subject, act = act.split("的")[0], ""
        if found.group().endswith(("含", "包括")):  # 前款所称专利不含外观设计专利
            subject, act = act, ""
        if found.group().endswith("计入") and not _COUNTED_IN.search(text):
            continue
        subjects = [subject]
        if len(re.findall("[㐀-鿿]", subject)) < 2 and at:
            subjects = [_VERB.split(one)[0] for one in (parts[at - 1], parts[0])]
            if not re.search("[可须应需]", parts[at - 1]):  # 可以要求外国优先权,不得要求本国优先权
                subjects.append(parts[at - 1])
        whole = _LEFT_OUT.search(part) is not None
        items = [item for one in subjects for item in re.split("[、和及与或]|以及", one)]
        for item in items:
            if _asked(item, act, whole, text, question, nearness):
                return item
        if (
            not whole
            and first
            and not subject
            and all(_meant(one, text) for one in parts[:at])
            and _acted(act, text) >= _ACT
            and len(pairs(act)) < _FEW
        ):
            return ""  # 不收纸质件
    return None


def _asked(item: str, act: str, whole: bool, text: str, question: Question, nearness: Nearness) -> bool:
    item = _AROUND.sub("", _AROUND.sub("", _NUMBER.sub("", item).strip()))
    if not _meant(item, text):
        return False
    done = re.sub(
        "本(?:办法|措施|规定|细则|通知|方案|指南|要点|要點|政策|次|条|款|项)|范围内?|之列|对象|给予|任何|业务|服务",
        "",
        act,
    )
    if question.language == "en":
        near = nearness(item) if len(pairs(item)) > 1 or (whole and len(item) > 1) else 0.0
        return whole and near >= _NEAR and (len(pairs(item)) > 1 or nearness(done) >= _NEAR)
    wanted = _pairs(text)
    acts = pairs(done)
    acted = _acted(done, text)
    if "费" in act and _FEE.search(text):
        if acted == 1:
            return True  # 免收审查费
        acted = 1.0
    named = [len(own & wanted) >= _ASKED * len(own) for own in (_pairs(item), _pairs(_HEAD.sub("", item))) if own]
    alone = len(_pairs(_HEAD.sub("", item))) < 2 and not (len(_pairs(item)) > 1 and named[0])
    if not any(named):
        return False
    if not whole or alone:
        return acted >= _ACT
    if re.match("申[报请领]", act) and not re.search("[申报评领]", text):
        return False
    paying = not acts or bool(_PAYING.search(act))
    acts -= pairs("申报申请支持享受适用受理主体")
    return bool(acted) or (paying and bool(_MONEY.search(text))) or not acts


def _acted(act: str, text: str) -> float:
    """The share of an act's words that a question has."""
    acts = pairs(act)
    return len(acts & _pairs(text)) / len(acts) if acts else 0.0


def _meant(item: str, text: str) -> bool:
    """Whether a question has all words that narrow a subject."""
    return all(
        mark.group() in text or any(word in text for word in _INSTEAD.get(mark.group(), ()))
        for mark in _NARROWED.finditer(item)
    )


def _alike(text: str) -> str:
    for one, other in (("公司", "企业"), ("自然人", "个人"), ("个体户", "个体工商户"), ("大学", "学校")):
        text = text.replace(one, other)
    return text


def _pairs(text: str) -> set[str]:
    return pairs(re.sub("(?<=[㐀-鿿])类", "", _alike(text)))
