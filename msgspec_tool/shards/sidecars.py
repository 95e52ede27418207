"""Sidecars: written beside a shard's files when those are complete, so that a repeat costs no more than to look."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, fields, replace
from typing import Any

from msgspec_tool.rendering.outcome import RenderCounts
from msgspec_tool.shards.contract import Kept, Shard, ShardResult
from msgspec_tool.storage.stores import Store

VERSION = 1


def write_sidecar(store: Store, shard: Shard, result: ShardResult) -> None:
    """Say that the files of a shard are there. They are, before this is called."""
    value = {
        "version": VERSION,
        "shard": asdict(shard),
        "content": asdict(result.content),
        "refused": asdict(result.refused),
        "counts": vars(result.counts),
    }
    store.write(_name(shard), json.dumps(value).encode())


def found_result(store: Store, shard: Shard) -> ShardResult | None:
    """What an earlier run made of a shard; None where there is no sidecar, or a file is not what its sidecar says."""
    data = store.read(_name(shard))
    result = None if data is None else _read(data, shard)
    if result is None or any(store.sha256(kept.name) != kept.sha256 for kept in (result.content, result.refused)):
        return None
    return replace(result, found=True)


def _name(shard: Shard) -> str:
    return f"{shard.name}.json"


def _read(data: bytes, shard: Shard) -> ShardResult | None:
    try:
        value = json.loads(data)
        if value["version"] != VERSION or value["shard"] != asdict(shard):
            return None
        return ShardResult(Kept(**value["content"]), Kept(**value["refused"]), _counts(value["counts"]))
    except (ValueError, KeyError, TypeError):
        return None


def _counts(value: dict[str, Any]) -> RenderCounts:
    """Counts as they were, with SMS parts as numbers again: keys of JSON are text."""
    known = {one.name: value[one.name] for one in fields(RenderCounts)}
    known["sms_parts"] = {int(parts): number for parts, number in known["sms_parts"].items()}
    read: dict[str, Any] = {name: Counter(found) if isinstance(found, dict) else int(found) for name, found in known.items()}
    return RenderCounts(**read)
