"""The chat page: a question, its answer, and the clauses that it stands on. python app.py --help"""

import os
import socket
import sys
from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # before gradio is imported: nothing asks outside

import gradio as gr
import uvicorn
from fastapi import FastAPI

from corpus import command
from corpus.outline import label
from corpus.types import UserError
from index.command import add_source, open_index
from qa.answer import Answerer
from qa.render import status_word
from qa.types import Answer, Citation

EXAMPLES = (
    "拿专利去银行借钱,青岛补多少利息?",
    "What are Qingdao's pledge loan subsidies?",
    "2019年南通万人发明专利拥有量目标是多少?",
    "厦门和青岛对专利质押贷款的支持有什么不同?",
    "福州的方案现在还有效吗?",
    "深圳的专利质押贷款贴息比例是多少?",
)
WORDS = gr.I18n(
    zh={
        "heading": "# 政策问答\n每个回答都指向它所依据的条文:哪份文件、哪一条款、原文是什么、是否仍然有效。",
        "placeholder": "输入问题,例如:拿专利去银行借钱,青岛补多少利息?",
        "ask": "提问",
        "clear": "清空",
        "examples": "试试这些问题",
        "chat": "问答",
    },
    en={
        "heading": "# Policy questions and answers\nEvery answer points to the clause it stands on: which document, "
        "which clause, the very words, and whether it is still in force.",
        "placeholder": "Ask a question, for example: What are Qingdao's pledge loan subsidies?",
        "ask": "Ask",
        "clear": "Clear",
        "examples": "Questions to try",
        "chat": "Questions and answers",
    },
)
LABELS = {
    "zh": {"sources": "依据", "related": "可参阅(未作为依据)", "warning": "注意", "whole": "整条原文"},
    "en": {"sources": "Sources", "related": "Related, not cited", "warning": "Note", "whole": "The whole clause"},
}
THEME = gr.themes.Base(primary_hue="blue", neutral_hue="slate", font=["system-ui", "Noto Sans CJK SC", "sans-serif"])
CSS = """
.gradio-container { max-width: 960px !important; margin: 0 auto !important; }
footer { display: none !important; }
.answer p { margin: 0 0 .5em; line-height: 1.7; }
.answer .note { color: #7c4a03; background: #fef6e7; border-left: 3px solid #d97706; }
.answer .note { padding: .4em .7em; font-size: .92em; }
.answer .head { font-weight: 600; margin: .9em 0 .3em; font-size: .92em; }
.answer details { border: 1px solid #d5dbe5; border-radius: 8px; padding: .45em .7em; margin: .35em 0; }
.answer details { background: #fff; color: #1e293b; }
.answer summary { cursor: pointer; line-height: 1.5; }
.answer .badge { display: inline-block; font-size: .8em; padding: 0 .5em; border: 1px solid; }
.answer .badge { border-radius: 1em; margin-left: .4em; }
.answer .in_force { color: #14532d; background: #dcfce7; } .answer .expired { color: #7f1d1d; background: #fee2e2; }
.answer .unknown, .answer .not_yet { color: #713f12; background: #fef9c3; }
.answer mark { background: #fde68a; color: inherit; padding: 0 .1em; }
.answer .clause { white-space: pre-wrap; line-height: 1.7; margin-top: .5em; overflow-wrap: anywhere; }
.answer sup a, .answer .mark { color: #1d4ed8; font-weight: 600; }
"""


def render(answer: Answer) -> str:
    """An answer as one block of HTML without an empty line, so that no part of a document is read as Markdown."""
    words = LABELS[answer.question.language]
    parts = [f"<p>{_marked(line)}</p>" for line in answer.text.split("\n")]
    parts += [f'<p class="note">{words["warning"]}: {escape(warning)}</p>' for warning in answer.warnings]
    if answer.citations:
        parts.append(f'<p class="head">{words["sources"]}</p>')
        parts += [_citation(citation, answer) for citation in answer.citations]
    if answer.related:
        parts.append(f'<p class="head">{words["related"]}</p>')
        for hit in answer.related:
            name = escape(label(hit.clause, hit.document.title))
            parts.append(
                f'<details><summary>{name}</summary><div class="clause">{_lines(hit.clause.text)}</div></details>'
            )
    return '<div class="answer">' + "".join(parts) + "</div>"


def _marked(line: str) -> str:
    head, separator, mark = line.rpartition(" [")
    if separator and mark.endswith("]"):
        return f'{escape(head)} <span class="mark">[{escape(mark)}</span>'
    return escape(line)


def _citation(citation: Citation, answer: Answer) -> str:
    hit, language = citation.hit, answer.question.language
    status = hit.document.status(answer.question.scope.as_of or date.today().isoformat())
    until = hit.document.metadata.effective_to
    badge = status_word(status, language) + (f" {until}" if status == "expired" and until else "")
    clause, text = hit.clause, hit.document.text
    start, end = max(clause.start, citation.start), min(clause.end, citation.end)
    before, quote, after = text[clause.start : start], text[start:end], text[end : clause.end]
    name = escape(label(clause, hit.document.title))
    return (
        f'<details open><summary><span class="mark">[{citation.number}]</span> {name}'
        f'<span class="badge {status}">{escape(badge)}</span></summary>'
        f'<div class="clause">{_lines(before)}<mark>{_lines(quote)}</mark>{_lines(after)}</div></details>'
    )


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.split("\n") if line.strip())


def page(answerer: Answerer) -> gr.Blocks:
    """The page over one answerer."""

    def respond(message: str, history: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
        try:
            reply = render(answerer.answer(message))
        except UserError as error:
            reply = f'<div class="answer"><p class="note">{escape(str(error))}</p></div>'
        said = f'<div class="answer"><p>{escape(message.strip()[:500])}</p></div>'
        turn = [{"role": "user", "content": said}, {"role": "assistant", "content": reply}]
        return "", history + turn

    with gr.Blocks(title="Clausewise", analytics_enabled=False) as blocks:
        gr.Markdown(WORDS("heading"))
        chat = gr.Chatbot(
            label=WORDS("chat"), show_label=False, height=560, latex_delimiters=[], feedback_options=None, buttons=[]
        )
        with gr.Row():
            box = gr.Textbox(
                placeholder=WORDS("placeholder"),
                show_label=False,
                label=WORDS("ask"),
                scale=8,
                autofocus=True,
                elem_id="question",
            )
            ask = gr.Button(WORDS("ask"), variant="primary", scale=1, min_width=80, elem_id="ask")
            clear = gr.Button(WORDS("clear"), scale=1, min_width=80)
        gr.Examples([[example] for example in EXAMPLES], inputs=box, label=WORDS("examples"))
        for event in (ask.click, box.submit):
            event(respond, [box, chat], [box, chat], api_visibility="private")
        clear.click(lambda: [], None, chat, api_visibility="private")
    return blocks


def server(answerer: Answerer) -> FastAPI:
    """The page as an ASGI application."""
    application = FastAPI(title="Clausewise", docs_url=None, redoc_url=None)
    gr.mount_gradio_app(
        application,
        page(answerer),
        path="/",
        theme=THEME,
        css=CSS,
        i18n=WORDS,
        footer_links=[],
        ssr_mode=False,
    )
    return application


def main(arguments: Sequence[str] | None = None) -> int:
    parser = command.Parser(prog="python app.py", description="Serve the chat page.")
    add_source(parser)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=7860)
    chosen = parser.parse_args(arguments)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((chosen.host, chosen.port))
        except (OSError, OverflowError) as error:
            raise UserError(
                f"{chosen.host}:{chosen.port} cannot be used ({error}); choose another with --port"
            ) from None
    application = server(Answerer(open_index(chosen)))
    print(f"Clausewise is at http://{chosen.host}:{chosen.port} (Ctrl+C ends it)", file=sys.stderr)
    uvicorn.run(application, host=chosen.host, port=chosen.port, log_level="warning")
    return 0


if __name__ == "__main__":
    command.run(main)
