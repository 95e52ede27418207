"""Build-time: a schema as a Python module that says yes or no fast (fastjsonschema; needed only to generate).

The module imports nothing but ``re``. fastjsonschema speaks draft 7: our schemas use only what draft 7 and 2020-12 share.
"""

from __future__ import annotations

import json
import re

from msgspec_tool.schema.registry import Schema, assembled

_ERRORS = '''

class JsonSchemaException(ValueError):
    """Refused; the words come from the other validator."""


class JsonSchemaValueException(JsonSchemaException):
    """Refused."""


class JsonSchemaValuesException(JsonSchemaException):
    """Refused, several times over."""

'''


def module(name: str) -> str:
    """The source of the fast validator for a bundled schema."""
    import fastjsonschema

    text = json.dumps(_bare(assembled(name))).replace("#/$defs/", "#/definitions/")
    schema = json.loads(text)
    schema["definitions"] = schema.pop("$defs", {})
    schema["$schema"] = "http://json-schema.org/draft-07/schema#"
    code = fastjsonschema.compile_to_code(schema, detailed_exceptions=False)
    code = re.sub(r"^VERSION = .*\n", "", code, flags=re.MULTILINE)
    code = re.sub(r"^import re\nfrom fastjsonschema import .*\n", lambda _found: "import re\n" + _ERRORS, code, flags=re.MULTILINE)
    # nobody reads the words, and putting them together is most of the work
    code = re.sub(r"(raise JsonSchemaValues?Exception)\(.*\)$", r"\1", code, flags=re.MULTILINE)
    code = re.sub(r"\b(validate\w*\(\w+), custom_formats, .*\)$", r"\1)", code, flags=re.MULTILINE)
    code = code.replace("(data, custom_formats={}, name_prefix=None):", "(data):")
    # plain data holds no decimals
    code = code.replace("from decimal import Decimal\n", "").replace("int, float, Decimal", "int, float")
    return f'"""Generated from {name}.schema.json by msgspec_tool.schema.derivation: do not edit."""\n\n{code}'


def document() -> str:
    """The source of the module that holds the bundled payload schema, and what is asked of all of it."""
    payload = assembled("payload")
    lines = (
        '"""Generated from payload.schema.json by msgspec_tool.schema.derivation: do not edit."""',
        "",
        f"DEPRECATED = frozenset({sorted(_deprecated(payload))!r})",
        f"DOCUMENT = {payload!r}",
    )
    return "\n".join(lines) + "\n"


def _deprecated(document: Schema) -> set[str]:
    """Keys that are deprecated somewhere."""
    found: set[str] = set()
    queue: list[object] = [document]
    while queue:
        part = queue.pop()
        if isinstance(part, dict):
            members = part.get("properties")
            found.update(name for name, member in members.items() if "deprecated" in member) if isinstance(members, dict) else None
            queue.extend(part.values())
        elif isinstance(part, list):
            queue.extend(part)
    return found


def _bare(part: object) -> object:
    """Without annotations: they take room and decide nothing."""
    if isinstance(part, list):
        return [_bare(item) for item in part]
    if not isinstance(part, dict):
        return part
    bare = {
        key: {name: _bare(member) for name, member in item.items()} if key in ("properties", "$defs") else _bare(item)
        for key, item in part.items()
        if key not in ("description", "title", "deprecated", "examples", "default", "$schema") and not key.startswith("x-")
    }
    if "const" in bare:  # an enum of one says the same, and needs no detailed messages
        bare["enum"] = [bare.pop("const")]
    return bare
