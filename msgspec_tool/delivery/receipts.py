"""Delivery notifications, from the API or from a file, as what the ledger can compare: all channels' forms, read with patience."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from msgspec_tool.delivery.correlation import correlation_hash
from msgspec_tool.delivery.credentials import Secret
from msgspec_tool.errors import UnreadableError
from msgspec_tool.variables.timestamps import parse_timestamp

MAX_LINE = 1024 * 1024
ZONELESS = timedelta(hours=14)
"""A time without a zone may have been anywhere on earth: the latest instant that it can mean is taken."""

_PLATFORM_BEGAN = datetime(2000, 1, 1, tzinfo=timezone.utc)
_ZONED = re.compile(r"(?:[Zz]|[+-][0-9]{1,2}:?[0-9]{2})$", re.ASCII)
_ALGORITHMS = ("sha256", "sha512")


@dataclass(frozen=True)
class Receipt:
    """One notification about one address; ``at`` in Unix seconds, None where it has no time that can be read."""

    correlationid: str
    channel: str
    address: str
    code: str
    at: float | None
    transid: str

    def row(self, key: bytes) -> tuple[bytes, str, float | None, str]:
        """What the ledger keeps of it."""
        return correlation_hash(key, self.correlationid, self.channel, self.address), self.code, self.at, self.transid


def read_receipt(value: Any) -> Receipt | None:
    """A notification's envelope as data; None where it is none, or says nothing about an address of a correlation id."""
    envelope = value.get("deliveryInfoNotification") if isinstance(value, dict) else None
    information = envelope.get("deliveryInfo") if isinstance(envelope, dict) else None
    if not isinstance(envelope, dict) or not isinstance(information, dict):
        return None
    # the click of an in-app message has its ids inside deliveryInfo
    outer = {**information, **envelope}
    correlationid, address = (_text(source.get(name)) for source, name in ((outer, "correlationid"), (information, "destination")))
    code = _text(information.get("code"))
    if not correlationid or not address or not (code.isascii() and code.isdecimal() and len(code) <= 8):
        return None
    channel = _text(information.get("deliveryChannel")).lower()
    named = "rt" if channel == "appmessaging" else channel
    return Receipt(correlationid, named, address, code, _instant(_text(information.get("timeStamp"))), _text(outer.get("transid"))[:100])


def receipts_of_file(path: Path) -> Iterator[Receipt | None]:
    """The notifications of a JSON Lines file in order; None for a line that is none. Empty lines are left out."""
    try:
        with path.open("rb") as stream:
            while line := stream.readline(MAX_LINE):
                if line.strip():
                    yield read_receipt(_parsed(line))
    except OSError as error:
        words = f"the receipts '{path}' can't be read: {error.strerror or error}"
        raise UnreadableError(words, path=str(path), reason="unreadable") from error


def is_signed(secret: Secret, body: bytes, signature: str | None) -> bool:
    """Whether ``x-hub-signature`` (``sha256=HEX`` or ``sha512=HEX``, or the bare digest) is that of the body."""
    algorithm, _, digest = (signature or "").strip().lower().rpartition("=")
    for name in _ALGORITHMS if not algorithm else {algorithm} & set(_ALGORITHMS):
        known = hmac.new(secret.reveal().encode("utf-8"), body, getattr(hashlib, name)).hexdigest()
        if hmac.compare_digest(known.encode("ascii"), digest.encode("utf-8")):
            return True
    return False


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _instant(text: str) -> float | None:
    instant = parse_timestamp(text)
    if instant is None:
        return None
    latest = instant if _ZONED.search(text) else instant + ZONELESS
    # an earlier one is no time of this platform
    return latest.timestamp() if latest >= _PLATFORM_BEGAN else None
