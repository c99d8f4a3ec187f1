"""What the answerer says around the quotes, in the question's language."""

from collections.abc import Mapping, Sequence

from corpus.places import Place
from corpus.types import Document
from index.types import Scope
from qa.types import Question

_SEPARATOR = {"zh": "、", "en": ", "}


def place_name(place: Place, language: str) -> str:
    """青岛 or Qingdao."""
    return place.name if language == "zh" or not place.pinyin else place.pinyin[0].title()


def city_name(city: str | None, language: str) -> str:
    from corpus.places import find

    found = find(city) if city else None
    return place_name(found, language) if found else (city or "")


def not_collected(question: Question, places: Sequence[Place], cities: Sequence[str]) -> str:
    names = _SEPARATOR[question.language].join(place_name(place, question.language) for place in places)
    own = _SEPARATOR[question.language].join(city_name(city, question.language) for city in cities)
    if question.language == "zh":
        return f"语料库中没有{names}的文件,无法回答。已收录的城市:{own or '无'}。"
    return f"The corpus has no document of {names}, so it does not say. Cities in the corpus: {own or 'none'}."


def not_provided(question: Question, searched: Sequence[Document], scope: Scope) -> str:
    where = titles(searched, question.language)
    if question.language == "zh":
        limited = "(仅限现行有效)" if scope.in_force_only else ""
        return f"在{where}{limited}中没有找到回答这一问题的规定。" if searched else "限定的范围内没有任何文件。"
    limited = " (in force only)" if scope.in_force_only else ""
    return f"Nothing in {where}{limited} answers this." if searched else "No document lies in the scope that was set."


def cell_state(state: str, language: str) -> str:
    """未规定 and 未收录 in the cell of a comparison."""
    words = {"not_provided": ("未规定", "not provided for"), "not_in_corpus": ("未收录", "no document in the corpus")}
    return words[state][language == "en"]


def city_silent(city: str, language: str) -> str:
    name = city_name(city, language)
    return f"{name}:文件中没有找到相应规定。" if language == "zh" else f"{name}: its documents do not provide for this."


def titles(documents: Sequence[Document], language: str) -> str:
    named = "".join(f"《{document.title}》" for document in documents[:3])
    if len(documents) <= 3:
        return named
    return (
        f"{named}等{len(documents)}份文件" if language == "zh" else f"{named} and {len(documents) - 3} other documents"
    )


def contradicted(language: str, asked: str, said: str) -> str:
    """What was supposed, and what the clause says instead."""
    if language == "zh":
        return f"与文件不符:问题中的“{asked}”与条文规定不一致,条文为“{said}”。"
    return f"Not as stated: the clause does not say “{asked}” but “{said}”."


def validity(document: Document, as_of: str, language: str) -> str | None:
    """A warning on whether a cited document is in force, or None where there is nothing to say."""
    found, name = document.metadata, f"《{document.title}》"
    status = document.status(as_of)
    chinese = language == "zh"
    if status == "expired":
        until = found.effective_to
        return f"{name}有效期至{until},已失效。" if chinese else f"{name} was valid until {until} and has expired."
    if status == "not_yet":
        start = found.effective_from or found.issued
        return f"{name}自{start}起施行,尚未生效。" if chinese else f"{name} takes effect on {start}, not yet."
    if status == "unknown":
        if chinese:
            return f"{name}未载明发布或施行日期,是否仍然有效无法判断。"
        return f"{name} bears no date: whether it is still in force is unknown."
    if found.period and document.period_over(as_of):
        years = "-".join(found.period)
        if chinese:
            return f"{name}的规划期({years})已过,未见废止或有效期规定。"
        return f"The planning period of {name} ({years}) is over; no repeal or expiry is stated."
    return None


def in_force(document: Document, as_of: str, language: str) -> str:
    """The answer to whether a document is valid, from its metadata."""
    found, name = document.metadata, f"《{document.title}》"
    if warning := validity(document, as_of, language):
        return warning
    if found.effective_to:
        if language == "zh":
            return f"{name}有效期至{found.effective_to},目前有效。"
        return f"{name} is in force, until {found.effective_to}."
    start = found.effective_from or found.issued
    if language == "zh":
        return f"{name}自{start}起,未见废止或失效规定。"
    return f"{name} dates from {start}; no repeal or expiry is stated."


_FACTS = {
    "number": ("文号:{}", "document number {}"),
    "issued": ("{}发布", "issued {}"),
    "issuer": ("发文机关:{}", "issued by {}"),
}
_UNSTATED = {
    "number": ("未载明文号", "no document number is stated"),
    "issued": ("未载明发布日期", "no date of issue is stated"),
    "issuer": ("未载明发文机关", "no issuing body is stated"),
}


def head(document: Document, values: Mapping[str, str | None], language: str) -> str:
    """What a document's head says of itself: its number, its date, its issuer."""
    at = int(language == "en")
    said = [_FACTS[name][at].format(value) if value else _UNSTATED[name][at] for name, value in values.items()]
    return (
        f"《{document.title}》{',' if language == 'zh' else ': '}"
        + _SEPARATOR[language].join(said)
        + ".。"[language == "zh"]
    )


def dropped(count: int, cut: bool, language: str) -> str:
    """What a reader is told of sentences of a language model that no clause proves."""
    if language == "zh":
        return (f"语言模型有{count}句话未能由条文证实,已略去。" if count else "") + ("回答过长,已截断。" if cut else "")
    left_out = f"{count} sentences of the language model that no clause proves were left out. " if count else ""
    return (left_out + ("The reply was cut off for its length." if cut else "")).strip()


def years_unknown(language: str) -> str:
    if language == "zh":
        return "(原表未标明各数值所属年份)"
    return "(the table does not tell which year each value belongs to)"


def ambiguous(spelling: str, places: Sequence[Place], taken: Sequence[str], language: str) -> str:
    if language == "zh":
        meant = "、".join(f"{place.name}({place.province})" for place in places)
        return f"“{spelling}”可指{meant};此处按{'、'.join(taken) or '前者'}检索。"
    meant = " or ".join(f"{place.name} ({place.province})" for place in places)
    return f"“{spelling}” may mean {meant}; taken as {', '.join(taken) or places[0].name}."


def also_unknown(places: Sequence[Place], language: str) -> str:
    names = _SEPARATOR[language].join(place_name(place, language) for place in places)
    return f"语料库中没有{names}的文件。" if language == "zh" else f"The corpus has no document of {names}."
