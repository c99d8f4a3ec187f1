"""Names of China's provinces and cities, in either script and in pinyin, and where a text mentions them."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from corpus.fold import fold

_FILE = Path(__file__).with_name("places.csv")
_SUFFIX = "特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|地区|省|市|区|县|州|盟"
# Names that are also common words; they are places only with 市, 省 and the like after them.
_WORDS = frozenset(
    ("白银 安康 长治 大同 南海 中山 和田 黄山 平凉 海门 启东 通化 吉安 平安 安顺 保定 兴安 张掖 金昌 海东 山南").split()
)
# After a place's name these make it part of another name: 南通大学, 福建省平台, 厦门海关.
_INSTITUTION = re.compile(
    r"(?:省|市)?(?:大学|学院|理工|师范|银行|海关|日报|晚报|法务区|软件园|自贸|片区|东路|西路|路(?![线演径])|街|湾|港|茉莉|鱼丸|橄榄|脱胎|平台|都市圈)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A province, a city, or a well-known district or county. `province` is '' for a province itself, `city` for what
    is not in a city. `pinyin` holds what else it is called: pinyin first, then a usual short name (呼市)."""

    name: str
    province: str
    pinyin: tuple[str, ...]
    level: Literal["province", "city", "district"]
    city: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """Places that a stretch of a folded text names: several where one spelling serves several (Taizhou)."""

    places: tuple[Place, ...]
    start: int
    end: int
    text: str


@cache
def all_places() -> tuple[Place, ...]:
    with _FILE.open(encoding="utf-8", newline="") as rows:
        return tuple(
            Place(row["name"], row["province"], tuple(row["pinyin"].split("|")), row["level"], row["city"])  # type: ignore[arg-type]
            for row in csv.DictReader(rows)
        )


@cache
def _by_name() -> dict[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = {}
    for place in all_places():
        for name in (place.name, *place.pinyin):
            found.setdefault(name, []).append(place)
    return {name: tuple(places) for name, places in found.items()}


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_by_name(), key=len, reverse=True)
    chinese = "|".join(re.escape(name) for name in names if not name.isascii())
    latin = "|".join(re.escape(name) for name in names if name.isascii())
    return re.compile(rf"(?P<chinese>(?:{chinese})(?P<suffix>(?:{_SUFFIX})(?!级))?)|(?<![a-z])(?:{latin})(?![a-z])")


def mentions(text: str) -> list[Mention]:
    """Places named in a text, in order; names inside names of institutions and regions are left out.

    吉林省 is the province, 吉林市 the city, 吉林 the province; in 青岛省级企业 the place is 青岛. `start` and `end` count in the folded text.
    """
    text = fold(text).replace("’", "'")
    found = []
    for match in _pattern().finditer(text):
        name, suffix = match.group(), match.group("suffix")
        bare = name.removesuffix(suffix) if suffix else name
        places = _by_name()[bare]
        if (bare in _WORDS and not suffix) or _INSTITUTION.match(text, match.start() + len(bare)):
            continue
        if len(places) > 1 and not bare.isascii():
            wanted = "city" if suffix == "市" else "province"
            places = tuple(place for place in places if place.level == wanted) or places
        found.append(Mention(places, match.start(), match.end(), name))
    return found


def find(name: str) -> Place | None:
    """The one place of that name (青岛, 青島市, Qingdao); None if there is none or several (Taizhou)."""
    places = candidates(name)
    return places[0] if len(places) == 1 else None


def candidates(name: str) -> tuple[Place, ...]:
    """The places that a name may mean; () if it is no place's name."""
    whole = [mention for mention in mentions(name) if len(mention.text) == len(fold(name).strip())]
    return whole[0].places if len(whole) == 1 else ()
