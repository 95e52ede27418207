"""What connects a delivery notification with an address of a plan without either being kept."""

from __future__ import annotations

import hashlib


def correlation_hash(key: bytes, correlationid: str, channel: str, address: str) -> bytes:
    """A keyed hash of (correlation id, channel, address); a phone number's ``+`` makes no difference, since notifications drop it."""
    text = "\0".join((correlationid, channel, address.removeprefix("+")))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=key, digest_size=16).digest()
