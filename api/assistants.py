"""Ask, search and compare as tools for assistants, over the Model Context Protocol."""

from collections.abc import Awaitable, Callable
from typing import Any

from anyio import to_thread
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from starlette.applications import Starlette
from starlette.requests import Request

from api import shapes
from api.access import Limiter, Users, admit
from api.routes import ask_json, compare_json, mistake, scope_of, search_json
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
        asked = shapes.Ask(question=question, city=city, in_force_only=in_force_only)
        return _told(lambda: ask_json(served, question, scope_of(served, asked)))

    @server.tool()
    def search(query: shapes.Text, k: int = 10, city: list[shapes.Place] = []) -> dict[str, Any]:  # noqa: B006
        """The clauses of policy documents that are nearest to a query."""
        asked = shapes.Search(query=query, k=k, city=city)
        return _told(lambda: search_json(served, query, asked.k, scope_of(served, asked)))

    @server.tool()
    def compare(topic: shapes.Text, city: list[shapes.Place]) -> dict[str, Any]:
        """What several cities provide on a topic; several provisions stand between semicolons."""
        return _told(lambda: compare_json(served, shapes.Compare(topic=topic, city=city)))

    app = server.streamable_http_app(stateless_http=True, json_response=True, host=host)
    app.add_middleware(_Guarded, users=users, limiter=limiter)
    return app


def _told(call: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What a call gives; a user's mistake is told to the assistant in its own words."""
    try:
        return call()
    except UserError as error:
        raise ToolError(str(error)) from None


class _Guarded:
    """ASGI: lets users through whose name and password are right, as often as the limiter allows."""

    def __init__(self, app: Any, users: Users | None, limiter: Limiter) -> None:
        self.app, self.users, self.limiter = app, users, limiter

    async def __call__(self, scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Any]) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            await to_thread.run_sync(admit, Request(scope), self.users, self.limiter)
        except UserError as fault:
            await mistake(fault)(scope, receive, send)
        else:
            await self.app(scope, receive, send)
