"""Tell webhooks of conversations that ended, off the way of any request.

Signed as Standard Webhooks has it: HMAC-SHA256, keyed by the webhook's secret, of the delivery's
id, the time and the body, with a full stop between each two.
"""

import asyncio
import datetime
import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from functools import partial

import httpx

from api.service.doors import Doors, now
from assistant.interviewing import Conversation
from assistant.store import webhooks
from assistant.store.session import Connection
from assistant.store.webhooks import Delivery, Due

_WAITS_S = (10, 60, 300, 1800, 7200, 21_600, 43_200, 86_400)
"""How long to wait after each attempt that failed; after as many it is given up: two days."""
_AT_ONCE = 20
_PATIENCE_S = 10.0
_KEPT = datetime.timedelta(days=30)
"""So long it is shown what arrived."""
_PREFIX = "whsec_"


class Delivering:
    """Sends what waits."""

    def __init__(
        self,
        doors: Doors,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], datetime.datetime] = now,
    ) -> None:
        """Send over the network, or by `transport`."""
        self._doors, self._transport, self._now = doors, transport, clock

    async def deliver(self) -> None:
        """Send everything that is due, some at a time, and forget what arrived long ago."""
        await self._doors.write(partial(webhooks.tidy, before=self._now() - _KEPT))
        take = partial(webhooks.take, now=self._now(), limit=_AT_ONCE)
        async with httpx.AsyncClient(transport=self._transport, timeout=_PATIENCE_S) as client:
            while due := await self._doors.write(take):
                await asyncio.gather(*(self._send(client, each) for each in due))

    async def _send(self, client: httpx.AsyncClient, due: Due) -> None:
        delivery, webhook = due
        headers = signed(webhook.secret, delivery, self._now())
        try:
            answer = await client.post(webhook.url, content=delivery.body, headers=headers)
            error = None if answer.is_success else f"answered {answer.status_code}"
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as failure:
            error = f"not reached: {type(failure).__name__}"
        await self._doors.write(partial(self._note, delivery=delivery, error=error))

    def _note(self, connection: Connection, delivery: Delivery, error: str | None) -> None:
        if error is None:
            webhooks.delivered(connection, delivery.id)
            return
        next_at = None
        if delivery.attempts < len(_WAITS_S):
            next_at = self._now() + datetime.timedelta(seconds=_WAITS_S[delivery.attempts])
        webhooks.failed(connection, delivery.id, error, next_at)


def signed(secret: str, delivery: Delivery, at: datetime.datetime) -> dict[str, str]:
    """Give the headers of a delivery, by which its receiver knows whose it is, and how old."""
    time = str(int(at.timestamp()))
    key = b64decode(secret.removeprefix(_PREFIX))
    content = f"{delivery.id}.{time}.{delivery.body}".encode()
    signature = b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
    return {
        "content-type": "application/json",
        "user-agent": "Throughline",
        "webhook-id": delivery.id,
        "webhook-timestamp": time,
        "webhook-signature": f"v1,{signature}",
    }


def ended(study: str, survey: str, conversation: Conversation) -> str:
    """Write what a webhook is told: that a conversation ended, and nothing that was said in it."""
    told = {
        "type": "conversation.ended",
        "study": study,
        "survey": survey,
        "conversation": conversation.id,
        "status": conversation.status,
        "questionnaire": conversation.questionnaire,
        "language": conversation.language,
    }
    return json.dumps(told)
