"""Who may send: the service's one key, or a token that is signed with it."""

from __future__ import annotations

import hmac
import time
from collections.abc import Mapping

from msgspec_tool.sandbox.codes import Answered, answered

KEY_PREFIX = "sandbox-"
"""How service keys of the sandbox begin: no other one may come here, and none of them go elsewhere."""


def unauthorised(headers: Mapping[str, str], key: str) -> Answered | None:
    """Why a request may not send (7002 without a key, 7001 with another one); None where it may. ``headers`` by their lower-case names."""
    bearer = headers.get("authorization", "")
    if bearer.lower().startswith("bearer "):
        return None if _is_ours(bearer[7:].strip(), key) else answered("7001")
    given = headers.get("key")
    if given is None:
        return answered("7002")
    return None if hmac.compare_digest(given.encode(), key.encode()) else answered("7001")


def _is_ours(token: str, key: str) -> bool:
    """A token whose service id is the key, signed with the key's bytes (the secret is their base64), at most 60 minutes old."""
    import jwt

    try:
        claims = jwt.decode(token, _signing_key(key), algorithms=["HS256"], options={"require": ["iss", "iat"]}, leeway=60)
    except jwt.InvalidTokenError:
        return False
    return claims["iss"] == key and time.time() - float(claims["iat"]) <= 3600


def _signing_key(key: str) -> bytes:
    # HS256 wants 32 bytes; the service secret is their base64
    return key.encode().ljust(32, b"\0")
