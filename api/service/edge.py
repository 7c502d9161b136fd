"""What every request passes before a route: the size of its body, and whose page it comes from."""

from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.service import problems
from api.service.problems import Problem

_PUBLIC = "/v1/public/"
_METHODS = "GET, POST, DELETE"
_HEADERS = "Authorization, Content-Type, Idempotency-Key, Accept"
_DAY = "86400"


class _TooLarge(Exception):
    """The body went over the limit while it was read."""


class Edge:
    """The outermost layer.

    A page may read an answer where some survey is asked on its site; whether it may take part in
    this one is for the route to say. No cookie is ever read, so that a page can do nothing in the
    name of somebody else.
    """

    def __init__(self, app: ASGIApp, max_body: int, is_known_origin: Callable[[str], bool]) -> None:
        self._app, self._max_body, self._is_known = app, max_body, is_known_origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a preflight, refuse a body that is too large, and pass on the rest."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        answer = self._sender(scope, headers, send)
        if refusal := self._refusal(scope, headers):
            await refusal(scope, receive, answer)
            return
        try:
            await self._app(scope, self._receiver(receive), answer)
        except _TooLarge:
            await self._too_large()(scope, receive, answer)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            return Response(status_code=204)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._max_body:
            return self._too_large()
        if "\0" in scope["path"] or b"%00" in scope["query_string"]:
            return problems.response(Problem(400, "wrong_request", "An address holds no NUL."))
        return None

    def _too_large(self) -> Response:
        detail = f"The body is larger than {self._max_body:,} bytes."
        return problems.response(Problem(413, "too_large", detail))

    def _receiver(self, receive: Receive) -> Receive:
        size = 0

        async def counted() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > self._max_body:
                raise _TooLarge
            return message

        return counted

    def _sender(self, scope: Scope, headers: Headers, send: Send) -> Send:
        origin = headers.get("origin")
        is_public = scope["path"].startswith(_PUBLIC)
        may_read = bool(is_public and origin and self._is_known(origin))

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = MutableHeaders(scope=message)
                added.setdefault("X-Content-Type-Options", "nosniff")
                added.setdefault("Referrer-Policy", "no-referrer")
                if is_public:
                    added["Vary"] = "Origin"
                    added.setdefault("Cache-Control", "no-store")
                if may_read and origin:
                    _allow(added, origin)
            await send(message)

        return with_headers


def _allow(headers: MutableHeaders, origin: str) -> None:
    headers["Access-Control-Allow-Origin"] = origin
    headers["Access-Control-Allow-Methods"] = _METHODS
    headers["Access-Control-Allow-Headers"] = _HEADERS
    headers["Access-Control-Expose-Headers"] = "Retry-After"
    headers["Access-Control-Max-Age"] = _DAY
