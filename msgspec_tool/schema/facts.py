"""What the payload schema says about channels and addresses, asked of the schema itself: nothing is said twice."""

from __future__ import annotations

from functools import cache

from msgspec_tool.model import CHANNEL_ALIASES, CHANNELS
from msgspec_tool.schema.registry import bundled


def canonical(name: str) -> str | None:
    """The canonical name of a delivery channel, or None where there is no such channel."""
    name = CHANNEL_ALIASES.get(name, name)
    return name if name in CHANNELS else None


@cache
def identifier_keys() -> tuple[str, ...]:
    """Keys of a destination object that hold addresses, old spellings included."""
    properties = bundled("payload")["$defs"]["destination"]["properties"]
    return tuple(name for name, member in properties.items() if member.get("type") == "array")


@cache
def needs_appid() -> frozenset[str]:
    """Channels for which ``appid`` is mandatory."""
    parts = bundled("payload")["$defs"]
    return frozenset(channel for channel in CHANNELS if "appid" in parts[f"{channel}_message"].get("required", ()))


def takes_smartlinks() -> frozenset[str]:
    """Channels whose text can hold a smart link's placeholder."""
    return frozenset(bundled("payload")["$defs"]["smartlinks"]["x-channels"])
