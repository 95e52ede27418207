"""Which characters declared values are made of."""

from __future__ import annotations

import string
from typing import Any

import pytest

from msgspec_tool.variables.alphabets import made_of, member_schema

PLAIN = frozenset(string.ascii_letters + string.digits + "-._")


@pytest.mark.parametrize(
    ("schema", "holds"),
    [
        ({"type": "integer"}, True),
        ({"type": "number"}, True),
        ({"type": "boolean"}, True),
        ({"type": "string"}, False),
        ({}, False),
        ({"enum": ["a", "b-c"]}, True),
        ({"enum": ["a", "b c"]}, False),
        ({"const": "a"}, True),
        ({"const": "&"}, False),
        ({"enum": [["a"]]}, False),
        ({"format": "date"}, True),
        ({"format": "date-time"}, False),
        ({"format": "msisdn"}, False),
        ({"pattern": "^[A-Z]{2}[0-9]+$"}, True),
        ({"pattern": "^(?:ab|c-)?[x_]*$"}, True),
        ({"pattern": "^a$|^b&$"}, False),
        ({"pattern": "^a$|b"}, False),
        ({"pattern": "[A-Z]{2}"}, False),
        ({"pattern": "^[A-Z]{2}"}, False),
        ({"pattern": "^.$"}, False),
        ({"pattern": "^a|$"}, False),
        ({"pattern": "^a^b$"}, False),
        ({"pattern": "^(?i)a$"}, False),
        ({"pattern": "^[a-z]+$", "default": "no one"}, False),
        ({"pattern": "^[a-z]+$", "default": ""}, True),
        ({"type": "array", "items": {"type": "integer"}}, True),
        ({"type": "array", "items": {"type": "string"}}, False),
        ({"type": "array"}, False),
        ({"type": "object"}, False),
    ],
)
def test_made_of(schema: dict[str, Any], holds: bool) -> None:
    assert made_of(schema, PLAIN) is holds


def test_members() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "object", "properties": {"b": {"type": "integer"}}}, "c": 7}}
    assert member_schema(schema, ("a", "b")) == {"type": "integer"}
    assert member_schema(schema, ("a", "x")) == {}
    assert member_schema(schema, ("c",)) == {}
    assert member_schema({}, ("a",)) == {}
    assert member_schema(schema, ()) is schema
