"""What a cold run of lint loads: as little as its files need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.command import CHECKOUT, environment

NEVER = (
    *(
        "click",
        "jsonschema",
        "ruamel",
        "httpx",
        "rich",
        "attr",
        "importlib.resources",
        "multiprocessing",
        "concurrent.futures",
        "selectors",
    ),
    *("msgspec_tool.rendering", "msgspec_tool.delivery", "msgspec_tool.sandbox"),
)
"""What is of no use to the check of a spec without mistakes in its shape."""
FOR_TEMPLATES = ("jinja2.environment", "jinja2.parser", "babel", "msgspec_tool.templates.reading", "msgspec_tool.templates.bounds.analysis")
PLAIN = """msgspec: 1
name: ready
deliverychannel: sms
channels:
  sms: {senderid: NORTHLGT, text: Your card is ready.}
destination:
  - msisdn: ["+447700900123"]
"""


def loaded(spec: Path) -> set[str]:
    """Every module that a run loads."""
    command = [sys.executable, "-X", "importtime", "-m", "msgspec_tool", "lint", str(spec), "--no-cache", "--now", "2030-01-01T00:00:00Z"]
    result = subprocess.run(command, cwd=spec.parent, env=environment(), capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout.splitlines()[-1][-13:]) == (0, "e (1 checked)")
    return {line.rpartition("|")[2].strip() for line in result.stderr.splitlines() if line.startswith("import time:")}


def below(names: tuple[str, ...], modules: set[str]) -> list[str]:
    """The modules that are one of these, or in it."""
    return sorted(module for module in modules if any(module == name or module.startswith(f"{name}.") for name in names))


def test_a_spec_with_templates_loads_nothing_that_it_does_not_need() -> None:
    modules = loaded(CHECKOUT / "benchmarks" / "sixty-lines.msg.yaml")
    assert below(NEVER, modules) == []
    assert below(FOR_TEMPLATES, modules)


def test_a_spec_without_templates_needs_no_template_language(tmp_path: Path) -> None:
    spec = tmp_path / "ready.msg.yaml"
    spec.write_text(PLAIN, encoding="utf-8")
    modules = loaded(spec)
    assert below((*NEVER, *FOR_TEMPLATES, "re2"), modules) == []
