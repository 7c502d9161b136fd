"""What can go wrong between a request and its answer, said as RFC 9457 has it."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from assistant.errors import UnknownQuestionnaire
from ingestion.models import Record

MEDIA_TYPE = "application/problem+json"


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


class ProblemView(Record):
    """What went wrong.

    Attributes:
        title: The status in words.
        detail: For people: what to do.
        error: For programs: "closed_turn".
    """

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    error: str


RESPONSES: dict[int | str, dict[str, Any]] = {
    "4XX": {
        "description": "What was wrong with the request.",
        "content": {MEDIA_TYPE: {"schema": ProblemView.model_json_schema()}},
    }
}
"""What every route may answer besides what it is for."""


def install(app: FastAPI) -> None:
    """Answer each problem with its status, its code and its own words."""
    app.add_exception_handler(Problem, _answer)
    app.add_exception_handler(RequestValidationError, _misunderstood)
    app.add_exception_handler(HTTPException, _unrouted)
    app.add_exception_handler(UnknownQuestionnaire, _unheard_of)
    app.add_exception_handler(Exception, _failed)


def response(problem: Problem) -> Response:
    """Write a problem as an answer."""
    headers = {"Retry-After": str(problem.after_s)} if isinstance(problem, TooMany) else None
    view = ProblemView(
        title=HTTPStatus(problem.status).phrase,
        status=problem.status,
        detail=problem.detail,
        error=problem.code,
    )
    body = view.model_dump() | jsonable_encoder(problem.more)
    return JSONResponse(body, problem.status, headers, MEDIA_TYPE)


def _answer(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)  # noqa: S101 - it is installed for nothing else
    return response(problem)


def _unrouted(_: Request, error: Exception) -> Response:
    """Say that there is no such route, or no such method of it."""
    assert isinstance(error, HTTPException)  # noqa: S101 - as above
    code = "unknown_route" if error.status_code == HTTPStatus.NOT_FOUND else "wrong_request"
    answer = response(Problem(error.status_code, code, f"{error.detail}: see /docs."))
    answer.headers.update(error.headers or {})
    return answer


def _failed(_: Request, _error: Exception) -> Response:
    """Say that it is our fault, and not what: the log of the service holds that."""
    return response(Problem(500, "failed", "It failed here: see the log of the service."))


def _unheard_of(_: Request, error: Exception) -> Response:
    """A questionnaire that another process has just been given; this one hears of it in seconds."""
    return response(Problem(503, "not_ready", f"{error} Send it again in a few seconds."))


def _misunderstood(_: Request, error: Exception) -> Response:
    """Say where a body does not fit, without sending back what stood in it."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
    where = [".".join(map(str, fault["loc"])) + ": " + fault["msg"] for fault in _faults(error)]
    return response(Problem(422, "misunderstood", "; ".join(where)))


def _faults(error: RequestValidationError) -> list[dict[str, Any]]:
    return list(error.errors())
