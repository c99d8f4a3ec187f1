"""A question's text -> what it asks and where to look: language, cities, years, scope."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from corpus import places
from corpus.fold import fold
from corpus.places import Mention, Place
from corpus.types import Document, UserError
from index.tokens import STOP, language_of, words
from index.types import Scope
from qa import reference
from qa.types import Question

LONGEST = 2_000  # characters of a question

_VALIDITY = re.compile(
    r"有效吗|还有效(?!的)|是否有效|还管用(?!的)|还能用(?![的财钱资这它来])|现行有效|(?:用|有效|执行|实施|适用|管)到(?:哪一?[天年月日]|什么时候|几[年月号]|何时)|still valid"
)
# A patent and a contract lapse too: these ask for validity where a document is named, or nothing much else.
_LAPSES = re.compile(
    r"\b(?:still|is|are|was|be|remains?|currently|yet|it|plan|scheme|rules|regulation) (?:\w+ ){0,2}in (?:force|effect)\b"
    r"|有效期|(?<![就会被])(?:失效|过期|作废)|什么时候到期|\b(?:expir|validity|laps)\w*"
)
DOCUMENT = re.compile(
    "条例|办法|规[定划则]|细则|章程|方案|计划|意见|通知|政策|措施|要点|文件|法规|法律"
    r"|\b(?:regulations?|rules?|provisions|measures?|ordinance|law|act|statute|plan|polic(?:y|ies)|notice|opinions|scheme"
    r"|documents?|program(?:me)?)\b"
)
_IT = re.compile(r"\b(?:is|does|did|will|has) (?:it|this)\b")
_BRIEF = 12  # Hanzi, or twice the words, of a question that asks for little else
_YES_OR_NO = re.compile(
    r"(?P<verb>[\u4e00-\u9fff])不(?P=verb)|吗(?:[?？。]|$)|是不是|对吗|对不对|是否|有没有|能不能|[能可会]否|可不可以|没错吧|吧[?？]?$|对吧|属实|准确|^(?:is|are|does|do|did|can|could|has|have|will|would|should)\b|right\?|correct\?|am i right|please confirm|is (?:it|that) true|is that (?:right|correct)|对不对|真的|, (?:is|are|does|do|has|isn't|doesn't)"
)
_COMPARES = re.compile(
    r"比较|对比|相比|不同|区别|差异|差别|分别|各自|各有|异同|哪个(?:城市|市|地方)|哪座城市|哪[边个]更|谁更|\b(?:compar\w*|differ\w*|versus|vs|between|respectively|both|each|which city)\b"
)
# 17年补了多少钱, 20年底; but not 20年期, 满15年, 18年以上.
_SHORT_YEAR = re.compile(
    r"(?<![\d第满近约达超过每职了作营.-])(?:(?:1[0-9]|2[0-9])(?=年[底末初度])|(?:1[346789]|2[1234])(?=年(?![以内期后前来间多满的之左级制])))"
)
_ASKS = re.compile(r"多少|几|什么|哪|怎|谁|吗|\b(?:how|what|which|who|when|where)\b")
_PARTED = re.compile(r"[?？。;；,，]|\band (?=(?:how|what|which|who|when|where)\b)")
_GOING_ON = frozenset("那 那么 再 呢 也 and about what how then same".split())
_GOES_ON = re.compile(r"那|那么|它|其中|另外|还有|上述|这|and\b|what about|how about|then\b|also\b|its?\b|that\b")
# After a place these make it the origin of somebody, not the place whose policy is asked for.
_EVERY_CITY = re.compile(
    r"(?:各个?|每个?|所有的?|全部|[两三四五六几\d]个)(?:城市|地市|市(?![级场民县区]))|\b(?:all|each|every|(?:the )?(?:two|three|four|five)) (?:of the )?cit(?:y|ies)\b"
)
_MOST_CITIES = 12  # that one question asks about together
_MATTER = re.compile("(?:地区)?(?:拿到|获得|取得|授权|获权|维权|参展|打官司)")  # 在香港拿到专利 asks nothing of 香港
_ORIGIN = re.compile(r"(?:市|省)?的?(?:企业|公司|人|居民|户口|户籍|学生|同胞|单位|机构|商家|老板|专利代理)")
_ELSEWHERE = re.compile(r"(?:在|到|来|去|于)$")
_TRAVEL = re.compile(r"\b(?:go|going|trips?|travel\w*|fly|flying) (?:all the way )?to $")
_ENGLISH_ORIGIN = re.compile(r"(?:-based)?\s*(?:compan|firm|enterprise|resident|applicant|business|investor)")


def understand(
    text: str, documents: Sequence[Document], scope: Scope | None = None, as_of: str | None = None
) -> Question:
    """What a question asks of a corpus of these documents. A given scope of cities outranks the cities in the text.

    Raises UserError for an empty question, one of control characters only, or one over LONGEST characters.
    """
    cleaned = re.sub(r"\s+", " ", "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)).strip()
    if not cleaned:
        raise UserError("the question is empty; type what you want to know")
    if len(cleaned) > LONGEST:
        raise UserError(f"the question has {len(cleaned):,} characters; {LONGEST:,} at most")
    folded = fold(cleaned)
    language = "en" if language_of(cleaned) == "en" else "zh"
    given = scope or Scope(as_of=as_of)
    question = Question(
        text=cleaned,
        topic=_subject(folded),
        language=language,  # type: ignore[arg-type]
        yes_or_no=bool(_YES_OR_NO.search(folded)),
        validity=_asks_validity(folded),
        years=_years(folded),
        compares=bool(_COMPARES.search(folded)),
        references=reference.clauses_of(folded),
        scope=given,
    )
    named, rest = reference.documents_named(folded, documents)
    if named and given.documents is None:
        question = replace(
            question,
            topic=_subject(rest),
            scope=replace(given, documents=frozenset(document.id for document in named)),
        )
    if given.cities is not None:
        return replace(question, cities=tuple(sorted(given.cities)))
    return _in_district(_located(question, folded, documents), folded, documents)


def _asks_validity(folded: str) -> bool:
    brief = len(re.findall(r"[\u4e00-\u9fff]", folded)) + 2 * len(re.findall(r"[a-z]+", folded)) <= _BRIEF
    meant = brief or DOCUMENT.search(folded) or _IT.search(folded)
    return bool(_VALIDITY.search(folded) or (_LAPSES.search(folded) and meant))


def _years(folded: str) -> tuple[str, ...]:
    """The years that a folded text names, 18年 as 2018; not lengths of time."""
    short = _SHORT_YEAR.sub(r"20\g<0>", folded)
    return tuple(dict.fromkeys(re.findall(r"(?<!\d)((?:19|20)\d{2})(?!\d)", short)))


def _subject(folded: str) -> str:
    """The text without the words that only ask for a comparison; the text itself if nothing else is in it."""
    rest = _COMPARES.sub(" ", folded)
    return rest.strip() if re.search(r"[^\W_]{2}", rest) else folded


def of_city(question: Question, city: str) -> Question:
    """A question on several cities with what it asks of one: in 青岛一年帮多少家?厦门接了几件案件 each has a part of its
    own."""
    parts = [part for part in re.split("[?？。;；,，]", fold(question.text)) if part.strip()]
    named = [
        {name for mention in places.mentions(part) for name in _names(mention)} & set(question.cities) for part in parts
    ]
    asking = [names for part, names in zip(parts, named, strict=True) if len(names) == 1 and _ASKS.search(part)]
    if {name for names in asking for name in names} == set(question.cities):
        kept = [part for part, names in zip(parts, named, strict=True) if not names or names == {city}]
        rest = [_without(part, [one for one in places.mentions(part) if city in _names(one)]) for part in kept]
        return replace(question, topic=_subject(",".join(rest)), years=_years(",".join(kept)))
    return question


def parts(question: Question) -> list[Question]:
    """Each thing that a question asks for, where it asks for several: 基金一共多少钱,哪家在打理. What only leads up to a
    part goes with it. None where one thing is asked for."""
    found, before = [], ""
    for text in filter(str.strip, _PARTED.split(question.topic)):
        before = f"{before},{text}" if before else text
        if _ASKS.search(text):
            found.append(before.strip())
            before = ""
    if len(found) < 2:
        return []
    return [replace(question, topic=text, yes_or_no=bool(_YES_OR_NO.search(text))) for text in found]


def _names(mention: Mention) -> set[str]:
    return {place.name for place in mention.places}


def follow(question: Question, previous: Question | None) -> Question:
    """A question that goes on from the one before, with what it leaves out: 那厦门呢 asks the same of Xiamen, 那最高多少
    more of the same city. Any other question as it is."""
    if previous is None:
        return question
    rest = " ".join(word for word in words(question.topic) if word not in STOP and word not in _GOING_ON)
    placed = question.cities or question.unknown_places
    if placed and (not rest or rest in {fold(city) for city in question.cities}):
        return replace(
            question, topic=previous.topic, yes_or_no=previous.yes_or_no, years=question.years or previous.years
        )
    goes_on = _GOES_ON.match(fold(question.text)) or re.fullmatch(".{1,10}呢[?？]?", question.text)
    if not placed and previous.cities and question.scope.cities is None and goes_on:
        topic = f"{previous.topic} {question.topic}"
        if question.years and not re.sub("[年底末度呢那么?？0-9]", "", question.text).strip():  # 2020年呢
            topic = re.sub(r"(?:19|20)\d\d|(?<!\d)\d\d(?=年)", question.years[0], previous.topic)
        return replace(
            question,
            topic=topic,
            cities=previous.cities,
            scope=replace(question.scope, cities=previous.scope.cities),
        )
    return question


def _located(question: Question, folded: str, documents: Sequence[Document]) -> Question:
    """The question with the places that it asks about, and a scope of just those."""
    own = reference.cities_of(documents)
    mentioned = _asked_about(places.mentions(folded), folded)
    mentioned += [_named(city, folded) for city in sorted(own) if city in folded and not places.find(city)]
    if not mentioned:  # who asks of a city's bank asks about that city: 佛山银行放专利贷款亏了,赔几成
        mentioned = [_named(city, folded) for city in sorted(own) if f"{city}银行" in folded]
    cities: list[str] = sorted(own) if not mentioned and _EVERY_CITY.search(folded) and len(own) <= _MOST_CITIES else []
    unknown: list[Place] = []
    ambiguous = []
    named = any(place.name in own for mention in mentioned for place in mention.places)
    for mention in mentioned:
        here = [place for place in mention.places if place.name in own]
        within = [
            city
            for place in mention.places
            if place.level == "province" and not named  # 福建的厦门 asks about the city
            for city in sorted(own)
            if _lies_in(city, place)
        ]
        if len(mention.places) > 1:
            ambiguous.append((mention.text, mention.places))
        if here or within:
            cities += [place.name for place in here] + within
        else:
            unknown.append(mention.places[0])
            # What holds in 青岛 holds in 即墨 too, which may have documents of its own besides.
            cities += [place.city for place in mention.places[:1] if place.city in own]
    # A place that the asked cities' own documents speak of is part of the matter, not another city (与四川省合作).
    if cities and unknown and not question.compares:
        texts = " ".join(fold(document.text) for document in documents if document.metadata.city in cities)
        unknown = [place for place in unknown if place.name not in texts]
    # So is one that a title names, though no document is that place's (台湾同胞投资保护条例).
    unknown = [place for place in unknown if not reference.entitled(place.name, documents)]
    cities = list(dict.fromkeys(cities))
    unknown = list(dict.fromkeys(unknown))
    scope = question.scope
    if cities or unknown:
        scope = replace(scope, cities=frozenset(cities) | {place.name for place in unknown})
    scoped = [
        mention
        for mention in places.mentions(question.topic)
        if {place.name for place in mention.places} & (scope.cities or set())
    ]
    return replace(
        question,
        topic=_subject(_without(question.topic, scoped)),
        cities=tuple(cities),
        unknown_places=tuple(unknown),
        ambiguous=tuple(ambiguous),
        scope=scope,
    )


def _in_district(question: Question, folded: str, documents: Sequence[Document]) -> Question:
    """The question without the documents of other districts than the one it asks about. Those of its city stay: they
    hold there too."""
    known = reference.districts_of(documents)
    if not known or question.scope.documents is not None:
        return question
    spelt = {name: name for name in known}
    if question.language == "en":
        from pypinyin import lazy_pinyin  # loads a dictionary

        spelt = {name: "".join(lazy_pinyin(name)) for name in known}
    joined = folded.replace("'", "")  # bao'an
    named = [name for name in known if spelt[name] in joined]
    other = any(re.search(rf"{city}市?[㐀-鿿]{{2,3}}?[区县](?![域内级])", folded) for city in question.cities)
    if not named and not other:
        return question
    left_out = {document.id for name, own in known.items() if name not in named for document in own}
    home = [document.metadata.city for name in named for document in known[name]]
    cities = tuple(dict.fromkeys([*question.cities, *(city for city in home if city)]))
    scope = replace(
        question.scope,
        documents=frozenset(document.id for document in documents if document.id not in left_out),
        cities=frozenset(cities) or question.scope.cities,
    )
    written = "|".join(spelt[name] for name in named)
    topic = re.sub(rf"(?:{written})(?:新区|区|县)?", " ", question.topic) if named else question.topic
    return replace(question, topic=topic if re.search(r"\w", topic) else question.topic, cities=cities, scope=scope)


def _without(folded: str, mentions: Sequence[Mention]) -> str:
    """The text without some mentions; with them if nothing else is in it."""
    rest = folded
    for mention in sorted(mentions, key=lambda mention: -mention.start):
        rest = f"{rest[: mention.start]} {rest[mention.end :]}"
    return rest.strip() if re.search(r"\w", rest) else folded


def _asked_about(mentions: list[Mention], folded: str) -> list[Mention]:
    """The mentions that are not merely where somebody comes from, as 深圳企业 in 深圳企业能在青岛申请吗."""
    mentions = [
        mention
        for mention in mentions
        if not _TRAVEL.search(folded[: mention.start]) and not (mentions[1:] and _MATTER.match(folded, mention.end))
    ]
    if len(mentions) < 2:
        return mentions
    placed = [
        mention
        for mention in mentions
        if _ELSEWHERE.search(folded[: mention.start]) or folded[: mention.start].endswith("in ")
    ]
    if not placed:
        return mentions
    return [
        mention
        for mention in mentions
        if mention in placed or not (_ORIGIN.match(folded, mention.end) or _ENGLISH_ORIGIN.match(folded, mention.end))
    ]


def _named(city: str, folded: str) -> Mention:
    """A city that only the corpus knows."""
    start = folded.index(city)
    return Mention((Place(city, "", (), "city"),), start, start + len(city), city)


def _lies_in(city: str, province: Place) -> bool:
    return any(place.name == city and place.province == province.name for place in places.all_places())
