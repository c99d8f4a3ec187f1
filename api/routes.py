"""The JSON routes: ask, search, compare, documents. Every answer is JSON, also when a call fails."""

import logging
import time
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from typing import Any

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
from qa.compare import compare
from qa.render import answer_json, comparison_json

LARGEST = 64 * 1024  # bytes of a call
WORKERS = 2  # questions answered at once: more only wait for each other
CHATTING = 32  # at once where a language model elsewhere does the work
_SWAGGER = files("swagger_ui_bundle") / "vendor" / "swagger-ui-4.15.5"
_REFUSALS: dict[int | str, dict[str, Any]] = {
    code: {"model": shapes.Error, "description": said}
    for code, said in {
        400: "a value that cannot be answered",
        401: "no right name and password",
        413: f"a call over {LARGEST // 1024} KB",
        422: "a field of the wrong kind",
        429: "too many questions",
        500: "a fault of the server",
    }.items()
}


def routes(served: Served, users: Users | None, limiter: Limiter) -> FastAPI:
    """The routes as an application of their own, to be mounted at /api."""
    api = FastAPI(
        title="Clausewise",
        description="Questions to a corpus of policy documents; every answer points to its clause.",
        docs_url=None,
        redoc_url=None,
        responses=_REFUSALS,
        exception_handlers=dict.fromkeys((UserError, HTTPException, RequestValidationError, Exception), failed),
    )
    workers = anyio.CapacityLimiter(CHATTING if served.chat else WORKERS)
    api.add_middleware(_sized)

    async def allowed(request: Request) -> None:
        await to_thread.run_sync(admit, request, users, limiter)

    guarded = [Depends(allowed)]

    async def answered(make: Callable[..., dict[str, Any]], *body: shapes.Asked) -> Response:
        return JSONResponse(await to_thread.run_sync(make, served, *body, limiter=workers))

    @api.post("/ask", dependencies=guarded, response_model=shapes.Answered)
    async def ask(body: shapes.Ask) -> Response:
        """One answer, with the clauses that it stands on."""
        return await answered(ask_json, body)

    @api.post("/search", dependencies=guarded, response_model=shapes.Found)
    async def search(body: shapes.Search) -> Response:
        """The best clauses for a query."""
        return await answered(search_json, body)

    @api.post("/compare", dependencies=guarded, response_model=shapes.Compared)
    async def compared(body: shapes.Compare) -> Response:
        """What several cities provide on a topic."""
        return await answered(compare_json, body)

    @api.get("/documents", dependencies=guarded, response_model=shapes.Documents)
    async def documents() -> Response:
        """The documents with their metadata and whether they are in force."""
        return await answered(documents_json)

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


def ask_json(served: Served, body: shapes.Ask) -> dict[str, Any]:
    scope, started = served.scope(body.cities, body.in_force_only, body.as_of), time.perf_counter()
    answer = served.answer(body.question, scope)
    return answer_json(answer, time.perf_counter() - started, body.id)


def search_json(served: Served, body: shapes.Search) -> dict[str, Any]:
    scope = served.scope(body.cities, body.in_force_only, body.as_of)
    hits = served.index.search(body.query, body.k, scope, language_of(body.query), body.mode)
    return {"query": body.query, "hits": [hit_json(rank, hit) for rank, hit in enumerate(hits, 1)]}


def compare_json(served: Served, body: shapes.Compare) -> dict[str, Any]:
    scope = served.scope(body.cities, body.in_force_only, body.as_of)
    order = [city for name in body.cities for city in known_cities([name], served.index)]
    return comparison_json(compare(served.answerer, body.topic, order, scope))


def documents_json(served: Served) -> dict[str, Any]:
    today = date.today().isoformat()
    return {"documents": [document_json(document, today) for document in served.index.tables.documents]}


# Failures


async def failed(request: Request, fault: Exception) -> Response:
    """What went wrong, in one line of JSON."""
    match fault:
        case Denied():
            return _error(401, fault, {"WWW-Authenticate": 'Basic realm="Clausewise", charset="UTF-8"'})
        case Refused():
            return _error(429, fault, {"Retry-After": str(fault.seconds)})
        case UserError():
            return _error(400, fault)
        case HTTPException():
            return _error(fault.status_code, fault.detail, fault.headers)
        case RequestValidationError():
            first = fault.errors()[0]
            if first["type"] == "json_invalid":
                return _error(422, "the body is no JSON")
            if first["type"] == "string_pattern_mismatch":
                return _error(422, f"{first['loc'][-1]}: is empty; it needs words")
            return _error(422, f"{'.'.join(map(str, first['loc'][1:])) or 'body'}: {first['msg']}")
    logging.getLogger("clausewise").error("%s failed", request.url.path, exc_info=fault)
    return _error(500, "the server failed on this call; its log says why")


def _error(code: int, said: object, headers: Any = None) -> Response:
    return JSONResponse({"error": one_line(str(said)).encode(errors="replace").decode()}, code, headers)


def _sized(app: Any) -> Callable[..., Any]:
    """ASGI: ends the reading of a body over LARGEST bytes."""

    async def sized(scope: Any, receive: Any, send: Any) -> None:
        left = LARGEST

        async def counted() -> Any:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise HTTPException(413, f"the call has more than {LARGEST // 1024} KB")
            return message

        await app(scope, counted, send)

    return sized
