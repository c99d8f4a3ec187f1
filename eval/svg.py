"""Plots as inline SVG: lines over ranks, bars with intervals, growth over sizes."""

import math
from collections.abc import Mapping, Sequence
from html import escape

_COLOURS = ("#1f6f8b", "#d1495b", "#8d6a9f", "#3d8b4f", "#c98a2b", "#555f6b")
_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 860, 320, 50, 12, 40
_ROW, _LABEL, _BAR = 24, 330, 400


def lines(series: Mapping[str, Sequence[float]], across: str, up: str) -> str:
    """One line a series, over 1, 2, 3 ...; the scale is 0 to 1."""
    ranks = max(len(values) for values in series.values())
    step = (_WIDTH - _LEFT - 160) / max(ranks - 1, 1)
    height = _HEIGHT - _TOP - _BOTTOM

    def x(rank: int) -> float:
        return _LEFT + (rank - 1) * step

    def y(share: float) -> float:
        return _TOP + height * (1 - share)

    parts = [
        f'<line x1="{_LEFT}" x2="{x(ranks):.1f}" y1="{y(tick):.1f}" y2="{y(tick):.1f}" stroke="#d8dee6"/>'
        f"{_text(_LEFT - 6, y(tick) + 4, f'{tick:.1f}', 'end')}"
        for tick in (0, 0.2, 0.4, 0.6, 0.8, 1)
    ]
    parts += [_text(x(rank), _HEIGHT - 20, str(rank), "middle") for rank in range(1, ranks + 1)]
    for number, (name, values) in enumerate(series.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        points = " ".join(f"{x(rank):.1f},{y(share):.1f}" for rank, share in enumerate(values, 1))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(_text(x(ranks) + 12, _TOP + 14 + 18 * number, f"{name} {values[-1]:.3f}", "start", colour))
    parts.append(_text(x(ranks) / 2, _HEIGHT - 4, across, "middle"))
    return _svg(_WIDTH, _HEIGHT, f"{up} by {across}", parts)


def bars(rows: Sequence[tuple[str, float, tuple[float, float] | None]], form: str, highest: float | None = None) -> str:
    """One bar a row (name, value, interval); `form` writes the value."""
    scale = _BAR / (highest or max((value for _, value, _ in rows), default=1) or 1)
    parts = []
    for number, (name, value, interval) in enumerate(rows):
        top = number * _ROW
        parts.append(_text(_LABEL - 8, top + 16, name, "end"))
        parts.append(
            f'<rect x="{_LABEL}" y="{top + 4}" width="{value * scale:.1f}" height="{_ROW - 8}" fill="{_COLOURS[0]}"/>'
        )
        if interval:
            low, high = (_LABEL + end * scale for end in interval)
            middle = top + _ROW / 2
            parts.append(f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{middle}" y2="{middle}" stroke="#1d2733"/>')
        parts.append(_text(_LABEL + _BAR + 12, top + 16, form.format(value), "start"))
    return _svg(_LABEL + _BAR + 100, _ROW * len(rows), "bars", parts)


def growth(series: Mapping[str, Sequence[tuple[float, float]]], across: str) -> str:
    """One line a series of (size, value) points, both axes logarithmic; ten times the size is ten times the value where
    lines run as the dotted one does."""
    sizes, heights = zip(*(point for values in series.values() for point in values), strict=True)
    left, right = math.log10(min(sizes)), math.log10(max(sizes))
    low, high = math.floor(math.log10(min(heights))), math.ceil(math.log10(max(heights)))
    unit = (_WIDTH - _LEFT - 200) / max(right - left, 0.1)
    height = _HEIGHT - _TOP - _BOTTOM
    step = height / max(high - low, 1)

    def place(size: float, value: float) -> tuple[float, float]:
        return _LEFT + unit * (math.log10(size) - left), _TOP + step * (high - math.log10(value))

    parts = []
    for tick in range(low, high + 1):
        x, y = place(10**left, 10**tick)
        parts.append(f'<line x1="{x}" x2="{_WIDTH - 200}" y1="{y:.1f}" y2="{y:.1f}" stroke="#d8dee6"/>')
        parts.append(_text(x - 6, y + 4, f"{10**tick:g}", "end"))
    for size in sorted(set(sizes)):
        parts.append(_text(place(size, 1)[0], _TOP + height + 18, f"{size:,}", "middle"))
    for number, (name, values) in enumerate(series.items()):
        colour, drawn = _COLOURS[number % len(_COLOURS)], [place(*point) for point in sorted(values)]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in drawn)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in drawn]
        parts.append(_text(drawn[-1][0] + 8, drawn[-1][1] + 4, f"{name} {max(values)[1]:,.4g}", "start", colour))
    (x, y), (right_x, right_y) = place(10**left, 10**low), place(10**right, 10 ** (low + right - left))
    parts.append(
        f'<line x1="{x}" x2="{right_x:.1f}" y1="{y}" y2="{right_y:.1f}" stroke="#555f6b" stroke-dasharray="2 4"/>'
    )
    parts.append(_text((_WIDTH - 200) / 2, _TOP + height + 36, across, "middle"))
    return _svg(_WIDTH, int(_TOP + height + _BOTTOM), f"growth by {across}", parts)


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#1d2733") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-size="13">{escape(text)}</text>'


def _svg(width: int, height: int, title: str, parts: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">'
    return f"{head}<title>{escape(title)}</title>{''.join(parts)}</svg>"
