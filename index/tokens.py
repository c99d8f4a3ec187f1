"""Folded text -> tokens for BM25, the same for clauses and questions; and what of a question is worth matching."""

import re
from functools import cache
from typing import Protocol, cast

_HAN_OR_WORD = re.compile(r"[㐀-鿿]+|[a-z]+|[0-9]+(?:\.[0-9]+)?")
_STOP_CHINESE = frozenset(
    (
        "的 了 是 在 和 与 及 或 对 对于 等 将 把 被 给 从 到 向 以 为 由 于 其 该 这 那 这个 那个 这些 那些 "
        "也 都 就 还 又 很 更 最 吗 呢 吧 啊 呀 嘛 么 什么 啥 哪 哪个 哪些 哪里 谁 多少 几 几个 怎么 怎样 "
        "怎么样 如何 为什么 为何 是否 有没有 是不是 能不能 可不可以 可以 能 能够 会 要 想 请 请问 知道 了解 "
        "一下 我 我们 你 你们 他 他们 它 有 没 没有 不 不是 吗 一个 个 里 里面 上 下 中 关于 有关 方面 到底 "
        "究竟 具体 告诉 说 讲 问"
    ).split()
)
_STOP_ENGLISH = frozenset(
    (
        "a an the of in on at to for from by with and or is are was were be been being do does did has have "
        "had will would can could should may might must what which who whom whose when where why how much "
        "many there any some it its this that these those i we you they he she my our your their as if then "
        "than into about under per does doing done get gets s t please tell me"
    ).split()
)
STOP = _STOP_CHINESE | _STOP_ENGLISH


class _Segmenter(Protocol):
    def cut(self, text: str, /) -> list[str]: ...
    def cut_for_search(self, text: str, /) -> list[str]: ...


class _Jieba:
    """jieba, in the shape of rjieba."""

    def __init__(self) -> None:
        import logging

        import jieba

        jieba.setLogLevel(logging.WARNING)
        self._jieba = jieba

    def cut(self, text: str, /) -> list[str]:
        return list(self._jieba.cut(text))

    def cut_for_search(self, text: str, /) -> list[str]:
        return list(self._jieba.cut_for_search(text))


@cache
def _segmenter() -> _Segmenter:
    # rjieba is jieba's dictionary and algorithm in Rust: the same words twenty times faster, imported in a tenth of
    # the time. Where it has no wheel, jieba itself does the same.
    try:
        import rjieba
    except ImportError:
        return _Jieba()
    return cast(_Segmenter, rjieba)


def tokens(folded: str) -> list[str]:
    """Search tokens of a folded text: jieba's search mode for Chinese, words and numbers otherwise; no stop words."""
    segmenter = _segmenter()
    found = []
    for match in _HAN_OR_WORD.finditer(folded):
        run = match.group()
        parts = segmenter.cut_for_search(run) if "㐀" <= run[0] <= "鿿" else [run]
        found += [word for word in parts if word not in STOP]
    return found


def words(folded: str) -> list[str]:
    """The words of a folded text in order, Chinese ones as jieba cuts them."""
    segmenter = _segmenter()
    found: list[str] = []
    for match in _HAN_OR_WORD.finditer(folded):
        run = match.group()
        found += segmenter.cut(run) if "㐀" <= run[0] <= "鿿" else [run]
    return found


def content(folded: str) -> str:
    """A folded question without question words and stop words; the question itself if nothing else is in it."""
    return " ".join(word for word in words(folded) if word not in STOP) or folded


def language_of(text: str) -> str:
    """'zh' or 'en', by whether a text has more Hanzi than Latin words."""
    return "en" if len(re.findall("[A-Za-z]+", text)) > len(re.findall("[㐀-鿿]", text)) else "zh"
