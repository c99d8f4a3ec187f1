"""The tab 对比: what each city provides, cell by cell with its clause; and which city speaks of which topic."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from api.served import Served
from corpus.outline import label
from corpus.types import UserError
from index.types import Hit, Scope
from qa import export
from qa.compare import CellAnswer, Comparison, compare
from qa.wording import cell_state, city_name
from ui.clauses import badge, chip, source
from ui.context import Context
from ui.words import both, busy, fault, html, say

TOPICS = (
    "专利质押融资；知识产权保险；专利资助奖励；高价值专利；商标品牌；地理标志；版权保护；行政执法；司法保护；维权援助；"
    "海外知识产权；人才培养；服务机构；专利导航；宣传教育"
)
_ABOUT = 0.75  # share of a topic's words, weighted by rarity, that a clause must match to speak of it
_DEEP = (1, 2, 4, 8)  # clauses from which a cell of the heat map is a shade darker
_QUOTED = 2  # clauses whose words stand in a cell; of others only the chip
_FORMS = (".xlsx", ".docx", ".csv", ".md")


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
        topic = gr.Textbox(
            label=say("主题（多项用分号隔开）", "Topic (several: between semicolons)"),
            value="专利质押贷款贴息比例；高价值专利培育",
            lines=1,
            scale=5,
            min_width=280,
            elem_id="topic",
        )
        cities = gr.Dropdown(
            served.cities,
            multiselect=True,
            allow_custom_value=True,
            label=say("城市（不选为全部，可自填）", "Cities (none: all; others can be typed)"),
            scale=4,
            min_width=240,
            elem_id="compared",
        )
        day = gr.Textbox(label=say("效力日期", "Valid on"), placeholder="2025-07-01", scale=2, min_width=120)
    with gr.Row(equal_height=True):
        start = gr.Button(say("对比", "Compare"), variant="primary", scale=0, min_width=110, elem_id="compare")
        map_it = gr.Button(say("主题覆盖热图", "Coverage map"), scale=0, min_width=150, elem_id="heat")
        only = gr.Checkbox(label=say("只看现行有效", "In force only"), scale=1, min_width=160)
    lead = both(
        "每格给出该城市的规定及其条款；没有规定与没有收录分开标明。",
        "Each cell gives what a city provides, with its clause; silence in its documents is told from having none.",
    )
    result = html(f'<p class="lead">{lead}</p>', elem_id="matrix")
    with gr.Row():
        downloads = [
            gr.DownloadButton(f"⬇ {name}", visible=False, size="sm", scale=0, min_width=110)
            for name in ("Excel", "Word", "CSV", "Markdown")
        ]
    with gr.Accordion(say("热图的主题", "Topics of the map"), open=False):
        topics = gr.Textbox(TOPICS, show_label=False, label=say("主题", "Topics"), lines=2)
    outputs, private = [result, *downloads], {"api_visibility": "private"}
    gr.on([start.click, topic.submit], run, [topic, cities, day, only], outputs, show_progress="hidden", **private)
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
    heads = "".join(f'<th scope="col">{both(city, city_name(city, "en"))}</th>' for city in cities)
    body = "".join(f'<tr><th scope="row">{escape(name)}</th>{"".join(cells)}</tr>' for name, cells in rows.items())
    head = f'<thead><tr><th scope="col">{both("事项", "Provision")}</th>{heads}</tr></thead>'
    return f'<div class="{kind}" tabindex="0"><table>{head}<tbody>{body}</tbody></table></div>'


def _cell(cell: CellAnswer, served: Served, key: str) -> str:
    if cell.state != "provided":
        return f'<td class="absent">{both(cell_state(cell.state, "zh"), cell_state(cell.state, "en"))}</td>'
    as_of = cell.answer.question.scope.as_of
    said = []
    for citation in cell.answer.citations:
        clause, document, name = citation.hit.clause, citation.hit.document, f"{key}-{citation.number}"
        place = label(clause, document.title).removeprefix(f"《{document.title}》").strip()
        quote = f'<p class="said">{escape(" ".join(citation.quote.split()))}</p>' if citation.number <= _QUOTED else ""
        said.append(
            f"{quote}<p>{chip(name, escape(place))} "
            f"{badge(document, as_of)}</p>{source(name, served.index, clause, (citation.start, citation.end), as_of)}"
        )
    return f"<td>{''.join(said) or escape(cell.answer.text)}</td>"


def heat_map(served: Served, topics: str, scope: Scope) -> str:
    """How many clauses of each city speak of each topic; a cell opens the best of them. Raises UserError."""
    named = [topic.strip() for topic in topics.replace("；", ";").replace("\n", ";").split(";") if topic.strip()]
    if not named:
        raise UserError("the topic is empty; say what is to be compared")
    cities = served.cities
    rows: dict[str, list[str]] = {}
    for number, topic in enumerate(named[:50]):
        rows[topic] = []
        for n, city in enumerate(cities):
            own = replace(scope, cities=frozenset([city]))
            hits = [hit for hit in served.index.search(topic, 50, own) if _speaks(hit)]
            rows[topic].append(_shade(hits, served, f"h{number}-{n}", scope.as_of))
    lead = both(
        "数字为谈到该主题的条文数，点击打开最相关的一条。", "Clauses that speak of the topic; press to read the best."
    )
    return f'<p class="lead">{lead}</p>{_grid("matrix heat", cities, rows)}'


def _speaks(hit: Hit) -> bool:
    return any(signal.name == "token" and signal.score >= _ABOUT for signal in hit.signals)


def _shade(hits: Sequence[Hit], served: Served, key: str, as_of: str | None) -> str:
    if not hits:
        return '<td class="absent">0</td>'
    depth = sum(len(hits) >= least for least in _DEEP)
    button = f'<button type="button" data-open="{key}">{len(hits)}</button>'
    return f'<td class="h{depth}">{button}{source(key, served.index, hits[0].clause, hits[0].best, as_of)}</td>'
