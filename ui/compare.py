"""The tab 对比: what each city provides, cell by cell with its clause; and which city speaks of which topic."""

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from api.served import Served
from corpus.fold import fold
from corpus.outline import label
from corpus.types import UserError
from index.types import Scope
from qa import export
from qa.cite import in_a_line
from qa.compare import CellAnswer, Comparison, compare
from qa.wording import cell_state, city_name
from ui.clauses import badge, chip, source
from ui.context import Context
from ui.shapes import QUIET, labelled, lead, table
from ui.words import both, busy, fault, say

TOPICS = (
    "专利质押融资；知识产权保险；专利资助奖励；高价值专利；商标品牌；地理标志；版权保护；行政执法；司法保护；维权援助；"
    "海外知识产权；人才培养；服务机构；专利导航；宣传教育"
)
_ABOUT = 0.75  # share of a topic's words, weighted by rarity, that a clause must match to speak of it
_DEEP = (1, 2, 4, 8)  # clauses from which a cell of the heat map is a shade darker
_QUOTED = 2  # clauses whose words stand in a cell; of others only the chip
_FORMS = {".xlsx": "Excel", ".docx": "Word", ".csv": "CSV", ".md": "Markdown"}


def tab(context: Context, blocks: gr.Blocks) -> None:
    """Lay out the tab and wire it."""
    served = context.served
    hidden = [gr.update(visible=False)] * len(_FORMS)

    def run(topic: str, cities: list[str], day: str, only: bool, request: gr.Request) -> Iterator[list[Any]]:
        yield [busy("正在逐个城市检索……", "Asking city by city…"), *hidden]
        try:
            context.count(request)
            scope = context.scope(cities, only, day)
            found = compare(served.answerer, topic, cities or served.cities, scope)
        except UserError as error:
            yield [fault(error), *hidden]
            return
        with tempfile.TemporaryDirectory() as folder:  # Gradio copies the files before it asks for what comes next
            paths = [Path(folder) / f"comparison{form}" for form in _FORMS]
            for path in paths:
                export.write(found, path)
            yield [matrix(found, served), *(gr.update(value=str(path), visible=True) for path in paths)]

    def heat(topics: str, day: str, only: bool, request: gr.Request) -> list[Any]:
        try:
            context.count(request)
            return [heat_map(served, topics, context.scope([], only, day)), *hidden]
        except UserError as error:
            return [fault(error), *hidden]

    with gr.Row(equal_height=True):
        options: dict[str, Any] = {"value": "专利质押贷款贴息比例；高价值专利培育", "elem_id": "topic"}
        topic = labelled(gr.Textbox, "主题（多项用分号隔开）", "Topic (several: between semicolons)", 5, 280, **options)
        options = {"choices": served.cities, "multiselect": True, "allow_custom_value": True, "elem_id": "compared"}
        names = "城市（不选为全部，可自填）", "Cities (none: all; others can be typed)"
        cities = labelled(gr.Dropdown, *names, 4, 240, **options)
        day = labelled(gr.Textbox, "效力日期", "Valid on", 2, 120, placeholder="2025-07-01")
    with gr.Row(equal_height=True):
        start = gr.Button(say("对比", "Compare"), variant="primary", scale=0, min_width=110, elem_id="compare")
        map_it = gr.Button(say("主题覆盖热图", "Coverage map"), scale=0, min_width=150, elem_id="heat")
        only = labelled(gr.Checkbox, "只看现行有效", "In force only", 1, 160)
    result = lead(
        "每格给出该城市的规定及其条款；没有规定与没有收录分开标明。",
        "Each cell gives what a city provides, with its clause; silence in its documents is told from having none.",
        elem_id="matrix",
    )
    with gr.Row():
        downloads = [
            gr.DownloadButton(f"⬇ {name}", visible=False, size="sm", scale=0, min_width=110) for name in _FORMS.values()
        ]
    with gr.Accordion(say("热图的主题", "Topics of the map"), open=False):
        topics = gr.Textbox(TOPICS, show_label=False, label=say("主题", "Topics"), lines=2)
    outputs, private = [result, *downloads], {"api_visibility": "private"}
    gr.on([start.click, topic.submit], run, [topic, cities, day, only], outputs, **QUIET)
    map_it.click(heat, [topics, day, only], outputs, **private)
    blocks.load(lambda: gr.update(choices=served.cities), None, cities, **private)


def matrix(found: Comparison, served: Served) -> str:
    """A row a provision, a column a city; a cell opens its clause."""
    rows = {
        provision: [_cell(found.cell(city, provision), served, f"m{number}-{n}") for n, city in enumerate(found.cities)]
        for number, provision in enumerate(found.provisions)
    }
    return _grid("matrix", found.cities, rows)


def _grid(kind: str, cities: Sequence[str], rows: Mapping[str, Sequence[str]]) -> str:
    heads = [both("事项", "Provision"), *(both(city, city_name(city, "en")) for city in cities)]
    return table(kind, heads, (f'<th scope="row">{escape(name)}</th>{"".join(cells)}' for name, cells in rows.items()))


def _cell(cell: CellAnswer, served: Served, key: str) -> str:
    if cell.state != "provided":
        return f'<td class="absent">{both(cell_state(cell.state, "zh"), cell_state(cell.state, "en"))}</td>'
    as_of = cell.answer.question.scope.as_of
    said = ""
    for citation in cell.answer.citations:
        clause, document, name = citation.hit.clause, citation.hit.document, f"{key}-{citation.number}"
        place = label(clause, document.title).removeprefix(f"《{document.title}》").strip()
        if citation.number <= _QUOTED:
            said += f'<p class="said">{escape(in_a_line(citation))}</p>'
        said += f"<p>{chip(name, escape(place))} {badge(document, as_of)}</p>"
        said += source(name, served.index, clause, (citation.start, citation.end), as_of)
    return f"<td>{said or escape(cell.answer.text)}</td>"


def heat_map(served: Served, topics: str, scope: Scope) -> str:
    """How many clauses of each city speak of each topic; a cell opens the best of them. Raises UserError."""
    named = [topic.strip() for topic in re.split("[;；\n]", topics) if topic.strip()]
    if not named:
        raise UserError("the topic is empty; say what is to be compared")
    cities = served.cities
    rows = {
        topic: [
            _shade(topic, replace(scope, cities=frozenset([city])), served, f"h{number}-{n}")
            for n, city in enumerate(cities)
        ]
        for number, topic in enumerate(named[:50])
    }
    said = both(
        "数字为谈到该主题的条文数，点击打开最相关的一条；0 表示没有条文用到该主题的说法，不等于没有规定。",
        "Clauses that speak of the topic; press to read the best. 0: none has its words; it may be put otherwise.",
    )
    return f'<p class="lead">{said}</p>{_grid("matrix heat", cities, rows)}'


def _shade(topic: str, scope: Scope, served: Served, key: str) -> str:
    found = served.index.search(topic, 50, scope)
    rest = fold(topic)
    for _, wording in served.index.thesaurus.find(rest):
        rest = rest.replace(wording, " ")
    whole = not re.search("[㐀-鿿]{2}|[a-z]{3}", rest)  # 海外知识产权 is more than the concept that it names
    named = served.index.named(topic, found) if whole else [0.0] * len(found)
    hits = [
        hit
        for hit, share in zip(found, named, strict=True)
        if share == 1 or any(signal.name == "token" and signal.score >= _ABOUT for signal in hit.signals)
    ]
    if not hits:
        return '<td class="absent">0</td>'
    depth = sum(len(hits) >= least for least in _DEEP)
    opened = source(key, served.index, hits[0].clause, hits[0].best, scope.as_of)
    return f'<td class="h{depth}">{chip(key, str(len(hits)), "count")}{opened}</td>'
