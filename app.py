"""The page and the JSON routes, served. python app.py --help"""

import argparse
import asyncio
import getpass
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # before gradio is imported: nothing asks outside
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # questions are answered side by side; more threads only contend

import gradio as gr
import uvicorn
from fastapi import FastAPI
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from starlette.routing import Route

from api.access import Limiter, Users, hash_password
from api.assistants import tools
from api.routes import routes
from api.served import Served
from corpus import command
from corpus.types import UserError
from index import encoder
from index.policy_index import to_stderr
from qa.chat import ChatConfig, Composer
from ui.context import Context
from ui.page import THEME, Front, build
from ui.words import WORDS

_PREFIX = "CLAUSEWISE_"
_LOCAL = ("127.0.0.1", "localhost", "::1")


class Settings(BaseSettings):
    """What can be set, each by a flag or by the environment."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX)

    corpus: Path | None = Field(None, description="folder of documents (default: the shipped ones)")
    index: Path | None = Field(None, description="where the index lies (default: .cache/index/...)")
    model: str | None = Field(None, description="a sentence-transformers model, or provider:model")
    reranker: str | None = Field(None, description="a cross-encoder that reads the best hits again (slow)")
    milvus: str | None = Field(
        None, description="keep the vectors on this Milvus server, or in FILE.db (its token: MILVUS_TOKEN)"
    )
    chat_model: str | None = Field(None, description="answer with this language model (default: without one)")
    chat_provider: str | None = Field(None, description="openai (default) or another of LangChain's")
    chat_base_url: str | None = Field(None, description="an OpenAI-compatible endpoint")
    chat_timeout: str | None = Field(None, description="seconds for a whole answer (default: 30)")
    host: str = Field("127.0.0.1", description="address to listen on (default: 127.0.0.1, this machine only)")
    port: int = Field(7860, description="port to listen on (default: 7860)")
    auth: Path | None = Field(
        None, description="file of users, name:hash or name:hash:upload a line (default: nobody logs in)"
    )
    uploads: bool = Field(True, description="whether documents can be added and removed on the page (default: true)")
    largest_upload: int = Field(50, ge=1, description="megabytes of an uploaded file (default: 50)")
    rate: int | None = Field(
        None,
        ge=0,
        description="questions a minute of each user or address; 0: any number (default: 600, on this machine 0)",
    )
    feedback: Path = Field(
        Path(".cache/feedback"), description="folder for what readers say of answers (default: .cache/feedback)"
    )

    @property
    def questions_a_minute(self) -> int:
        return self.rate if self.rate is not None else (0 if self.host in _LOCAL else 600)

    def chat(self) -> Composer | None:
        """The language model, if one is named. Raises UserError if it cannot be used."""
        config = ChatConfig.read(argparse.Namespace(**self.model_dump()))
        return Composer.from_config(config) if config else None


def server(served: Served, settings: Settings) -> FastAPI:
    """The page, the routes under /api and the assistants' tools at /mcp as one ASGI application."""
    users = Users(settings.auth) if settings.auth else None
    limiter = Limiter(settings.questions_a_minute)
    assistants = tools(served, users, limiter, settings.host)
    application = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=assistants.router.lifespan_context)
    application.mount("/api", routes(served, users, limiter))
    application.router.routes.append(Route("/mcp", assistants))

    async def login(name: str, password: str) -> bool:
        return users is not None and await asyncio.to_thread(users.check, name, password)

    context = Context(served, settings.feedback, users, limiter, settings.uploads)
    gr.mount_gradio_app(
        application,
        build(context),
        path="/",
        auth=login if users else None,
        theme=THEME,
        i18n=WORDS,
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        max_file_size=f"{settings.largest_upload}mb",
    )
    application.add_middleware(Front)
    return application


def read_settings(arguments: Sequence[str] | None) -> Settings:
    """From flags, else from the environment. Raises UserError for a value that is none."""
    parser = command.Parser(
        prog="python app.py",
        description="Serve the page, and JSON routes under /api.",
        epilog=f"Each option can also be set in the environment: --port as {_PREFIX}PORT. The language model's key is "
        f"{_PREFIX}CHAT_API_KEY, which is no option because a process list shows options.",
    )
    for name, field in Settings.model_fields.items():
        flag, metavar = f"--{name.replace('_', '-')}", "YES|NO" if field.annotation is bool else name.upper()
        parser.add_argument(flag, dest=name, metavar=metavar, default=argparse.SUPPRESS, help=field.description)
    parser.add_argument("--hash-password", action="store_true", help="read a password and print its hash for --auth")
    chosen = vars(parser.parse_args(arguments))
    if chosen.pop("hash_password"):
        print(hash_password(getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")))
        raise SystemExit
    try:
        settings = Settings(**chosen)
    except ValidationError as error:
        first = error.errors()[0]
        raise UserError(f"--{str(first['loc'][0]).replace('_', '-')}: {first['msg']}, not {first['input']!r}") from None
    if settings.corpus:
        command.corpus_folder(str(settings.corpus))
    return settings


def main(arguments: Sequence[str] | None = None) -> int:
    settings = read_settings(arguments)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except (OSError, OverflowError) as error:
            raise UserError(
                f"{settings.host}:{settings.port} cannot be used ({error}); choose another with --port"
            ) from None
    reranker = encoder.CrossEncoderReranker(settings.reranker) if settings.reranker else None
    chat, model = settings.chat(), encoder.load(settings.model)
    served = Served(settings.corpus, settings.index, model, to_stderr, reranker, chat, settings.milvus)
    application = server(served, settings)
    print(f"Clausewise is at http://{settings.host}:{settings.port} (Ctrl+C ends it)", file=sys.stderr)
    uvicorn.run(application, host=settings.host, port=settings.port, log_level="warning")
    return 0


if __name__ == "__main__":
    command.run(main)
