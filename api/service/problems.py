"""What can go wrong between a request and its answer, and how it is said."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response


class Problem(Exception):
    """A request that is not answered as it was meant.

    Attributes:
        status: The HTTP status.
        code: For programs: "closed_turn".
        detail: For people: what to do.
        more: What else the answer holds.
    """

    def __init__(self, status: int, code: str, detail: str, **more: object) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.more = more


class TooMany(Problem):
    """So many requests are not taken; they may come again after a while."""

    def __init__(self, after_s: float) -> None:
        super().__init__(429, "too_many", "Too many requests: wait, then send it again.")
        self.after_s = max(1, round(after_s + 0.5))


def install(app: FastAPI) -> None:
    """Answer each problem with its status, its code and its own words."""
    app.add_exception_handler(Problem, _answer)
    app.add_exception_handler(RequestValidationError, _misunderstood)


def _answer(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)  # noqa: S101 - it is installed for nothing else
    headers = {"Retry-After": str(problem.after_s)} if isinstance(problem, TooMany) else None
    body = {"error": problem.code, "detail": problem.detail, **jsonable_encoder(problem.more)}
    return JSONResponse(body, problem.status, headers)


def _misunderstood(_: Request, error: Exception) -> Response:
    """Say where a body does not fit, without sending back what stood in it."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
    where = [".".join(map(str, fault["loc"])) + ": " + fault["msg"] for fault in _faults(error)]
    return JSONResponse({"error": "misunderstood", "detail": "; ".join(where)}, 422)


def _faults(error: RequestValidationError) -> list[dict[str, Any]]:
    return list(error.errors())
