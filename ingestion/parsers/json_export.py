"""Read transcripts that speech recognisers, meeting tools and data sets write as JSON.

No service's name is looked for. Somewhere in the file there is a list whose items say something
and mostly say who: Whisper's `segments`, Rev's `monologues`, Deepgram's and AssemblyAI's
`utterances`, `meeting_transcripts` of QMSum, `messages` of a chat. A file may hold many of them.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

from ingestion import decoding
from ingestion.errors import MalformedSource
from ingestion.models import Role, Turn
from ingestion.speech import cues, names
from ingestion.speech.cues import Cue
from ingestion.speech.labels import stamp_ms

Object = Mapping[str, object]


def _keys(names: str) -> tuple[str, ...]:
    return tuple(names.split())


_LISTS = _keys("""
utterances monologues segments audio_segments meeting_transcripts turns dialogue dialog transcript
transcripts transcription messages conversation paragraphs sentences entries words
""")
_WRAPPERS = _keys("results result data response output channels alternatives")
_MANY = _keys("conversations dialogues dialogs interviews meetings transcripts data results")
_TEXTS = _keys("""
punctuated_word text content transcript utterance value sentence message body word
sentences elements
""")
_SPEAKERS = _keys("""
speaker speaker_name speakerName speakerDisplayName speaker_label role author from sender name
speaker_id speakerId user participant
""")
_STARTS = _keys("start start_ms start_time startTime startOffset ts offset")
_ENDS = _keys("end end_ms end_time endTime endOffset end_ts")
_IDS = _keys("""
id conversation conversation_id conversationId dialogue_id dialog_id interview interview_id
transcript_id meeting_id session_id
""")
_RECORD_KEYS = frozenset(
    _keys("subject priority ticket_id rating stars score comments conversation_parts solved_at")
)
_HINT = re.compile(rf'"(?:{"|".join({*_LISTS, *_SPEAKERS})})"\s*:')
_ENOUGH = 0.8
_MAX_DEPTH = 5


class Dialogue(NamedTuple):
    """One conversation of a file.

    Attributes:
        id: As the file names it, else its place, counted from 1.
        participant: The customer, where the file names one beside the turns.
    """

    id: str
    turns: tuple[Turn, ...]
    participant: str = ""


def recognises(head: str) -> bool:
    """Whether it is JSON whose keys may be those of a conversation: `dialogues` decides."""
    return head.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") and bool(_HINT.search(head))


def parse(data: bytes) -> tuple[Turn, ...]:
    """Turn a JSON file that holds one conversation into turns.

    Raises:
        MalformedSource: It is not JSON, with the line, or holds no conversation, or many.
    """
    found = dialogues(data)
    if len(found) != 1:
        raise MalformedSource(f"expected one conversation, with speakers, and found {len(found)}")
    return found[0].turns


def dialogues(data: bytes) -> tuple[Dialogue, ...]:
    """Find the conversations of a JSON or JSON lines file: none if it holds other things.

    Raises:
        MalformedSource: It is not JSON, with the line.
    """
    values = _load(decoding.decode(data)[0])
    whole = values[0] if len(values) == 1 else values
    if said := _said_in(whole):
        return (Dialogue(_id(whole, 1), _turns(said), _participant(whole)),)
    return tuple(
        Dialogue(_id(item, place), _turns(said), _participant(item))
        for place, item in enumerate(_many(whole), start=1)
        if (said := _said_in(item))
    )


def _load(text: str) -> list[object]:
    """The value of a JSON file, or those of JSON lines."""
    try:
        return [json.loads(text)]
    except RecursionError as error:
        raise MalformedSource("nested too deeply") from error
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            raise MalformedSource(f"not JSON: {error.msg}", error.lineno) from error
    except ValueError as error:
        raise MalformedSource(f"not JSON: {error}") from error
    lines = enumerate(text.split("\n"), start=1)
    return [_load_line(line, number) for number, line in lines if line.strip()]


def _load_line(line: str, number: int) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise MalformedSource(f"not JSON: {error}", number) from error


def _many(whole: object) -> Sequence[object]:
    """The items of a file that holds many conversations."""
    if isinstance(whole, list):
        return cast("list[object]", whole)
    if isinstance(whole, dict):
        inner = (cast("Object", whole).get(key) for key in _MANY)
        lists = (cast("list[object]", value) for value in inner if isinstance(value, list))
        return next(lists, ())
    return ()


def _said_in(value: object, depth: int = 0) -> Sequence[Object]:
    """The items that make up the conversation that `value` holds, () if it holds none."""
    if isinstance(value, list):
        return _conversation(cast("list[object]", value), is_named=False)
    if not isinstance(value, dict) or depth > _MAX_DEPTH:
        return ()
    holder = cast("Object", value)
    if not _RECORD_KEYS.isdisjoint(holder):
        return ()
    named = (_inner(holder.get(key), depth) for key in _LISTS)
    wrapped = (_wrapped(holder.get(key), depth) for key in _WRAPPERS)
    return next(filter(None, [*wrapped, *named]), ())


def _inner(value: object, depth: int) -> Sequence[Object]:
    if isinstance(value, list):
        return _conversation(cast("list[object]", value), is_named=True)
    return _said_in(value, depth + 1)


def _wrapped(value: object, depth: int) -> Sequence[Object]:
    """What a wrapper holds; of a list of channels or alternatives the first counts."""
    if not isinstance(value, list):
        return _said_in(value, depth + 1)
    items = cast("list[object]", value)
    return _said_in(items[0] if len(items) == 1 else items, depth + 1)


def _conversation(items: list[object], *, is_named: bool) -> Sequence[Object]:
    """The items, if nearly all say something and say who or when, as records do not.

    A list without a telling name is one only if its speakers come back.
    """
    said = [cast("Object", item) for item in items if isinstance(item, dict)]
    said = [item for item in said if _words(item).strip()]
    spoken = [item for item in said if _speaker(item) or _time(item, _STARTS) is not None]
    if not said or len(spoken) < _ENOUGH * len(items) or any(map(_is_record, said)):
        return ()
    speakers = [speaker for item in said if (speaker := _speaker(item))]
    return said if is_named or 1 < len(set(speakers)) * 2 <= len(speakers) else ()


def _is_record(item: Object) -> bool:
    return not _RECORD_KEYS.isdisjoint(item)


def _turns(said: Sequence[Object]) -> tuple[Turn, ...]:
    turns = cues.turns(_cue(item) for item in said)
    roles = _roles(said)
    return tuple(
        turn.model_copy(update={"role": roles[turn.speaker]}) if turn.speaker in roles else turn
        for turn in turns
    )


def _cue(item: Object) -> Cue:
    return Cue(_words(item), _speaker(item), _time(item, _STARTS), _time(item, _ENDS))


def _roles(said: Sequence[Object]) -> dict[str | None, Role]:
    """The roles, other than the customer's, that the items give beside the names."""
    given = ((_speaker(item), item.get("role") or item.get("author_role")) for item in said)
    found = ((name, names.role(role)) for name, role in given if isinstance(role, str))
    return {name: role for name, role in found if role and role != Role.CUSTOMER}


def _words(item: Object) -> str:
    """What an item says; what a recogniser cut into words or sentences is put together."""
    for key in _TEXTS:
        value = item.get(key)
        if isinstance(value, str):
            return _sound(value)
        if isinstance(value, list):
            parts = [cast("Object", part) for part in cast("list[object]", value)
                     if isinstance(part, dict)]  # fmt: skip
            return ("" if key == "elements" else " ").join(map(_piece, parts))
    return ""


def _piece(part: Object) -> str:
    found = (part.get(key) for key in _TEXTS)
    return next((_sound(text) for text in found if isinstance(text, str)), "")


def _sound(text: str) -> str:
    """JSON can spell half a character; it is shown as unreadable, as everywhere."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _speaker(item: Object) -> str | None:
    for key in _SPEAKERS:
        value = item.get(key)
        if isinstance(value, dict):
            return _speaker(cast("Object", value))
        if isinstance(value, int) and not isinstance(value, bool):
            return f"Speaker {value}"
        if isinstance(value, str) and value.strip():
            name = " ".join(_sound(value).split())
            return f"Speaker {name}" if re.fullmatch(r"\d+|[A-H]", name) else name
    return None


def _time(item: Object, keys: Sequence[str]) -> int | None:
    """Milliseconds; a fraction or a small number is seconds, as recognisers write them."""
    for key in keys:
        value = item.get(key)
        if isinstance(value, str):
            return stamp_ms(value) if ":" in value else None
        if isinstance(value, int | float) and 0 <= value < 1e9:
            is_ms = isinstance(value, int) and (key.endswith("_ms") or value > 10_000)
            return int(value if is_ms else value * 1000)
    return None


def _id(value: object, place: int) -> str:
    found = (cast("Object", value).get(key) for key in _IDS) if isinstance(value, dict) else ()
    named = (str(name) for name in found if isinstance(name, str | int) and str(name).strip())
    return next((_sound(name).strip() for name in named), str(place))


def _participant(value: object) -> str:
    found = cast("Object", value).get("participant") if isinstance(value, dict) else None
    return _sound(found) if isinstance(found, str) else ""
