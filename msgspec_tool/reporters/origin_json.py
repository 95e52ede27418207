"""The answer of ``why`` as JSON, version 1."""

from __future__ import annotations

import json
from typing import Any

from msgspec_tool import __version__
from msgspec_tool.origins import Datum, Made, Origin, Print, Written
from msgspec_tool.reporters.json_v1 import place_value


def origin_json(origin: Origin) -> str:
    """The answer as text, indented. Lone surrogates are written as escapes."""
    return json.dumps(origin_value(origin), indent=2, ensure_ascii=True)


def origin_value(origin: Origin) -> dict[str, Any]:
    """The answer as plain data."""
    return {
        "version": 1,
        "tool": {"name": "msgspec-tool", "version": __version__},
        "pointer": origin.pointer,
        "offset": origin.offset,
        "character": origin.character or None,
        "recipient": origin.recipient,
        "channel": origin.channel,
        "length": origin.length,
        "made": _made(origin.made) if origin.made else None,
        "prints": [_print(one) for one in origin.prints],
    }


def _print(one: Print) -> dict[str, Any]:
    return {
        "start": one.start,
        "end": one.start + len(one.text),
        "text": None if one.masked else one.text,
        "place": _written(one.place),
        "tag": one.tag,
        "reads": list(one.reads),
        "data": [_datum(datum) for datum in one.data],
        "callers": [_written(caller) for caller in one.callers],
    }


def _datum(datum: Datum) -> dict[str, Any]:
    return {
        "name": datum.name,
        "kind": datum.kind,
        "words": datum.words,
        "value": datum.value,
        "masked": datum.masked,
        "place": _written(datum.place) if datum.place else None,
        "through": [_datum(one) for one in datum.through],
    }


def _made(made: Made) -> dict[str, Any]:
    return {"words": made.words, "place": _written(made.place) if made.place else None}


def _written(written: Written) -> dict[str, Any]:
    file, span = written.file, written.span
    return {"path": file.path, "start": place_value(file, span.start), "end": place_value(file, span.end)}
