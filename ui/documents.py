"""The tab 文库: the documents, the outline of one of them, and documents added and removed."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import fields
from datetime import date
from functools import lru_cache
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any, get_args

import gradio as gr

from corpus import audit, collection
from corpus.fold import fold
from corpus.outline import parse
from corpus.types import Clause, Document, Level, Metadata, UserError
from index.policy_index import PolicyIndex
from index.tokens import language_of
from index.types import Scope
from qa.wording import city_name
from ui.clauses import badge, body, clipped, facts, titled
from ui.context import Context
from ui.words import both, busy, done, fault, html, named, note, say, told

_FORMS = [".txt", ".md", ".docx", ".pdf", ".html", ".htm"]
_CORRECTED = named(
    "title 标题 Title; city 城市 City; level 层级 Level; issuer 发文机关 Issuer; number 文号 Number;"
    "issued 成文日期 Dated; effective_from 施行日期 In force from; effective_to 有效期至 In force until"
)
_LEVELS = named(
    "national 国家 national; provincial 省级 provincial; city 市级 city; district 区县 district; unknown 不明 unknown"
)
assert set(_CORRECTED) < {field.name for field in fields(Metadata)} and set(_LEVELS) == set(get_args(Level))
_PICK = """
element.addEventListener('click', event => {
  const row = event.target.closest('[data-document]');
  if (row) trigger('pick', {document: row.dataset.document});
});
"""
_SEEN = "watch('value', () => props.value && element.scrollIntoView({block: 'nearest'}));"


def tab(context: Context, blocks: gr.Blocks) -> None:
    """Lay out the tab and wire it."""
    served, workers = context.served, ThreadPoolExecutor(thread_name_prefix="adding")

    @lru_cache(maxsize=1)
    def library_of(index: PolicyIndex, today: str) -> str:
        return library_html(index, served.folder)  # the audit reads the corpus whole: once for each index and day

    def overview() -> tuple[str, Any]:
        index = served.index
        choices = [(document.title, document.id) for document in index.tables.documents]
        return library_of(index, date.today().isoformat()), gr.update(choices=choices)

    def pick(event: gr.EventData) -> str:
        return str(event._data["document"])

    def show(name: str | None, query: str | None, request: gr.Request) -> list[Any]:
        hidden = gr.update(visible=False)
        if not name or name not in {document.id for document in served.index.tables.documents}:
            return ["", hidden, hidden, gr.skip(), hidden]
        words = (query or "").strip()
        shown = found_html(served.index, name, words) if words else outline_html(served.index, name)
        # What was to be confirmed was another document's removal.
        return [shown, gr.update(visible=True), gr.update(visible=context.may_upload(request)), "", hidden]

    def recognise(path: str | None, request: gr.Request) -> list[Any]:
        said, values = "", [None] * len(_CORRECTED)
        if path:
            try:
                _allowed(request)
                document = collection.read_document(Path(path))
                values = [getattr(document.metadata, name) for name in _CORRECTED]
                said = recognised_html(document)
            except UserError as error:
                return [fault(error, (path, Path(path).name)), gr.update(visible=False), *values]
        return [said, gr.update(visible=bool(path)), *values]

    def add(request: gr.Request, path: str | None, *values: str | None) -> Iterator[list[Any]]:
        same = [gr.skip()] * 4
        if not path:
            return
        name, steps = Path(path).name, [""]
        try:
            _allowed(request)
            found = collection.read_document(Path(path)).metadata
            given = {key: value.strip() for key, value in zip(_CORRECTED, values, strict=True) if value}
            changed = {key: value for key, value in given.items() if value != (getattr(found, key) or "")}
            adding = workers.submit(served.add, name, Path(path), changed, steps.append)
            while not adding.done():
                yield [busy("正在入库……", "Adding it…") + f'<p class="lead">{told(steps[-1])}</p>', *same]
                wait([adding], timeout=0.3)
            title = served.index.tables.document(adding.result()).title
        except UserError as error:
            yield [fault(error, (path, name)), *same]
            return
        said = done(f"《{title}》已入库，现在就可以提问。", f"“{title}” is in the library and can be asked about.")
        yield [said, gr.update(visible=False), None, *overview()]

    def confirm(name: str) -> tuple[str, Any]:
        title = served.index.tables.document(name).title
        said = both(
            f"确认移除《{title}》？文件会保留在 .removed 文件夹。", f"Remove “{title}”? The file is kept in .removed."
        )
        return note(said), gr.update(visible=True)

    def remove(name: str, request: gr.Request) -> list[Any]:
        try:
            _allowed(request)
            served.remove(name)
        except UserError as error:
            return [fault(error), gr.update(visible=False), *overview()]
        table, chosen = overview()
        return [done("已移除。", "Removed."), gr.update(visible=False), table, chosen | {"value": None}]

    def _allowed(request: gr.Request) -> None:
        if not context.may_upload(request):
            raise UserError("you may not add or remove documents")

    def arrive(request: gr.Request) -> list[Any]:
        return [*overview(), gr.update(visible=context.may_upload(request))]

    library = html("", js_on_load=_PICK, elem_id="library")
    with gr.Accordion(say("上传文件", "Add a document"), open=False, elem_id="adding") as adding:
        root = Path(__file__).parents[1]
        folder = served.grows_into.relative_to(root) if served.grows_into.is_relative_to(root) else served.grows_into
        lead = both(
            f"支持 txt、md、docx、pdf、html，存入文件夹 {folder}。",
            f"txt, md, docx, pdf and html are read; files go to the folder {folder}.",
        )
        html(f'<p class="lead">{lead}</p>')
        upload = gr.File(file_types=_FORMS, label=say("文件", "File"), height=140, elem_id="upload")
        said = html("", elem_id="recognised")
        with gr.Column(visible=False) as form:
            boxes = []
            names = list(_CORRECTED.items())
            for row in (names[:3], names[3:5], names[5:]):
                with gr.Row():
                    boxes += [_box(name, zh, en) for name, (zh, en) in row]
            enter = gr.Button(say("核对无误，入库", "Add to the library"), variant="primary", elem_id="enter")
    with gr.Row(equal_height=True):
        chosen = gr.Dropdown([], label=say("打开文件", "Open a document"), value=None, scale=4, elem_id="document")
        query = gr.Textbox(
            label=say("在文件中查找", "Find in it"),
            placeholder="贴息",
            visible=False,
            scale=3,
            min_width=140,
            elem_id="within",
        )
        taking = gr.Button(say("移除", "Remove"), visible=False, scale=0, min_width=90, elem_id="remove")
    warning = html("")
    really = gr.Button(say("确认移除", "Yes, remove it"), variant="stop", visible=False, elem_id="really")
    detail = html("", js_on_load=_SEEN, elem_id="outline")
    quiet = {"api_visibility": "private", "show_progress": "hidden"}
    shown = [detail, query, taking, warning, really]
    library.pick(pick, None, chosen, **quiet)
    gr.on([chosen.change, query.submit], show, [chosen, query], shown, **quiet)
    for event in (upload.upload, upload.clear):
        event(recognise, upload, [said, form, *boxes], api_visibility="private")
    enter.click(add, [upload, *boxes], [said, form, upload, library, chosen], concurrency_limit=None, **quiet)
    taking.click(confirm, chosen, [warning, really], **quiet)
    really.click(remove, chosen, [warning, really, library, chosen], api_visibility="private")
    blocks.load(arrive, None, [library, chosen, adding], **quiet)


def _box(name: str, zh: str, en: str) -> gr.components.Component:
    if name == "level":
        choices = [(say(*_LEVELS[level]), level) for level in get_args(Level)]
        return gr.Dropdown(choices, label=say(zh, en), min_width=120, elem_id=f"meta-{name}")
    return gr.Textbox(label=say(zh, en), max_length=300, min_width=120, scale=2, elem_id=f"meta-{name}")


def recognised_html(document: Document) -> str:
    """What was read off an uploaded file, before it is taken in."""
    parsed = parse(document.id, document.text, document.metadata.title)
    first = "".join(f'<div class="context">{escape(clipped(clause.text, 120))}</div>' for clause in parsed.clauses[:3])
    count = both(f"识别出 {len(parsed.clauses)} 条条文", f"{len(parsed.clauses)} clauses recognised")
    check = both(
        "请核对下面识别的信息，空白处是文件没有写明的。",
        "Check what was recognised; what is empty the file does not say.",
    )
    return f'<div class="panel"><p><b>{escape(document.id)}</b> · {count}</p>{first}<p>{check}</p></div>'


def library_html(index: PolicyIndex, folder: Path) -> str:
    """All documents with their metadata, whether they are in force, and what the audit found."""
    noted: dict[str, list[str]] = {}
    for finding in audit.check(collection.read(folder)):
        noted.setdefault(finding.document, []).append(finding.message)
    heads = (("文件", "Document"), ("效力", "Validity"), ("城市", "City"), ("文号", "Number"), ("成文", "Dated"))
    rows = []
    for document in index.tables.documents:
        found, notes = document.metadata, noted.get(document.id, [])
        said = "".join(f"<li>{told(one)}</li>" for one in notes)
        count = both(f"审查发现 {len(notes)} 项", f"The audit found {len(notes)}")
        audited = f"<details><summary>{count}</summary><ul>{said}</ul></details>" if notes else ""
        name, title = escape(document.id), escape(document.title)
        cells = [
            f'<button type="button" class="title" data-document="{name}">{title}</button>{audited}',
            badge(document, None),
            both(found.city or "—", city_name(found.city, "en") or "—"),
            escape(found.number or "—"),
            escape(found.issued or "—"),
        ]
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    unread = "".join(
        note(f"{escape(problem.removeprefix(f'{folder}/').split(': ')[0])}: {told(problem)}")
        for problem in noted.get("", [])
    )
    head = "".join(f'<th scope="col">{both(*names)}</th>' for names in heads)
    return (
        f'<div class="matrix library" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody>'
        f"</table></div>{unread}"
    )


def outline_html(index: PolicyIndex, name: str) -> str:
    """A document's clauses under their headings."""
    document = index.tables.document(name)
    clauses = index.tables.clauses_of(name)
    relations = "".join(
        f"<li>{both(*_RELATIONS[relation.kind])} 《{escape(relation.title)}》 {escape(relation.number or '')}</li>"
        for relation in document.relations
    )
    others = f"<details><summary>{both('与其他文件的关系', 'Relations')}</summary><ul>{relations}</ul></details>"
    return (
        f'<div class="panel"><h3>《{escape(document.title)}》 {badge(document, None)}</h3>{facts(document)}'
        f"{others if relations else ''}{_under(clauses, document, 0)}</div>"
    )


_RELATIONS = named("repeals 废止 repeals; implements 落实 carries out; refers 提及 refers to")


def _under(clauses: Sequence[Clause], document: Document, depth: int) -> str:
    parts = []
    for heading, group in groupby(clauses, key=lambda clause: clause.address[depth : depth + 1]):
        own = list(group)
        if not heading or (own[0].kind == "row" and len(own[0].address) == depth + 1):
            parts += [f'<div class="clause">{body(clause, document)}</div>' for clause in own]
        else:
            inner = _under(own, document, depth + 1)
            parts.append(
                f'<details><summary>{escape(heading[0])}</summary><div class="clauses">{inner}</div></details>'
            )
    return "".join(parts)


def found_html(index: PolicyIndex, name: str, query: str) -> str:
    """The clauses of a document that hold the words, then those that are near in meaning."""
    wanted = fold(query)
    exact = [clause for clause in index.tables.clauses_of(name) if wanted in fold(clause.text)]
    hits = index.search(query, 10, Scope(documents=frozenset([name])), language_of(query))
    near = [hit.clause for hit in hits if hit.clause.start not in {clause.start for clause in exact}]
    parts = []
    for head, clauses in (
        (both("含有这些字词", "With these words"), exact[:30]),
        (both("意思相近", "Near in meaning"), near),
    ):
        rows = "".join(
            f"<li>{titled(f'w{clause.start}', index, clause, (clause.start, clause.end), None)}"
            f"<div class='context'>{escape(clipped(clause.text, 160))}</div></li>"
            for clause in clauses
        )
        if rows:
            parts.append(f'<h3>{head}</h3><ul class="sources">{rows}</ul>')
    return f'<div class="panel">{"".join(parts) or both("没有找到。", "Nothing found.")}</div>'
