"""What the page says, in Chinese and English."""

import re
from html import escape
from typing import Any

import gradio as gr

from corpus.types import UserError

WORDS = gr.I18n(**{"zh": {}, "zh-CN": {}, "zh-TW": {}, "en": {}})

# Messages of the layers below are in English; those that staff meet are said in Chinese too.
_MESSAGES = (
    (r"the question is empty", "请输入问题。"),
    (r"the question has ([\d,]+) characters; ([\d,]+) at most", r"问题有 \1 个字符,最多 \2 个。"),
    (r"is no \.docx file, or is protected", "文件不是 .docx,或有密码保护;请在 Word 中另存为无密码的 .docx。"),
    (r"is protected by a password", "文件有密码保护,请另存为无密码的副本再上传。"),
    (r"is damaged or no (PDF|Word)", r"文件已损坏或并非 \1 文件,请重新保存后再上传。"),
    (r"unpacks to more than (\d+) MB", r"文件解压后超过 \1 MB,不像普通文档,未予读取。"),
    (r"holds pictures and no text", "PDF 只有图片没有文字,请先做文字识别(OCR)。"),
    (r"files of the kind (\S+) are not read", r"不支持 \1 文件;请上传 txt、md、docx、pdf 或 html。"),
    (r"is not a text file|is neither UTF-8 nor GB18030", "文件不是文本文件,请另存为 UTF-8 文本。"),
    (r"holds no (text|clause)", "文件中没有可用的文字。"),
    (r"has this very file already, as (.+)", r"文库中已有同一文件:\1。"),
    (r"(\w+) is ('.*'); write 2022", r"\1 的值 \2 不是日期;请写成 2022-09-01、2022-09 或 2022。"),
    (r"(\S+) is no date", r"\1 不是日期,请写成 2025-07-01。"),
    (r"too many questions; ask again in (\d+) s", r"提问过于频繁,请 \1 秒后再试。"),
    (r"the topic is empty", "请输入要对比的主题。"),
    (r"no city is given", "请至少选择一个城市。"),
    (r"no such place is known", "没有这个地名,请核对城市名称。"),
    (r"holds no document", "文库至少要有一份文件。"),
)


def say(zh: str, en: str) -> Any:
    """A label of a Gradio component, shown in the browser's language."""
    key = f"{zh}/{en}"
    for locale, translations in WORDS.translations.items():
        translations[key] = en if locale == "en" else zh
    return WORDS(key)


def both(zh: str, en: str) -> str:
    """HTML that says both; the style sheet shows the one of the page's language."""
    return f'<span class="zh" lang="zh">{escape(zh)}</span><span class="en" lang="en">{escape(en)}</span>'


def fault(error: UserError, *named: tuple[str, str]) -> str:
    """HTML of a message; `named` replaces paths of this machine by names that the user knows."""
    text = str(error)
    for path, name in named:
        text = text.replace(path, name)
    for pattern, chinese in _MESSAGES:
        if match := re.search(pattern, text):
            return f'<p class="note" role="alert">{both(match.expand(chinese), text)}</p>'
    return f'<p class="note" role="alert">{escape(text)}</p>'


def html(value: str, **options: Any) -> gr.HTML:
    """HTML of the page's own style, not Gradio's."""
    return gr.HTML(value, padding=False, apply_default_css=False, **options)
