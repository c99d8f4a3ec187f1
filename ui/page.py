"""The page: its tabs, its head, style and script, and what the browser may load and do."""

from pathlib import Path
from typing import Any

import gradio as gr

from ui import ask, compare, documents, evaluate
from ui.context import Context
from ui.shapes import html
from ui.words import both, say

_COLOURS = {
    "#1c4f82": "button_primary_background_fill color_accent",
    "#163f68": "button_primary_background_fill_hover",
    "#2f6ca6": "button_primary_background_fill_dark",
    "#2a6094": "button_primary_background_fill_hover_dark",
    "#a32a22": "button_cancel_background_fill",
    "#86211b": "button_cancel_background_fill_hover",
    "#ffffff": "button_primary_text_color button_cancel_text_color",
    "#45525f": "block_title_text_color block_label_text_color",
    "#5a6673": "body_text_color_subdued",
    "#66727f": "input_placeholder_color",
    "#a3b0bd": "block_title_text_color_dark block_label_text_color_dark body_text_color_subdued_dark "
    "input_placeholder_color_dark",
    "*background_fill_primary": "button_secondary_background_fill input_background_fill",
    "*border_color_primary": "button_secondary_border_color",
    "transparent": "block_background_fill block_background_fill_dark block_label_background_fill "
    "block_label_background_fill_dark",
}
THEME = gr.themes.Base(
    primary_hue="blue",
    neutral_hue="slate",
    font=["system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"],
    radius_size="sm",
).set(
    button_large_text_weight="500",
    button_large_text_size="*text_md",
    block_border_width="0px",
    block_padding="4px 0",
    input_border_width="1px",
    **{name: colour for colour, names in _COLOURS.items() for name in names.split()},
)
# Gradio compiles templates in the browser and sets styles inline; nothing may come from or go to another server.
_POLICY = (
    b"default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; frame-ancestors 'self'; base-uri 'self'; "
    b"form-action 'self'; object-src 'none'"
)
_HEADERS = [
    (b"content-security-policy", _POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
]
_HEAD = (
    f'<header class="top"><h1>{both("政策问答", "Policy clauses")}</h1>'
    f"<p>{both('每个回答都指向它所依据的条文', 'Every answer points to the clause it stands on')}</p>"
    '<nav aria-label="语言 Language"><button type="button" data-set-language="zh-CN" lang="zh">中文</button>'
    '<button type="button" data-set-language="en" lang="en">English</button></nav></header>'
    '<dialog id="drawer" class="reader"><form method="dialog">'
    f'<button class="close">{both("关闭", "Close")}</button></form><div></div></dialog>'
)


def build(context: Context) -> gr.Blocks:
    with gr.Blocks(title="Clausewise", analytics_enabled=False, delete_cache=(3_600, 3_600), fill_width=True) as blocks:
        html(_HEAD)
        with gr.Tabs():
            with gr.Tab(say("问答", "Ask"), id="ask"):
                ask.tab(context, blocks)
            with gr.Tab(say("对比", "Compare"), id="compare"):
                compare.tab(context, blocks)
            with gr.Tab(say("文库", "Documents"), id="documents"):
                documents.tab(context, blocks)
            with gr.Tab(say("评测", "Evaluate"), id="evaluate"):
                evaluate.tab(context)
    return blocks


class Front:
    """ASGI: adds the headers to every response, and page.js and page.css to the page at /."""

    def __init__(self, app: Any) -> None:
        self.app = app
        style, script = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
        self.head = f"<head><script>{script}</script><style>{style}</style>".encode()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        page = (scope.get("method"), scope.get("path")) == ("GET", "/")
        if page:  # the head is written into it, so it must come as it is
            scope = scope | {"headers": [one for one in scope["headers"] if one[0] != b"accept-encoding"]}

        async def through(message: Any) -> None:
            if message["type"] == "http.response.start":
                kept = [one for one in message["headers"] if not page or one[0] != b"content-length"]
                message["headers"] = [*kept, *_HEADERS]
            elif page and "body" in message:
                message["body"] = message["body"].replace(b"<head>", self.head, 1)
            await send(message)

        await self.app(scope, receive, through)
