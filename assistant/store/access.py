"""Access keys and the service's secret. A key is shown once, when it is made, and kept hashed."""

import datetime
import hashlib
import secrets as random
from enum import StrEnum

from sqlalchemy import Connection, Engine, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from assistant.store.service_tables import access_keys, secrets
from ingestion.models import Record

_SECRET = "service"  # noqa: S105 - its name, not its value


class Role(StrEnum):
    """What somebody may do; each may do what those before it may."""

    VIEWER = "viewer"
    EDITOR = "editor"
    OWNER = "owner"

    def may(self, needed: "Role") -> bool:
        """Whether this role is enough where `needed` is asked for."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(needed)


class AccessKey(Record):
    """Who may use the private routes, and for what."""

    id: str
    name: str
    role: Role


def hashed(secret: str) -> str:
    """Hash a secret of 80 random bits or more: for so many, one round of SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def make(connection: Connection, name: str, role: Role) -> tuple[str, AccessKey]:
    """Make an access key, and give its one and only copy."""
    secret = f"jk_{random.token_urlsafe(32)}"
    key = AccessKey(id=f"ak_{random.token_hex(6)}", name=name, role=role)
    row = key.model_dump() | {"hash": hashed(secret), "created_at": _now(), "revoked_at": None}
    connection.execute(insert(access_keys), [row])
    return secret, key


def find(connection: Connection, secret: str) -> AccessKey | None:
    """Give the access key of a secret, None where there is none or it was revoked."""
    columns = [access_keys.c[name] for name in AccessKey.model_fields]
    found = select(*columns).where(
        access_keys.c.hash == hashed(secret), access_keys.c.revoked_at.is_(None)
    )
    row = connection.execute(found).mappings().first()
    return AccessKey.model_validate(dict(row)) if row else None


def listed(connection: Connection) -> tuple[AccessKey, ...]:
    """Give every access key that is valid, oldest first."""
    columns = [access_keys.c[name] for name in AccessKey.model_fields]
    found = select(*columns).where(access_keys.c.revoked_at.is_(None))
    rows = connection.execute(found.order_by(access_keys.c.created_at)).mappings()
    return tuple(AccessKey.model_validate(dict(row)) for row in rows)


def revoke(connection: Connection, id: str) -> bool:
    """End an access key, and tell whether there was one."""
    valid = update(access_keys).where(access_keys.c.id == id, access_keys.c.revoked_at.is_(None))
    return bool(connection.execute(valid.values(revoked_at=_now())).rowcount)


def count(connection: Connection) -> int:
    """Count the access keys, revoked ones too."""
    return connection.execute(select(func.count()).select_from(access_keys)).scalar_one()


def service_secret(engine: Engine) -> bytes:
    """Give the secret that tokens derive from; it is made once, whoever comes first."""
    kept = select(secrets.c.value).where(secrets.c.name == _SECRET)
    with engine.connect() as connection:
        value = connection.execute(kept).scalar_one_or_none()
    if value is not None:
        return bytes.fromhex(value)
    try:
        with engine.begin() as connection:
            row = {"name": _SECRET, "value": random.token_hex(32)}
            connection.execute(insert(secrets), [row])
    except IntegrityError:  # another process was first
        pass
    return service_secret(engine)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
