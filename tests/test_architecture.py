"""The rooms of the house: who may import whom, who may use which library, how big a room may be."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.command import CHECKOUT, environment

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PACKAGE = CHECKOUT / "msgspec_tool"
MODULES = sorted(PACKAGE.rglob("*.py"))
WRITTEN = [module for module in MODULES if "_generated" not in module.parts]
"""Modules that people wrote; those that a program wrote are as long as they come out."""

OWNERS = {
    "click": ("cli",),
    "jinja2": ("templates", "preview"),
    "markupsafe": ("templates", "preview"),
    "babel": ("templates",),
    "yaml": ("source",),
    "ruamel": ("source",),
    "jsonschema": ("schema",),
    "jsonschema_rs": ("schema", "sandbox"),
    "httpx": ("delivery", "sandbox"),
    "jwt": ("delivery", "sandbox"),
    "starlette": ("delivery", "sandbox"),
    "uvicorn": ("serving",),
    "trustme": ("serving",),
    "sqlite3": ("delivery", "sandbox"),
    "fsspec": ("storage",),
    "distributed": ("engines",),
    "dask": ("engines",),
}
"""Libraries that belong to one room."""

NAMELESS = {"utils", "util", "helpers", "helper", "common", "core", "manager", "misc", "base", "shared", "lib"}
"""Names that say nothing: where a function has no home, a concept is missing."""

MOST_LINES = 400
MOST_FUNCTION_LINES = 60

LAZY = (
    "jinja2",
    "jsonschema",
    "jsonschema_rs",
    "ruamel",
    "babel",
    "phonenumbers",
    "re2",
    "httpx",
    "jwt",
    "starlette",
    "uvicorn",
    "sqlite3",
    "fsspec",
    "distributed",
    "dask",
)
"""What ``--version`` must not load."""


def imports(module: Path) -> Iterator[tuple[int, str]]:
    """The absolute imports of a module, wherever they stand in it: line and name."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module


def room(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def place(module: Path, line: int) -> str:
    return f"{module.relative_to(CHECKOUT)}:{line}"


def test_the_layers_hold() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"]
    result = subprocess.run(command, cwd=CHECKOUT, env=environment(), capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_module_stands_in_a_layer() -> None:
    """By its own name, or by that of the room that it is in."""
    text = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    layers = tomllib.loads(text)["tool"]["importlinter"]["contracts"][0]["layers"]
    named = {tuple(name.split(".")[1:]) for layer in layers for name in re.split(r"[ |:]+", layer)}
    places = [module.relative_to(PACKAGE).with_suffix("").parts for module in MODULES if module.stem != "__init__"]
    assert [place for place in places if not named & {place[:length] for length in range(1, len(place) + 1)}] == []


def test_a_library_is_used_in_its_own_room_only() -> None:
    strays = [
        f"{place(module, line)} imports {name}"
        for module in MODULES
        for line, name in imports(module)
        if room(module) not in OWNERS.get(name.split(".")[0], (room(module),))
    ]
    assert strays == []


def test_a_stage_imports_no_other_stage_and_a_rule_no_stage() -> None:
    strays = [
        f"{place(module, line)} imports {name}"
        for module in MODULES
        if room(module) in ("stages", "rules")
        for line, name in imports(module)
        if name.startswith("msgspec_tool.stages")
    ]
    assert strays == []


def test_reporters_know_what_they_report_source_and_the_names_of_the_api_only() -> None:
    reported = ("msgspec_tool.diagnostics", "msgspec_tool.verdicts", "msgspec_tool.origins", "msgspec_tool.message_changes")
    allowed = (*reported, "msgspec_tool.source", "msgspec_tool.channels.layout", "msgspec_tool.reporters", "msgspec_tool.errors")
    strays = [
        f"{place(module, line)} imports {name}"
        for module in MODULES
        if room(module) == "reporters"
        for line, name in imports(module)
        if name.startswith("msgspec_tool.") and not name.startswith(allowed)
    ]
    assert strays == []


def test_names_say_what_a_module_is_for() -> None:
    assert [str(module) for module in MODULES if NAMELESS & {part.removesuffix(".py") for part in module.relative_to(PACKAGE).parts}] == []


def test_no_module_is_a_hall() -> None:
    lengths = {str(module.relative_to(CHECKOUT)): len(module.read_text(encoding="utf-8").splitlines()) for module in WRITTEN}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_functions_are_short() -> None:
    long = [
        f"{place(module, node.lineno)} {node.name}: {(node.end_lineno or node.lineno) - node.lineno + 1} lines"
        for module in WRITTEN
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (node.end_lineno or node.lineno) - node.lineno + 1 > MOST_FUNCTION_LINES
    ]
    assert long == []


def test_start_up_loads_nothing_heavy() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "msgspec_tool", "--version"]
    result = subprocess.run(command, cwd=CHECKOUT, env=environment(), capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr.splitlines()[-1]
    loaded = {line.rpartition("|")[2].strip().split(".")[0] for line in result.stderr.splitlines()}
    assert loaded.isdisjoint(LAZY), sorted(loaded.intersection(LAZY))


def test_rules_ask_the_clock_by_its_questions() -> None:
    # the answers are noted, so that what was found is remembered until one of them changes
    strays = [
        place(module, node.lineno)
        for module in MODULES
        if room(module) == "rules" or module.stem in ("rule_run", "comparison")
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "now" and module.name != "context.py"
    ]
    assert strays == []


def test_a_named_tuple_keeps_nothing_besides_its_fields() -> None:
    """``cached_property`` needs a place to keep its value, and is only found missing when it is read."""
    classes = (
        (module, node)
        for module in WRITTEN
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    tuples = ((module, node) for module, node in classes if "NamedTuple" in map(ast.unparse, node.bases))
    members = ((module, one) for module, node in tuples for one in node.body if isinstance(one, ast.FunctionDef))
    kept = [f"{module.name}:{one.name}" for module, one in members if "cached_property" in map(ast.unparse, one.decorator_list)]
    assert kept == []
