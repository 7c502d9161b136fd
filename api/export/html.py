"""The map as one page that needs nothing else: no server, no network, no account."""

import json
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api.export import curve, page, poster, words
from api.export.claims import Claims
from api.export.study import Facts, Study
from assistant.models import Draft, Evidence, Voice

Direction = Literal["ltr", "rtl", "auto"]

_HERE = Path(__file__).parent
_STYLES = ("tokens.css", "components.css", "page.css", "narrow.css", "print.css")


def write(
    draft: Draft,
    quotes: Mapping[str, Evidence],
    voices: Mapping[str, Voice],
    direction: Direction = "ltr",
    facts: Facts = Facts(),  # noqa: B008 (immutable)
) -> str:
    """Write the map as one page of HTML that opens every claim's quotes in their context.

    The page asks for nothing from anywhere, and its policy forbids it to: its style and script
    are its own, named by their hashes. Quotes are data to the script, never markup.

    Args:
        draft: What the map says.
        quotes: By id, in the order they are best read. Where it lacks some of a claim's quotes,
            the page says how many of how many it shows.
        voices: By id: at least the documents that are quoted.
        direction: How the page runs; each quote runs as its own letters do, whatever this says.
        facts: What to say of the whole study. Without it the page gives counts and no shares.
    """
    study = Study(draft, quotes, voices, facts)
    claims = Claims(study)
    line = curve.draw(draft.emotion_curve)
    style = Markup(_style(study, line))  # noqa: S704 (our own files and numbers)
    script = Markup(_read("page.js"))  # noqa: S704 (our own file)
    return _templates().get_template("page.html.j2").render(
        study=study, draft=draft, direction=direction, drawn=facts.drawn, curve=line,
        style=style, script=script, policy=_policy(style, script),
        icons=Markup(_read("icons.svg")),  # noqa: S704 (our own file)
        data=_data(claims, study), claims=claims.by_id, **_page(study),
    )  # fmt: skip


def _page(study: Study) -> dict[str, Any]:
    rows = page.rows(study)
    return {
        "heads": page.heads(study),
        "rows": rows,
        "n_unknown": page.unknown(rows),
        "loose": page.loose(study),
        "stage_names": {stage.id: stage.name for stage in study.draft.stages},
        "quoted": poster.quotes(study),
        "ranked": sorted(
            (theme for theme in study.draft.themes if theme.kind == "pain"),
            key=lambda theme: -theme.priority,
        ),
    }


@cache
def _templates() -> Environment:
    loader = FileSystemLoader(_HERE / "templates")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    made.trim_blocks = made.lstrip_blocks = True
    ours = {"t": words.WORDS, "words": words, "feeling": curve.feeling, "block": page.block}
    cast(dict[str, object], made.globals).update(ours)
    return made


def _style(study: Study, line: curve.Curve) -> str:
    """Join the style sheets and the places of this map's points.

    A style attribute would need a weaker policy, so what depends on the map is a rule as well.
    """
    places = [f".y-{at}{{--y:{spot.top:.2f}%}}" for at, spot in enumerate(line.spots) if spot]
    columns = f":root{{--n:{len(study.draft.stages)}}}"
    return "\n".join([*map(_read, _STYLES), columns, *places])


def _policy(style: str, script: str) -> str:
    return "; ".join((
        "default-src 'none'",
        f"style-src {_hash(style)}",
        f"script-src {_hash(script)}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ))  # fmt: skip


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _data(claims: Claims, study: Study) -> Markup:
    """Write the page's data as JSON that cannot end its own element, whatever a customer wrote."""
    data = {
        "words": words.WORDS,
        "counted": words.COUNTED,
        "kinds": words.KINDS,
        "strengths": words.STRENGTHS,
        "claims": claims.by_id,
        "quotes": claims.quotes,
        "documents": claims.documents,
        "masked": list(study.draft.masked),
        "personas": {one.id: one.name for one in study.draft.personas},
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)  # noqa: S704 (escaped above)


@cache
def _read(name: str) -> str:
    return (_HERE / "static" / name).read_text(encoding="utf-8")
