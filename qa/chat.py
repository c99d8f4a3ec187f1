"""The answerer with a language model, through LangChain: streamed, and only what the clauses prove is passed on.

The clauses and the question are data to the model (qa/prompts.py). Should it follow an instruction inside them all the
same, what it then says is checked as everything else is (qa/support.py).
"""

import argparse
import math
import os
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.types import UserError
from index.types import Hit
from qa import prompts, support
from qa.replies import ChatFault, ChatModel, sentences
from qa.types import Citation, Question

OFFERED = 8  # clauses that the model is given
SENTENCES = 10  # that are read before the rest of a reply is left unread
REPAIRS = 4  # sentences of one answer that the model may write again

_ENVIRONMENT = "CLAUSEWISE_CHAT_"


@dataclass(frozen=True, slots=True)
class ChatConfig:
    """Which model answers, and where. `provider` is LangChain's name; with "openai" and a base URL it is any
    OpenAI-compatible endpoint (Ollama, DeepSeek, Qwen, vLLM). `seconds` bound a whole answer, repairs included."""

    model: str
    provider: str = "openai"
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    seconds: float = 30.0
    max_tokens: int = 2_000

    @classmethod
    def read(
        cls, chosen: argparse.Namespace | None = None, environment: Mapping[str, str] = os.environ
    ) -> "ChatConfig | None":
        """The configuration that options (add_chat) and CLAUSEWISE_CHAT_MODEL, _PROVIDER, _BASE_URL, _API_KEY and
        _TIMEOUT give, options first; None where no model is named. Raises UserError for a timeout that is none."""

        def value(name: str) -> str | None:
            return getattr(chosen, f"chat_{name}", None) or environment.get(_ENVIRONMENT + name.upper()) or None

        model = value("model")
        if model is None:
            return None
        timeout = value("timeout") or "30"
        try:
            seconds = float(timeout)
        except ValueError:
            seconds = math.nan
        if not 0 < seconds <= 3_600:
            raise UserError(f"{_ENVIRONMENT}TIMEOUT: {timeout!r} is no number of seconds from 1 to 3600")
        return cls(model, value("provider") or "openai", value("base_url"), value("api_key"), seconds)


def add_chat(parser: argparse.ArgumentParser) -> None:
    """Options for ChatConfig.read. The key is none of them: a process list shows options."""
    parser.add_argument("--chat-model", metavar="NAME", help=f"answer with this language model ({_ENVIRONMENT}MODEL)")
    parser.add_argument("--chat-provider", metavar="NAME", help="openai (default) or another of LangChain's")
    parser.add_argument("--chat-base-url", metavar="URL", help="an OpenAI-compatible endpoint")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that passed every check. `text` ends with the marks of its citations; the same words quoted again
    keep their number."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of a reply: sentences dropped, sentences that passed once written again, whether it was cut off, and
    whether the model found that the clauses do not say."""

    dropped: int = 0
    repaired: int = 0
    cut: bool = False
    no_evidence: bool = False


class Composer:
    """Answers from clauses with a chat model. Keeps nothing between questions; safe from several threads."""

    def __init__(
        self, model: ChatModel, seconds: float = 30.0, tell: Callable[[Sentence], None] = lambda sentence: None
    ) -> None:
        self._model = model
        self._seconds = seconds
        self._tell = tell

    def telling(self, tell: Callable[[Sentence], None]) -> "Composer":
        """The same model; `compose` tells each sentence when it is proven. What `tell` raises ends the reply."""
        return Composer(self._model, self._seconds, tell)

    @classmethod
    def from_config(cls, config: ChatConfig) -> "Composer":
        """Raises UserError if the provider's package is missing (the message names the command that installs it), or
        its configuration cannot be used."""
        from langchain.chat_models import init_chat_model

        options: dict[str, Any] = {"temperature": 0, "max_tokens": config.max_tokens, "max_retries": 0}
        options["timeout"] = config.seconds
        if config.base_url:
            options["base_url"] = config.base_url
        if config.api_key:
            options["api_key"] = config.api_key
        elif config.base_url and config.provider == "openai":
            options["api_key"] = "none"  # a local endpoint needs none, and OPENAI_API_KEY is not for others to see
        try:
            return cls(init_chat_model(config.model, model_provider=config.provider, **options), config.seconds)
        except ImportError:
            package = f"langchain-{config.provider.replace('_', '-')}"
            wanted = "'.[chat]'" if config.provider == "openai" else package
            raise UserError(
                f"the chat model {config.model} needs {package}: python -m pip install -c constraints.txt {wanted}"
            ) from None
        except Exception as error:  # each provider has its own kinds for a missing key or an unknown option
            raise UserError(
                f"the chat model {config.model} of {config.provider} cannot be used ({type(error).__name__}); "
                f"check {_ENVIRONMENT}PROVIDER, {_ENVIRONMENT}BASE_URL and {_ENVIRONMENT}API_KEY"
            ) from None

    def compose(self, question: Question, hits: Sequence[Hit]) -> tuple[list[Sentence], Summary]:
        """All sentences and the summary of `stream`. Raises ChatFault."""
        stream, written = self.stream(question, hits), []
        while True:
            try:
                written.append(next(stream))
            except StopIteration as end:
                return written, end.value
            self._tell(written[-1])

    def stream(self, question: Question, hits: Sequence[Hit]) -> Generator[Sentence, None, Summary]:
        """Sentences as soon as they are written and proven; the generator's return value is the summary.

        Raises ChatFault if the endpoint is dead, slow, or sends nothing that passes: also after some sentences, which
        are then true but may not be the whole answer.
        """
        offered, deadline = hits[:OFFERED], time.monotonic() + self._seconds
        if not offered:
            return Summary(no_evidence=True)
        numbers: dict[tuple[str, int, int], int] = {}
        said: set[str] = set()
        read = dropped = repaired = 0
        silent = cut = False
        for written in sentences(self._model, prompts.ask(question, offered), question.language, deadline):
            claim = support.read(written)
            if prompts.NO_EVIDENCE in claim.text:
                silent = True
            elif claim.text:
                read += 1
                cut = read > SENTENCES
                if cut:
                    break
                proven = support.prove(claim, question, offered)
                if isinstance(proven, tuple):
                    passed = [(claim, proven)]
                else:
                    again = repaired + dropped < REPAIRS and proven != "long"
                    passed = self._repaired(claim, proven, question, offered, deadline) if again else []
                    repaired += bool(passed)
                    dropped += not passed
                for claim, proofs in passed:
                    if claim.text not in said:
                        said.add(claim.text)
                        yield _numbered(claim, proofs, numbers)
        if not said and not silent:
            raise ChatFault("unproven" if dropped else "empty", question.language, dropped)
        return Summary(dropped, repaired, cut, no_evidence=not said)

    def _repaired(
        self, claim: support.Claim, flaw: support.Flaw, question: Question, hits: Sequence[Hit], deadline: float
    ) -> list[tuple[support.Claim, tuple[support.Proof, ...]]]:
        """What passes of a sentence written again; nothing if the endpoint fails now."""
        messages = prompts.repair(question, hits, claim.text, claim.marks, flaw)
        try:
            again = [*map(support.read, sentences(self._model, messages, question.language, deadline))]
        except ChatFault:
            return []
        proven = [(claim, support.prove(claim, question, hits)) for claim in again[:SENTENCES]]
        return [(claim, proofs) for claim, proofs in proven if isinstance(proofs, tuple)]


def _numbered(
    claim: support.Claim, proofs: Sequence[support.Proof], numbers: dict[tuple[str, int, int], int]
) -> Sentence:
    citations = []
    for proof in proofs:
        key = (proof.hit.clause.document, proof.start, proof.end)
        citations.append(Citation(numbers.setdefault(key, len(numbers) + 1), proof.hit, proof.start, proof.end))
    marks = "".join(f"[{citation.number}]" for citation in citations)
    return Sentence(f"{claim.text} {marks}", tuple(citations))
