"""The numbers that headings begin with, and their rank: a lower rank stands above a higher one."""

import re

_N = r"(?:[一二三四五六七八九十百千零〇○两]+|[0-9０-９]+)"
# 第十一条的规定 refers to an article; white space after the number makes it a heading whatever follows.
_REFERENCE = r"(?:(?=[\s　])|(?!的|所|中|规定|規定|之规定|第|款|项|至|和|、|及|或|以|，|,|；|;|。|\)|）|》|”))"

# A short title to the end of the line, by which a number without 、 is one; cells that white space parts are none.
_TITLED = r"(?=[㐀-鿿]{2}[^\s，。；,;:：]{0,20}$)"

# (rank, pattern)
_MARKERS: tuple[tuple[float, re.Pattern[str]], ...] = tuple(
    (rank, re.compile(pattern))
    for rank, pattern in (
        (
            1,
            rf"(?:附件|附錄|附录|附表)\s*{_N}?\s*[:：.、]?(?=\s|$)|附[件表錄录]?\s*{_N}?\s*[:：](?=\s*[^。；;：:]{{0,40}}$)",
        ),
        (2, rf"第\s*{_N}\s*(?:编|編|篇|部分)(?=[\s:：、]|$)"),
        (3, rf"第\s*{_N}\s*章(?=[\s:：、]|$|(?!规定|規定|款|、)[^的第，。；]{{1,30}}$)"),
        (4, rf"第\s*{_N}\s*节(?=[\s:：、]|$|(?!规定|規定|款|、)[^的第，。；]{{1,30}}$)"),
        (5, rf"第\s*{_N}\s*[条條](?:\s*之\s*{_N})?{_REFERENCE}"),
        (6, rf"[壹贰叁肆伍陆柒捌玖拾貳參叄参陸]+(?:\s*[、.．]|[,，]?[ 　]+{_TITLED})"),
        (7, rf"[一二三四五六七八九十百]+(?:\s*(?:、|[．.](?!\d))|(?:[,，][ 　]*|[ 　]+){_TITLED})"),
        (8, r"[(（]\s*[一二三四五六七八九十百]+\s*[)）]|[㈠-㈩]"),
        (9.4, r"[0-9]{1,2}(?:[.．][0-9]{1,2}){2}(?=\s*[㐀-鿿]{2,}[^，。；,;]{0,28}$)(?!\s*[的万亿倍个])"),
        (9.2, r"[0-9]{1,2}[.．][0-9]{1,2}(?=\s*[㐀-鿿]{2,}[^，。；,;]{0,28}$)(?!\s*[的万亿倍个])"),
        (9, r"[0-9０-９]{1,3}\s*(?:、|[.．](?![0-9０-９])|[.．](?=(?:19|20)\d\d\s*年|1[01]\d\s*年|\d+万元以[上下]))"),
        (9, r"[0-9]{1,2}(?=[ 　]+[㐀-鿿]{2}[^，。；,;:：0-9\t]{0,20}$)"),
        (10, r"[(（]\s*[0-9０-９]{1,3}\s*[)）]|[⑴-⒇]"),
        (11, r"[①-⑳]|[0-9０-９]{1,3}\s*[)）]"),
        (12, r"[一二三四五六七八九十]+是(?=[㐀-鿿“]|$)"),
    )
)
BULLET = re.compile(r"(?:l(?=[\s　]*[㐀-鿿“])|[●■◆▪◇□➢•·](?=\s*\S))")
_NTH = r"\s*(?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})?\s*"
# 问: Q1. 问题一: 记者: 【问】
QUESTION = re.compile(
    rf"(?:(?:提|网友|網友|记者|記者)?[问問]|(?:问题|問題)(?=\s*[0-9一二三四五六七八九十])|记者|記者|Q){_NTH}[:：.．、]"
    rf"|[【\[](?:提?[问問]|问题|問題|Q){_NTH}[】\]]"
)
ANSWER = re.compile(rf"(?:回?答|A){_NTH}[:：.．、]|[【\[](?:回?答|A){_NTH}[】\]]")
ARTICLE, NUMBER, SHI = 5, 9, 12  # ranks of 第X条, 1. and 一是


def marker(text: str) -> tuple[float, str] | None:
    """Rank and text of the number that a line or an address element begins with, or None."""
    for rank, pattern in _MARKERS:
        if match := pattern.match(text):
            return rank, match.group()
    return None


def is_bare(text: str) -> bool:
    """Whether a line has a mark and no words: 一、, 第一条, 附件."""
    found = marker(text)
    return bool(found and not re.search(r"\w", text[len(found[1]) :]))


def squeeze(text: str) -> str:
    """An address element: without white space and without a closing full stop, which is none after a number (十.)."""
    return re.sub(r"(?<=[㐀-鿿])(?<![一二三四五六七八九十百])\.$", "", re.sub(r"\s+", "", text).rstrip("。"))
