"""What the page says, in Chinese and English."""

import re
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from corpus.types import UserError

WORDS = gr.I18n(**{"zh": {}, "zh-CN": {}, "zh-TW": {}, "en": {}})

# Messages of the layers below are in English; on the Chinese page they are said in Chinese. The third form, where there
# is one, is plainer English.
_MESSAGES: tuple[tuple[str, ...], ...] = (
    (r"the question is empty", "请输入问题。"),
    (r"the question has ([\d,]+) characters; ([\d,]+) at most", "问题有 {1} 个字符，最多 {2} 个。"),
    (r"is no \.docx file, or is protected", "文件不是 .docx，或有密码保护；请在 Word 中另存为无密码的 .docx。"),
    (r"is protected by a password", "文件有密码保护，请另存为无密码的副本再上传。"),
    (r"is damaged or no (PDF|Word)", "文件已损坏或并非 {1} 文件，请重新保存后再上传。"),
    (r"unpacks to more than (\d+) MB", "文件解压后超过 {1} MB，不像普通文档，未予读取。"),
    (r"holds pictures and no text", "PDF 只有图片没有文字，请先做文字识别（OCR）。"),
    (r"files of the kind (\S+) are not read", "不支持 {1} 文件；请上传 txt、md、docx、pdf 或 html。"),
    (r"is not a text file|is neither UTF-8 nor|first bytes announce", "文件不是文本文件，请另存为 UTF-8 文本。"),
    (r"holds no (text|clause)", "文件中没有可用的文字。"),
    (r"cannot be read(?!y)", "文件无法读取。"),
    (r"has this very file already, as (.+)", "文库中已有同一文件：{1}。"),
    (r"too many files of this name", "同名文件过多，请改名后再上传。"),
    (r"the library has no such document|names .+, which is not in the folder", "文库中没有这份文件。"),
    (r"you may not add or remove", "您没有增删文件的权限。"),
    (r"holds no document", "文库至少要有一份文件。"),
    (r"(\w+) is '(.*)'; write 2022", "{1}的值“{2}”不是日期；请写成 2022-09-01、2022-09 或 2022。"),
    (r"'(.*)' is no date", "“{1}”不是日期，请写成 2025-07-01。"),
    (r"too many questions; ask again in (\d+) s", "提问过于频繁，请 {1} 秒后再试。"),
    (r"the topic is empty", "请输入要对比的主题。"),
    (r"no city is given", "请至少选择一个城市。"),
    (r"(\d+) provisions in (\d+) cities are too many; (\d+)", "{1} 项主题、{2} 个城市过多；一次最多 {3} 格。"),
    (r"^(.+): no such place is known", "没有“{1}”这个地名，请核对城市名称。"),
    (r"^(.+): may be (.+); give the Chinese name", "“{1}”可能是 {2}，请写中文名。"),
    (r"the index cannot be written", "索引无法写入磁盘，文库保持原样；请告知管理员。"),
    (r"^Milvus at ", "向量数据库没有响应，请告知管理员。"),
    # the audit
    (r"^(\d+) characters belong to no clause", "有 {1} 个字符不属于任何条文"),
    (r"^(.+) has (\d+) characters$", "{1} 长达 {2} 字"),
    (
        r"^the text does not say its (\w+)",
        "文中没有写明{1}，可在 catalog.csv 中补充",
        "no {1} in the text; catalog.csv can give it",
    ),
    (r"^(\S+) follows (\S+)$", "编号不连续：{2} 之后是 {1}"),
    (r"^nothing stands under '(.+)'$", "标题“{1}”之下没有内容"),
    (r"^is nearly the same text as (.+)$", "与 {1} 的文字几乎相同"),
    # an index being built
    (r"^(\d+) of (\d+) clauses encoded", "{2} 条条文已编码 {1} 条"),
    (r"building the index", "正在建立索引"),
    (r"^(\d+) documents, (\d+) clauses, (\d+) sentences", "{1} 份文件，{2} 条条文，{3} 句"),
    # question sets
    (r"row 1: has no column (\w+)", "首行缺少列 {1}。"),
    (r"is not UTF-8", "文件不是 UTF-8 编码，请另存为“CSV UTF-8”。"),
    (r"holds no question of the half (\w+)", "问题集中没有 {1} 部分的问题，请改选“全部”。"),
    (r"holds no question", "问题集中没有问题。"),
    (r"(?:row|line) (\d+)(?:, (?:column|field) (\w+))?: (.+)", "第 {1} 行 {2} 有误：{3}"),
)
_NAMES = {
    "title": ("标题", "title"),
    "city": ("城市", "city"),
    "issuer": ("发文机关", "issuer"),
    "issued": ("成文日期", "date of issue"),
    "effective_from": ("施行日期", ""),
    "effective_to": ("有效期", ""),
}


def say(zh: str, en: str) -> Any:
    """A label of a Gradio component, shown in the browser's language."""
    key = f"{zh}/{en}"
    for locale, translations in WORDS.translations.items():
        translations[key] = en if locale == "en" else zh
    return WORDS(key)


def both(zh: str, en: str) -> str:
    """HTML that says both; the style sheet shows the one of the page's language."""
    return f'<span class="zh" lang="zh">{escape(zh)}</span><span class="en" lang="en">{escape(en)}</span>'


def named(table: str) -> dict[str, tuple[str, str]]:
    """The Chinese and the English word for each name of a table: name, Chinese, English; the next."""
    rows = [row.split(maxsplit=2) for row in table.split(";")]
    return {name: (zh, en) for name, zh, en in rows}


def told(message: str) -> str:
    """HTML of a message of the layers below, in Chinese too where the page has words for it."""
    message = message.removeprefix("city ")
    for pattern, *forms in _MESSAGES:
        if match := re.search(pattern, message):
            given = [_NAMES.get(group, (group, group)) for group in match.groups("")]
            said = [form.format("", *(names[at] for names in given)) for at, form in enumerate(forms)]
            return both(said[0], said[1] if len(said) > 1 else message)
    return escape(message)


def fault(error: UserError, path: str = "") -> str:
    """HTML of a user's mistake; of the file that was uploaded it says the name, not where it lies here."""
    return note(told(str(error).replace(path, Path(path).name) if path else str(error)))


def note(inside: str) -> str:
    return f'<p class="note" role="alert">{inside}</p>'


def done(zh: str, en: str) -> str:
    return f'<p class="done" role="status">{both(zh, en)}</p>'


def busy(zh: str, en: str) -> str:
    return f'<p class="busy" role="status">{both(zh, en)}</p>'
