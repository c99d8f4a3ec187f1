"""Web pages of governments -> text: the title, the lines that say number and dates, and the body of the policy."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as parser

from corpus import furniture, tables
from corpus.markers import BULLET, marker

# Where the content systems of Chinese governments put a policy's text, most common first.
_BODIES = (
    ".TRS_Editor", "#UCAP-CONTENT", ".pages_content", "#zoom", "#Zoom", ".article-content", ".article_content",
    ".zwxl-article", ".view.TRS_UEDITOR", ".content-article", ".xxgk-content", "#content .con", "article",
)  # fmt: skip
_KEYS = re.compile(
    r"(?:索\s*引\s*号|发文字号|文\s*号|发文机关|发布机构|成文日期|发布日期|发布时间|生成日期|有效性|标\s*题)\s*[:：]"
)
# The same without a colon, alone in a cell; the next cell holds what it names.
_CELL_KEYS = frozenset((*furniture.LABELS, "发布时间"))
_NUMBER = re.compile(r"[㐀-鿿]{1,12}[〔\[［【(（]\d{4}[〕\]］】)）](?:第)?\d+号")
_META = {"ArticleTitle": "标题", "PubDate": "发布日期", "ContentSource": "来源"}
_BLOCKS = frozenset(
    "p div section article h1 h2 h3 h4 h5 h6 li ul ol table tbody thead tr td th dl dt dd blockquote center pre body "
    "header footer main br hr form".split()
)
_DROPPED = frozenset("script style noscript template iframe svg nav button select option textarea".split())


def read(data: str) -> str:
    """The policy's text of a page, one paragraph or table row a line, cells between tabs; '' if there is none."""
    try:
        root = parser.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", data) or "<p>")
    except (etree.ParserError, ValueError):
        return ""
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in _DROPPED:
            element.drop_tree() if element.getparent() is not None else None
    body = _body(root)
    if body is None:
        return ""
    lines = list(dict.fromkeys(_about(root, body)))
    lines += [line for line in _lines(body) if line.strip()]
    return "\n".join(lines) + "\n"


def _body(root: Any) -> Any:
    """The element that holds the policy: a known one, else the deepest that holds most of the page's unlinked text."""
    for selector in _BODIES:
        found = [element for element in root.cssselect(selector) if len(_plain(element)) > 80]
        if found:
            return max(found, key=lambda element: len(_plain(element)))
    body = root.find(".//body")
    best = body if body is not None else root
    while True:
        whole = _unlinked(best)
        inside = [child for child in best if isinstance(child.tag, str) and _unlinked(child) > 0.6 * whole]
        if not inside or not whole or inside[0].tag in ("p", "tr", "td", "tbody"):
            return best
        best = inside[0]


def _about(root: Any, body: Any) -> Iterator[str]:
    """Title, number and dates, from the page's head and from what stands outside the body."""
    metas = {element.get("name"): (element.get("content") or "").strip() for element in root.iter("meta")}
    for name, key in _META.items():
        if metas.get(name):
            yield f"{key}:{metas[name]}"
    inside = set(body.iter())
    above = ""  # the tag of the last element with a text of its own
    for element in root.iter("h1", "h2", "h3", "li", "td", "th", "dt", "dd", "p", "span", "div", "tr"):
        if element in inside or any(child.tag in _BLOCKS for child in element if isinstance(child.tag, str)):
            continue
        text = " ".join(element.text_content().split())
        if element.tag == "h1" and text:
            yield text
        elif element.tag in ("td", "th", "dt") and (pair := _pair(element)):
            yield pair
        elif above in ("h1", "h2", "h3") and _NUMBER.fullmatch(re.sub(r"\s", "", text)):
            yield text  # directly under the title
        elif len(text) < 120 and _KEYS.match(text):
            if re.fullmatch(_KEYS.pattern, text) and (value := element.getnext()) is not None:
                text += " ".join(value.text_content().split())
            yield text
        above = element.tag if text else above


def _pair(cell: Any) -> str | None:
    """发文字号:市知发〔2024〕3号 for a cell 发文字号 before one that holds the number."""
    following = cell.getnext()
    name = re.sub(r"[\s:：]", "", cell.text_content())
    if name not in _CELL_KEYS or following is None or following.tag not in ("td", "dd"):
        return None
    value = " ".join(following.text_content().split())
    return f"{name}:{value}" if value and re.sub(r"\s", "", value) not in _CELL_KEYS else None


def _plain(element: Any) -> str:
    return re.sub(r"\s+", "", element.text_content())


def _unlinked(element: Any) -> int:
    return len(_plain(element)) - sum(len(_plain(link)) for link in element.iter("a"))


def _lines(element: Any) -> Iterator[str]:
    """The text of an element, a line a block; a table's rows with their cells between tabs."""
    if element.tag == "table" and (pairs := _pairs(element)):
        yield from pairs
        return
    if element.tag == "table" and len(element.findall(".//tr")) > 1 and element.findall(".//td"):
        yield from (_tidy(caption.text_content()) for caption in element.findall("caption"))
        yield from _rows(element)
        return
    line = element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag in _BLOCKS:
            yield _tidy(line)
            yield from _marked(child) if child.tag == "li" else _lines(child)
            line = child.tail or ""
        else:
            line += (child.text_content() if isinstance(child.tag, str) else "") + (child.tail or "")
    yield _tidy(line)


def _marked(item: Any) -> Iterator[str]:
    """The lines of a list's item, with the number or the bullet before it that a browser shows."""
    lines = list(_lines(item))
    at = next((number for number, line in enumerate(lines) if line), None)
    numbered = item.getparent().tag == "ol"
    if at is not None and _unlinked(item) and not marker(lines[at]) and not BULLET.match(lines[at]):
        place = sum(1 for one in item.itersiblings("li", preceding=True)) + 1
        lines[at] = f"{place}. {lines[at]}" if numbered else f"• {lines[at]}"
    yield from lines


def _pairs(table: Any) -> list[str]:
    """What a table says of the document, a line each, if each of its rows holds nothing but labels and their values."""
    found: list[str] = []
    for row in table.iter("tr"):
        cells = [child for child in row if child.tag in ("td", "th")]
        names = [re.sub(r"[\s:：]", "", cell.text_content()) for cell in cells[::2]]
        values = [_tidy(cell.text_content()) for cell in cells[1::2]]
        if len(cells) % 2 or not all(
            name in _CELL_KEYS for name, value in zip(names, values, strict=False) if name + value
        ):
            return []
        if any(re.sub(r"[\s:：]", "", value) in _CELL_KEYS for value in values):
            return []  # labels above their values
        found += [f"{name}:{value}" for name, value in zip(names, values, strict=True) if name and value]
    return found


def _rows(table: Any) -> Iterator[str]:
    """Rows of a table; a cell that spans rows or columns stands in each of them, since it belongs to each of them."""
    hanging: dict[int, tuple[int, str]] = {}
    rows: list[list[str]] = []
    marked = 0  # rows at the top that the page marks as header
    for row in table.iter("tr"):
        cells: list[str] = []

        def fill(cells: list[str] = cells) -> None:
            while (held := hanging.get(len(cells))) and held[0] > 0:
                hanging[len(cells)] = (held[0] - 1, held[1])
                cells.append(held[1])

        for cell in (child for child in row if child.tag in ("td", "th")):
            fill()
            text = _tidy(cell.text_content())
            down, across = (_span(cell.get(name)) for name in ("rowspan", "colspan"))
            for _ in range(across):
                hanging[len(cells)] = (down - 1, text)
                cells.append(text)
        fill()
        if any(cells):
            if marked == len(rows) and (row.getparent().tag == "thead" or {child.tag for child in row} == {"th"}):
                marked += 1
            rows.append(cells)
    yield from tables.as_lines(rows, marked)


def _span(value: str | None) -> int:
    return min(int(value), 1_000) if value and value.isdigit() and int(value) else 1


def _tidy(text: str) -> str:
    return re.sub(r"[ \t\r\n\f\v]+", " ", text).strip()
