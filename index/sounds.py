"""Mistyped words by their sound: 专力质压 is read as 专利质押. Only where a word is unknown to corpus and thesaurus."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise

from corpus import places
from index import encoder, thesaurus
from index.tokens import STOP, words

_HAN = re.compile("[㐀-鿿]{2,}")
_LONGEST = 4
_FREQUENT = 32_000  # tokens of the bundled model below which are its 3,000 most frequent words
# Hanzi that stand as words of their own in what people ask, and so are no part of a mistyped one.
_COMMON = STOP | set("市里个把发到给哪办拿钱年月日家人事后前再只也想找看听案按分几多少大小新老好")
# Sounds that many speakers do not tell apart.
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"), ("l", "n"))


def meant(folded: str, known: Callable[[Iterable[str]], set[str]]) -> list[str]:
    """The words of the corpus that sound like an unknown word of a folded text and share a Hanzi with it; `known` tells
    which words the corpus has.

    A word of one Hanzi is joined with its neighbour, since that is how an unknown word is cut.
    """
    for mention in reversed(places.mentions(folded)):  # 南通比厦门 has no 通比
        folded = f"{folded[: mention.start]}，{folded[mention.end :]}"
    suspects = _suspects(folded)
    if not suspects:
        return []
    understood = known(suspects) | {word for word in suspects if thesaurus.shipped().names(word)}
    unknown = [word for word in suspects if word not in understood and word not in STOP and not frequent(word)]
    found = [other for word in unknown for other in _alike(word)]
    held = known(found) if found else set()
    return [word for word in dict.fromkeys(found) if word in held]


def frequent(word: str) -> bool:
    """Whether a word is one that people write often: 公司 is no mistyped 公示, even where the corpus has no 公司."""
    (ids,) = encoder.bundled().token_ids([word])
    return len(ids) == 1 and ids[0] < _FREQUENT


def _suspects(folded: str) -> list[str]:
    """Words of two to four Hanzi, and pairs of neighbours of which one is a single Hanzi."""
    cut = words(folded)
    found = [word for word in cut if _HAN.fullmatch(word) and len(word) <= _LONGEST]
    for left, right in pairwise(cut):
        joined = left + right
        if left in _COMMON or right in _COMMON:
            continue
        if min(len(left), len(right)) == 1 and _HAN.fullmatch(joined) and len(joined) <= _LONGEST and joined in folded:
            found.append(joined)
    return list(dict.fromkeys(found))


@cache
def _sound(word: str) -> str:
    from pypinyin import lazy_pinyin  # loads a dictionary; only a question with an unknown word waits for it

    sound = " ".join(lazy_pinyin(word))
    for one, other in _ALIKE:
        sound = re.sub(rf"\b{one}" if len(one) <= 2 and one not in ("an", "en", "in") else rf"{one}\b", other, sound)
    return sound


def _alike(word: str) -> list[str]:
    """Thesaurus words that sound like a word and share a Hanzi with it. Only those that share one are pronounced: the
    dictionary of sounds takes a second for all of them."""
    near = dict.fromkeys(other for hanzi in word for other in _by_hanzi().get(hanzi, ()) if len(other) == len(word))
    near.pop(word, None)
    return [other for other in near if _sound(other) == _sound(word)]


@cache
def _by_hanzi() -> dict[str, list[str]]:
    """Thesaurus words of two to four Hanzi, and the words of longer ones, by the Hanzi in them."""
    found: dict[str, list[str]] = {}
    for concept in thesaurus.shipped().concepts:
        for wording in (concept.official, *concept.chinese):
            for word in {wording, *words(wording)}:
                if _HAN.fullmatch(word) and len(word) <= _LONGEST:
                    for hanzi in set(word):
                        found.setdefault(hanzi, []).append(word)
    return found
