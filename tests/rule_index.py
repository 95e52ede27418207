"""Writes the index of the rules again, from what their modules say of them: ``python -m tests.rule_index``."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from msgspec_tool.diagnostics import Rule
from msgspec_tool.rules.registration import REGISTERED
from tests.command import CHECKOUT

INDEX = CHECKOUT / "msgspec_tool" / "rules" / "_generated" / "index.py"

HEAD = '''\
"""What is known of every rule before its module is loaded. Written by ``python -m tests.rule_index``; do not edit."""

from __future__ import annotations

from msgspec_tool.diagnostics import FixKind, Rule, Severity, Subject

RULES: tuple[Rule, ...] = (
'''


def index() -> str:
    """The module."""
    return f'{HEAD}{"".join(map(_entry, REGISTERED))})\n"""In the order of the reference: by family, then by code."""\n'


def _entry(rule: Rule) -> str:
    return f"    Rule(\n{''.join(f'        {line},{chr(10)}' for line in _arguments(rule))}    ),\n"


def _arguments(rule: Rule) -> Iterator[str]:
    for name, value in rule._asdict().items():
        if name not in Rule._field_defaults:
            yield _literal(value)
        elif name != "written" and value != Rule._field_defaults[name]:
            yield f"{name}={_literal(value)}"


def _literal(value: object) -> str:
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, tuple):
        return f"({', '.join(map(_literal, value))}{',' if len(value) == 1 else ''})"
    return repr(value)


def main() -> None:
    INDEX.write_text(index(), encoding="utf-8")


if __name__ == "__main__":
    main()
