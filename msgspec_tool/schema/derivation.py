"""The spec schema, derived from the payload schema: what the API takes is said once.

``python -m msgspec_tool.schema.derivation [FOLDER]`` writes ``spec.schema.json`` and the fast validators.

A spec is the payload with three differences: channels are keyed by name, every string may be a template, and integers
may be written plainly where the API wants digits in a string. What is the tool's own stands in ``spec_skeleton.json``.
"""

from __future__ import annotations

import json
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

from msgspec_tool.model import CHANNELS
from msgspec_tool.schema.facts import identifier_keys, needs_appid, takes_smartlinks
from msgspec_tool.schema.registry import Schema, assembled

IS_TEMPLATE: Schema = {"type": "string", "pattern": "\\{[{%#]"}
"""A string that Jinja would change."""

_KEPT = ("description", "deprecated", "x-instead", "x-expected", "x-withdrawn", "required", "additionalProperties")
_VALUES = ("enum", "const", "pattern")
_OWN_FORM = ("deliverychannel", "destination", "channels", "priority", "expiry")


def spec_schema() -> Schema:
    """The whole schema of the spec language."""
    api: Schema = assembled("payload")["$defs"]
    spec: Schema = json.loads(Path(__file__).with_name("spec_skeleton.json").read_text(encoding="utf-8"))
    message = api["message"]["properties"]
    properties, parts = spec["properties"], spec["$defs"]
    properties["deliverychannel"] = _deliverychannel()
    properties["expiry"] = _expiry(message["expiry"])
    properties["priority"] = {
        "description": "low, medium or high (or 1, 2, 3). In-app messages take 1 to 5.",
        "type": ["string", "integer"],
    }
    properties |= {name: templatable(member) for name, member in message.items() if name not in _OWN_FORM}
    properties["channels"] = _channels()
    properties["destination"] = _destination()
    parts["recipients"]["properties"] |= {name: templatable(member["items"]) for name, member in _identifiers(api)}
    parts["recipients"]["properties"]["correlationid"] = templatable(api["destination"]["properties"]["correlationid"])
    parts["addresses"]["properties"] |= {name: _address(member) for name, member in _identifiers(api)}
    parts["addresses"]["properties"]["correlationid"] = templatable(api["destination"]["properties"]["correlationid"])
    parts |= _parts(api)
    spec["allOf"] = [templatable(api["content_required"]), templatable(api["sms_text"]), _priority(api)]
    return spec


def templatable(schema: Schema) -> Schema:
    """The form of a payload schema in which strings may be templates and digits may be written as integers."""
    out: Schema = {key: deepcopy(schema[key]) for key in _KEPT if key in schema}
    if "$ref" in schema:
        out["$ref"] = schema["$ref"]
    if "properties" in schema:
        out["properties"] = {name: templatable(member) for name, member in schema["properties"].items()}
    if "items" in schema:
        out["items"] = templatable(schema["items"])
    branches = [templatable(part) for part in schema.get("allOf", ())] + _branches(schema)
    if len(branches) == 1 and "if" not in out:
        out |= branches[0]
    elif branches:
        out["allOf"] = branches
    return out | _scalar(schema)


def _scalar(schema: Schema) -> Schema:
    """``type`` and the constraints on values, with templates let through."""
    declared = schema.get("type")
    if declared is None:
        return {}
    types = [declared] if isinstance(declared, str) else list(declared)
    if "string" not in types:
        return {"type": [*types, "string"], "pattern": "^[ \\t\\r\\n]*\\{\\{", "x-template": True}
    out: Schema = {"type": types if "integer" in types else [*types, "integer"]}
    constraints = {key: schema[key] for key in _VALUES if key in schema}
    if constraints:
        if "enum" in constraints:
            constraints["enum"] = _with_integers(constraints["enum"])
        out |= {
            "if": IS_TEMPLATE,
            "then": True,
            "else": constraints | {key: schema[key] for key in ("x-expected", "x-withdrawn") if key in schema},
        }
    return out


def _with_integers(options: list[Any]) -> list[Any]:
    integers = [int(option) for option in options if isinstance(option, str) and option.isdigit()]
    return [*options, *(number for number in integers if not any(type(option) is int and option == number for option in options))]


def _branches(schema: Schema) -> list[Schema]:
    """``then`` where the condition surely holds, ``else`` where it surely does not: a template may be either."""
    out: list[Schema] = []
    if "then" in schema:
        out.append({"if": condition(schema["if"], certain=True), "then": templatable(schema["then"])})
    if "else" in schema:
        out.append({"if": condition(schema["if"], certain=False), "then": True, "else": templatable(schema["else"])})
    return out


def condition(schema: Schema, *, certain: bool) -> Schema:
    """A condition that holds for sure (``certain``), or that may hold once templates are rendered."""
    out: Schema = {}
    for key, part in schema.items():
        if key == "properties":
            out[key] = {name: condition(member, certain=certain) for name, member in part.items()}
        elif key == "not":
            out[key] = condition(part, certain=not certain)
        elif key in ("const", "enum"):
            values: Schema = {"enum": _with_integers([part] if key == "const" else part)}
            out |= values if certain else {"anyOf": [values, IS_TEMPLATE]}
        else:
            out[key] = part
    return out


def _parts(api: Schema) -> Schema:
    """The channels' blocks and everything that they or the common fields refer to."""
    parts: Schema = {}
    for channel in CHANNELS:
        block = templatable(api[channel])
        if channel in needs_appid():
            block["properties"]["appid"] = templatable(api["message"]["properties"]["appid"])
        if channel in takes_smartlinks():
            block["properties"]["smartlinks"] = {"$ref": "#/$defs/smartlinks"}
        parts[channel] = block
    shared = [name for name in api if "." in name or name in ("smartlinks", "options", "contactPolicy", "notificationaction")]
    shared += ["interactiveaction", "customtags"]
    return parts | {name: templatable(api[name]) for name in shared}


def _channels() -> Schema:
    blocks: Schema = {channel: {"$ref": f"#/$defs/{channel}"} for channel in CHANNELS}
    return {
        "description": "What the message says, one block for each delivery channel.",
        "type": "object",
        "properties": {**blocks, "smartlinks": {"$ref": "#/$defs/smartlinks"}, "contactPolicy": {"$ref": "#/$defs/contactPolicy"}},
        "additionalProperties": False,
    }


def _deliverychannel() -> Schema:
    names: Schema = assembled("payload")["$defs"]["message"]["properties"]["deliverychannel"]
    options = {"enum": names["enum"]}
    return {
        "description": "The channel (sms, voice, push, rt, fb, twitter, wechat), a list of channels, or a template that yields one.",
        "type": ["string", "array"],
        "if": {"type": "array"},
        "then": {"items": {"type": "string", **options}},
        "else": {"if": IS_TEMPLATE, "then": True, "else": options},
    }


def _expiry(text: Schema) -> Schema:
    after: Schema = {"type": "string", "description": "A number and a unit (s, m, h or d), counted from the run's clock, such as 4h."}
    return {
        "description": f"{text['description']} Or a span from the run's clock: {{after: 4h}}.",
        "type": ["string", "object"],
        "properties": {
            "after": after
            | {
                "if": IS_TEMPLATE,
                "then": True,
                "else": {"pattern": "^[0-9]+[smhd]$", "x-expected": "a number and a unit (s, m, h or d), such as 4h"},
            }
        },
        "required": ["after"],
        "additionalProperties": False,
    }


def _priority(api: Schema) -> Schema:
    def choice(part: str, *names: str) -> Schema:
        options = [*names, *_with_integers(api[part]["enum"])]
        return {"properties": {"priority": {"if": IS_TEMPLATE, "then": True, "else": {"enum": options}}}}

    rt: Schema = {"enum": ["rt", "appmessaging"]}
    only_rt: Schema = {
        "type": "object",
        "required": ["deliverychannel"],
        "properties": {"deliverychannel": {"anyOf": [rt, {"type": "array", "items": rt}]}},
    }
    names = ("low", "medium", "high")
    return {"if": only_rt, "then": choice("rt_priority", *names), "else": choice("priority", *names)}


def _identifiers(api: Schema) -> list[tuple[str, Schema]]:
    return [(name, api["destination"]["properties"][name]) for name in identifier_keys()]


def _address(member: Schema) -> Schema:
    """An identifier of an inline destination: one address, or a list of them."""
    notes: Schema = {key: member[key] for key in ("description", "deprecated", "x-instead") if key in member}
    return {**notes, "type": ["string", "integer", "array"], "items": templatable(member["items"])}


def _destination() -> Schema:
    return {
        "description": "Who gets it: a list of addresses, or a mapping over a file of recipients.",
        "type": ["array", "object"],
        "if": {"type": "array"},
        "then": {"items": {"$ref": "#/$defs/addresses"}},
        "else": {"$ref": "#/$defs/recipients"},
    }


def write(root: Path) -> None:
    """Write the derived schema and the fast validators into a checkout."""
    from msgspec_tool.schema.generation import document, module

    # first, because the others ask what stands in it
    (root / "msgspec_tool" / "schema" / "_generated" / "payload_document.py").write_text(document(), encoding="utf-8")
    text = json.dumps(spec_schema(), indent=2, ensure_ascii=False) + "\n"
    (root / "schemas" / "v1" / "spec.schema.json").write_text(text, encoding="utf-8")
    for name in ("spec", "payload", "config"):
        (root / "msgspec_tool" / "schema" / "_generated" / f"{name}.py").write_text(module(name), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2])
