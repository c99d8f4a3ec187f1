"""Bodies, persons and places of a premise that the clause does not name in that role, where it names others."""

import re
from collections.abc import Sequence

from corpus import places
from corpus.fold import fold
from index.tokens import words
from qa.contrast import districts_of
from qa.parts import Part, Reader, Wrong, pairs
from qa.premise import Premise
from qa.types import Citation

_ALIKE = 0.3  # of the meanings of an English and a Chinese name, below which they are of two bodies

_BODY = (
    "(?:局|委员会|委(?![会员])|办(?!公|法|理)|厅|处(?![罚理分置以])|科(?![技学创研普室目])|部门?|院|中心|政府|公司|[市省县区局]长|主任|书记|海关"
    "|银行|机构|机关|协会|政协)"
)
_NAME = rf"[㐀-鿿]{{1,12}}?{_BODY}"
_ANYBODY = re.compile("的|其他|有关|相关|负有|各")
_LED_UP = re.compile(r"^(?:[(（][^)）]{1,3}[)）]|\d{1,2}[.、])?(?:.{0,12}由(?=[㐀-鿿]{2}))?")  # (一)经费由市财政局
_BEFORE = re.compile(".*[由是的在和与及让把归给有为叫向报]")

# Who does what: how a question says it of somebody, and how clauses do. {} is the name.
_ROLES = {
    "lead": (
        r"(?:牵头|主管|负责|责任)(?:的|单位|部门|方)*(?:应?[是为]|:)({})|由?({})(?:来|去)?(?:牵头|主管|负责)|归({})(?:管|负责|组织|来)|[是由]?({})牵的头|[是由]({})(?:自己|在)?(?:办|管|做|审核|组织|受理)(?:的|$)",
        r"(?:牵头|责任|主办|主管)(?:单位|部门)[:是为]+([^。;)]+)|\(([^()]*?)(?:会同[^()]*)?(?:按[^()]*)?(?:分别)?负责\)"
        r"|由([^,。;()]{2,24}?)(?:牵头|负责|主管|代为管理|管理)",
    ),
    "support": (
        r"(?:配合|协助)(?:的|单位|部门|方)*(?:应?[是为]|:)({})|由?({})(?:来|去)?(?:配合|协助|协办)",
        r"(?:配合|协助|协办)(?:单位|部门)[:是为]*([^。;)]+)|会同([^()。;]*?)(?:,?按[^()]*)?负责",
    ),
    "head": (
        r"(?<!副)(?:组长|召集人)(?:应?[是为]|:)({}|[㐀-鿿]{2,4}$)|(?:组长|召集人)由([㐀-鿿]{2,10}?)(?:担任|兼任|任|当)|是([㐀-鿿]{2,3}?)[任当](?:组长|召集人)|由?({})(?:亲自)?(?:来|担|兼)?[任当](?:组长|召集人)",
        r"(?:由|[,、;(]|^)([^,。;、()]{2,12}?)(?:同志)?(?:担|兼)?[任为](?:组长|召集人)"
        r"|(?<!副)(?:组长|召集人):([^,。;、()]{2,16})|召集人,?由([^,。;]{2,16}?)[兼担]任",
    ),
    "seat": (r"(?:设在|设于|放在|挂靠在?|挂在)({})", r"(?:设在|设于|挂靠在?|依托)([^,。;()]{2,16})"),
    "to": (r"(?:向|报请?)(?!告)({})", r"(?:向|报请?)([^,。;()]{2,24}?)(?:报告|备案|批准|审批|同意)"),
    "doer": (
        r"由({})(?!牵头|负责|主管)|是(?![向报])({})(?=(?!的)[㐀-鿿]{2,6}的?$|[㐀-鿿]的$)|({})来",
        rf"(?:由|委托)([^,。;()]{{2,24}}?{_BODY}|[^,。;()]{{2,24}})"
        rf"|^(?:第\S{{1,6}}?条)?([^,。;:]{{1,24}}?{_BODY})(?=应当?|负责|可以|会同|统一|依法|组织|具体|根据|对|是|设|建立|制定|编制|牵头|发布|受理|审核|拨付|于|每年|委托)",
    ),
}


def roles(premise: Premise, reader: Reader) -> Wrong | None:
    """A body or person in a role that the clause gives to others: who leads, who assists, who chairs, who decides."""
    if re.search(
        r"会同|联合(?![办会])|\b(?:together|joint|jointly|assist\w*|support\w*|joins?|takes? part)\b", premise.text
    ):
        return None
    if wrong := _issuer(premise, reader):
        return wrong
    parts = reader.near(premise, share=0.5)
    if premise.language == "zh" and (wrong := _seated(premise, reader.near(premise))):
        return wrong
    for role, (asking, _) in _ROLES.items():
        said_as = (role, "doer") if role == "lead" else (role,)
        everywhere = [names for one in said_as for part in parts if (names := _held(part, one))]
        texts = [part.text for part in parts if role in ("doer", "to")] + ["".join(names) for names in everywhere]
        for found in re.finditer(asking.replace("{}", _NAME), premise.text):
            name = _BEFORE.sub("", next(filter(None, found.groups())))
            named = len(name) > 1 and not _ANYBODY.search(name)
            sentences = [fold(part.sentence) for part in parts[:1]] if role == "doer" else []
            if everywhere and named and not any(_is(name, text) for text in [*texts, *sentences]):
                return Wrong(name, "、".join(everywhere[0])[:60])
            if named and role in ("lead", "doer") and (other := _doing(premise, name, parts)):
                return Wrong(name, other)
    return _english(premise, parts, reader) if premise.language == "en" and premise.leaning else None


_ISSUED = re.compile(
    rf"(?:办法|方案|措施|条例|规定|意见|通知|计划|细则|文件|政策)[是由]*({_NAME})(?:[印下颁]?发布?|出台|颁布|制定)"
)


def _doing(premise: Premise, name: str, parts: Sequence[Part]) -> str | None:
    """Who does by the clause what the premise says of somebody who does another thing there: of 甲局负责受理,乙局负责
    拨付 the first, where 乙局 is said to 受理."""
    about = next(one for one in re.split("[,;]", premise.text) if name in one) if name in premise.text else premise.text
    wanted = pairs(about.replace(name, "~"))
    doing = [(part, len(pairs(part.text) & wanted), _held(part, "doer")) for part in parts]
    named = [shared for part, shared, _ in doing if _is(name, part.text)]
    part, shared, held = max(doing, key=lambda one: one[1], default=(None, 0, []))
    if (
        part is None
        or not named
        or not held
        or any(_is(name, one) for one in (part.text, *held))
        or shared < 2
        or max(named) > shared / 3
    ):
        return None
    return "、".join(held)[:60]


_WITHIN = re.compile("[在到于]$")


def _seated(premise: Premise, parts: Sequence[Part]) -> Wrong | None:
    """A district where something is said to be, where the nearest clause that names districts names others."""
    for asked in sorted(_districts(premise.text)):
        at = premise.text.find(asked)
        if not _WITHIN.search(premise.text[:at]):
            continue
        for part in parts:
            said, head = fold(whole(part.citation)), part.citation.hit.document.metadata
            if asked in said or (len(asked) > 2 and asked[:-1] in said + fold(head.title or "")):
                break
            others = {one for one in _districts(said) if not (head.city and one.startswith(head.city))}
            if others := others or _sites(part.citation):
                return Wrong(asked, min(others, key=said.find))
    return None


def _sites(citation: Citation) -> set[str]:
    """Where a table row says that something is."""
    document = citation.hit.document.text
    cells = [cell for cell in citation.hit.clause.cells if re.search("地[点址點]|位置|属地", cell.column or "")]
    return {fold(document[cell.start : cell.end]).strip() for cell in cells}


def _districts(text: str) -> set[str]:
    """The districts, counties and cities that a text names."""
    known = {one.text for one in places.mentions(text) if one.places[0].level != "province"}
    return known | districts_of(text)


def _issuer(premise: Premise, reader: Reader) -> Wrong | None:
    """A body that is said to have issued the document, where its head names another."""
    found = _ISSUED.search(premise.text)
    heads = [part.citation.hit.document.metadata.issuer for part in reader.parts(premise)]
    name = _BEFORE.sub("", found[1]) if found else ""
    if name and heads[0] and not any(_is(name, fold(head)) for head in heads if head):
        return Wrong(name, heads[0])
    return None


_WORD = r"(?:(?!by|in|at|under|with|of|the\b)[a-z&'-]+\s+)"
_ENGLISH_NAME = re.compile(
    r"(?P<before>^|\b(?:by|in|at|under|with|is|of|that|to)\s+)(?:the\s+)?(?P<name>ministry of (?:[a-z]+ ?){1,3}?"
    r"(?=$|[,.]| (?:that|which|is|and|to|for|has|will|leads?)\b)"
    rf"|{_WORD}{{,4}}?(?:court|police|association)\b"
    rf"|{_WORD}{{1,4}}?(?:bureau|department|office|commission|committee|council|administration|authorit(?:y|ies)|agency|organs?)\b)"
)
_ACTING = re.compile(
    r"\s*(?:is|are|was|were|will|must|may)?\s*(?:be )?(?:the )?(?:body |one )?(?:lead\w*|respons\w*"
    r"|in charge|head\w*|runs?\b|decid\w*|approv\w*|overs\w*|supervis\w*|coordinat\w*|manag\w*|administ\w*"
    r"|handl\w*|issu\w*|sets?\b|that\b|which\b|draw\w*|draft\w*|publish\w*|prepar\w*|review\w*|check\w*|pays?\b|paying"
    r"|organi[sz]\w*|does\b|takes?\b|hous\w*|hosts?\b|accept\w*|receiv\w*|collect\w*|itself\b)"
)
_ENGLISH_KIND = re.compile(
    " (?:bureau|department|office|commission|administration|authority|authorities|agency|organs?)$|^ministry of "
)
_CHINESE_KIND = re.compile("^[国省市县区]|(?:行政|主管|管理)*(?:部门|机关|局|委员会|委|厅|办)$|部$")


def _english(premise: Premise, parts: Sequence[Part], reader: Reader) -> Wrong | None:
    """A body that an English premise names, where the nearest part that gives a matter to bodies has only others."""
    seated = re.search(r"\b(?:located|seated|housed|based|sits?) (?:in|at)\b", premise.text)
    for found in _ENGLISH_NAME.finditer(premise.text, seated.start() if seated else 0):
        acting = _ACTING.match(premise.text, found.end())
        if (
            found["name"].startswith("be ")
            or premise.text.startswith("'s", found.end())
            or (not found["before"] and not acting)
        ):
            continue  # whose document it is, not who does it
        for part in parts:
            seat = found["before"].startswith(("in", "at"))
            if not (
                held := [name for role in (("seat",) if seat else ("lead", "doer", "to")) for name in _held(part, role)]
            ):
                continue
            others = _held(part, "support") + [name for name in _named_in(fold(part.sentence)) if name not in held]
            asked = _ENGLISH_KIND.sub("", found["name"])
            own, other = (
                max(reader.likeness(asked, [*names, *(_CHINESE_KIND.sub("", name) for name in names)]))
                for names in (held, others or held)
            )
            if own < _ALIKE and (other < _ALIKE or _held(part, "support")):
                return Wrong(found["name"], "、".join(held)[:60])
            break
    return None


def _held(part: Part, role: str) -> list[str]:
    """Who holds a role by a clause: by its sentences, the brackets at its end and its table's columns."""
    clause, document = part.citation.hit.clause, part.citation.hit.document.text
    own = role in ("doer", "to")
    if own and re.search(_ROLES[role][1], part.text) and part.text != fold(part.sentence):
        text = part.text  # one sentence may give two acts to two bodies
    else:
        text = re.sub(
            r"\s|\([^()]{1,5}\)(?=人民政府)|\(以下简?称[^()]*\)", "", fold(part.sentence if own else clause.text)
        )
    held = [
        text for found in re.findall(_ROLES[role][1], text) for text in ([found] if isinstance(found, str) else found)
    ]
    for cell in clause.cells:
        if re.search({"lead": "责任|牵头|^部门", "support": "配合|协助"}.get(role, "$^"), fold(cell.column or "")):
            held.append(fold(document[cell.start : cell.end]))
    named = [_LED_UP.sub("", name) for names in held for name in re.split("[、,和及]", names)]
    return [name for name in named if name and not _ANYBODY.match(name)]


def _is(asked: str, text: str) -> bool:
    """Whether a text may name a body: 科技局 is in 市科学技术局, 工信部 in 工业和信息化部, 教育局 in 教育行政部门."""
    if re.fullmatch("[市省县区]长", asked):
        return re.search(f"(?<!副){asked}", text) is not None
    asked = re.sub("^[㐀-鿿]{2,3}(?=[区县市][㐀-鿿]{2})", "", asked)  # 上虞区科技局
    core = re.sub("^[市省县区]|(?:局|委员会|委|办|厅|部|部门|院|政府|公司|单位|企业|机构)$", "", asked)
    return re.search("[^,。;]{0,4}".join(core), text) is not None


# Nouns of one kind exclude one another: what is in 黄岛区 is not in 崂山区.
_KINDS = re.compile("(?:区|县|局|委|院|厅|大学|学院|银行|公司|中心)$")
_QUOTED = re.compile('[“"《]([^“”"《》]{2,16})[”"》]')
_COUNTED = re.compile("[一二两三几多每各某哪这那前][家个所间名]?$|[给向到去找跟和与被把从往]$")  # 一家银行 names none
_GENERIC = re.compile("(?:[园社城校小山景市各功]|开发|示范|试验|协作|保税|先行|功能|地)区$|(?:有限|投资|本|子)公司$")


def names(premise: Premise, reader: Reader) -> Wrong | None:
    """A district, body or school that the clauses do not name, where their nearest parts have another."""
    near = reader.near(premise, share=0.5)
    cited = "。".join({whole(part.citation) for part in reader.parts(premise)})
    texts = [re.sub("(?:联合|会同|协同|配合)[^,。;]*", "", part.text) for part in near]
    for asked in map(str.strip, _QUOTED.findall(premise.text)):
        others = [name for text in texts for name in _QUOTED.findall(text)]
        said = [name for name in others if 2 * len(set(name) & set(asked)) >= len(asked)]
        held = any(name in premise.text or asked in name or name in asked for name in said)
        if said and not held and asked not in cited:
            return Wrong(asked, said[0])
    for asked in _named_in(premise.text):
        kind = _KINDS.search(asked)
        said = [name for text in texts for name in _named_in(text) if kind and name.endswith(kind.group())]
        if (other := [name for name in said if name not in premise.text]) and not _is(asked, cited):
            return Wrong(asked, other[0])
    return None


def whole(citation: Citation) -> str:
    """The clause with the cells that it shares with others, such as its departments."""
    document = citation.hit.document.text
    cells = [document[cell.start : cell.end] for cell in citation.hit.clause.cells]
    return fold("、".join([re.sub(r"\s", "", citation.hit.clause.text), *cells]))


def _named_in(text: str) -> list[str]:
    """The names of the known kinds; a suffix that jieba cuts off goes with the word before it."""
    found, before = [], ""
    for word in words(text):
        if kind := _KINDS.search(word):
            name = before + word if kind.group() == word and not _COUNTED.search(before) else word
            own = name.removesuffix(kind.group())  # 杭州银行 may be any bank of 杭州
            if (
                len(own) > 1
                and not _GENERIC.search(name)
                and not (kind.group() in ("银行", "公司") and places.find(own))
            ):
                found.append(name)
        before = word
    return found
