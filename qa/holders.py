"""Bodies, persons and places of a premise that the clause does not name in that role, where it names others."""

import re

from corpus.fold import fold
from index.tokens import words
from qa.parts import Part, Reader, Wrong
from qa.premise import Premise
from qa.types import Citation

_ALIKE = 0.45  # of the meanings of an English and a Chinese name, below which they are of two bodies

# Who does what: how a question says it of somebody, and how clauses do. {} is the name.
_ROLES = {
    "lead": (
        r"(?:牵头|主管|负责|责任)(?:的|单位|部门|方)*(?:应?[是为]|:)({})|由?({})(?:来|去)?(?:牵头|主管|负责)",
        r"(?:牵头|责任|主办|主管)(?:单位|部门)[:是为]*([^。;)]+)|\(([^()]*?)(?:会同[^()]*)?(?:按[^()]*)?(?:分别)?负责\)"
        r"|由([^,。;()]{2,24}?)(?:牵头|负责|主管)",
    ),
    "support": (
        r"(?:配合|协助)(?:的|单位|部门|方)*(?:应?[是为]|:)({})|由?({})(?:来|去)?(?:配合|协助|协办)",
        r"(?:配合|协助|协办)(?:单位|部门)[:是为]*([^。;)]+)|会同([^()。;]*?)(?:,?按[^()]*)?负责",
    ),
    "head": (
        r"(?<!副)组长(?:应?[是为]|:)({}|[㐀-鿿]{2,4}$)|由?({})(?:来|担|兼)?任组长",
        r"(?:由|[,、;(]|^)([^,。;、()]{2,12}?)(?:同志)?(?:担|兼)?[任为]组长|(?<!副)组长:([^,。;、()]{2,16})",
    ),
    "seat": (r"(?:设在|设于|放在|挂靠在?|挂在)({})", r"(?:设在|设于|挂靠在?|依托)([^,。;()]{2,16})"),
    "doer": (r"由({})(?!牵头|负责|主管)|是({})(?=[㐀-鿿]{2,6}的?$)", r"(?:由|委托)([^,。;()]{2,24})"),
}
_NAME = r"[㐀-鿿]{1,12}?(?:局|委员会|委|办|厅|部|院|中心|政府|公司|[市省县区局]长|主任|书记|海关|银行|机构)"
_BEFORE = re.compile(".*[由是的在和与及让把归给有为叫]")


def roles(premise: Premise, reader: Reader) -> Wrong | None:
    """A body or person in a role that the clause gives to others: who leads, who assists, who chairs."""
    if "会同" in premise.text:
        return None
    parts = reader.near(premise, share=0.5)
    for role, (asking, _) in _ROLES.items():
        held = next((names for part in parts if (names := _held(part, role))), [])
        for found in re.finditer(asking.replace("{}", _NAME), premise.text):
            name = _BEFORE.sub("", next(filter(None, found.groups())))
            if len(name) > 1 and held and not any(_is(name, other) for other in held):
                return Wrong(name, "、".join(held)[:60])
    if premise.language == "en" and (
        led := re.search(r"\b(?:is|are|leads?|heads?|runs?)\b.*\b(?:responsible|in charge|lead|leads)\b", premise.text)
    ):
        lead, support = next(
            (pair for part in parts if all(pair := (_held(part, "lead"), _held(part, "support")))), ([], [])
        )
        asked = premise.text[: led.start()].strip()
        if lead and max(reader.likeness(asked, support)) > max(reader.likeness(asked, lead)) + 0.1:
            return Wrong(asked, "、".join(lead)[:60])
    return None


def _held(part: Part, role: str) -> list[str]:
    """Who holds a role by a clause: by its sentences, the brackets at its end and its table's columns."""
    clause, document = part.citation.hit.clause, part.citation.hit.document.text
    text = part.text if role == "doer" else re.sub(r"\s", "", fold(clause.text))
    held = [
        text for found in re.findall(_ROLES[role][1], text) for text in ([found] if isinstance(found, str) else found)
    ]
    for cell in clause.cells:
        if re.search({"lead": "责任|牵头|^部门", "support": "配合|协助"}.get(role, "$^"), fold(cell.column or "")):
            held.append(fold(document[cell.start : cell.end]))
    return [name for names in held for name in re.split("[、,和及]", names) if name]


def _is(asked: str, said: str) -> bool:
    """Whether two names may be of one body: 科技局 and 市科学技术局, 教育局 and 教育行政部门."""
    core = re.sub("^[市省县区]|(?:局|委员会|委|办|厅|部|部门|院|政府)$", "", asked)
    letters = iter(said)
    return all(letter in letters for letter in core)


# Nouns of one kind exclude one another: what is in 黄岛区 is not in 崂山区.
_KINDS = re.compile("(?:区|县|局|委|院|厅|大学|学院|银行|公司|中心)$")
_GENERIC = re.compile("(?:[园社城校小山景市各功]|开发|示范|试验|协作|保税|先行|功能|地)区$|(?:有限|投资|本|子)公司$")
_ENGLISH_NAME = re.compile(
    r"(?:^|\b(?:by|in|at|under|with|is)\s+)(?:the\s+)?((?:(?!by|in|at|under|with|the\b)[a-z&-]+\s+){1,4}?(?P<kind>bureau|department|office"
    r"|commission|court"
    r"|administration|university|college|bank|district)|(?P<ministry>ministry) of (?:[a-z]+ ?){1,4}?)"
    r"(?=$|[,.]| (?:that|which|is|and|to|for|has|will|leads?)\b)"
)
_ENGLISH_KINDS = {"university": "大学|学院", "college": "大学|学院", "bank": "银行", "district": "区"}


def names(premise: Premise, reader: Reader) -> Wrong | None:
    """A district, body or school that the clauses do not name, where their nearest parts have another."""
    near = reader.near(premise, share=0.5)
    cited = "。".join({whole(part.citation) for part in reader.parts(premise)})
    known = _named_in(cited)
    for asked in _named_in(premise.text):
        kind = _KINDS.search(asked)
        alike = [name for name in known if kind and name.endswith(kind.group())]
        said = [name for part in near for name in _named_in(part.text) if name in alike and name not in premise.text]
        if said and not any(_is(asked, name) for name in alike) and asked not in cited:
            return Wrong(asked, said[0])
    for found in _ENGLISH_NAME.finditer(premise.text if premise.leaning else ""):
        ends = re.compile(f"(?:{_ENGLISH_KINDS.get(found['kind'] or '', '局|部|厅|委|办|法院|检察院')})$")
        stated = [part.text for part in near] if found["kind"] in _ENGLISH_KINDS else []
        stated += [name for part in near for role in ("lead", "seat") for name in _held(part, role)]
        said = [name for text in stated for name in _named_in(text, ends)]
        if said and max(reader.likeness(found[1].strip(), _named_in(cited, ends))) < _ALIKE:
            return Wrong(found[1].strip(), said[0])
    return None


def whole(citation: Citation) -> str:
    """The clause with the cells that it shares with others, such as its departments."""
    document = citation.hit.document.text
    cells = [document[cell.start : cell.end] for cell in citation.hit.clause.cells]
    return fold("、".join([re.sub(r"\s", "", citation.hit.clause.text), *cells]))


def _named_in(text: str, kinds: re.Pattern[str] = _KINDS) -> list[str]:
    """The names of the known kinds; a suffix that jieba cuts off goes with the word before it."""
    found, before = [], ""
    for word in words(text):
        if kind := kinds.search(word):
            name = before + word if kind.group() == word else word
            if len(name) > len(kind.group()) + (kinds is _KINDS) and not _GENERIC.search(name):
                found.append(name)
        before = word
    return found
