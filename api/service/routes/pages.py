"""The survey without a website: its page, its QR code, and the script for pages of others."""

from io import BytesIO
from pathlib import Path

import segno
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import escape

from api.service.dependencies import TheDoors
from api.service.problems import Problem

router = APIRouter(tags=["pages"])

_WIDGET = Path(__file__).parents[2] / "widget" / "widget.js"
_CSP = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:"


@router.get("/s/{key}", response_class=HTMLResponse)
async def page(key: str, doors: TheDoors) -> HTMLResponse:
    """Give the page of a survey, for a link in a letter or a QR code on a box."""
    survey = doors.survey(key)
    if survey is None or not survey.is_open:
        raise Problem(404, "unknown_survey", "There is no such survey, or it is closed.")
    html = (
        "<!doctype html><html lang=en><meta charset=utf-8>"
        '<meta name=viewport content="width=device-width,initial-scale=1">'
        f"<title>{escape(survey.asker)}</title>"
        f'<script async src="/widget.js" data-survey="{escape(key)}" data-open></script>'
        f"<noscript>{escape(survey.asker)}: this survey needs JavaScript.</noscript></html>"
    )
    return HTMLResponse(html, headers={"Content-Security-Policy": _CSP})


class Drawing(Response):
    """A picture that is drawn by its reader."""

    media_type = "image/svg+xml"


class Script(Response):
    """What a page runs."""

    media_type = "text/javascript"


@router.get("/s/{key}/qr.svg", response_class=Drawing)
async def code(key: str, request: Request, doors: TheDoors) -> Response:
    """Give the QR code of a survey's page."""
    if doors.survey(key) is None:
        raise Problem(404, "unknown_survey", "There is no such survey.")
    drawn = BytesIO()
    segno.make(f"{request.base_url}s/{key}", error="m").save(drawn, kind="svg", scale=8, border=2)
    return Drawing(drawn.getvalue())


@router.get("/widget.js", response_class=Script)
async def widget() -> Response:
    """Give the script that pages embed."""
    if not _WIDGET.exists():
        raise Problem(404, "no_widget", "The widget is not built: make widget.")
    headers = {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}
    return Script(_WIDGET.read_bytes(), headers=headers)
