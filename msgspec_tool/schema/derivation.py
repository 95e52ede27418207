"""The spec's schema, derived from the request body's: what the API says is said once.

``python -m msgspec_tool.schema.derivation`` writes ``spec.schema.json`` into the checkout; a test shows that the
committed file is what this module makes.

A field of the API becomes templatable by ``if: a template string / then: anything / else: the API's own constraint``, so
that a wrong literal gives one plain error and editors still complete the values.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec_tool.channels.layout import ALL_IDENTIFIERS
from msgspec_tool.model import CHANNELS
from msgspec_tool.resources import schema as load
from msgspec_tool.schema.language import SKELETON

Schema = dict[str, Any]

_TEMPLATE = {"$ref": "#/$defs/template"}
_FILES = ("notification", *CHANNELS)
_API_KEYS = ("appid", "message", "route", "correlationid", "notifyurl", "notifyurlAuthId", "callbackData", "options", "contactPolicy")
_KEPT = ("description", "title", "deprecated", "errorMessage")


def spec_schema() -> Schema:
    """The JSON Schema of a spec, complete in one file so that every editor can use it."""
    payload = load("payload.schema.json")
    message = payload["$defs"]["message"]
    derived: Schema = json.loads(json.dumps(SKELETON))
    definitions: Schema = derived["$defs"]
    for name in ("smartlinks", "contactPolicy"):
        definitions[name] = templatable(payload["$defs"][name], "payload")
    for file in _FILES:
        _add_channel_file(definitions, file)
    properties: Schema = derived["properties"]
    for key in _API_KEYS:
        properties[key] = templatable(message["properties"][key], "payload")
    _name_channels(properties["deliverychannel"], message["properties"]["deliverychannel"]["enum"])
    properties["channels"]["properties"] = {
        **{channel: {"$ref": f"#/$defs/{channel}"} for channel in CHANNELS},
        "appmessaging": {"$ref": "#/$defs/rt"},
        "smartlinks": {"$ref": "#/$defs/smartlinks"},
    }
    _add_destinations(definitions, payload["$defs"]["destination"]["properties"])
    derived["allOf"] = [templatable_branch(message["allOf"][-1])]
    return derived


def _add_channel_file(definitions: Schema, file: str) -> None:
    loaded = load(f"channels/{file}.schema.json")
    for name, definition in loaded.get("$defs", {}).items():
        definitions[f"{file}.{name}"] = templatable(definition, file)
    if "properties" not in loaded:
        return
    block = templatable({key: value for key, value in loaded.items() if key not in ("$schema", "$defs")}, file)
    members = block["else"]["properties"]
    members["appid"] = {"description": "Id of the app asset for this channel; wins over the one at the top.", "type": ["string", "integer"]}
    members["smartlinks"] = {"$ref": "#/$defs/smartlinks"}
    # a block is a mapping: there is no single expression for a whole channel
    definitions[file] = block["else"] | {key: block[key] for key in _KEPT if key in block}


def _name_channels(deliverychannel: Schema, names: list[str]) -> None:
    deliverychannel["else"]["then"]["items"]["enum"] = names
    deliverychannel["else"]["else"]["enum"] = names


def _add_destinations(definitions: Schema, api: Schema) -> None:
    for name, addresses in (("destination", _addresses), ("recipients", _address_template)):
        members = definitions[name]["properties"]
        for key in (*ALL_IDENTIFIERS, "wechatid"):
            members[key] = addresses(api[key])
        members["correlationid"] = templatable(api["correlationid"], "payload")


def _addresses(api: Schema) -> Schema:
    text = {"type": ["string", "integer"]}
    return {"description": api["description"], "if": {"type": "array"}, "then": {"items": text}, "else": text}


def _address_template(api: Schema) -> Schema:
    return {"description": api["description"] + " A template over the columns of the recipients file.", "type": ["string", "integer"]}


# --- one constraint -----------------------------------------------------------------------------------------------------


def templatable(schema: Schema, file: str) -> Schema:
    """The spec's form of an API field: its own constraint, or a template."""
    if "$ref" in schema:
        return {**_kept(schema), "$ref": _moved(schema["$ref"], file)}
    constraint = _constraint(schema, file)
    kept = _kept(constraint)
    if constraint.get("type") == ["string", "integer"] and len(constraint) == len(kept) + 1:
        return constraint
    rest = {key: value for key, value in constraint.items() if key not in ("description", "title", "deprecated")}
    return {**{key: value for key, value in kept.items() if key != "errorMessage"}, "if": _TEMPLATE, "then": {}, "else": rest}


def templatable_branch(schema: Schema) -> Schema:
    """A condition over a whole message, for a spec: the API's ``deliverychannel`` test falls away where the block's key decides."""
    condition = {key: value for key, value in schema["if"].items() if key == "not"}
    return {"if": condition, "then": _applied(schema["then"], "payload")}


def _kept(schema: Schema) -> Schema:
    return {key: schema[key] for key in _KEPT if key in schema}


def _moved(reference: str, file: str) -> str:
    target, _, pointer = reference.partition("#")
    file = target.removeprefix("channels/").removesuffix(".schema.json") or file
    name = pointer.removeprefix("/$defs/")
    return f"#/$defs/{name}" if file == "payload" else f"#/$defs/{file}.{name}" if name else f"#/$defs/{file}"


def _with_integers(values: list[Any]) -> list[Any]:
    """Digits may be written without quotes in a spec."""
    integers = [int(value) for value in values if isinstance(value, str) and value.isdigit()]
    return [*values, *(value for value in integers if value not in values)]


def _constraint(schema: Schema, file: str) -> Schema:
    made: Schema = {}
    for keyword, value in schema.items():
        made[keyword] = _KEYWORDS.get(keyword, _same)(value, file)
    if made.get("type") == "string" and ("enum" not in made or any(isinstance(value, int) for value in made["enum"])):
        made["type"] = ["string", "integer"]
    return made


def _applied(schema: Schema, file: str) -> Schema:
    """A subschema that is laid over a value that another one describes: conditions, ``then``, ``allOf`` members."""
    if "$ref" in schema:
        return templatable(schema, file)
    return {keyword: _OVERLAID.get(keyword, _KEYWORDS.get(keyword, _same))(value, file) for keyword, value in schema.items()}


def _same(value: Any, _file: str) -> Any:
    return value


def _members(value: Schema, file: str) -> Schema:
    return {name: templatable(member, file) for name, member in value.items()}


def _overlaid_members(value: Schema, file: str) -> Schema:
    return {name: _overlay(member, file) for name, member in value.items()}


def _overlay(schema: Schema, file: str) -> Schema:
    if "$ref" in schema or "const" in schema or "enum" in schema:
        return templatable(schema, file)
    if "description" in schema:
        return templatable(schema, file)
    return _applied(schema, file)


def _condition(value: Schema, _file: str) -> Schema:
    """Conditions test literal values; ``"3"`` and ``3`` are the same in a spec."""
    return {keyword: _tests(member) if keyword == "properties" else member for keyword, member in value.items()}


def _tests(members: Schema) -> Schema:
    tests: Schema = {}
    for name, member in members.items():
        values = _with_integers([member["const"]] if "const" in member else member["enum"])
        tests[name] = {"enum": values} if len(values) > 1 else {"const": values[0]}
    return tests


_KEYWORDS: dict[str, Callable[[Any, str], Any]] = {
    "properties": _members,
    "items": templatable,
    "enum": lambda value, _file: _with_integers(value),
    "if": _condition,
    "then": _applied,
    "else": _applied,
    "allOf": lambda value, file: [_applied(member, file) for member in value],
    "anyOf": lambda value, _file: value,
    "additionalProperties": lambda value, file: value if isinstance(value, bool) else templatable(value, file),
}
_OVERLAID: dict[str, Callable[[Any, str], Any]] = {"properties": _overlaid_members, "items": _overlay}


def main() -> None:  # pragma: no cover - writes into a checkout; what it writes is tested
    """Write the derived schema into the checkout."""
    target = Path(__file__).resolve().parent.parent.parent / "schemas" / "v1" / "spec.schema.json"
    target.write_text(json.dumps(spec_schema(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":  # pragma: no cover - run by hand
    main()
