"""What a visitor holds: a token to go on with and a code to withdraw by, neither of them kept.

Both derive from the key that the opening was sent with, so that an opening which is sent twice
gives the same ones. They cannot be told from one another, nor from the key without the secret.
"""

import hashlib
import hmac
from base64 import b32encode, urlsafe_b64encode
from typing import NamedTuple

_LEAST = 16
"""Characters of an idempotency key, at the least: a UUID has 36."""


class Held(NamedTuple):
    """A token and a withdrawal code."""

    token: str
    withdrawal_code: str


def derive(secret: bytes, survey: str, key: str) -> Held:
    """Derive what the visitor who opened `survey` with `key` holds."""
    token, code = (_mac(secret, purpose, survey, key) for purpose in ("token", "withdrawal"))
    text = b32encode(code[:10]).decode()
    return Held(
        "ct_" + urlsafe_b64encode(token).decode().rstrip("="),
        "-".join(text[at : at + 4] for at in range(0, 16, 4)),
    )


def is_strong(key: str) -> bool:
    """Whether an opening's key is long enough not to be guessed."""
    return len(key) >= _LEAST


def written(code: str) -> str:
    """Read a withdrawal code as it was given out, however it was typed.

    Example:
        >>> written(" abcd efgh-ijkl mnop")
        'ABCD-EFGH-IJKL-MNOP'
    """
    plain = "".join(code.split()).replace("-", "").upper()
    return "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def is_signed(secret: str, visitor: str | None, signature: str | None) -> bool:
    """Whether the company's server vouches for a visitor's id."""
    if not visitor or not signature:
        return False
    expected = hmac.new(secret.encode(), visitor.encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.lower().encode())


def _mac(secret: bytes, *parts: str) -> bytes:
    return hmac.new(secret, "\x1f".join(parts).encode(), hashlib.sha256).digest()
