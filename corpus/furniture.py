"""What stands on the page around a policy's text: breadcrumbs, dates, addressees, signatures, footers, title lines."""

import re
import unicodedata
from collections.abc import Sequence

from corpus import bodies
from corpus.markers import QUESTION

FURNITURE, TITLE = "furniture", "title"

DATE = re.compile(
    r"[(（]?(?:中[華华]民[國国]\s*)?[0-9０-９一二三四五六七八九〇○零十]{2,4}\s*年\s*[0-9一二三四五六七八九十]{1,3}\s*月(?:\s*[0-9一二三四五六七八九十]{1,3}\s*日)?[)）]?"
)
# Lines that belong to a page wherever they stand.
_PAGE = re.compile(
    r"""[•·\-—:：\s]*$
    |.{0,20}首页\s*(?:[-—]?[>＞》›»→]|[·/|\\]\s*[㐀-鿿])|[^。;；,，<>]{2,30}(?:\s*[>＞›»→]{1,2}\s*[^。;；,，<>]{1,20}){2,}$|.*(?:当前所在的?位置|当前位置|現在位置)\s*[:：]|(?:您|你|当前|當前|目前|现在|現在).{0,5}位置\s*[:：]
    |[•\s]*\[\s*(?:发布日期|發布日期|发布时间)|(?:发布时间|发布日期|發布時間|發布日期|釋出日期|更新时间|来源|來源|信息来源|作者|责任编辑|字体|字号|浏览次数|点击数|访问量|阅读)\s*[:：].{0,60}$
    |[【\[]\s*(?:字体|字号)|.{0,60}(?:字体|字号)\s*[:：][\s\[【(（]*[大小]
    |[(（]此件.{2,12}[)）]$|[(（]本文有删减[)）]$|.{0,6}扫一扫.{0,20}$|分享到|打印本页|【?\s*(?:打印|关闭窗口)|上一[篇条]|下一[篇条]|相关(?:链接|阅读|文章|稿件|附件|解读|新闻|报道)\s*(?:[:：].{0,120})?$
    |(?:政策|图文|文件|图)?(?:解读|原文)\s*[:：]\s*《.{0,120}$
    |相關詞條$|熱門詞條$|聯絡我們$|联系我们$|相关词条$|热门词条$|.{0,20}版[权權]所有|.{0,20}ICP备|网站标识码|主办单位[:：]|-->$
    |[(（]?(?:信息)?公开(?:选项|属性|方式|类别|形式)\s*[:：].{0,20}$
    |(?:列印|打印)[时時][间間]\s*[:：]|[您你]?(?:访问|点击|打开)的链接即将离开
    |(?:相关)?附件下载\s*[:：]?$|附件\s*\d{0,2}\s*[.:：、．]?\s*[^。；;]{2,80}\.(?:docx?|xlsx?|pdf|od[ts]|ofd|wps|zip|rar)$
    |[㐀-鿿]{0,20}\d{2,3}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日.{2,20}字第\s*\d+\s*[號号][令函公].{0,20}$
    |[㐀-鿿]{2,30}(?:政府|[局處处廳厅院部]|委[員员][會会])\s*(?:編[製印]|编[制印])$
    |抄\s*送\s*[:：]|主题词\s*[:：]|附件\d{0,2}\s*[:：]\s*\S|附\s*[:：]\s*\S
    |.{2,30}(?:局|委|办公室|办公厅|秘书处)\s+\d{4}年\d{1,2}月\d{1,2}日\s*印发
    |-\s*\d+\s*-$|—\s*\d+\s*—$|第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?$""",
    re.VERBOSE,
)
# What a government page says of a document above its text.
LABELS = (
    "索引号 主题分类 时效 时效性 发文单位 发布单位 发文日期 生效日期 组配分类 信息分类 分类 发文机关 发布机构 制发机关 成文日期 生成日期 颁布时间 标题 名称 发文字号 文号 发布日期 文件编号 发文编号 体裁分类 签署日期 签发日期"
    " 公开日期 公开方式 公开形式 公开范围 主题词 关键词 有效性 效力状态 失效日期 登记号 统一登记号 统一编号"
    " 发文机构 信息名称 法规名称 公发布日 修正日期 法规体系 图表附件 法規名稱 公發布日 發文字號 法規體系 圖表附件"
).split()
_LABEL = "(?:" + "|".join(r"[ \u3000]*".join(label) for label in LABELS) + ")"
_BRACKETED = rf"[\[【［]\s*({_LABEL})\s*[\]】］]\s*"
_KEY = re.compile(rf"{_LABEL}\s*(?:[:：]|(?<=\s)(?=\S)|$)|{_BRACKETED}")
# What a page says of itself; two of them or more on one line of which one is the page's alone, whatever they say.
_SAID = re.compile(
    r"(?<!\S)((?:信息|文章)?来源|(?:发布|更新)?(?:日期|时间)|(?:点击|浏览|阅读|访问)[次人]?[数量率]?|作者|(?:责任)?编辑|审核|供稿)\s*[:：]"
)
_PAGE_ALONE = re.compile("来源|发布|更新|点击|浏览|阅读|访问")
_SITE = re.compile("[㐀-鿿]{4,25}(?:查[询詢]系[统統]|[网網]站|入口[网網]|[资資]料[库庫])")
# What a page's menus and buttons say; a line of two or more of them, and of nothing else, belongs to the page.
_MENU = re.compile(
    r"(?:网站)?首页|无障碍\S{0,4}|关怀版|长者\S{0,3}|适老\S{0,3}|大字版|登[录錄入]\S{0,6}|注册|(?:个人|用户)中心|网站(?:地图|导航|支持\S*)"
    r"|简体\S{0,2}|繁[体體]\S{0,2}|English|EN|(?:手机|移动|电脑)版|(?:手机)?客户端|微信\S{0,4}|微博|QQ空间|收藏\S{0,2}|打印\S{0,2}"
    r"|关闭\S{0,2}|分享\S{0,2}|下载\S{0,2}|导出\S{0,2}|字[体号]|[大中小]|返回\S{0,4}|(?:政府信息|政务|信息)公开|政务服务|公共服务|互动交流"
    r"|政民互动|设为首页|加入收藏|今天是|星期[一二三四五六日天]|扫一扫\S{0,14}|公众参与|新闻(?:动态|中心|发布)|走进\S{2,3}|解读回应|政策解读|数据开放|智能(?:问答|客服)|搜索|检索|RSS\S{0,2}|邮箱"
)
_BAR = re.compile(r"(?!\d)[^\s|｜。；;：:，,]{2,8}(?:\s*[|｜]\s*[^\s|｜。；;：:，,]{2,8}){2,}")  # of menus
_FOOTER = re.compile(
    r"(?:主办|承办|主管)(?:单位)?\s*[:：]|版权所有|网站标识码|.{0,20}(?:ICP备|公网安备)|技术支持\s*[:：]|Copyright"
)
_ANNEX = re.compile(r"附[件表录]?\s*\d{0,2}\s*[:：]\s*(?P<title>\S.*)?")
_INFO_BOX = re.compile(r"[•·]\s*[^:：]{2,8}[:：]")
_NUMBER_LINE = re.compile(
    r"(?:[㐀-鿿]{1,12}\s*[〔\[［【(（]\d{4}[〕\]］】)）]\s*(?:第\s*)?\d+\s*[号號]|第?\s*\d+\s*[号號]|[A-Z]{2,8}[—–-]{1,2}\d{4}[—–-]{1,2}\d{3,7}|[㐀-鿿]{2,20}(?:令|[府局厅委会室]文件|常务委员会公告)|[(（][^()（）]{2,6}[届屆][)）]\s*第?[0-9一二三四五六七八九十]+[号號])$"
)
_ADDRESSEE = re.compile(
    r"(?:各[^。]{2,300}|[^。;；]{2,200})(?:政府|部门|单位|机构|委员会|委|办|局|厅|会|公司|院校|院|企业|团体|行)[^。;；]{0,12}[:：]$"
    r"|各[市县區区()（）、,，]{1,12}[:：]$"
)
_GOES_ON = re.compile("关于|關於|印[发發]|转发|轉發")  # the title that a body's name begins
_REVISED = re.compile(r"[(（].{0,40}\d{4}年\d{1,2}月\d{1,2}日")
_REVISION = re.compile("发布|公布|通过|修订|修正|批准|施行|印发")


def find(texts: Sequence[str], title: str | None) -> dict[int, str]:
    """Line numbers of furniture and of title lines, each with which of the two it is."""
    found: dict[int, str] = {}
    plain = re.sub(r"\s", "", title or "")
    listed = _page_sections(texts)
    body = _first_of_body(texts)
    annexes: set[int] = set()
    notice = _notice(texts[:body], plain)
    for number, text in enumerate(texts):
        squeezed = re.sub(r"[\s•·]", "", text)
        if _heads_annex(texts, number):
            continue
        if (
            number in listed
            or _of_page(text)
            or (number < body and (_is_menu(texts, number) or (number < 3 and _SITE.fullmatch(text))))
        ):
            found[number] = FURNITURE
        elif number in notice or (number < body and _repeats(squeezed, plain)):
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
        begins = re.match(r"附\s*件?\s*[:：]", above)
        if (
            (number - 1 in annexes or begins)
            and re.match(r"\d{1,2}\s*[.．、]", text)
            and len(text) <= 60
            and not re.search("[。；;]", text)
        ):
            annexes.add(number)
            found |= dict.fromkeys((number - 1, number), FURNITURE)
    _signatures(texts, found)
    _copies(texts, found)
    _footer(texts, found)
    for number in range(body):
        alone = len(texts[number]) <= 12 and not re.search("[。：:；;]", texts[number])
        if alone and number not in found and found.get(number + 1) == FURNITURE:
            found[number] = FURNITURE
    for number in range(body - 1, -1, -1):
        below = found.get(number + 1)
        if number in found or not below or not bodies.named(texts[number]):
            continue
        # 某市财政局 above 关于印发《...》的通知 begins that title; else it is the masthead.
        if below == FURNITURE or _GOES_ON.match(texts[number + 1]) or bodies.named(texts[number + 1]):
            found[number] = below
    return found


def _of_page(text: str) -> bool:
    """Whether a line belongs to the page wherever it stands: a breadcrumb, a menu, a date of publication."""
    parts = [part for part in re.split(r"[\s|｜/·•\[\]【】()（）:：、,，]+", text) if part]
    buttons = [part for part in parts if _MENU.fullmatch(part)] if len(text) <= 150 else []
    # Between them stand the name of the site or of its keeper and the day.
    menu = len(buttons) > 1 and all(
        part in buttons or part.endswith("网站") or DATE.fullmatch(part) or bodies.named(part) for part in parts
    )
    labels = _SAID.findall(text) if _SAID.match(text) and "。" not in text else []
    return bool(_PAGE.match(text)) or menu or (len(labels) > 1 and any(map(_PAGE_ALONE.search, labels)))


def _is_menu(texts: Sequence[str], number: int) -> bool:
    """Whether short words stand between bars, on one line alone: such lines one below another are a table."""
    around = texts[max(0, number - 1) : number + 2]
    return bool(_BAR.fullmatch(texts[number])) and sum("|" in text or "｜" in text for text in around) == 1


def _heads_annex(texts: Sequence[str], number: int) -> bool:
    """Whether 附件:名词解释 stands above that annex, not among what a notice lists before its signature."""
    named = _ANNEX.fullmatch(texts[number])
    title = named and named["title"]
    if not title or re.match(r"\d{1,2}\s*[.．、]", title) or number + 1 == len(texts):
        return False
    below = texts[number + 1]
    listed = re.match("附[件表录]", below) or _PAGE.match(below) or DATE.fullmatch(below) or bodies.named(below)
    return not listed and re.sub(r"\s", "", title) != re.sub(r"\s", "", below)


def without_mastheads(head: Sequence[str]) -> list[str]:
    """Lines above a text, with 。 for menus and those that only name the body whose document or page it is, no title:
    nothing of a title stands below, or a title that begins with the place as the body does."""
    found = list(head)
    for number in range(len(head) - 1, -1, -1):
        below = found[number + 1] if number + 1 < len(head) else "。"
        alone = bodies.named(head[number]) and (
            below == "。" or (below[:2] == head[number][:2] and not bodies.named(below))
        )
        if (
            alone
            or re.sub(r"\s", "", head[number]) == "文件"
            or _SITE.fullmatch(head[number])
            or _is_menu(head, number)
        ):
            found[number] = "。"
    return found


def fields(line: str) -> list[tuple[str, str]]:
    """The labels of a line above the text with their values, each of which ends where the next label begins."""
    if re.match(_BRACKETED, line):
        bracketed = re.findall(rf"{_BRACKETED}(.*?)\s*(?=[\[【［]\s*{_LABEL}\s*[\]】］]|$)", line)
        return [(re.sub(r"\s", "", name), value) for name, value in bracketed]
    if re.match(rf"{_LABEL}[ \u3000\t]+(?![:：])\S", line):
        bare = re.findall(rf"({_LABEL})[ \u3000\t]+(.*?)(?=[ \u3000\t]+{_LABEL}[ \u3000\t]|$)", line)
        return [(re.sub(r"\s", "", name), value) for name, value in bare]
    label = r"(?:[㐀-鿿]{2,9}|[㐀-鿿](?:[ \u3000]+[㐀-鿿]){1,4})\s*[:：]"
    found = re.findall(rf"(?:^|[\s\[【])({label})\s*(.*?)(?=[\]】]?[\s\[【]+{label}|[\]】]?$)", line)
    return [(re.sub(r"[\s:：]", "", name), value.strip()) for name, value in found]


def alone(text: str) -> bool:
    """Whether a line says something of the document or the page by itself: 发文字号: ..., a number, a date."""
    return bool(_of_page(text) or _KEY.match(text) or _NUMBER_LINE.match(text) or DATE.fullmatch(text))


def _is_revision(text: str) -> bool:
    """Whether a line is the bracket under a law's title that tells when it was passed and amended."""
    return bool(text.endswith((")", "）")) and _REVISED.match(text) and _REVISION.search(text))


def _repeats(line: str, title: str) -> bool:
    """Whether a line is the title, a part of it, or the name of the notice that carries it."""
    if len(line) <= 3 or not title or line.endswith("。"):
        return False
    carries = f"《{title}》" in line or (re.search(r"印[发發].*的通知$", line) is not None and title in line)
    return line in title or (carries and len(line) <= len(title) + 40)


def _notice(head: Sequence[str], title: str) -> set[int]:
    """The lines of the name of the notice that carries a policy, where it stands on several."""
    found: set[int] = set()
    for number in range(len(head)):
        for end in range(number + 2, min(number + 5, len(head) + 1)):
            lines = [re.sub(r"\s", "", line) for line in head[number:end]]
            joined = "".join(lines)
            plain = not re.search("[。:：；;]", joined) and not any(map(alone, head[number:end]))
            if plain and title and title in joined and re.search(r"印[发發].*的通知$", joined):
                found |= set(range(number, end)) if title not in "".join(lines[1:]) else set()
    return found


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


def _footer(texts: Sequence[str], found: dict[int, str]) -> None:
    """What stands between the first and the last line of a page's foot (address and telephone of its keeper)."""
    foot = [number for number in range(max(0, len(texts) - 12), len(texts)) if _FOOTER.match(texts[number])]
    if len(foot) > 1 or (foot and len(_FOOTER.findall(texts[foot[0]])) > 1):
        found |= dict.fromkeys(range(foot[0], foot[-1] + 1), FURNITURE)


def _signatures(texts: Sequence[str], found: dict[int, str]) -> None:
    """A date alone on its line and the names of the bodies or the person that sign above it.

    Three dates at equal distances are the cells of a column, so are one above a row's number and what follows that.
    """
    cells: set[int] = set()
    dates = {number for number, text in enumerate(texts) if DATE.fullmatch(unicodedata.normalize("NFKC", text))}
    for number in sorted(dates):
        below = texts[number + 1] if number + 1 < len(texts) else ""
        even = any(len(dates & {number + step * by for by in range(-2, 3)}) > 2 for step in range(2, 11))
        if even or re.fullmatch(r"\d{1,3}", below) or cells & set(range(number - 11, number)):
            cells.add(number)
            continue
        found.setdefault(number, FURNITURE)
        above = number - 1
        while (
            above >= 0
            and number - above <= 6
            and (
                bodies.named(texts[above])
                or re.fullmatch(r"[总省市县区州部主]\S{0,3}长?\s+\S{1,4}\s?\S{0,3}", texts[above])
            )
        ):
            found.setdefault(above, FURNITURE)
            above -= 1
