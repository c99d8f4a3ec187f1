"""The tab 问答: a conversation, each answer with the clauses that it stands on; what readers say of answers is kept as
question sets, of which helpful.jsonl can be measured with as it is."""

import asyncio
import json
import logging
import secrets
from collections.abc import AsyncIterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from pathlib import Path
from threading import Lock
from typing import Any

import gradio as gr

from api.routes import CHATTING, WORKERS
from corpus.types import UserError
from index.types import Scope
from qa.chat import Sentence
from qa.sought import details
from qa.types import Answer
from ui.clauses import answer_html, writing_html
from ui.context import Context
from ui.shapes import QUIET, html, labelled
from ui.words import both, busy, fault, note, say

EXAMPLES = """
拿专利去银行借钱，青岛补多少利息？ | What are Qingdao's pledge loan subsidies?
2019年南通万人发明专利拥有量目标是多少？ | How many invention patents per 10,000 people did Nantong aim for in 2019?
厦门和青岛对专利质押贷款的支持有什么不同？ | How do Xiamen and Qingdao differ in their support for pledge loans?
福州的方案现在还有效吗？ | Is Fuzhou's plan still in force?
深圳的专利质押贷款贴息比例是多少？ | What is Shenzhen's interest subsidy for patent pledge loans?
"""
_TURNS = 20  # kept of a conversation
_CONVERSATIONS = 500  # kept at once
_WRITING = Lock()  # of feedback
_PAUSE = 0.1  # seconds between looks at an answer that is being written
_EVENTS = """
element.addEventListener('click', event => {
  const example = event.target.closest('[data-ask]');
  if (example) trigger('ask', {text: example.dataset.ask});
});
element.addEventListener('submit', event => {
  event.preventDefault();
  const form = event.target;
  trigger('vote', {turn: form.dataset.turn, helpful: event.submitter.value === 'up', reason: form.reason.value});
});
watch('value', () => page.answered(element));
"""


@dataclass(slots=True, eq=False)
class Turn:
    """A question and what came of it so far: nothing, sentences, an answer, or a message."""

    text: str
    scope: Scope = field(default_factory=Scope)
    key: str = field(default_factory=lambda: f"t{secrets.token_hex(4)}")
    answer: Answer | None = None
    html: str = ""
    voted: bool = False
    work: "Future[None]" = field(default_factory=Future)


@lru_cache(_CONVERSATIONS)
def _kept(user: str | None, key: str) -> list[Turn]:
    return []


def turns_of(key: str, request: gr.Request) -> list[Turn]:
    """The conversation under a browser's key, for the user who had it: a reload loses nothing. Raises UserError."""
    if len(key) < 32:
        raise UserError("the browser gave no key for its conversation")
    return _kept(request.username, key)


def tab(context: Context, blocks: gr.Blocks) -> None:
    """Lay out the tab and wire it. Raises nothing: what goes wrong is said in the conversation."""
    served = context.served
    workers = ThreadPoolExecutor(CHATTING if served.chat else WORKERS, "answer")

    async def ask(
        key: str, text: str, cities: list[str], day: str, only: bool, event: gr.EventData, request: gr.Request
    ) -> AsyncIterator[tuple[Any, str]]:
        turns = turns_of(key, request)
        text = (event._data or {}).get("text", text).strip()[:4_000]  # an example's, else what is in the box
        twice = turns and turns[-1].text == text and not turns[-1].work.done()
        if text and not twice:
            turn = Turn(text)
            turns.append(turn)
            del turns[:-_TURNS]
            try:
                context.count(request)
                turn.scope = context.scope(cities, only, day)
                turn.work = workers.submit(answer, turn, turns)
            except UserError as error:
                turn.html = fault(error)
                turn.work.set_result(None)
        box: Any = ""
        async for shown in follow(turns):
            yield box, shown
            box = gr.skip()  # by now the next question may be in it

    def answer(turn: Turn, turns: list[Turn]) -> None:
        """Answer in a thread of its own: a reload, or another tab, then follows what has become of it."""
        sentences: list[Sentence] = []

        def tell(sentence: Sentence) -> None:
            if turn not in turns:
                raise CancelledError  # the conversation was cleared: the model need not go on
            sentences.append(sentence)
            turn.html = writing_html(sentences, served.index, turn.key, turn.scope.as_of)

        before = [one.answer.question for one in turns if one.answer]
        try:
            turn.answer = served.answer(turn.text, turn.scope, before[-1] if before else None, tell)
            turn.html = answer_html(turn.answer, served.index, turn.key)
        except CancelledError:
            pass
        except UserError as error:
            turn.html = fault(error)
        except Exception:
            said = both("服务器出错，未能回答；请重试或告知管理员。", "The server failed on this question; try again.")
            turn.html = note(said)
            logging.getLogger("clausewise").exception("a question failed")

    async def follow(turns: list[Turn]) -> AsyncIterator[str]:
        """The conversation as it is, then whenever more of an answer is there, until all are whole."""
        shown = None
        while True:
            running = [turn.work for turn in turns if not turn.work.done()]
            if (now := conversation_html(turns)) != shown:
                yield (shown := now)
            if not running:
                return
            await asyncio.wait([*map(asyncio.wrap_future, running)], timeout=_PAUSE)

    async def restore(key: str, request: gr.Request) -> AsyncIterator[tuple[str, Any]]:
        async for shown in follow(turns_of(key, request)):
            yield shown, gr.update(choices=served.cities)

    def clear(key: str, request: gr.Request) -> str:
        turns_of(key, request).clear()
        return conversation_html([])

    def vote(event: gr.EventData, key: str, request: gr.Request) -> str:
        turns = turns_of(key, request)
        for turn in turns:
            if turn.key == event._data["turn"] and turn.answer and not turn.voted:
                helpful, reason = bool(event._data["helpful"]), str(event._data["reason"])
                keep(context.feedback, turn.answer, helpful, reason, request.username)
                turn.voted = True
        return conversation_html(turns)

    key = gr.Textbox(visible=False)  # filled by page.key() when an event leaves the browser
    with gr.Row(elem_id="desk"):
        with gr.Column(scale=6, min_width=320):
            conversation = html(conversation_html([]), js_on_load=_EVENTS, elem_id="conversation")
            with gr.Row(elem_id="asking", equal_height=True):
                options: dict[str, Any] = {"show_label": False, "container": False, "autofocus": True}
                options |= {"placeholder": say("输入问题，回车提问", "Your question"), "max_length": 4_000}
                box = labelled(gr.Textbox, "问题", "Question", 8, 160, elem_id="question", **options)
                send = gr.Button(say("提问", "Ask"), variant="primary", scale=1, min_width=76, elem_id="ask")
                again = gr.Button(say("清空", "Clear"), scale=0, min_width=64, elem_id="clear")
            with gr.Accordion(say("检索范围", "Where to look"), open=False, elem_id="scope"), gr.Row():
                options = {"choices": served.cities, "multiselect": True, "elem_id": "cities"}
                cities = labelled(gr.Dropdown, "城市（不选为全部）", "Cities (none: all)", 3, 200, **options)
                options = {"placeholder": "2025-07-01", "elem_id": "as-of"}
                day = labelled(gr.Textbox, "效力日期（空为今天）", "Valid on (empty: today)", 2, 180, **options)
                only = labelled(gr.Checkbox, "只看现行有效", "In force only", 2, 150, elem_id="in-force")
        with gr.Column(scale=5, min_width=320, elem_id="pane-column"):
            hint = both("点编号或条文名称，在此阅读条文原文。", "Press a number or a clause to read it here.")
            html(f'<aside id="pane" class="reader" aria-live="polite"><p class="hint">{hint}</p></aside>')
    keyed = QUIET | {"concurrency_limit": None, "js": "(_, ...others) => [page.key(), ...others]"}
    # A question may follow while the one before is answered; one that is sent twice meanwhile is asked once.
    for asked in (send.click, box.submit, conversation.ask):
        asked(ask, [key, box, cities, day, only], [box, conversation], trigger_mode="multiple", **keyed)
    conversation.vote(vote, key, conversation, **keyed)
    again.click(clear, key, conversation, **keyed)
    blocks.load(restore, key, [conversation, cities], **keyed)


def conversation_html(turns: list[Turn]) -> str:
    if not turns:
        chips = "".join(
            f'<button type="button" class="example {language}" data-ask="{text}">{text}</button>'
            for pair in escape(EXAMPLES).strip().split("\n")
            for language, text in zip(("zh", "en"), pair.split(" | "), strict=True)
        )
        ask = both("问一个问题，或试试这些：", "Ask a question, or try one of these:")
        return f'<div class="empty"><p>{ask}</p>{chips}</div>'
    waiting = busy("正在检索条文……", "Looking through the clauses…")
    shown = "".join(
        f'<article class="turn" id="{turn.key}"><h2 class="asked">{escape(turn.text)}</h2>'
        f"{turn.html or waiting}{_votes(turn)}</article>"
        for turn in turns
    )
    return f'<div role="log">{shown}</div>'


def _votes(turn: Turn) -> str:
    if not turn.answer:
        return ""
    if turn.voted:
        return f'<p class="thanks" role="status">{both("已记下，谢谢。", "Noted, thank you.")}</p>'
    return (
        # The first button is what Enter presses: a complaint must not count as praise.
        f'<form class="votes" data-turn="{turn.key}"><button disabled hidden></button>'
        f"<span>{both('这个回答有帮助吗？', 'Was this helpful?')}</span>"
        f'<button value="up">{both("有帮助", "Yes")}</button><button value="down">{both("没帮助", "No")}</button>'
        f"<label>{both('原因（可不填）', 'Why (optional)')}"
        f'<input name="reason" maxlength="1000" autocomplete="off"></label></form>'
    )


def keep(folder: Path, answer: Answer, helpful: bool, reason: str, user: str | None) -> None:
    """Add an answer to helpful.jsonl or unhelpful.jsonl, a line each in the form of eval's question sets, with what
    was cited as gold. `python -m eval answers FOLDER/helpful.jsonl --half all` measures with it; the lines of
    unhelpful.jsonl want their gold and status corrected first."""
    path = folder / ("helpful.jsonl" if helpful else "unhelpful.jsonl")
    row = {
        "id": f"feedback-{secrets.token_hex(6)}",
        "question": answer.question.text,
        "language": answer.question.language,
        "kind": min((detail.name for detail in details(answer.question)), default="other"),
        "status": answer.status,
        "half": "dev",
        "tags": ["feedback"],
        "facts": [],
        "gold": [[gold] for gold in map(_gold, answer.citations)],
        "answer": answer.text,
        "reason": reason[:1_000],
        "user": user,
    }
    with _WRITING:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _gold(citation: Any) -> dict[str, Any]:
    clause = citation.hit.clause
    # A gold stands in its clause once: what does not, as a cell outside its row, gives way to the clause.
    quote = citation.quote if clause.text.count(citation.quote) == 1 else clause.text
    return {"document": clause.document, "address": clause.address, "ordinal": clause.ordinal, "quote": quote}
