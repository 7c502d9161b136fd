"""What a route is handed: the visit or the doors, the caller's token, key and role.

They are coroutines, though most wait for nothing: what is none goes through a thread each time.
"""

from typing import Annotated, cast

from fastapi import Depends, Header, Request

from api.service.doors import Doors, Rates, may_ask
from api.service.filing import Filing
from api.service.problems import Problem
from api.service.talking import Talks
from assistant.store import access
from assistant.store.access import AccessKey, Role
from assistant.store.surveys import Survey

_SHORTEST, _LONGEST = 8, 128


class Visit:
    """A public request: where it comes from, and what it may be answered with.

    Attributes:
        address: It is counted, and never stored.
        origin: The site of the page that sent it; None where no page did.
    """

    def __init__(self, request: Request) -> None:
        state = request.app.state
        self.doors, self.talks = cast(Doors, state.doors), cast(Talks, state.talks)
        self._rates = cast(Rates, state.rates)
        self.address = request.client.host if request.client else "nowhere"
        self.origin = request.headers.get("origin")
        self._own = f"{request.url.scheme}://{request.headers.get('host', '')}"

    def take(self, **others: str) -> None:
        """Count the request for its address, and for what else is named: survey, visitor.

        Raises:
            TooMany: One of them asks too often.
        """
        self._rates.take(address=self.address, **others)

    def survey(self, key: str) -> Survey:
        """Give a survey that this page may ask.

        Raises:
            Problem: There is none, it is closed, or it is not asked on this site.
        """
        found = self.doors.survey(key)
        if found is None or not found.is_open:
            raise Problem(404, "unknown_survey", "There is no such survey, or it is closed.")
        self.allow(found)
        return found

    def allow(self, survey: Survey) -> None:
        """Refuse a page that the survey is not asked on; what is no page is not refused.

        Raises:
            Problem: The survey is not asked there.
        """
        if self.origin and self.origin != self._own and not may_ask(survey, self.origin):
            raise Problem(403, "wrong_origin", f"This survey is not asked on {self.origin}.")


async def visit(request: Request) -> Visit:
    """Give the visit that a request is."""
    return Visit(request)


async def doors_of(request: Request) -> Doors:
    """Give the doors of this process."""
    return cast(Doors, request.app.state.doors)


async def filing_of(request: Request) -> Filing:
    """Give what files conversations and erases them from their studies."""
    return cast(Filing, request.app.state.filing)


async def bearer(authorization: Annotated[str, Header(max_length=200)] = "") -> str:
    """Give the token of `Authorization: Bearer …`."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Problem(401, "no_token", "Send Authorization: Bearer and the token.")
    return token.strip()


async def sender_key(idempotency_key: Annotated[str, Header(max_length=_LONGEST)] = "") -> str:
    """Give the key that what is sent twice is told by."""
    if len(idempotency_key) < _SHORTEST:
        raise Problem(400, "no_key", "Send Idempotency-Key with a UUID, the same for a repeat.")
    return idempotency_key


TheVisit = Annotated[Visit, Depends(visit)]
TheDoors = Annotated[Doors, Depends(doors_of)]
TheFiling = Annotated[Filing, Depends(filing_of)]
Token = Annotated[str, Depends(bearer)]
SenderKey = Annotated[str, Depends(sender_key)]


async def access_key(doors: TheDoors, secret: Token) -> AccessKey:
    """Give the access key of a private request."""
    key = await doors.read(lambda connection: access.find(connection, secret))
    if key is None:
        raise Problem(401, "unknown_key", "This access key is not valid.")
    return key


class Needs:
    """Demands a role of the caller."""

    def __init__(self, role: Role) -> None:
        self._role = role

    async def __call__(self, key: Annotated[AccessKey, Depends(access_key)]) -> AccessKey:
        """Give the caller's key where it is enough."""
        if not key.role.may(self._role):
            raise Problem(403, "wrong_role", f"This needs the role {self._role}.")
        return key


Viewer = Annotated[AccessKey, Depends(Needs(Role.VIEWER))]
Editor = Annotated[AccessKey, Depends(Needs(Role.EDITOR))]
Owner = Annotated[AccessKey, Depends(Needs(Role.OWNER))]
