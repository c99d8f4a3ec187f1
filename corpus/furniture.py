"""What stands on the page around a policy's text: breadcrumbs, dates, addressees, signatures, footers, title lines."""

import re
import unicodedata
from collections.abc import Sequence

from corpus.markers import QUESTION

FURNITURE, TITLE = "furniture", "title"

DATE = re.compile(
    r"[(（]?[0-9０-９一二三四五六七八九〇○零十]{2,4}\s*年\s*[0-9一二三四五六七八九十]{1,3}\s*月(?:\s*[0-9一二三四五六七八九十]{1,3}\s*日)?[)）]?"
)
_BODY_NAME = re.compile(r"[㐀-鿿、\s]{2,40}(?:政府|部|委|局|厅|廳|院|会|會|署|办公室|辦公室|中心|银行|总局)")
# Lines that belong to a page wherever they stand.
_PAGE = re.compile(
    r"""[•·\-—\s]*$
    |.*首页\s*(?:>|》|›)|.*(?:您|你)?(?:当前所在的?位置|当前位置|現在位置)\s*[:：]
    |[•\s]*\[\s*(?:发布日期|發布日期|发布时间)|(?:发布时间|发布日期|發布時間|發布日期|更新时间|来源|來源|信息来源|作者|责任编辑|字体|字号|浏览次数|点击数|访问量|阅读)\s*[:：].{0,60}$
    |[(（]此件.{2,12}[)）]$|[(（]本文有删减[)）]$|扫一扫.{0,20}$|分享到|打印本页|【?\s*(?:打印|关闭窗口)|上一篇|下一篇|相关(?:链接|阅读|文章|稿件|附件)\s*(?:[:：].{0,60})?$
    |相關詞條$|熱門詞條$|聯絡我們$|联系我们$|相关词条$|热门词条$|版权所有|.{0,20}ICP备|网站标识码|主办单位[:：]|-->$
    |(?:信息)?公开(?:选项|属性|方式|类别)\s*[:：].{0,20}$|中[華华]民[國国]\s*\d{2,3}\s*年.{4,40}[號号][令函].{0,20}$
    |抄\s*送\s*[:：]|主题词\s*[:：]|附件\d{0,2}\s*[:：]\s*\S|附\s*[:：]\s*\S
    |.{2,30}(?:局|委|办公室|办公厅|秘书处)\s+\d{4}年\d{1,2}月\d{1,2}日\s*印发
    |-\s*\d+\s*-$|—\s*\d+\s*—$|第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?$""",
    re.VERBOSE,
)
_KEY = re.compile(
    r"(?:索\s*引\s*号|主题分类|主\s*题\s*分\s*类|发文机关|发\s*文\s*机\s*关|成文日期|标\s*题|发文字号|发布日期|主\s*题\s*词|有\s*效\s*性|文\s*号|公开方式|发布机构|生成日期|效力状态)\s*[:：]"
)
_INFO_BOX = re.compile(r"[•·]\s*[^:：]{2,8}[:：]")
_NUMBER_LINE = re.compile(
    r"(?:[㐀-鿿]{1,12}\s*[〔\[［【(（]\d{4}[〕\]］】)）]\s*(?:第\s*)?\d+\s*号|第?\s*\d+\s*号|[㐀-鿿]{2,20}令)$"
)
_ADDRESSEE = re.compile(
    r"[^。;；]{2,200}(?:政府|部门|单位|机构|委员会|委|办|局|厅|会|公司|院校|院|企业|团体|行)[^。;；]{0,12}[:：]$"
)
_REVISED = re.compile(r"[(（].{0,40}\d{4}年\d{1,2}月\d{1,2}日")
_REVISION = re.compile("发布|公布|通过|修订|修正|批准|施行|印发")


def find(texts: Sequence[str], title: str | None) -> dict[int, str]:
    """Line numbers of furniture and of title lines, each with which of the two it is."""
    found: dict[int, str] = {}
    plain = re.sub(r"\s", "", title or "")
    listed = _page_sections(texts)
    body = _first_of_body(texts)
    annexes: set[int] = set()
    for number, text in enumerate(texts):
        squeezed = re.sub(r"[\s•·]", "", text)
        if number in listed or _PAGE.match(text):
            found[number] = FURNITURE
        elif number < body and _repeats(squeezed, plain):
            found[number] = FURNITURE if text.startswith("•") else TITLE
        elif number < body and _KEY.match(text):
            found[number] = FURNITURE
            value = number + 1
            if _KEY.fullmatch(text) and value < body and not _KEY.match(texts[value]):
                if "题" not in text or re.sub(r"\s", "", texts[value]) not in plain[: len(texts[value])]:
                    found[value] = FURNITURE
        elif number < body and (
            _INFO_BOX.match(text) or _NUMBER_LINE.match(text) or _ADDRESSEE.match(text) or _is_revision(text)
        ):
            found.setdefault(number, FURNITURE)
    for number, text in enumerate(texts):
        above = texts[number - 1] if number else ""
        goes_on = number - 1 in annexes or re.match(r"附\s*件\s*[:：]", above)
        if goes_on and re.match(r"\d{1,2}\s*[.．、]", text) and len(text) <= 60 and not re.search("[。；;]", text):
            annexes.add(number)
            found[number] = FURNITURE
    _signatures(texts, found)
    _copies(texts, found)
    for number in range(body):
        alone = len(texts[number]) <= 12 and not re.search("[。：:；;]", texts[number])
        if alone and number not in found and found.get(number + 1) == FURNITURE:
            found[number] = FURNITURE
    return found


def alone(text: str) -> bool:
    """Whether a line says something of the document or the page by itself: 发文字号: ..., a number, a date."""
    return bool(_PAGE.match(text) or _KEY.match(text) or _NUMBER_LINE.match(text) or DATE.fullmatch(text))


def _is_revision(text: str) -> bool:
    """Whether a line is the bracket under a law's title that tells when it was passed and amended."""
    return bool(text.endswith((")", "）")) and _REVISED.match(text) and _REVISION.search(text))


def _repeats(line: str, title: str) -> bool:
    """Whether a line is the title, a part of it, or the name of the notice that carries it."""
    if len(line) <= 3 or not title or line.endswith("。"):
        return False
    carries = f"《{title}》" in line or (re.search(r"印[发發].*的通知$", line) is not None and title in line)
    return line in title or (carries and len(line) <= len(title) + 40)


def _first_of_body(texts: Sequence[str]) -> int:
    """The line of the first numbered heading or question; what is only furniture at the top ends there."""
    heading = re.compile(r"第[一1]\s*[编章节条]|[一壹]\s*、|[(（]\s*一\s*[)）]|1\s*[.．、]")
    for number, text in enumerate(texts):
        if heading.match(text) or QUESTION.match(text):
            return number
    return min(len(texts), 40)


def _page_sections(texts: Sequence[str]) -> set[int]:
    """A page's own list of its sections (發布時間,內容解讀,) and the lines that head those sections."""
    lines = {text: number for number, text in enumerate(texts)}
    for number, text in enumerate(texts[:40]):
        parts = [part.strip() for part in re.split("[,，]", text)]
        if len(parts) >= 3 and not parts[-1] and all(part in lines for part in parts[:-1]):
            return {number, *(lines[part] for part in parts[:-1])}
    return set()


def _copies(texts: Sequence[str], found: dict[int, str]) -> None:
    """The lines between 抄送: and who printed it, in which the list of those who get a copy goes on."""
    for number, text in enumerate(texts):
        if re.match(r"抄\s*送\s*[:：]", text):
            printed = next((at for at in range(number + 1, min(number + 7, len(texts))) if at in found), number)
            found |= dict.fromkeys(range(number + 1, printed), FURNITURE)


def _signatures(texts: Sequence[str], found: dict[int, str]) -> None:
    """A date alone on its line and the names of the bodies or the person that sign above it."""
    for number, text in enumerate(texts):
        if not DATE.fullmatch(unicodedata.normalize("NFKC", text)):
            continue
        found.setdefault(number, FURNITURE)
        above = number - 1
        while (
            above >= 0
            and number - above <= 6
            and (
                _BODY_NAME.fullmatch(re.sub(r"[(（][^()（）]{2,20}[)）]$", "", texts[above]))
                or re.fullmatch(r"[总省市县区州部主]\S{0,3}长?\s+\S{1,4}\s?\S{0,3}", texts[above])
            )
        ):
            found.setdefault(above, FURNITURE)
            above -= 1
