"""Ask, search and compare as tools for assistants, over the Model Context Protocol."""

from collections.abc import Callable
from typing import Any

from anyio import to_thread
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from starlette.applications import Starlette
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import Response

from api import shapes
from api.access import Limiter, Users, admit
from api.routes import ask_json, compare_json, failed, search_json
from api.served import Served
from corpus.types import UserError


def tools(served: Served, users: Users | None, limiter: Limiter, host: str) -> Starlette:
    """The tools as an application to be mounted at /; it answers at /mcp."""
    server: MCPServer[Any] = MCPServer(
        "Clausewise", instructions="Chinese policy documents. Cite clauses by label.", log_level="WARNING"
    )

    @server.tool()
    def ask(question: shapes.Text, city: list[shapes.Place] = [], in_force_only: bool = False) -> dict[str, Any]:  # noqa: B006
        """Answer a question, in Chinese or English, from the clauses of policy documents, with citations."""
        return _told(ask_json, served, shapes.Ask(question=question, city=city, in_force_only=in_force_only))

    @server.tool()
    def search(query: shapes.Text, k: int = 10, city: list[shapes.Place] = []) -> dict[str, Any]:  # noqa: B006
        """The clauses of policy documents that are nearest to a query."""
        return _told(search_json, served, shapes.Search(query=query, k=k, city=city))

    @server.tool()
    def compare(topic: shapes.Text, city: list[shapes.Place]) -> dict[str, Any]:
        """What several cities provide on a topic; several provisions stand between semicolons."""
        return _told(compare_json, served, shapes.Compare(topic=topic, city=city))

    async def guarded(request: Request, call: RequestResponseEndpoint) -> Response:
        try:
            await to_thread.run_sync(admit, request, users, limiter)
        except UserError as fault:
            return await failed(request, fault)
        return await call(request)

    app = server.streamable_http_app(stateless_http=True, json_response=True, host=host)
    app.add_middleware(BaseHTTPMiddleware, dispatch=guarded)
    return app


def _told(make: Callable[..., dict[str, Any]], served: Served, body: shapes.Asked) -> dict[str, Any]:
    """What a call gives; a user's mistake is told to the assistant in its own words."""
    try:
        return make(served, body)
    except UserError as error:
        raise ToolError(str(error)) from None
