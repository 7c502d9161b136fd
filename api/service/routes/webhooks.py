"""Webhooks: where it is told that a conversation ended, and what became of each telling."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import Field, HttpUrl

from api.service.dependencies import Owner, TheDoors
from api.service.pages import Limit
from api.service.problems import Problem
from api.service.views import Body
from assistant.store import studies, webhooks
from assistant.store.session import Connection
from assistant.store.webhooks import Delivery, State, Webhook

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])

WebhookId = Annotated[str, Path(max_length=64, description="As the list gives it: wh_…")]
DeliveryId = Annotated[str, Path(max_length=64, description="As the list gives it: dl_…")]
Wished = Annotated[State | None, Query(description="Only those in this state.")]


class Wanted(Body):
    """Where to tell of the conversations of a study.

    Attributes:
        url: It is sent to whatever this leads to from where the service runs.
    """

    study: str = Field(max_length=64)
    url: HttpUrl


@router.post("", status_code=201, summary="Make a webhook")
async def make(wanted: Wanted, doors: TheDoors, caller: Owner) -> Webhook:
    """Make a webhook. The answer shows the secret that deliveries are signed with, this once."""

    def write(to: Connection) -> Webhook:
        if not studies.listed(to, wanted.study):
            raise Problem(404, "unknown_study", "There is no such study.")
        return webhooks.make(to, wanted.study, str(wanted.url))

    return await doors.act(caller.id, "webhook.made", write, lambda made: made.id)


@router.get("", summary="List the webhooks")
async def listed(doors: TheDoors, _: Owner) -> list[Webhook]:
    """Give every webhook, without its secret."""
    found = await doors.read(webhooks.listed)
    return [each.model_copy(update={"secret": ""}) for each in found]


@router.delete("/{id}", status_code=204, summary="Remove a webhook")
async def remove(id: WebhookId, doors: TheDoors, caller: Owner) -> None:
    """Remove a webhook, and what waits to be sent to it."""

    def write(to: Connection) -> None:
        if not webhooks.remove(to, id):
            raise Problem(404, "unknown_webhook", "There is no such webhook.")

    await doors.act(caller.id, "webhook.removed", write, lambda _: id)


@router.get("/{id}/deliveries", summary="List deliveries")
async def deliveries(
    id: WebhookId, doors: TheDoors, _: Owner, state: Wished = None, limit: Limit = 50
) -> tuple[Delivery, ...]:
    """Give what was told to a webhook, newest first; `state=dead` for what was given up."""

    def read(to: Connection) -> tuple[Delivery, ...]:
        if not webhooks.listed(to, id):
            raise Problem(404, "unknown_webhook", "There is no such webhook.")
        return webhooks.of_webhook(to, id, state, limit)

    return await doors.read(read)


@router.post("/{id}/deliveries/{delivery}/resend", status_code=202, summary="Send again")
async def resend(id: WebhookId, delivery: DeliveryId, doors: TheDoors, caller: Owner) -> None:
    """Have a delivery be sent once more, with all its attempts, whatever became of it."""

    def write(to: Connection) -> None:
        if not webhooks.send_again(to, id, delivery):
            raise Problem(404, "unknown_delivery", "There is no such delivery.")

    await doors.act(caller.id, "delivery.resent", write, lambda _: delivery)
