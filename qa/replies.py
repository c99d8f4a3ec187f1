"""A language model's reply as sentences, and not later than a deadline, whatever the endpoint does."""

import asyncio
import queue
import re
import threading
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from functools import cache
from typing import Protocol

from qa.prompts import Messages
from qa.support import MARK, SPACE

_LONGEST = 1_000  # characters without an end of sentence, taken as one
_RECEIVED = 100_000  # characters of one reply, thinking included
_GRACE = 0.5  # seconds for the loop to end a call by itself

_MARKS = rf"{MARK}(?:{SPACE}{MARK})*"
_END = re.compile(
    rf"[。！？!?]+[”’」』）)]*(?:\s*{_MARKS})?"  # 。 with the marks after it
    rf"|\.\s*{_MARKS}"
    rf"|{_MARKS}{SPACE}(?:[.;；]|(?=[A-Z㐀-鿿*•-]))"  # marks with what ends the sentence after them
    r"|(?<=[a-z\d%)’”])(?<!\be\.g)(?<!\bi\.e)(?<!\bNo)(?<!\bLtd)\.\s+(?=[A-Z])"
    r"|\n+"
)
_UNDECIDED = re.compile(r"\s*(?:[\[［【][\d,，、\s]*)?")  # a mark may still follow
_CLOSED = re.compile(rf"{MARK}{SPACE}[。！？!?.;；]*{SPACE}\n")  # nothing more belongs to a marked line
_FAULTS = {
    "slow": ("语言模型未在时限内答完", "the language model did not finish in time"),
    "connection": ("无法连接语言模型服务,或连接中断", "the connection to the language model failed"),
    "refused": ("语言模型服务拒绝了密钥({})", "the language model's service refused the key ({})"),
    "limited": ("语言模型服务限制了请求次数({})", "the language model's service limits requests ({})"),
    "failed": ("语言模型服务出错({})", "the language model's service failed ({})"),
    "unreadable": ("语言模型的回复无法读取({})", "the language model's reply cannot be read ({})"),
    "empty": ("语言模型没有回复", "the language model returned nothing"),
    "unproven": (
        "语言模型写的{}句均未通过核对",
        "none of the language model's sentences passed the check ({} dropped)",
    ),
}


class ChatFault(Exception):
    """The model gave no answer that may be shown. The message is one line in the question's language, without a word
    of the endpoint's own reply, which may repeat the key."""

    def __init__(self, kind: str, language: str, detail: object = "") -> None:
        super().__init__(_FAULTS[kind][0 if language == "zh" else 1].format(detail))
        self.kind = kind


class Chunk(Protocol):
    """A piece of a streamed reply."""

    @property
    def text(self) -> str: ...


class ChatModel(Protocol):
    """What is used of a LangChain chat model (BaseChatModel)."""

    def astream(self, messages: Messages, /) -> AsyncIterator[Chunk]: ...


def sentences(model: ChatModel, messages: Messages, language: str, deadline: float) -> Iterator[str]:
    """What a model replies, a sentence with the marks after it at a time, as soon as it is certain where it ends.

    `deadline` is a time of time.monotonic(). Raises ChatFault if the endpoint fails, or has not finished by then.
    """
    return split(_received(model, messages, language, deadline))


def split(chunks: Iterable[str]) -> Iterator[str]:
    """The sentences of a text that comes in chunks, without a model's <think> part."""
    rest = ""
    for chunk in chunks:
        before, opened, thought = (rest + chunk).partition("<think>")
        thought, closed, after = thought.partition("</think>")
        if opened and not closed:
            rest = before + opened + thought[-len("</think") :]
            continue
        rest = before + after
        while (end := _END.search(rest)) and (_CLOSED.search(rest) or not _UNDECIDED.fullmatch(rest, end.end())):
            yield rest[: end.end()]
            rest = rest[end.end() :]
        if len(rest) > _LONGEST:
            yield rest
            rest = ""
    yield rest.partition("<think>")[0]


def _received(model: ChatModel, messages: Messages, language: str, deadline: float) -> Iterator[str]:
    received: queue.SimpleQueue[str | Exception | None] = queue.SimpleQueue()

    async def pump() -> None:
        length = 0
        try:
            async with asyncio.timeout(deadline - time.monotonic()):
                async for chunk in model.astream(messages):
                    received.put(chunk.text)
                    length += len(chunk.text)
                    if length > _RECEIVED:
                        break
            received.put(None)
        except Exception as error:  # every provider has its own kinds; each becomes a ChatFault below
            received.put(error)

    running = asyncio.run_coroutine_threadsafe(pump(), _loop())
    try:
        while True:
            item = received.get(timeout=max(0.0, deadline - time.monotonic()) + _GRACE)
            if isinstance(item, Exception):
                raise ChatFault(*_kind(item, language)) from item
            if item is None:
                return
            yield item
    except queue.Empty:  # a model that holds up the loop itself
        raise ChatFault("slow", language) from None
    finally:
        running.cancel()  # closes the connection


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """One loop for all calls, in a thread of its own: connections kept open belong to the loop they began in."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="chat", daemon=True).start()
    return loop


def _kind(error: Exception, language: str) -> tuple[str, str, object]:
    """A fault's kind, language and detail, from what providers' errors have in common: a status, or a telling name."""
    status = getattr(error, "status_code", None)
    names = " ".join(kind.__name__ for kind in type(error).__mro__)
    if isinstance(status, int):
        return {401: "refused", 403: "refused", 429: "limited"}.get(status, "failed"), language, status
    if "Timeout" in names:
        return "slow", language, ""
    if "Connect" in names:
        return "connection", language, ""
    if "No generation chunks" in str(error):
        return "empty", language, ""
    return "unreadable", language, type(error).__name__
