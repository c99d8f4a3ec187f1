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
from ui.clauses import badge, body, context, facts, listed, titled
from ui.context import Context
from ui.shapes import QUIET, each, folded, html, labelled, lead, table
from ui.words import both, busy, done, fault, named, note, say, told

_FORMS = [".txt", ".md", ".docx", ".pdf", ".html", ".htm"]
_CORRECTED = named(
    "title 标题 Title; city 城市 City; level 层级 Level; issuer 发文机关 Issuer; number 文号 Number;"
    "issued 成文日期 Dated; effective_from 施行日期 In force from; effective_to 有效期至 In force until"
)
_LEVELS = named(
    "national 国家 national; provincial 省级 provincial; city 市级 city; district 区县 district; unknown 不明 unknown"
)
assert set(_CORRECTED) < {field.name for field in fields(Metadata)} and set(_LEVELS) == set(get_args(Level))
_RELATIONS = named("repeals 废止 repeals; implements 落实 carries out; refers 提及 refers to")
_SHOWN, _HIDDEN = gr.update(visible=True), gr.update(visible=False)
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
        if not name or name not in {document.id for document in served.index.tables.documents}:
            return ["", _HIDDEN, _HIDDEN, gr.skip(), _HIDDEN]
        words = (query or "").strip()
        shown = found_html(served.index, name, words) if words else outline_html(served.index, name)
        # What was to be confirmed was another document's removal.
        return [shown, _SHOWN, gr.update(visible=context.may_upload(request)), "", _HIDDEN]

    def recognise(path: str | None, request: gr.Request) -> list[Any]:
        nothing = [_HIDDEN, *[None] * len(_CORRECTED)]
        if not path:
            return ["", *nothing]
        try:
            _allowed(request)
            document = collection.read_document(Path(path))
            return [recognised_html(document), _SHOWN, *(getattr(document.metadata, name) for name in _CORRECTED)]
        except UserError as error:
            return [fault(error, path), *nothing]

    def add(request: gr.Request, path: str | None, *values: str | None) -> Iterator[list[Any]]:
        same = [gr.skip()] * 4
        if not path:
            return
        steps = [""]
        try:
            _allowed(request)
            found = collection.read_document(Path(path)).metadata
            given = {key: value.strip() for key, value in zip(_CORRECTED, values, strict=True) if value}
            changed = {key: value for key, value in given.items() if value != (getattr(found, key) or "")}
            adding = workers.submit(served.add, Path(path).name, Path(path), changed, steps.append)
            while not adding.done():
                yield [busy("正在入库……", "Adding it…") + f'<p class="lead">{told(steps[-1])}</p>', *same]
                wait([adding], timeout=0.3)
            title = served.index.tables.document(adding.result()).title
        except UserError as error:
            yield [fault(error, path), *same]
            return
        said = done(f"《{title}》已入库，现在就可以提问。", f"“{title}” is in the library and can be asked about.")
        yield [said, _HIDDEN, None, *overview()]

    def confirm(name: str) -> tuple[str, Any]:
        title = served.index.tables.document(name).title
        said = both(
            f"确认移除《{title}》？文件会保留在 .removed 文件夹。", f"Remove “{title}”? The file is kept in .removed."
        )
        return note(said), _SHOWN

    def remove(name: str, request: gr.Request) -> list[Any]:
        try:
            _allowed(request)
            served.remove(name)
        except UserError as error:
            return [fault(error), _HIDDEN, *overview()]
        documents, chosen = overview()
        return [done("已移除。", "Removed."), _HIDDEN, documents, chosen | {"value": None}]

    def _allowed(request: gr.Request) -> None:
        if not context.may_upload(request):
            raise UserError("you may not add or remove documents")

    def arrive(request: gr.Request) -> list[Any]:
        return [*overview(), gr.update(visible=context.may_upload(request))]

    library = html("", js_on_load=_PICK, elem_id="library")
    with gr.Accordion(say("上传文件", "Add a document"), open=False, elem_id="adding") as adding:
        root = Path(__file__).parents[1]
        folder = served.grows_into.relative_to(root) if served.grows_into.is_relative_to(root) else served.grows_into
        lead(
            f"支持 txt、md、docx、pdf、html，存入文件夹 {folder}。",
            f"txt, md, docx, pdf and html are read; files go to the folder {folder}.",
        )
        upload = gr.File(file_types=_FORMS, label=say("文件", "File"), height=140, elem_id="upload")
        said = html("", elem_id="recognised")
        with gr.Column(visible=False) as form:
            boxes: list[Any] = []
            names = list(_CORRECTED)
            for row in (names[:3], names[3:5], names[5:]):
                with gr.Row():
                    boxes += map(_box, row)
            enter = gr.Button(say("核对无误，入库", "Add to the library"), variant="primary", elem_id="enter")
    with gr.Row(equal_height=True):
        chosen = gr.Dropdown([], label=say("打开文件", "Open a document"), value=None, scale=4, elem_id="document")
        options = {"placeholder": "贴息", "visible": False, "elem_id": "within"}
        query = labelled(gr.Textbox, "在文件中查找", "Find in it", 3, 140, **options)
        taking = gr.Button(say("移除", "Remove"), visible=False, scale=0, min_width=90, elem_id="remove")
    warning = html("")
    really = gr.Button(say("确认移除", "Yes, remove it"), variant="stop", visible=False, elem_id="really")
    detail = html("", js_on_load=_SEEN, elem_id="outline")
    shown = [detail, query, taking, warning, really]
    library.pick(pick, None, chosen, **QUIET)
    gr.on([chosen.change, query.submit], show, [chosen, query], shown, **QUIET)
    for event in (upload.upload, upload.clear):
        event(recognise, upload, [said, form, *boxes], api_visibility="private")
    enter.click(add, [upload, *boxes], [said, form, upload, library, chosen], concurrency_limit=None, **QUIET)
    taking.click(confirm, chosen, [warning, really], **QUIET)
    really.click(remove, chosen, [warning, really, library, chosen], api_visibility="private")
    blocks.load(arrive, None, [library, chosen, adding], **QUIET)


def _box(name: str) -> gr.components.Component:
    options = {"label": say(*_CORRECTED[name]), "min_width": 120, "elem_id": f"meta-{name}"}
    if name == "level":
        return gr.Dropdown([(say(*_LEVELS[level]), level) for level in get_args(Level)], **options)
    return gr.Textbox(max_length=300, scale=2, **options)


def recognised_html(document: Document) -> str:
    """What was read off an uploaded file, before it is taken in."""
    clauses = parse(document.id, document.text, document.metadata.title).clauses
    first = "".join(context(clause.text, 120) for clause in clauses[:3])
    count = both(f"识别出 {len(clauses)} 条条文", f"{len(clauses)} clauses recognised")
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

    def row(document: Document) -> str:
        found, notes = document.metadata, noted.get(document.id, [])
        name, title = escape(document.id), escape(document.title)
        title = f'<button type="button" class="title" data-document="{name}">{title}</button>'
        if notes:
            count = both(f"审查发现 {len(notes)} 项", f"The audit found {len(notes)}")
            title += folded(count, f"<ul>{each('li', map(told, notes))}</ul>")
        city = both(found.city or "—", city_name(found.city, "en") or "—")
        return each(
            "td", (title, badge(document, None), city, escape(found.number or "—"), escape(found.issued or "—"))
        )

    heads = (("文件", "Document"), ("效力", "Validity"), ("城市", "City"), ("文号", "Number"), ("成文", "Dated"))
    unread = (
        note(f"{escape(problem.removeprefix(f'{folder}/').split(': ')[0])}: {told(problem)}")
        for problem in noted.get("", [])
    )
    return table("matrix library", (both(*names) for names in heads), map(row, index.tables.documents)) + "".join(
        unread
    )


def outline_html(index: PolicyIndex, name: str) -> str:
    """A document's clauses under their headings."""
    document = index.tables.document(name)
    relations = each(
        "li",
        (
            f"{both(*_RELATIONS[relation.kind])} 《{escape(relation.title)}》 {escape(relation.number or '')}"
            for relation in document.relations
        ),
    )
    others = folded(both("与其他文件的关系", "Relations"), f"<ul>{relations}</ul>") if relations else ""
    return (
        f'<div class="panel"><h3>《{escape(document.title)}》 {badge(document, None)}</h3>{facts(document)}'
        f"{others}{_under(index.tables.clauses_of(name), document, 0)}</div>"
    )


def _under(clauses: Sequence[Clause], document: Document, depth: int) -> str:
    parts = ""
    for heading, group in groupby(clauses, key=lambda clause: clause.address[depth : depth + 1]):
        own = list(group)
        if not heading or (own[0].kind == "row" and len(own[0].address) == depth + 1):
            parts += "".join(f'<div class="clause">{body(clause, document)}</div>' for clause in own)
        else:
            parts += folded(escape(heading[0]), f'<div class="clauses">{_under(own, document, depth + 1)}</div>')
    return parts


def found_html(index: PolicyIndex, name: str, query: str) -> str:
    """The clauses of a document that hold the words, then those that are near in meaning."""
    wanted = fold(query)
    exact = [clause for clause in index.tables.clauses_of(name) if wanted in fold(clause.text)]
    hits = index.search(query, 10, Scope(documents=frozenset([name])), language_of(query))
    near = [hit.clause for hit in hits if hit.clause.start not in {clause.start for clause in exact}]

    def row(clause: Clause) -> str:
        opener = titled(f"w{clause.start}", index, clause, (clause.start, clause.end), None)
        return opener + context(clause.text, 160)

    found = listed(both("含有这些字词", "With these words"), map(row, exact[:30]))
    found += listed(both("意思相近", "Near in meaning"), map(row, near))
    return f'<div class="panel">{found or both("没有找到。", "Nothing found.")}</div>'
