"""Which figure of a sentence belongs to which thing: of 金奖、银奖的,分别奖励30万元、15万元 the second to the 银奖."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from qa.contrast import opposed
from qa.figures import Figure
from qa.parts import pairs

Kind = Callable[[str], list[Figure]]  # the figures of a text that may be compared with the one that is asked about

_PARTS = re.compile(r"[,，;；。\n]|(?<!\d)[:：](?!\d)")
_LISTED = re.compile("[、和及与]|以及")
_RESPECTIVELY = re.compile("分别|分別|依次")
_SUMMED = re.compile("总[数量计]|合计|共计|累计")  # of what stands before
_MARK = re.compile(r"[(（]([a-z]类)[)）]")
_NAMED = re.compile("[㐀-鿿]{2}")
_LONG = 24  # characters of a text from which its figure alone is told
_ENOUGH = 2  # character pairs of its own by which a question names a thing


@dataclass(frozen=True, slots=True)
class Bound:
    """Words that name a thing, and its figures."""

    thing: str
    figures: Sequence[Figure]
    text: str  # that the figures stand in

    @property
    def said(self) -> str:
        """What the text says of the thing; of several figures the first."""
        figure = self.figures[0]
        return self.text[figure.start : figure.end] if len(self.text) > _LONG else self.text.strip()


def bound(text: str, kind: Kind) -> list[Bound]:
    """The things of a folded text with their figures of a kind, in order. What stands before a figure since the last
    one names its thing: 四星级10家,每家奖励4万元."""
    found: list[Bound] = []
    before = ""
    for part in _pieces(text, kind):
        own = kind(part)
        if not own:
            before += part + ","
            continue
        # 收入1000万元以上的运营机构,奖励50万元: what a condition says of names whom the next figure is for.
        of = part.find("的", own[-1].end)
        said, rest = (part[:of], part[of:]) if 0 <= of < own[-1].end + 4 else (part, "")
        if found and _SUMMED.match(before + said):
            said = found[-1].thing + "," + said
        found += _respectively(before, part, own) or [Bound(before + said, own, part)]
        before = rest + "," if rest else ""
    return found


def _pieces(text: str, kind: Kind) -> Iterator[str]:
    """The parts of a text between commas; those of a list too, each of which has a figure (发明15件、外观5件)."""
    for part in _PARTS.split(text):
        listed = part.split("、")
        named = len(listed) > 1 and all((own := kind(one)) and _NAMED.search(one[: own[0].start]) for one in listed)
        yield from listed if named else [part]


def _respectively(before: str, part: str, own: Sequence[Figure]) -> list[Bound]:
    """The things of a list with the figures that follow it in the same order, as many as there are things."""
    said = _RESPECTIVELY.search(before + part)
    if not said or len(own) < 2:
        return []
    listed = _LISTED.split((before + part)[: said.start()])[-len(own) :]
    if len(listed) < len(own):
        return []
    return [
        Bound(thing, [replace(figure, start=0, end=len(figure.text))], figure.text)
        for thing, figure in zip(listed, own, strict=True)
    ]


def belonging(asked: str, things: Sequence[Bound]) -> list[Bound]:
    """The things that a folded question may speak of, told from the others by words of their own or as others of a
    kind; [] where any may be meant."""
    wanted = pairs(asked)
    own = [pairs(one.thing) for one in things]
    against = [opposed(asked, one.thing, "") for one in things]
    shared = [
        0 if against[at] else len(its.difference(*(other for other in own if other != its)) & wanted)
        for at, its in enumerate(own)
    ]
    least = _ENOUGH - any(against) if wanted else 0
    best = max(shared, default=0)
    named = [
        one
        for at, one in enumerate(things)
        if not against[at] and ((shared[at] == best and best >= max(least, 1)) or (not wanted and any(against)))
    ]
    return [one for one in things if _marked(asked, one)] or named or _closest(wanted, things)


def _closest(wanted: set[str], things: Sequence[Bound]) -> list[Bound]:
    """The one thing that shares all that any other shares with a question, and more (省级优势企业 beside 国家级优势企业
    and 省级示范企业)."""
    shared = [
        (one, pairs(part) & wanted) for one in things for part in re.split("或者?|以及|[和及]", one.thing) if part
    ]
    found = [
        one
        for one, own in shared
        if own and all(its < own and len(its) < len(own) for other, its in shared if other is not one)
    ]
    return found[:1]


def _marked(asked: str, thing: Bound) -> bool:
    return any(mark[1] in asked for mark in _MARK.finditer(thing.thing))
