"""Title, city, issuer, 文号, dates and validity, read off a document's text. What it does not say stays None."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from corpus import bodies, furniture, numerals, places, wrap
from corpus.fold import fold
from corpus.types import Language, Level, Metadata

_HEAD = 3_000  # characters at either end in which a document speaks of itself
_TYPES = "方案|计划|計劃|规划|規劃|办法|辦法|规定|規定|细则|細則|意见|意見|条例|條例|通知|决定|決定|措施|政策|指南|公告|通报|批复|复函|函|答复|总结|總結|纲要|綱要|法|标准|规则|规程|目录|清单|要点|要點|制度|解读|解讀|问答|一览表|报告|報告|纪要|紀要|指引|预案|預案|须知|須知|章程|白皮书|白皮書"
_FROM_TO = r"(?:自|从)?(?P<from>\d{4}年\d{1,2}月(?:\d{1,2}日)?)(?:起|开始)?[至到](?P<to>\d{4}年\d{1,2}月(?:\d{1,2}日)?)"
_PERIOD = r"[(（]\s*\d{4}\s*[-—–~～至]+\s*\d{4}\s*年?\s*[)）]"
# A district or county by its name, which 社区, 园区 and the like are not.
_DISTRICT = re.compile(
    "市?(?!关于|支持|促进|加[快强]|鼓励|[社园景城地片街各校特辖小灾老山库]区)[㐀-鿿]{1,4}?[区县](?![域内级])"
)
_TITLE_END = re.compile(
    rf"(?:{_TYPES})(?:[(（](?:试行|試行|暂行|修订|草案|征求意见稿|\d{{4}}年版)[)）])?(?:\s*{_PERIOD})?$"
)
_HEADING = re.compile(r"第\s*[一1]\s*[编章节条]|[一壹]\s*、|[(（]\s*[一1]\s*[)）]|1\s*[.．、]")
_CN = "零〇○一二三四五六七八九十"
_DATE = rf"(?P<y>\d{{4}}|[{_CN}]{{4}})\s*[年.\-/]\s*(?:(?P<m>\d{{1,2}}|[{_CN}]{{1,3}})\s*(?:月|[.\-/]|$)\s*(?:(?P<d>\d{{1,2}}|[{_CN}]{{1,3}})\s*日?)?)?"
_NUMBER = r"[㐀-鿿]{1,12}\s*[〔\[［【(（]\s*\d{4}\s*[〕\]］】)）]\s*(?:第\s*)?\d+\s*[号號]"
# (高雄市政府)2024年11月18日高市府經工字第11337284500號函頒
_DECREE = rf"(?P<body>{bodies.BODY})?\s*{_DATE}\s*(?P<number>[㐀-鿿]{{2,10}}字第\s*\d+\s*[号號])[令函公]"
_MADE = rf"({bodies.BODY})\s*(?:編製|编制|編印|编印|編撰|訂定|制定|印製)"


def read(text: str) -> Metadata:
    """Metadata of a document by its text alone."""
    raw = wrap.joined(text.splitlines())
    text = _western_years("\n".join(raw))
    raw = text.split("\n")
    lines = [line.strip(" \t　\xa0•·") for line in raw]
    lines = [line for line in lines if line]
    head = _front(lines)
    fields = _page_fields(lines)
    title = _title(head, fields)
    issuer = _issuer(lines, head, fields, title, text)
    issued = _issued(lines, fields, text)
    found = Metadata(
        title=title,
        issuer=issuer,
        number=_number(head, fields),
        issued=issued,
        period=_period(title) or _term(text),
        language=_language(text),
    )
    city, level = _place(title, issuer, text)
    if (
        level == "unknown"
        and re.search(r"(?:法|条例|规定|办法)$", title or "")
        and re.search(r"(?:国务院|主席)令|全国人民代表大会", text[:_HEAD])
    ):
        level = "national"
    explains = re.search(
        r"(?:解读|解讀|问答|問答|解答|答记者问|答記者問)(?:[(（][^()（）]*[)）])?$", title or ""
    )  # another document
    starts, ends = (None, None) if explains else _validity(text, issued)
    return replace(found, city=city, level=level, effective_from=starts, effective_to=ends)


def _western_years(text: str) -> str:
    """A text with the years of the Republic, 中華民國112年 and after that 113年1月1日 too, as 2023年 and 2024年."""

    def western(match: re.Match[str]) -> str:
        year = numerals.to_int(match.group(1))
        return f"{year + 1911}年" if year else match.group()

    dated = re.search("中[華华]民[國国]|新[臺台]幣", text)
    text = re.sub(rf"(?:中[華华])?民[國国]\s*(\d{{2,3}}|[{_CN}百]{{2,5}})\s*年", western, text)
    return re.sub(r"(?<![\d.,〔])(\d{2,3})\s*年(?=\s*\d{1,2}\s*月)", western, text) if dated else text


def _front(lines: list[str]) -> list[str]:
    """The lines above the first numbered heading, thirty at most."""
    for number, line in enumerate(lines[:60]):
        if _HEADING.match(line):
            return lines[:number]
    return lines[:30]


def _page_fields(lines: list[str]) -> dict[str, str]:
    """What a government page says above the text: 发文字号, 成文日期 ... with the value after the colon or below it."""
    found: dict[str, str] = {}
    for number, line in enumerate(lines[:60]):
        for name, value in furniture.fields(line):
            name = fold(name)
            if not value and number + 1 < len(lines) and not re.search(r"[:：]$", lines[number + 1]):
                value = lines[number + 1]
            if name in (*furniture.LABELS, "发布时间") and value:
                found.setdefault(name, "、".join(bodies.named(value)) or re.sub(r"\s+", "", value))
    return found


def _title(head: list[str], fields: dict[str, str]) -> str | None:
    if "法规名称" in fields:
        return fields["法规名称"]
    candidates = [fields["标题"]] if "标题" in fields else []
    # The masthead and the number above a title are no part of it, and none reaches over a breadcrumb or a date.
    head = [line for line in head if not re.fullmatch(rf"{bodies.BODY}(?:文件|令)|{_NUMBER}", re.sub(r"\s", "", line))]
    head = furniture.without_mastheads(["。" if furniture.alone(line) else line for line in head])
    for number in range(len(head)):
        for length in (1, 2, 3, 4):
            joined = re.sub(r"\s+", "", "".join(head[number : number + length]))
            if re.search("[。；;:：]", joined) or len(joined) > 120:
                break
            if _TITLE_END.search(joined):
                following = head[number + length] if number + length < len(head) else ""
                candidates.append(joined + re.sub(r"\s", "", following if re.fullmatch(_PERIOD, following) else ""))
                break
    if "标题" in fields:  # of a long title the page's field holds the first line
        candidates.sort(key=lambda found: not (found.startswith(fields["标题"]) and found != fields["标题"]))
    plain = [re.sub(r"\s", "", line) for line in head]
    for candidate in candidates:
        # 关于印发《X》的通知 carries X; the policy is X if its text stands below, under its own title.
        for named in re.findall(r"《([^《》]{4,})》(?:等.{0,8})?的(?:通知|决定|公告|函)$", candidate):
            if any(line and named.startswith(line) and len(line) >= 4 for line in plain):
                return str(named)
        if carried := re.search(r"(?:关于[印转]发|[印转]发关于)([^《》]{4,})的通知$", candidate):
            if any(line and carried.group(1).startswith(line) and len(line) >= 4 for line in plain):
                return carried.group(1)
    if candidates:
        return candidates[0]
    # No kind of document is named: the first line that could be a title.
    fit = (line for line in head[:5] if 5 <= len(line) <= 120 and not re.search(r"[。；;:：|]|\d{4}年\d", line))
    return next((re.sub(r"(?<=[^ -~])\s+|\s+(?=[^ -~])", "", line) for line in fit), None)


def _issuer(lines: list[str], head: list[str], fields: dict[str, str], title: str | None, text: str) -> str | None:
    signed = _signed(lines)
    issuer = next((fields[name] for name in ("发文机关", "发文单位", "发文机构") if name in fields), None)
    # A page names the one that keeps it, often in short, a document all that have issued it together in full.
    if issuer and len(signed) < 2 and not (signed and signed[0].endswith(issuer)):
        return issuer
    if not signed and (keeper := next((fields[name] for name in ("发布机构", "发布单位") if name in fields), None)):
        return keeper
    if signed:
        return "、".join(signed)
    if promulgated := re.search(r"(国务院|主席)令\s*第\s*\d+\s*号", text[:_HEAD]):
        return "国务院" if promulgated.group(1) == "国务院" else "全国人民代表大会常务委员会"
    for line in head[:8]:
        if re.fullmatch(bodies.BODY + r"(?:文件|令)", re.sub(r"\s", "", line)):
            return re.sub(r"(?:文件|令)$", "", re.sub(r"\s", "", line))
    for line in head:  # the name of the notice that carries the policy
        if re.search(r"(?:关于|印发).*的通知$", line) and (own_bodies := bodies.named(re.split("关于|印发", line)[0])):
            return "、".join(own_bodies)
    if own := re.search(rf"({bodies.BODY})\s*\d{{4}}年\d{{1,2}}月(?:\d{{1,2}}日)?[发發印颁頒]", text[:_HEAD]):
        return own.group(1).lstrip(",，的由经")
    if title and (own := re.match(rf"({bodies.BODY})(?:\d{{4}}年|关于|办公室)", title)):
        return own.group(1)
    for form in (_DECREE, _MADE):
        for line in head:
            if (own := re.match(form, line)) and own.group(1):
                return own.group(1)
    return None


def _signed(lines: list[str]) -> list[str]:
    """The bodies that stand above a date alone on its line."""
    for number, line in enumerate(lines):
        dated = number + 1 < len(lines) and re.fullmatch(_DATE, re.sub(r"\s", "", lines[number + 1]))
        if dated and bodies.named(line) and not re.match("[市区县省]", line):  # 市财政局 above a date is a cell
            first = number
            while first and number - first < 6 and bodies.named(lines[first - 1]):
                first -= 1
            return [body for each in lines[first : number + 1] for body in bodies.named(each)]
    return []


def _number(head: list[str], fields: dict[str, str]) -> str | None:
    """The document's own number, never one that it refers to."""
    for name in ("发文字号", "文号", "文件编号", "发文编号"):
        if name in fields:
            own = re.match(_NUMBER, fields[name])
            return own.group() if own else fields[name]
    for line in head:
        if own := re.fullmatch(rf"({_NUMBER})|[(（]({_NUMBER})(?:[,，;；\s][^()（）]*)?[)）]", line):
            return re.sub(r"\s", "", own[1] or own[2])
        if promulgated := re.search(r"(?:国务院|主席)令\s*第\s*\d+\s*号", line):
            return re.sub(r"\s", "", promulgated.group())
        if decreed := re.match(_DECREE, line):
            return decreed["number"]
    return None


def _iso(match: re.Match[str]) -> str | None:
    year, month, day = (numerals.to_int(match.group(part) or "") for part in "ymd")
    if year is None or not 1900 <= year <= 2200:
        return None
    text = f"{year:04d}"
    if month and 1 <= month <= 12:
        text += f"-{month:02d}"
        if day and 1 <= day <= 31:
            text += f"-{day:02d}"
    return text


def _date_in(text: str) -> str | None:
    match = re.search(_DATE, re.sub(r"\s", "", text))
    return _iso(match) if match else None


def _issued(lines: list[str], fields: dict[str, str], text: str) -> str | None:
    if "成文日期" in fields:
        return _date_in(fields["成文日期"])
    for number, line in enumerate(lines):
        plain = re.sub(r"\s", "", line).strip("()（）")
        if (number and re.fullmatch(_DATE, plain) and bodies.named(lines[number - 1])) or re.match(_DECREE, line):
            return _date_in(plain)
    for above, line in pairwise(_front(lines)):  # signed by nobody, under what a notice says
        if above.endswith("。") and re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", line):
            return _date_in(line)
    imprints = [
        line for line in lines[-12:] if re.match(rf"\S{{2,30}}(?:局|委|办公室|办公厅|处|科)\s+{_DATE}\s*印发$", line)
    ]
    brackets = [line for line in lines[:30] if line.startswith(("(", "（"))]
    for printed in (text.rstrip()[-80:], *imprints, *brackets):
        if own := re.search(rf"{_DATE}\s*(?:印发|印發)[)）]?\s*$", printed):
            return _iso(own)
    for name in ("发文日期", "生成日期", "发布日期", "发布时间", "颁布时间", "公开日期", "修正日期", "公发布日"):
        if name in fields and (found := _date_in(fields[name])):
            return found
    return None


def is_iso(text: str) -> bool:
    """Whether a text is a date in ISO form, whole or only its year and month or its year."""
    padded = text + "-01-01"[len(text) - 4 :] if len(text) in (4, 7) else text
    try:
        return date.fromisoformat(padded).isoformat() == padded
    except ValueError:
        return False


def _period(title: str | None) -> tuple[str, str] | None:
    if republic := re.search(r"(?<!\d)(1\d\d)\s*年?\s*[-—–~～至]+\s*(1\d\d)\s*年(?!以)", title or ""):
        return str(int(republic[1]) + 1911), str(int(republic[2]) + 1911)
    years = re.search(r"(\d{4})\s*年?\s*[-—–~～至]+\s*(\d{4})\s*年?", title or "")
    return (years.group(1), years.group(2)) if years else None


def _term(text: str) -> tuple[str, str] | None:
    """The years of a plan that says 本计划自2025年1月1日起至2028年12月31日止: it plans for them, and is not void after."""
    term = re.search(rf"本(?:计划|规划|方案|行动){_FROM_TO}", _plain(text))
    return (term["from"][:4], term["to"][:4]) if term else None


def _plain(text: str) -> str:
    return re.sub(r"[ \t　\xa0]", "", fold(text))


def _validity(text: str, issued: str | None) -> tuple[str | None, str | None]:
    """First and last day, from 自…起施行 and 有效期…, as far as the text says."""
    own = _plain(text)
    starts = None
    if match := re.search(
        rf"(?:本[^。\n]{{0,20}}|现[^。\n]{{0,80}}|,)自{_DATE}(?:起|(?<=[月日]))(?:施行|实施|执行|生效)", own
    ):
        starts = _iso(match)
    elif re.search(r"自(?:印发|发布|公布|颁布|函颁|核定)之?日起?(?:施行|实施|执行|生效)", own):
        starts = issued
    if later := re.search(r"自(?:印发|发布|公布|颁布)之日起(\d{1,3})日后(?:施行|实施|执行|生效)", own):
        starts = _days_after(issued, int(later.group(1)))
    # 有效期 is the document's own where it speaks of itself or has just said from when it applies.
    itself = r"本(?:办法|通知|意见|方案|规定|细则|措施|政策|计划|制度|条例|规则|指南|公告|决定|要点|规划|行动)"
    named = r"(?:有效期|实施期限|执行期限)限?(?:为|是|:)?"
    if own_term := re.search(rf"(?:{itself}的?|\n(?={named}))(?P<valid>{named})?{_FROM_TO}", own):
        starts = starts or _date_in(own_term["from"])
        if own_term["valid"] or not re.match("本(?:计划|规划|方案|行动)", own_term.group()):
            return starts, _date_in(own_term["to"])
    applies = r"(?:起|日|后)(?:正式)?(?:施行|实施|执行|生效|试行)[^。\n]{0,40}?[,;。\n]{1,2}"
    term = rf"(?:{itself}的?|{applies}(?:{itself}的?)?)(?:有效期|试行期|实施期限|执行期限)限?"
    if match := re.search(rf"(?:{term}|{itself}[^。\n]{{0,60}}?(?:执行|实施|试行))(?:至|到|截至){_DATE}", own):
        return starts, _iso(match)
    if match := re.search(rf"(?:起|日|后)(?:施行|实施|执行|生效|试行),?至{_DATE}止", own):
        return starts, _iso(match)
    if match := re.search(
        rf"(?:{term}|{itself}[^。\n]{{0,60}}?试行)(?:暂定)?(?:为|是|:)?(\d{{1,2}}|{numerals.CHINESE}{{1,3}})年", own
    ):
        return starts, _years_after(starts or issued, numerals.to_int(match.group(1)))
    return starts, None


def _days_after(start: str | None, days: int) -> str | None:
    return (date.fromisoformat(start) + timedelta(days=days)).isoformat() if start and len(start) == 10 else None


def _years_after(start: str | None, years: int | None) -> str | None:
    """The last day of a term of whole years: the day before the anniversary; as coarse as the start is known."""
    if not start or not years:
        return None
    later = f"{int(start[:4]) + years}{start[4:]}"
    if len(start) < 10:
        return later
    try:
        return (date.fromisoformat(later) - timedelta(days=1)).isoformat()
    except ValueError:  # 29 February
        return f"{later[:4]}-02-28"


def _language(text: str) -> Language:
    sample = re.sub(r"[^㐀-鿿]", "", text)[:5_000]
    if len(sample) < 20 and len(re.findall(r"[A-Za-z]{2,}", text)) > 20:
        return "en"
    changed = sum(1 for a, b in zip(sample, fold(sample), strict=False) if a != b)
    return "zh-Hant" if sample and changed > len(sample) * 0.1 else "zh-Hans"


def _place(title: str | None, issuer: str | None, text: str) -> tuple[str | None, Level]:
    """The city, or province, whose document it is, and its level; a district's is the city that the district is of."""
    for source in (title, issuer):
        folded = fold(source or "")
        for mention in places.mentions(folded):
            place = mention.places[0]
            if mention.start > 4:
                continue
            if place.level == "province":
                return place.name, "provincial"
            if place.level == "city":
                own = re.search("(?<![地治新])[区县]$", mention.text) or _DISTRICT.match(folded, mention.end)  # 长沙县
                return place.name, "district" if own else "city"
            return _city_around(folded[mention.start : mention.end + 2], issuer, text) or place.name, "district"
        if own := re.match(r"([㐀-鿿]{2,6}?)(市|省)(?!场|级|长|域|内|直)", folded):
            if own.group(2) == "省":
                return own.group(1), "provincial"
            return own.group(1), "district" if _DISTRICT.match(folded, own.end(1)) else "city"
        if own := _DISTRICT.match(folded):
            return _city_around(own.group(), issuer, text) or own.group()[:-1], "district"
    if re.match("国务院|国家|中华人民共和国|全国|中共中央|中央|最高人民", fold(title or issuer or "")) or re.match(
        "国务院|国家|全国人|财政部|科技部|教育部", fold(issuer or "")
    ):
        return None, "national"
    return None, "unknown"


def _city_around(district: str, issuer: str | None, text: str) -> str | None:
    """The city before a district's name in the text (深圳市南山区), or of the body that issued for it
    (深圳市市场监督管理局南山监管局); None if neither says it."""
    name = re.match("[㐀-鿿]{2,4}?(?=新?[区县])", district)
    if not name:
        return None
    for before in re.findall(rf"([㐀-鿿]{{2,8}}?)市?{name.group()}新?[区县]", fold(text)):
        named = places.mentions(before)
        if named and named[-1].end == len(before) and named[-1].places[0].level == "city":
            return named[-1].places[0].name
    named = places.mentions(issuer or "")
    if named and named[0].start == 0 and named[0].places[0].level == "city" and name.group() in fold(issuer or ""):
        return named[0].places[0].name
    return None
