"""The tool's own part of the spec language as JSON Schema; the API's part is derived from the payload schema."""

from __future__ import annotations

from typing import Any

_NAME = "^[A-Za-z_][A-Za-z0-9_]*$"
_TEXTS = {"type": "array", "items": {"type": "string"}}
_COUNT = {"type": "integer", "minimum": 0}

_VARIABLE: dict[str, Any] = {
    "description": "What a value must look like: JSON Schema keywords, charset and sensitivity.",
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "type": {
            "description": "Type of the value; string where none is given.",
            "type": "string",
            "enum": ["string", "integer", "number", "boolean", "array", "object"],
        },
        "description": {"description": "What the value means.", "type": "string"},
        "title": {"description": "A short name for people.", "type": "string"},
        "enum": {"description": "The only values allowed.", "type": "array", "minItems": 1},
        "const": {"description": "The only value allowed."},
        "minLength": {"description": "Fewest characters.", **_COUNT},
        "maxLength": {"description": "Most characters. Lets the linter prove how long a message can become.", **_COUNT},
        "pattern": {"description": "A regular expression that must be found in the text (RE2: no look-around).", "type": "string"},
        "format": {
            "description": "Form of a text.",
            "type": "string",
            "enum": ["date", "date-time", "uri", "email", "msisdn"],
        },
        "minimum": {"description": "Smallest number.", "type": "number"},
        "maximum": {"description": "Largest number.", "type": "number"},
        "multipleOf": {"description": "The number is a multiple of this.", "type": "number", "exclusiveMinimum": 0},
        "items": {"$ref": "#/$defs/variable"},
        "minItems": {"description": "Fewest items.", **_COUNT},
        "maxItems": {"description": "Most items.", **_COUNT},
        "properties": {"description": "Members of an object.", "type": "object", "additionalProperties": {"$ref": "#/$defs/variable"}},
        "required": {
            "description": "false: may be missing and is then null. For an object: the members that must be there.",
            "type": ["boolean", "array"],
            "items": {"type": "string"},
        },
        "default": {"description": "Used where the value is missing."},
        "examples": {"description": "Values as they occur; checked against this declaration.", "type": "array"},
        "charset": {
            "description": "Characters that can occur: ascii, gsm7 (an SMS part holds 160) or any.",
            "type": "string",
            "enum": ["ascii", "gsm7", "any"],
        },
        "sensitivity": {
            "description": "personal values are masked in reports, secret ones may not reach a message.",
            "type": "string",
            "enum": ["public", "personal", "secret"],
        },
    },
}

_VALUES = {"description": "Values of variables for these addresses.", "type": "object"}

SKELETON: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "msgspec message, version 1",
    "description": "One message: what data it needs, what it says on each channel, and whom it goes to.",
    "type": "object",
    "required": ["name", "deliverychannel"],
    "additionalProperties": False,
    "properties": {
        "msgspec": {"description": "Version of the spec language: 1."},
        "name": {
            "description": "Unique in the project: lower-case words joined by hyphens, at most 64 characters.",
            "type": "string",
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
            "maxLength": 64,
            "errorMessage": "lower-case words joined by hyphens, at most 64 characters, such as 'payment-due'",
        },
        "description": {"description": "What the message is for.", "type": "string"},
        "owner": {"description": "Who answers for it.", "type": "string"},
        "tags": {"description": "Words to filter by.", **_TEXTS},
        "locale": {"description": "Language for money, number and date, such as en or hi_IN; en where none is given.", "type": "string"},
        "timezone": {"description": "Time zone for date, such as Europe/London; UTC where none is given.", "type": "string"},
        "variables": {
            "description": "The data that the message needs, one declaration a name.",
            "type": "object",
            "propertyNames": {"pattern": _NAME, "errorMessage": "a name of letters, digits and underscores that begins with a letter"},
            "additionalProperties": {"$ref": "#/$defs/variable"},
        },
        "deliverychannel": {
            "description": "The channel, a list of channels, or a template that yields the value of a variable with enum.",
            "if": {"$ref": "#/$defs/template"},
            "then": {},
            "else": {
                "if": {"type": "array"},
                "then": {"minItems": 1, "uniqueItems": True, "items": {"type": "string"}},
                "else": {"type": "string"},
            },
        },
        "priority": {
            "description": "low, medium or high (1, 2 or 3).",
            "if": {"$ref": "#/$defs/template"},
            "then": {},
            "else": {"type": ["string", "integer"], "enum": ["low", "medium", "high", "1", "2", "3", 1, 2, 3]},
        },
        "expiry": {
            "description": "Not sent after this time: 2030-01-31T18:30:00.000Z, or {after: 4h} counted from the run (s, m, h, d).",
            "if": {"type": "object"},
            "then": {
                "additionalProperties": False,
                "required": ["after"],
                "properties": {"after": {"description": "A span such as 90m, 4h or 2d.", "type": "string"}},
            },
            "else": {"type": "string"},
        },
        "channels": {
            "description": "What the message says on each channel.",
            "type": "object",
            "additionalProperties": False,
            "properties": {},
        },
        "destination": {
            "description": "Whom it goes to: a list of addresses, or a mapping over a file of recipients.",
            "if": {"type": "array"},
            "then": {"items": {"$ref": "#/$defs/destination"}},
            "else": {"$ref": "#/$defs/recipients"},
        },
        "samples": {
            "description": "Named data for preview, tests and checks on rendered text.",
            "type": "object",
            "additionalProperties": {"description": "Values of variables; recipient holds addresses.", "type": "object"},
        },
        "tests": {
            "description": "What the rendered message must say.",
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["sample", "expect"],
                "properties": {
                    "name": {"description": "What is tested.", "type": "string"},
                    "sample": {"description": "Name of the sample that is rendered.", "type": "string"},
                    "env": {"description": "Name of the environment.", "type": "string"},
                    "expect": {"description": "Expected texts and figures, by their place in the message.", "type": "object"},
                },
            },
        },
    },
    "$defs": {
        "template": {"type": "string", "pattern": "\\{[{%#]"},
        "variable": _VARIABLE,
        "destination": {
            "description": "Addresses, one key a channel, and what belongs to them.",
            "type": "object",
            "additionalProperties": False,
            "properties": {"with": _VALUES},
        },
        "recipients": {
            "description": "A file of recipients and how its columns become addresses.",
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "from": {"description": "A CSV or JSON Lines file, relative to this spec.", "type": "string"},
                "with": {"description": "Values of variables, as templates over the columns, where the names differ.", "type": "object"},
            },
        },
    },
}
