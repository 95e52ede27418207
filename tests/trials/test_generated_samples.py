"""Samples that are generated: put into the spec, they render, and reach every branch that data can reach."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from msgspec_tool.cli.main import program

HEAD = """\
msgspec: 1
name: generated
variables:
  tier: {type: string, enum: [gold, blue], examples: [gold]}
  offer: {type: string, maxLength: 30, charset: gsm7, default: "", examples: [Two for one]}
  days: {type: integer, minimum: 0, maximum: 30, examples: [3]}
  nick: {type: string, maxLength: 9, charset: gsm7, required: false, examples: [Al]}
  tags: {type: array, maxItems: 3, items: {type: string, maxLength: 4, charset: gsm7}, examples: [[a]]}
deliverychannel: sms
destination: [{msisdn: ["+447700900123"], with: {tier: gold, days: 1, tags: [a]}}]
"""
TEXTS = (
    "{% if tier == 'gold' %}Dear member{% elif days > 20 %}Soon{% else %}Hello{% endif %}{% if offer %}, {{ offer }}{% endif %}",
    "{{ 'one' if days == 1 else 'many' }} {% if nick %}Hi {{ nick }}{% else %}Hello{% endif %}",
    "{% if days > 27 and tier == 'blue' %}late{% else %}ok{% endif %}",
    "{% for tag in tags %}{% if tag == 'x' %}X{% else %}{{ tag }}{% endif %}{% endfor %}ok",
    "{% if days > 3 %}{% if days < 9 %}a{% else %}b{% endif %}{% else %}c{% endif %}",
    "Hello",
)


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(program, [*arguments, "--now", "2030-01-01T00:00:00Z"], standalone_mode=False)
    assert result.exception is None, result.exception
    return int(result.return_value), result.stdout


@pytest.mark.parametrize("text", TEXTS)
def test_every_branch_is_reached(text: str, tmp_path: Path) -> None:
    path = tmp_path / "generated.msg.yaml"
    spec = f'{HEAD}channels: {{sms: {{text: "{text}"}}}}\n'
    path.write_text(spec, encoding="utf-8")
    code, generated = run("test", str(path), "--generate")
    assert code == 0
    assert generated.startswith(f"# {path}\nsamples:\n  shortest: {{")
    path.write_text(spec + generated, encoding="utf-8")
    code, output = run("test", str(path), "--coverage")
    assert code == 0, output
    assert "not reached" not in output
    assert run("lint", str(path), "--select", "TPL213,VAR301")[1].startswith("no problems")
    assert run("test", str(path), "--generate")[1] == f"# {path}\n# nothing is missing\n"


def test_a_spec_with_errors_is_told(tmp_path: Path) -> None:
    path = tmp_path / "broken.msg.yaml"
    path.write_text(HEAD + 'channels: {sms: {text: "{% if %}"}}\n', encoding="utf-8")
    code, output = run("test", str(path), "--generate")
    assert (code, output) == (1, f"# {path}: it has errors, see msgspec-tool lint {path}\n")


def test_nothing_to_read(tmp_path: Path) -> None:
    assert run("test", str(tmp_path), "--generate")[0] == 3
