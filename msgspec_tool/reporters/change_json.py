"""The JSON report of a comparison, version 1: frozen, and published as ``schemas/v1/diff.schema.json``."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any

from msgspec_tool import __version__
from msgspec_tool.message_changes import ABSENT, MessageChange, MessageVersion, Review, SpecChange, Status, Unrendered, ValueChange
from msgspec_tool.reporters.json_v1 import diagnostic_value, place_value
from msgspec_tool.source.document import Plain, pointer


def change_json(review: Review, *, rule_set: int) -> str:
    """The report as text, indented; keys in the order of the schema. Lone surrogates are written as escapes."""
    return json.dumps(change_value(review, rule_set=rule_set), indent=2, ensure_ascii=True)


def change_value(review: Review, *, rule_set: int) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "version": 1,
        "tool": {"name": "msgspec-tool", "version": __version__, "rules": rule_set},
        "base": {"revision": review.base, "commit": review.commit},
        "summary": {
            "changed": review.count(Status.CHANGED),
            "added": review.count(Status.ADDED),
            "removed": review.count(Status.REMOVED),
            "unchanged": review.unchanged,
            "unrendered": sum(bool(one.unrendered) for one in review.changes) + len(review.failures),
            "breaking": review.broken,
            "dearer": review.dearer,
        },
        "failures": [{"path": one.path, "reason": one.reason, "message": one.message} for one in review.failures],
        "specs": [_spec(one) for one in review.changes],
    }


def _spec(change: SpecChange) -> dict[str, Any]:
    return {
        "path": change.path,
        "name": change.name,
        "status": change.status.value,
        "before_path": None if change.status is Status.ADDED else change.before_path,
        "through": list(change.through),
        "breaking": [diagnostic_value(one) for one in change.breaking],
        "costs": [diagnostic_value(one) for one in change.costs],
        "recipients": {"before": change.reached.before, "after": change.reached.after},
        "unrendered": [_unrendered(one) for one in change.unrendered],
        "unchanged": change.unchanged,
        "messages": [_message(one) for one in change.messages],
    }


def _unrendered(one: Unrendered) -> dict[str, Any]:
    span = one.place.key_span if one.place is not None else None
    return {
        "side": "before" if one.before else "after",
        "sample": one.sample,
        "message": one.message,
        "help": one.help,
        "path": one.place.file.path if one.place is not None else None,
        "start": place_value(one.place.file, span.start) if one.place is not None and span is not None else None,
        "end": place_value(one.place.file, span.end) if one.place is not None and span is not None else None,
        "diagnostics": [diagnostic_value(diagnostic) for diagnostic in one.diagnostics],
    }


def _message(change: MessageChange) -> dict[str, Any]:
    return {
        "channel": change.channel,
        "sample": change.sample,
        "generated": change.is_generated,
        "other_data": change.has_other_data,
        "before": _version(change.before),
        "after": _version(change.after),
        "changes": [_value(one) for one in change.values],
    }


def _version(version: MessageVersion | None) -> dict[str, Any] | None:
    if version is None:
        return None
    content, sms = version.content, version.sms
    return {
        "sender": version.sender,
        "expiry": _json(content.get("expiry")),
        "priority": _json(content.get("priority")),
        "route": _json(content.get("route")),
        "links": list(version.links),
        "sms": {"encoding": sms.encoding, "units": sms.units, "parts": sms.parts} if sms is not None else None,
        "content": _json(content),
    }


def _value(value: ValueChange) -> dict[str, Any]:
    sides = {name: _json(one) for name, one in (("before", value.before), ("after", value.after)) if one is not ABSENT}
    return {"pointer": pointer(value.path), **sides}


def _json(value: Plain) -> Plain:
    """A value as JSON has it: YAML's infinities become text."""
    if isinstance(value, list):
        return [_json(item) for item in value]
    if isinstance(value, dict):
        return {key: _json(item) for key, item in value.items()}
    return str(value) if isinstance(value, float) and not isfinite(value) else value
