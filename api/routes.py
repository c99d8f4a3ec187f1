"""The JSON routes: ask, search, compare, documents. Every answer is JSON, also when a call fails."""

import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from functools import partial
from importlib.resources import files
from typing import Any, TypeVar

import anyio
from anyio import to_thread
from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from api import shapes
from api.access import Denied, Limiter, Refused, Users, admit
from api.served import Served
from corpus.command import one_line
from corpus.render import document_json
from corpus.types import UserError
from index.command import known_cities
from index.render import hit_json
from index.tokens import language_of
from index.types import Scope
from qa.compare import compare
from qa.render import answer_json, comparison_json

LARGEST = 64 * 1024  # bytes of a call
WORKERS = 2  # questions answered at once: more only wait for each other
CHATTING = 32  # at once where a language model elsewhere does the work
T = TypeVar("T")
_SWAGGER = files("swagger_ui_bundle") / "vendor" / "swagger-ui-4.15.5"
_REFUSALS: dict[int | str, dict[str, Any]] = {
    code: {"model": shapes.Error, "description": said}
    for code, said in (
        (400, "a value that cannot be answered"),
        (401, "no right name and password"),
        (413, f"a call over {LARGEST // 1024} KB"),
        (422, "a field of the wrong kind"),
        (429, "too many questions"),
        (500, "a fault of the server"),
    )
}


def routes(served: Served, users: Users | None, limiter: Limiter) -> FastAPI:
    """The routes as an application of their own, to be mounted at /api."""
    api = FastAPI(
        title="Clausewise",
        description="Questions to a corpus of policy documents; every answer points to its clause.",
        docs_url=None,
        redoc_url=None,
        responses=_REFUSALS,
    )
    workers = anyio.CapacityLimiter(CHATTING if served.chat else WORKERS)
    api.add_middleware(_Sized)
    _fail_in_json(api)

    async def allowed(request: Request) -> None:
        await to_thread.run_sync(admit, request, users, limiter)

    guarded = [Depends(allowed)]

    async def work(call: Callable[[], T]) -> T:
        return await to_thread.run_sync(call, limiter=workers)

    @api.post("/ask", dependencies=guarded, response_model=shapes.Answered)
    async def ask(body: shapes.Ask) -> Response:
        """One answer, with the clauses that it stands on."""
        return JSONResponse(await work(partial(ask_json, served, body.question, scope_of(served, body), body.id)))

    @api.post("/search", dependencies=guarded, response_model=shapes.Found)
    async def search(body: shapes.Search) -> Response:
        """The best clauses for a query."""
        return JSONResponse(
            await work(partial(search_json, served, body.query, body.k, scope_of(served, body), body.mode))
        )

    @api.post("/compare", dependencies=guarded, response_model=shapes.Compared)
    async def compared(body: shapes.Compare) -> Response:
        """What several cities provide on a topic."""
        return JSONResponse(await work(partial(compare_json, served, body)))

    @api.get("/documents", dependencies=guarded, response_model=shapes.Documents)
    async def documents() -> Response:
        """The documents with their metadata and whether they are in force."""
        return JSONResponse(await work(partial(documents_json, served)))

    @api.get("/health", response_model=shapes.State)
    async def health() -> Response:
        """Whether the server runs."""
        return JSONResponse({"status": "ok"})

    @api.get("/ready", response_model=shapes.State)
    async def ready() -> Response:
        """Whether it can answer, and over how much."""
        manifest = served.index.manifest
        return JSONResponse({"status": "ok", "documents": manifest["documents"], "clauses": manifest["clauses"]})

    @api.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url="openapi.json",
            title="Clausewise: JSON routes",
            swagger_js_url="docs/assets/swagger-ui-bundle.js",
            swagger_css_url="docs/assets/swagger-ui.css",
            swagger_favicon_url="docs/assets/favicon-32x32.png",
        )

    api.mount("/docs/assets", StaticFiles(directory=str(_SWAGGER)))
    return api


# What the routes, and the tools for assistants, answer with


def ask_json(served: Served, question: str, scope: Scope, identity: Any = None) -> dict[str, Any]:
    started = time.perf_counter()
    answer = served.answer(question, scope)
    return answer_json(answer, time.perf_counter() - started, identity)


def search_json(served: Served, query: str, k: int, scope: Scope, mode: Any = "hybrid") -> dict[str, Any]:
    hits = served.index.search(query, k, scope, language_of(query), mode)
    return {"query": query, "hits": [hit_json(rank, hit) for rank, hit in enumerate(hits, 1)]}


def compare_json(served: Served, body: shapes.Compare) -> dict[str, Any]:
    scope = scope_of(served, body)
    names = [body.city] if isinstance(body.city, str) else body.city
    order = [next(iter(known_cities([name], served.index))) for name in names]
    return comparison_json(compare(served.answerer, body.topic, order, scope))


def documents_json(served: Served) -> dict[str, Any]:
    today = date.today().isoformat()
    return {"documents": [document_json(document, today) for document in served.index.tables.documents]}


def scope_of(served: Served, body: shapes.Asked) -> Scope:
    """Raises UserError for a city that is no place at all."""
    names: Sequence[str] = [body.city] if isinstance(body.city, str) else body.city
    try:
        cities = known_cities(names, served.index) if names else None
    except UserError as error:
        raise UserError(str(error).removeprefix("--")) from None
    return Scope(None, cities, body.in_force_only, body.as_of)


# Failures


def error(code: int, said: str, headers: Any = None) -> JSONResponse:
    return JSONResponse({"error": one_line(said).encode(errors="replace").decode()}, code, headers)


def mistake(fault: UserError) -> JSONResponse:
    if isinstance(fault, Denied):
        return error(401, str(fault), {"WWW-Authenticate": 'Basic realm="Clausewise", charset="UTF-8"'})
    if isinstance(fault, Refused):
        return error(429, str(fault), {"Retry-After": str(fault.seconds)})
    return error(400, str(fault))


def _fail_in_json(api: FastAPI) -> None:
    @api.exception_handler(HTTPException)
    async def refused(request: Request, fault: HTTPException) -> Response:
        return error(fault.status_code, str(fault.detail), fault.headers)

    @api.exception_handler(RequestValidationError)
    async def wrong(request: Request, fault: RequestValidationError) -> Response:
        first = fault.errors()[0]
        if first["type"] == "json_invalid":
            return error(422, "the body is no JSON")
        if first["type"] == "string_pattern_mismatch":
            return error(422, f"{first['loc'][-1]}: is empty; it needs words")
        return error(422, f"{'.'.join(map(str, first['loc'][1:])) or 'body'}: {first['msg']}")

    @api.exception_handler(UserError)
    async def unanswerable(request: Request, fault: UserError) -> Response:
        return mistake(fault)

    @api.exception_handler(Exception)
    async def broken(request: Request, fault: Exception) -> Response:
        logging.getLogger("clausewise").error("%s failed", request.url.path, exc_info=fault)
        return error(500, "the server failed on this call; its log says why")


class _Sized:
    """ASGI: ends the reading of a body over LARGEST bytes."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Any]) -> None:
        left = LARGEST

        async def counted() -> Any:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise HTTPException(413, f"the call has more than {LARGEST // 1024} KB")
            return message

        await self.app(scope, counted, send)
