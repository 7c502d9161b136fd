"""An OpenAI-compatible endpoint on this machine that answers as a test says."""

import json
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

Body = dict[str, Any]


class Response(NamedTuple):
    """What the endpoint does with a call."""

    status: int = 200
    body: Body | None = None
    headers: dict[str, str] | None = None
    drops: bool = False
    after_s: float = 0.0
    answers_after_s: float = 0.0
    trickles_s: float = 0.0


def said(content: str | None, finish: str = "stop", **message: object) -> Response:
    """Answer with a message."""
    answer = {"role": "assistant", "content": content} | message
    choice = {"index": 0, "message": answer, "finish_reason": finish}
    usage = {
        "prompt_tokens": 1000,
        "completion_tokens": 50,
        "total_tokens": 1050,
        "prompt_tokens_details": {"cached_tokens": 400},
    }
    return Response(
        body={
            "id": "1",
            "object": "chat.completion",
            "created": 1,
            "model": "served",
            "choices": [choice],
            "usage": usage,
        }
    )


def called(arguments: str) -> Response:
    """Answer by calling the tool."""
    function = {"name": "Finding", "arguments": arguments}
    return said(
        None, "tool_calls", tool_calls=[{"id": "1", "type": "function", "function": function}]
    )


def fails(status: int, message: str = "no", code: str | None = None, **headers: str) -> Response:
    """Answer with an error."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, {"error": {"message": message, "code": code}}, named)


class Batch(NamedTuple):
    """A batch that was taken: what it bears, and its questions."""

    metadata: dict[str, str]
    lines: list[str]


class Server:
    """Remembers the calls it was asked; the script answers each."""

    def __init__(self, script: Callable[[Body], Response] | list[Response]) -> None:
        self._script = script if callable(script) else _in_order(script)
        self._lock = threading.Lock()
        self.calls: list[Body] = []
        self.files: list[list[str]] = []
        self.batches: list[Batch] = []
        self.batch_state = "completed"
        self.before_batch: Callable[[], Response | None] = lambda: None
        self.after_batch: Callable[[], Response | None] = lambda: None
        self.outage: Iterator[Response] = iter(())
        self.headers: list[dict[str, str]] = []
        self.times: list[float] = []
        self.under_way = self.most_under_way = 0
        self.url = ""

    def take(self, path: str, sent: bytes, headers: dict[str, str]) -> Response:
        """Answer whatever is posted."""
        if "/chat/" in path:
            return self.answer(json.loads(sent) | {"path": path}, headers)
        return self.batch(path, sent)

    def answer(self, body: Body, headers: dict[str, str]) -> Response:
        """Answer one call."""
        with self._lock:
            self.calls.append(body)
            self.headers.append(headers)
            self.times.append(time.monotonic())
            self.under_way += 1
            self.most_under_way = max(self.most_under_way, self.under_way)
            response = self._script(body)
        time.sleep(response.after_s)
        with self._lock:
            self.under_way -= 1
        return response

    def batch(self, path: str, sent: bytes) -> Response:
        """Take a file of questions, take a batch, tell how it does, give what came of it."""
        match path.partition("?")[0].removeprefix("/v1/").split("/"):
            case ["files"]:
                self.files.append([it for it in sent.decode().splitlines() if it.startswith("{")])
                return Response(body={"id": f"file-{len(self.files) - 1}", "object": "file"})
            case ["batches"]:
                return self._create(json.loads(sent)) if sent else self._list()
            case ["batches", name]:
                known = Response(body=self._state(int(name.removeprefix("batch-"))))
                return next(self.outage, known)
            case ["files", name, "content"]:
                return Response(body={"lines": self._results(int(name.removeprefix("out-")))})
            case _:
                return fails(404)

    def _create(self, asked: Body) -> Response:
        """Take a batch, unless the script says otherwise before it is taken, or after."""
        if before := self.before_batch():
            return before
        self.batches.append(Batch(asked["metadata"], self.files[int(asked["input_file_id"][5:])]))
        return self.after_batch() or Response(body=self._state(len(self.batches) - 1))

    def _list(self) -> Response:
        data = [self._state(at) for at in reversed(range(len(self.batches)))]
        return Response(body={"object": "list", "data": data, "has_more": False})

    def _state(self, at: int) -> Body:
        is_done = self.batch_state == "completed"
        return {
            "id": f"batch-{at}",
            "object": "batch",
            "completion_window": "24h",
            "created_at": 1,
            "endpoint": "/v1/chat/completions",
            "input_file_id": f"file-{at}",
            "metadata": self.batches[at].metadata,
            "status": self.batch_state,
            "output_file_id": f"out-{at}" if is_done else None,
        }

    def _results(self, at: int) -> list[Body]:
        asked = [json.loads(line) for line in self.batches[at].lines]
        answers = [self.answer(each["body"] | {"path": "batch"}, {}) for each in asked]
        return [
            {
                "custom_id": each["custom_id"],
                "response": {"status_code": it.status, "body": it.body},
            }
            for each, it in zip(asked, answers, strict=True)
        ]


def _in_order(responses: list[Response]) -> Callable[[Body], Response]:
    left: Iterator[Response] = iter(responses)
    return lambda _body: next(left)


def form(body: Body) -> str:
    """Tell in which form a reply was asked for."""
    return "schema" if "response_format" in body else "tool" if "tools" in body else "words"


@contextmanager
def serving(script: Callable[[Body], Response] | list[Response]) -> Generator[Server]:
    """Serve on a free port, until the block ends."""
    server = Server(script)
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), _handler(server))
    server.url = f"http://127.0.0.1:{httpd.server_address[1]}"
    thread = threading.Thread(target=httpd.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()


def _data(response: Response) -> bytes:
    """Write a body; the lines of a file as lines."""
    body = response.body or {}
    if "lines" in body:
        return "\n".join(map(json.dumps, body["lines"])).encode()
    return json.dumps(response.body).encode()


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._respond(server.batch(self.path, b""))

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["content-length"]))
            named = {name.lower(): value for name, value in self.headers.items()}
            self._respond(server.take(self.path, sent, named))

        def _respond(self, response: Response) -> None:
            data = _data(response)
            time.sleep(response.answers_after_s)
            self.send_response(response.status)
            for name, value in (response.headers or {}).items():
                self.send_header(name, value)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self._send(data[: len(data) // 2] if response.drops else data, response.trickles_s)

        def _send(self, data: bytes, trickles_s: float) -> None:
            with suppress(ConnectionError):
                for at in range(0, len(data), 1 + len(data) // 10):
                    self.wfile.write(data[at : at + 1 + len(data) // 10])
                    time.sleep(trickles_s)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    return Handler
