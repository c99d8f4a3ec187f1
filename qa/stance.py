"""What a text makes of an act: required, allowed, optional, denied or forbidden; and where a premise and a clause make
of one act what cannot both hold."""

import re
from collections.abc import Sequence
from typing import Literal

from corpus.fold import fold
from qa.parts import CLOSE, Part, Reader, Wrong, pairs
from qa.premise import Premise

Stance = Literal["required", "allowed", "optional", "denied", "forbidden", "stated"]

# The words of the law and what people say for them, in the order in which they are tried.
_DEONTIC = re.compile(
    r"(?P<optional>可以?不(?=[^,])|不是?(?:必须?|用|一定(?:非?得|要)?|需要?|须|非得?|强制|硬性|再(?=要|需))(?:非得?|一定要?)?"
    r"|无[需须]|用不着|没必要"
    r"|不受[^,]{0,12}限制|免(?=[征收交缴除予于])"
    r"|\b(?:does|do|did|is|are|has|have)(?:n't| not) (?:have|need|required|obliged)\b"
    r"|\bneed(?:n't| not)\b|\bexempt\w*|\bwaive\w*|\bfree of\b|\bno need\b)"
    r"|(?P<forbidden>不(?:得(?!不)|准|许|能|可(?!或缺|抗力|分)|允许|应当?|让|行|宜|享受[^,]*|[在属]于?[^,]{0,8}范围)|禁止|严禁|不予"
    r"|\b(?:can|may|must|could|shall)(?:not|n't| not| never| no longer)\b|\bcan't\b"
    r"|\bnot (?:be )?(?:allowed|permitted)\b"
    r"|\b(?:prohibit|forbid|bann?)\w*|\bno (?:right|power)\b|\bno (?:\w+ ){1,4}(?:can|may)\b)"
    r"|(?P<allowed>可(?=以|由|向|在|按|对|直接)|允许|准许|有权|没(?:问题|关系|事)|[也就都还]行|自主|鼓励|支持"
    r"|(?<![节职功性智技才潜热电机没未])能(?!源|力|耗|效|评)"
    r"|\b(?:may|can|could|allowed|permitted|entitled|free to|encourage\w*|optional)\b)"
    r"|(?P<required>应当?(?!急|用|对|诉|届)|不得不|必须|须|一定要|(?:[非还都就也先总]|(?:^|,))得(?!到|了)"
    r"|\b(?:must|shall|mandatory|compulsory|required|obliged|(?:has|have|had|needs?) to)\b)"
)
_DENIED = re.compile(
    r"不|没|未|无(?=[法权关人此])|取消|拒绝|排除|废止|n't\b"
    r"|\b(?:not|no|never|nothing|neither|none|lacks?|nobody|(?:rul\w+|left|leaves?|leaving) out"
    r"|(?:keeps?|kept|leaves?|left) (?:\w+ ){1,6}out of"
    r"|(?:discourag|refus|declin|exclud|reject|abolish)\w+)\b"
)
# Whether a thing is paid for is a quality that is held against the clause's (qa/contradict.py), no denial of an act.
FREE = (
    r"免费|无偿|不(?:要|用花)钱|[无免]息|(?:(?<![还拒])不|不得|不用|不必|无需|零)(?:[收交缴付花买]|收取|缴纳|支付)[㐀-鿿]{0,6}?[费钱票]|免予?[收交征缴]"
    r"|\bfree\b(?! to)|\b(?:no|without)(?: \w+)? (?:fees?|charges?)\b|(?:n't|not|never) (?:\w+ ){0,3}(?:charged?|pay)\b"
)
# Nor are limits, conditions, alternatives (是否, 或者不) and words that begin with 不.
_NO_DENIAL = re.compile(
    FREE + r"|不[会得能可应]?(?:超过|[少低高多晚早小大]|比|更)|不(?=[懂了清见起下动])|没错|(.)[不没]\1"
    r"|不(?:同|断|仅|动产|良|足|当|正当|可抗力|特定|明|合格)|未(?:成年|来)|无(?:线|人机|障碍)"
    r"|未经\S*?(?:批准|同意|许可|授权|审批|备案)|(?:不(?![得准许能可应])|未|无|允许|准许)[^,的]{1,14}的(?=[㐀-鿿])"
    r"|(?:或者?|还是)(?:不|未)[㐀-鿿]{,3}|\b(?:not|no) (?:only|more|less|later|fewer|lower|higher|earlier|exceed\w*)"
    r"|\b(?:that|which|who|whose|if|unless|when|where) (?:\w+ )?(?:not|never|no)\b"
)
_CONDITION = re.compile("(?:的|时|后|前|外|的话)$|要是|如果|假如|只要")
# What cannot hold where the other holds. A duty beside a permission: what is only allowed is not required.
_CONFLICTS: dict[Stance, tuple[Stance, ...]] = {
    "required": ("allowed", "optional", "denied", "forbidden"),
    "allowed": ("denied", "forbidden"),
    "optional": ("required",),
    "denied": ("required", "allowed", "stated"),
    "forbidden": ("allowed",),
    "stated": (),
}
_NEGATIVE = frozenset(("forbidden", "denied", "optional"))
_TOPIC = {"zh": 0.2, "en": 0.35}  # nearness of a part that may say the reverse; between languages nothing else ties it
_CLOSER = 0.9  # of the nearness of what says the reverse, from which what allows or requires it wins
_PROHIBITED = 0.5  # of the nearness of what says the reverse, from which a prohibition is of the same act

_REFUSAL, _COVERED = 0.6, 0.75  # of the nearest part's nearness; of a refusal's words those that the premise has
_APPROVED = re.compile(
    r"(?<!不)(?:经|得到?|征得|获得?)\S{0,8}(?:批准|同意|许可|授权)|\bwith\b.*(?:approv|consent|permi)"
)
_UNAPPROVED = re.compile("未经|非经|擅自|除")
_LIMIT = re.compile(
    r"\b(?:above|below|over|under|than|exceed\w*)\b.*\d|\S以[上下内]|[超高低多少大小]过?于?[\d一二三四五六七八九十百]"
)  # a figure's, which is held against others


def stance(text: str, language: str = "zh") -> Stance:
    """What a folded text makes of the act that it names. In Chinese the last word of the kind governs, in English the
    first; a condition (不按期清除的) makes nothing of it."""
    if language == "zh" and _CONDITION.search(text):
        return "stated"
    plain = _NO_DENIAL.sub(lambda found: "~" * len(found.group()), text)
    if found := list(_DEONTIC.finditer(plain)):
        return found[-1 if language == "zh" else 0].lastgroup  # type: ignore[return-value]
    return "denied" if _DENIED.search(plain) and not re.match("[未除因如]", text) else "stated"


def denial(premise: Premise, reader: Reader) -> Wrong | None:
    """What the asker believes to be allowed, required or not, where the clause has it otherwise."""
    if not premise.leaning:
        return None
    parts = re.split(r",| and (?=(?:can|may|must|is|are|has|does)\b)", premise.text.removesuffix("的"))
    stances = {part.strip(): stance(part, premise.language) for part in parts if len(re.findall(r"\w", part)) > 3}
    for focus, asked in stances.items():
        # What leads up to the last part of a Chinese premise only sets the scene, unless it says what may be done.
        scene = premise.language == "zh" and focus != parts[-1].strip()
        if scene and (asked in ("stated", "denied") or _CONDITION.search(focus)):
            continue
        near = [(part, *_said(part)) for part in reader.near(premise, focus)]
        part, said, written = next((one for one in near if one[1] != "stated"), near[0])
        if (
            part.near < _TOPIC[premise.language]
            or said not in _CONFLICTS[asked]
            or _agreed(asked, part, said, reader.parts(premise, focus))
        ):
            continue
        whom = re.search("不[给对向]([㐀-鿿]{2,8})$", focus)
        if whom and not pairs(whom[1]) & pairs(fold(part.sentence)):
            continue  # 不给个人 says nothing of what is given to firms
        if asked == "denied" and re.search(
            r"不(?:[是全只仅]|都是)|\b(?:is|are|was|were)(?: not|n't) (?!\w+ed\b)", focus
        ):
            continue  # what a thing is not, no act that is not done
        if asked == "allowed" and re.search(r"\bonly\b|才|方可|只[能可]|仅[能可限]|\bfined\b|\bpunish|罚", focus):
            continue  # a limit, or a penalty
        if _APPROVED.search(focus) and _UNAPPROVED.search(part.sentence):
            continue
        if asked in _NEGATIVE and (
            _LIMIT.search(focus) or (asked != "forbidden" and re.search(FREE, fold(part.sentence)))
        ):
            continue
        return Wrong(focus, written)
    return None


_REFUSED = re.compile(
    r"(?:(?<![的或者])不|无(?=需|须))(?:再|另行?|得|予|宜|给予?|享受|存在)?[^,的]{0,30}?"
    r"(?:资助|补[贴助偿]|奖|贴息|支持|发放|支付|安排|提取|提成|收[费取]|报销|赔偿|补偿|付)(?![^,]{0,6}的$)|不[在属]于?[^,]{0,8}范围"
)
_OF_REFUSAL = re.compile(
    "本(?:办法|措施|规定|细则|通知|政策)|专利(?=[和或、的]|$)|一律|概|不(?:再|另行?|得|予|宜|享受)?|给予|发放|安排|[对从向由]"
)
_NOT_REFUSED = re.compile("不(?:[得能应]?(?:超过|[少低高多])|重复|同时|符合|足|[得能]?(?:截留|挪))|的$|未经|擅自")


def _refuses(text: str) -> bool:
    """Whether a folded text says that something is not paid, given or taken."""
    return bool(_REFUSED.search(text)) and not _NOT_REFUSED.search(text)


def refused(premise: Premise, reader: Reader) -> Wrong | None:
    """What is taken to be paid, given or taken, where the clause says of the same thing that it is not."""
    if _DENIED.search(premise.text):
        return None
    wanted = pairs(premise.text)
    for part in reader.near(premise, share=_REFUSAL):
        if part.near < _TOPIC[premise.language] or not _refuses(part.text):
            continue
        before = _cut(part)
        before = before[: before.index(part.written)] if part.written in before else before
        if any(_CONDITION.search(text) for text in before):
            continue  # 逾期的,不予资助
        for item in re.split("[、和及与]", part.text):
            own = pairs(_OF_REFUSAL.sub(" ", item))
            if len(own & wanted) >= 2 and len(own & wanted) >= _COVERED * len(own):
                return Wrong(premise.text, part.written)
    return None


def _agreed(asked: Stance, reverse: Part, said: Stance, parts: Sequence[Part]) -> bool:
    """Whether some part of the clauses makes of the act what the asker does: that wins over what says the reverse."""
    negative = asked in _NEGATIVE
    wins = reverse.near * (_PROHIBITED if negative else CLOSE if said == "optional" else _CLOSER)
    agreeing = _NEGATIVE if negative else {"required", "allowed", "optional"} - {*_CONFLICTS[asked]}
    return any(part.near >= wins and stance(part.text) in agreeing for part in parts)


def _cut(part: Part) -> list[str]:
    return [text.strip() for text in re.split("[,，:：]", part.sentence)]


def _said(part: Part) -> tuple[Stance, str]:
    """The stance of a part and its words; where it has none, of what follows it in its sentence, or else precedes, or
    introduces the item that it stands in (不得有下列行为:)."""
    written, clause = _cut(part), part.citation.hit.clause
    at = written.index(part.written) if part.written in written else 0
    if (own := stance(part.text)) == "stated":
        for text in (*written[at + 1 :], *written[:at]):
            if (other := stance(fold(text))) not in ("stated", "denied"):
                return other, text
        if clause.address and re.match("[(（]", clause.address[-1]):
            before = re.split("[：:]\\s*\n", part.citation.hit.document.text[: clause.start])
            introduction = re.split("[\n。；]", before[-2])[-1] if len(before) > 1 else ""
            if stance(fold(introduction)) == "forbidden":
                return "forbidden", introduction.strip()
    return own, part.written
