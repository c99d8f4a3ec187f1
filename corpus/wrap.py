"""Lines that a fixed width ended, not a paragraph: which lines go on in the next one.

No line says so itself. A text was wrapped if the lines that stop in mid-sentence are about equally wide and hardly any
line is wider; then a line goes on if the next word would not have fitted on it.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from operator import itemgetter

from corpus import furniture
from corpus.markers import ANSWER, BULLET, QUESTION, SHI, marker
from corpus.tables import aligned

Measure = Callable[[str], int]
_NARROWEST = 15  # characters: what is shorter stands in lists and cells
_ABOUT = 0.9  # of the width: how far a full line may fall short of it, for an indent or what may not begin a line
_ENDS = re.compile(r"(?:[。；;：:！!？?]|[a-z\d]\.)[”’」』）)】]*$|。[(（][^()（）]*[)）]$")
_SENTENCE = re.compile(r"[。；;！!？?]|[a-z\d]\. ")
_PUNCTUATION = re.compile(r"[，,。；;、：:]|\. ")
_NAME = re.compile("[㐀-鿿]{2,8}[：:]")
_LONG = 40  # characters that no heading and no cell has
_BEGINS_NO_LINE = "，。、；：）》”"
_ENDS_NOTHING = re.compile("[，,、和与及或对在为将由向]$")
_COUNT = re.compile(r"\d[\d.,，]*\s*(?![\d\s年./、．-])")
_WORD = re.compile(r"[!-~]+|.[，。；：、！？）》”]?")


def joined(lines: Sequence[str], least: int = 2) -> list[str]:
    """The paragraphs that lines make, without their line ends."""
    on = going_on(lines, least)
    paragraphs: list[str] = []
    for number, line in enumerate(lines):
        if number and on[number - 1]:
            glue = " " if re.search(r"[A-Za-z,.;]$", paragraphs[-1]) and re.match(r"[A-Za-z]", line.lstrip()) else ""
            paragraphs[-1] += glue + line.strip()
        else:
            paragraphs.append(line.strip())
    return paragraphs


def going_on(lines: Sequence[str], least: int = 2) -> list[bool]:
    """Whether each line goes on in the next. Lines come with their indents, blank ones as ''.

    `least` is the number of lines broken at the same width from which a text is taken to be wrapped.
    """
    follows = [_may_follow(above, below) for above, below in pairwise([*lines, ""])]
    broken = [at for at, may in enumerate(follows) if may and not _ENDS.search(lines[at])]
    # A text is wrapped by characters or by columns: by what its lines agree in better.
    sharp, width, measure = max((_width(lines, broken, way, least) for way in (len, _columns)), key=itemgetter(0))
    on = [False] * len(lines)
    first = 0
    for at, may in enumerate(follows):
        if width and may:
            word = _WORD.match(lines[at + 1].strip())
            reach = measure(lines[at]) + (measure(word.group()) if word else 0)
            on[at] = reach > _ABOUT * width
            if _ENDS.search(lines[at]):
                # Where a sentence ends at the margin, an indent tells whether the next begins a paragraph; without
                # indents it more often than not does not, if the margin is reached to the character.
                begun, below = _indent(lines[first]), _indent(lines[at + 1])
                exact = begun == 0 and measure(lines[at]) >= width - (sharp < 0.9)
                on[at] &= (exact or below < begun) and bool(_PUNCTUATION.search(lines[at + 1]))
            on[at] &= _indent(lines[at + 1]) <= _indent(lines[at]) or _hangs(lines[at].strip())
        elif may and (lines[at + 1].strip()[0] in _BEGINS_NO_LINE or _is_torn(lines[at], lines[at + 1])):
            on[at] = not _ENDS.search(lines[at])
        if not on[at]:
            sentence = any(_SENTENCE.search(line) for line in lines[first : at + 1]) or _ENDS.search(lines[at])
            if not sentence and not marker(lines[first].strip()):
                on[first:at] = [False] * (at - first)  # a title and what stands below it, names, cells
            first = at + 1
    return on


def _may_follow(above: str, below: str) -> bool:
    text = below.strip()
    if (
        not text
        or not above.strip()
        or furniture.DATE.fullmatch(above.strip())
        or any(sign in above + below for sign in "\t|")
        or (aligned(above) and aligned(below))
    ):
        return False
    if text.isdigit() or furniture.alone(text) or any(sign.match(text) for sign in (BULLET, QUESTION, ANSWER)):
        return False
    if _NAME.match(text) and _NAME.match(above.strip()):
        return False  # 发布日期：… 来源：…
    found = marker(text)
    return found is None or (found[0] == SHI and not _ENDS.search(above))


def _hangs(text: str) -> bool:
    """Whether the lines below a first one may stand further in: a number or a name stands out."""
    return bool(marker(text) or _NAME.match(text))


def _is_torn(above: str, below: str) -> bool:
    """Whether a line end stands by mistake in a long sentence, which ends on the next line.

    That next line lacks the indent of a paragraph; where none is indented, it begins with a figure that is no year, or
    the line above ends with a word that nothing ends with.
    """
    text, rest = above.strip(), below.strip()
    prose = re.search("[。；;]" if marker(text) else "[，,。；;]", text)
    if not prose or len(text) < _LONG or not _SENTENCE.search(rest[-2:]):
        return False
    return _indent(below) < _indent(above) or bool(_ENDS_NOTHING.search(text) or _COUNT.match(rest))


def _width(lines: Sequence[str], broken: Sequence[int], measure: Measure, least: int) -> tuple[float, int, Measure]:
    """The share of the lines broken at just the width at which most were, and that width; 0 if they were not."""
    found = Counter(width for at in broken if (width := measure(lines[at])) >= measure("　" * _NARROWEST))
    if not found:
        return 0, 0, measure
    width = max(found, key=lambda width: (found[width] + found[width - 1] + found[width + 1], width))
    alike = sum(times for other, times in found.items() if _ABOUT * width <= other <= width / _ABOUT)
    wider = sum(1 for line in lines if measure(line) > width / _ABOUT)
    full = [lines[at] for at in broken if _ABOUT * width <= measure(lines[at]) <= width / _ABOUT]
    sentences = sum(1 for line in full if _PUNCTUATION.search(line))
    if alike < max(least, found.total() / 2) or wider > alike / 4 or sentences < alike / 3:
        return 0, 0, measure
    return found[width] / found.total(), width, measure


def _columns(text: str) -> int:
    """The width of a text where a Chinese character is twice as wide as a Latin letter."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _indent(line: str) -> int:
    return _columns(line[: len(line) - len(line.lstrip())])
