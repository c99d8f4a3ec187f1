"""Whether clauses support a sentence that something else wrote, such as a language model, and with which words.

Wording is free in such a sentence, so every check is one-sided: what it cannot follow counts as unsupported.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from corpus import places
from corpus.fold import fold
from index import encoder, rerank
from index.passages import body, sentences
from index.tokens import content, language_of
from index.types import Hit
from qa.figures import contained, figures
from qa.types import Question

Flaw = Literal[
    "long", "unmarked", "unknown", "mixed", "elsewhere", "place", "figure", "name", "link", "negation", "unlike"
]

# Floors calibrated on true and invented sentences about the shipped documents (tests/qa/claims.jsonl): of a whole
# sentence, and of each of its parts between commas, so that nothing rides along with a true half.
_FLOOR = {"zh": 0.4, "en": 0.3}
_PART_FLOOR = {"zh": 0.2, "en": 0.18}
_LONGEST = 400  # characters; a sentence beyond that is none
_RUN = 3  # sentences of a clause that are quoted together at most, unless the figures stand further apart
_FURTHER = 0.04  # likeness that one more sentence must add to be quoted too

SPACE = r"[^\S\n]*"  # a line end is that of a sentence, also between brackets
MARK = rf"(?:[\[［【]{SPACE}\d{{1,3}}(?:{SPACE}[,，、]{SPACE}\d{{1,3}})*{SPACE}[\]］】])"
_BULLET = re.compile(r"^\s*(?:[-*•·#>]+\s+|\d{1,2}[.)、．]\s*(?!\d))+")
_PARTS = re.compile(r"[，；：。、;:!?！？]|,(?!\d)")
_LINK = re.compile(r"https?:|www\.|\S@\S|\]\(|<[a-z!/]|[a-z0-9-]+\.(?:com|net|org|io|cn|top|xyz)\b")
_BODY = re.compile(r"[㐀-鿿](?:[^\W布格结全当大时]局|[^\W客]厅|[㐀-鿿]院)|[㐀-鿿][^\W所家个间些等]大学")
_BOUND = re.compile(
    r"不(?:超过|低于|少于|高于|大于|小于|断|同|仅|足)|\b(?:no|not) (?:more|less|fewer|later|only|exceed\w*)\b"
)
_NO = re.compile(
    "不予|不得|不能|不再|不可|不需|不必|不给|不享|不补|无需|无须|禁止|没有|并未|取消|免除"
    r"|\b(?:no|not|never|none|cannot|without|prohibit\w*|forbid\w*|ban(?:ned|s)?|abolish\w*)\b|n't\b"
)
_NEGATION = re.compile("[不无未免]|禁止|没有|取消|停止|废止|废除")
# Numbers in words that figures() does not read, each with what a clause says in its place.
_MONTHS = "january february march april may june july august september october november december".split()
_SMALL = zip(
    "two three four five six seven eight nine ten".split(), "二两 三 四 五 六 七 八 九 十".split(), strict=True
)
_WORDED = [
    (re.compile(rf"\b{word}\b"), re.compile(rf"(?<![\d.]){number}(?![\d.])|(?<!\()[{hanzi}](?![是)、])"))
    for number, (word, hanzi) in enumerate(_SMALL, 2)
]
_WORDED += [
    (re.compile(rf"(?<=\d ){month}\b|\b{month}(?= \d)"), re.compile(rf"(?<!\d)0?{number}月|\b{month}\b"))
    for number, month in enumerate(_MONTHS, 1)
]
_WORDED += [
    (re.compile(r"\bhalf\b"), re.compile("半|50%|百分之五十")),
    (re.compile(r"\b(?:times|\w*fold|double[sd]?|twice|triple[sd]?)\b"), re.compile("[倍番双]")),
    (  # a lower bound is not an upper one
        re.compile(r"不低于|不少于|至少|\b(?:at least|no less than|minimum)\b"),
        re.compile("不低于|不少于|至少|以上|(?<!不)超过|大于|多于|最低|at least"),
    ),
    (
        re.compile(r"不超过|不高于|最高|最多|至多|\b(?:at most|no more than|not exceed\w*|maximum|capped)\b"),
        re.compile("不超过|不高于|最高|最多|至多|以内|以下|上限|at most"),
    ),
]
_SPELT = re.compile(
    r"[零〇一二三四五六七八九十百千万亿两]{2,}|[零一二三四五六七八九十百两](?=[天日月次期倍折%分])|一半|半数|全额|翻番"
    r"|\b(?:eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?|hundreds?|thousands?"
    r"|millions?|billions?|dozens?|(?:one|two)[ -]thirds?|quarters?)\b"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence as it was written, without its marks, and the numbers of the clauses that it names."""

    text: str
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """The words of a clause that support a sentence: `hit.document.text[start:end]`."""

    hit: Hit
    start: int
    end: int


def read(written: str) -> Claim:
    """A written sentence: its marks ([1], 【1】, [1, 2]) apart, without bullets, emphasis and invisible characters."""
    shown = "".join(c for c in written if unicodedata.category(c) != "Cf").replace("**", "")
    marks = [int(number) for mark in re.findall(MARK, shown) for number in re.findall(r"\d+", mark)]
    text = re.sub(rf"\s*{MARK}", "", _BULLET.sub("", shown))
    return Claim(re.sub(r"\s+", " ", text).strip(" ,，;；"), tuple(dict.fromkeys(marks)))


def prove(claim: Claim, question: Question, hits: Sequence[Hit]) -> tuple[Proof, ...] | Flaw:
    """The words that support a claim, one proof for each clause that it names ([1] is hits[0]); else what is wrong.

    A claim speaks of one document, names no place, body or figure that its clauses do not, denies nothing that they
    do not deny, and shares its wording with them as a whole and in every part.
    """
    if len(claim.text) > _LONGEST:
        return "long"
    if not claim.marks:
        return "unmarked"
    if not all(1 <= mark <= len(hits) for mark in claim.marks):
        return "unknown"
    cited = [hits[mark - 1] for mark in claim.marks]
    document, folded = cited[0].document, fold(claim.text)
    if any(hit.document.id != document.id for hit in cited):
        return "mixed"
    if not question.scope.holds(document):
        return "elsewhere"
    said = fold(" ".join(shown(hit) for hit in cited))
    if not _same_places(folded, said, hits, cited[0]):
        return "place"
    if not contained(folded, said) or not _same_words_for_numbers(folded, said):
        return "figure"
    if any(match.group() not in said for match in _BODY.finditer(folded)):
        return "name"
    if any(match.group() not in said for match in _LINK.finditer(folded)):
        return "link"
    if not _alike(folded, said, cited):
        return "unlike"
    proofs = tuple(_quote(folded, hit) for hit in cited)
    quoted = fold(" ".join(proof.hit.document.text[proof.start : proof.end] for proof in proofs))
    if _NO.search(_BOUND.sub("", folded)) and not _NEGATION.search(_BOUND.sub("", quoted)):
        return "negation"
    return proofs


def shown(hit: Hit) -> str:
    """A clause as a language model is shown it: of a table row also its columns and the cells that it shares."""
    return body(hit.clause, hit.document)


def likeness(claim: str, texts: Sequence[str]) -> list[float]:
    """How much of a folded claim is said in each of some folded texts, at most 1.

    Between Chinese texts the share of the claim's pairs of neighbouring characters; otherwise the mean of token
    matching and cosine in the bundled bilingual model.
    """
    if language_of(claim) == "zh":
        own = _pairs(claim)
        return [len(own & _pairs(text)) / max(1, len(own)) for text in texts]
    model, words = encoder.bundled(), content(claim)
    asked, *found = [np.array(ids, dtype=np.int32) for ids in model.token_ids([words, *texts])]
    matched = rerank.match(np.ones(len(asked), dtype=np.float32), found, partial(model.token_cosines, asked))
    vector, *vectors = model.encode([claim, *texts])
    return [float(match + other @ vector) / 2 for match, other in zip(matched, vectors, strict=True)]


def _alike(claim: str, said: str, cited: Sequence[Hit]) -> bool:
    language = language_of(claim)
    texts = [said] + [fold(text) for hit in cited for _, _, text in _runs(hit)]
    if max(likeness(claim, texts)) < _FLOOR[language]:
        return False
    parts = [part for part in _PARTS.split(claim) if len(content(part)) >= {"zh": 6, "en": 25}[language]]
    each = [fold(shown(hit)) for hit in cited]
    return all(max(likeness(part, texts)) >= _PART_FLOOR[language] for part in parts) and all(
        match >= _PART_FLOOR[language] for match in likeness(claim, each)
    )


def _pairs(text: str) -> set[str]:
    found: set[str] = set()
    for run in re.findall("[㐀-鿿]+|[a-z0-9.]+", text):
        han = len(run) > 1 and run[0] > "z"
        found |= {run[at : at + 2] for at in range(len(run) - 1)} if han else {run}
    return found


def _quote(claim: str, hit: Hit) -> Proof:
    """The sentences of a clause that are most like a claim, as few as hold its figures."""
    runs = _runs(hit)
    wanted = figures(claim)
    scores = []
    for (first, length, text), match in zip(runs, likeness(claim, [fold(run[2]) for run in runs]), strict=True):
        held = sum(contained(figure.text, fold(text)) for figure in wanted)
        scores.append((held, match - _FURTHER * length, -first))
    first, length, _ = runs[max(range(len(runs)), key=lambda at: scores[at])]
    spans = sentences(hit.clause)
    return Proof(hit, spans[first][0], spans[first + length - 1][1])


def _runs(hit: Hit) -> list[tuple[int, int, str]]:
    """Neighbouring sentences of a clause, up to three and all: the first's number, how many, and their text."""
    spans = sentences(hit.clause)
    if hit.clause.kind == "row":
        return [(0, 1, shown(hit))]
    lengths = [*range(1, min(_RUN, len(spans)) + 1), *([len(spans)] if len(spans) > _RUN else [])]
    return [
        (first, length, hit.document.text[spans[first][0] : spans[first + length - 1][1]])
        for length in lengths
        for first in range(len(spans) - length + 1)
    ]


def _same_places(claim: str, said: str, hits: Sequence[Hit], cited: Hit) -> bool:
    """Whether every place named is the document's own, its province, or named in the clause too."""
    city = cited.document.metadata.city
    own = places.find(city) if city else None
    allowed = {city, own.province if own else None}
    for mention in places.mentions(claim):
        if not any(place.name in allowed or place.name in said for place in mention.places):
            return False
    others = {hit.document.metadata.city for hit in hits} - allowed
    return not any(other and fold(other) in claim and fold(other) not in said for other in others)


def _same_words_for_numbers(claim: str, said: str) -> bool:
    """Whether numbers in words, which figures() does not read, stand in the clause too."""
    rest = claim
    for figure in reversed(figures(claim)):
        rest = f"{rest[: figure.start]} {rest[figure.end :]}"
    return all(match.group() in said for match in _SPELT.finditer(rest)) and all(
        theirs.search(said) for ours, theirs in _WORDED if ours.search(claim)
    )
