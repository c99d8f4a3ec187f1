"""ASGI: what the browser may load and do, and the page's own style and script in its head."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
# Gradio compiles templates in the browser and sets styles inline; nothing may come from or go to another server.
_POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; frame-ancestors 'self'; base-uri 'self'; "
    "form-action 'self'; object-src 'none'"
)
_HEADERS = [
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
]


class Front:
    """Adds the headers to every response, and ui/page.js and ui/page.css to the page at /."""

    def __init__(self, app: Any) -> None:
        self.app = app
        style, script = ((_HERE / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
        self.head = f"<head><script>{script}</script><style>{style}</style>".encode()

    async def __call__(self, scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Any]) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        page = scope["path"] == "/" and scope["method"] == "GET"
        if page:  # the head is written into it, so it must come as it is
            plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            scope = scope | {"headers": plain}
        started: dict[str, Any] = {}
        body = b""

        async def through(message: Any) -> None:
            nonlocal body
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_HEADERS]
                started.update(message)
            if not page:
                await send(message)
            elif "body" in message:
                body += message["body"]
                if not message.get("more_body"):
                    body = body.replace(b"<head>", self.head, 1)
                    kept = [(name, value) for name, value in started["headers"] if name != b"content-length"]
                    length = (b"content-length", str(len(body)).encode())
                    await send(started | {"headers": [*kept, length]})
                    await send(message | {"body": body})

        await self.app(scope, receive, through)
