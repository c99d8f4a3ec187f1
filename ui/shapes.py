"""The shapes that the tabs share: tables, lists, labelled fields."""

from collections.abc import Iterable
from typing import Any

import gradio as gr

from ui.words import both, say

QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}  # for events


def each(tag: str, parts: Iterable[str]) -> str:
    """HTML with every part in a tag of its own."""
    return "".join(f"<{tag}>{part}</{tag}>" for part in parts)


def table(kind: str, heads: Iterable[str], rows: Iterable[str]) -> str:
    """A table that scrolls by itself; a row is the HTML of its cells."""
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body = f"<thead><tr>{head}</tr></thead><tbody>{each('tr', rows)}</tbody>"
    return f'<div class="{kind}" tabindex="0"><table>{body}</table></div>'


def folded(summary: str, inside: str, kind: str = "") -> str:
    """HTML that its summary opens."""
    return f'<details class="{kind}"><summary>{summary}</summary>{inside}</details>'


def html(value: str, **options: Any) -> gr.HTML:
    """HTML of the page's own style, not Gradio's."""
    return gr.HTML(value, padding=False, apply_default_css=False, **options)


def lead(zh: str, en: str, **options: Any) -> gr.HTML:
    """What a tab, or a part of it, is for."""
    return html(f'<p class="lead">{both(zh, en)}</p>', **options)


def labelled(kind: Any, zh: str, en: str, scale: int, width: int, **options: Any) -> Any:
    """A labelled component in a row: its share of the row, and the least pixels of its width."""
    return kind(label=say(zh, en), scale=scale, min_width=width, **options)
