"""What a cold run of lint loads: as little as its files need."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from msgspec_tool.catalogue import RULES
from tests.command import CHECKOUT, environment

NEVER = (
    *(
        "click",
        "jsonschema",
        "httpx",
        "rich",
        "attr",
        "importlib.resources",
        "multiprocessing",
        "concurrent.futures",
        "selectors",
        "difflib",
    ),
    *("jinja2.compiler", "jinja2.runtime", "jinja2.filters", "jinja2.loaders", "tempfile", "hashlib", "shutil"),
    *("msgspec_tool.rendering", "msgspec_tool.delivery", "msgspec_tool.sandbox"),
    *("msgspec_tool.reporters.excerpt", "msgspec_tool.reporters.wrapping", "msgspec_tool.fingerprints"),
    *("msgspec_tool.cli.lint_fixes", "msgspec_tool.cli.lint_baseline", "msgspec_tool.linting.fixing", "msgspec_tool.linting.baseline"),
    *("msgspec_tool.linting.changes", "msgspec_tool.message_changes", "msgspec_tool.rules.changes"),
    *("msgspec_tool.storage", "msgspec_tool.source.yaml_repair", "msgspec_tool.source.yaml_fault", "msgspec_tool.source.removal"),
    *("msgspec_tool.schema.problems", "msgspec_tool.channels.codes", "msgspec_tool.templates.syntax_messages"),
    *("msgspec_tool.source.scalar_map", "msgspec_tool.templates.environment"),
    *(
        "msgspec_tool.rules.registration",
        "msgspec_tool.rules.suppressions",
        "msgspec_tool.rules.parity",
        "msgspec_tool.rules.personal_data",
    ),
)
"""What is of no use to the check of a spec without mistakes, or to rules that nobody asked for."""
FOR_TEMPLATES = ("jinja2.lexer", "jinja2.parser", "babel", "msgspec_tool.templates.reading", "msgspec_tool.templates.bounds.analysis")
PLAIN = """msgspec: 1
name: ready
deliverychannel: sms
channels:
  sms: {senderid: NORTHLGT, text: Your card is ready.}
destination:
  - msisdn: ["+447700900123"]
"""
PROJECT = "msgspec: 1\nlint: {options: {url-bad-host: {allow: [hooks.northlight.example]}}}\n"
IMPORTED = re.compile(r"^import '([^']+)' # ", re.MULTILINE)
"""What ``python -v`` tells of each module."""


def loaded(spec: Path) -> set[str]:
    """Every module that a run loads, which has nothing to say of the spec."""
    command = [sys.executable, "-v", "-m", "msgspec_tool", "lint", str(spec), "--no-cache", "--now", "2030-01-01T00:00:00Z"]
    result = subprocess.run(command, cwd=spec.parent, env=environment(), capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, "no problems in 1 file (1 checked)\n")
    return set(IMPORTED.findall(result.stderr))


def below(names: tuple[str, ...], modules: set[str]) -> list[str]:
    """The modules that are one of these, or in it."""
    return sorted(module for module in modules if any(module == name or module.startswith(f"{name}.") for name in names))


def of_other_channels(*channels: str) -> tuple[str, ...]:
    """The modules that hold nothing but rules of other channels."""
    concerned = {rule.module for rule in RULES if not rule.channels or not set(rule.channels).isdisjoint(channels)}
    return tuple({rule.module for rule in RULES} - concerned)


def test_a_spec_with_templates_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    spec = tmp_path / "sixty-lines.msg.yaml"
    spec.write_text((CHECKOUT / "benchmarks" / "sixty-lines.msg.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "msgspec.yaml").write_text(PROJECT, encoding="utf-8")
    modules = loaded(spec)
    others = of_other_channels("sms", "push", "fb")
    assert {name.rpartition(".")[2] for name in others} == {"voice", "inapp"}
    # it holds no 'attachment', no 'customtag' and no 'time_to_live'
    unneeded = ["msgspec_tool.rules.media", "msgspec_tool.rules.push_extras"]
    # its filters are money and date, and it has no tests
    unneeded += [f"msgspec_tool.templates.filters.{kind}" for kind in ("lists", "numbers", "phones", "selections", "tests", "texts")]
    assert below((*NEVER, *others, *unneeded), modules) == []
    assert below(FOR_TEMPLATES, modules)


def test_a_spec_without_templates_needs_no_template_language(tmp_path: Path) -> None:
    spec = tmp_path / "ready.msg.yaml"
    spec.write_text(PLAIN, encoding="utf-8")
    modules = loaded(spec)
    others = of_other_channels("sms")
    assert {name.rpartition(".")[2] for name in others} == {"inapp", "media", "ott", "push", "push_extras", "voice"}
    assert below((*NEVER, *FOR_TEMPLATES, *others, "msgspec_tool.rules.time", "re2"), modules) == []
    assert len(below(("msgspec_tool",), modules)) <= 150
