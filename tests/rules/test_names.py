"""Names that nobody reads and names that hide others: where the rules speak, where they must not, and what the fix leaves."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from msgspec_tool.config import LintSettings, Project
from msgspec_tool.diagnostics import Diagnostic
from msgspec_tool.lint_pipeline import LintOptions, lint

NOW = datetime(2030, 1, 1, tzinfo=timezone.utc)
HEAD = "msgspec: 1\nname: example\ndeliverychannel: sms\n"
HELLO = 'channels: {sms: {text: "Hi {{ name }}"}}\n'
NAME = "{type: string, maxLength: 20, charset: gsm7, examples: [Asha]}"
TO = 'destination: [{msisdn: ["+447700900123"], with: {name: Asha}}]\n'


def found(text: str, folder: Path, select: str = "default") -> list[Diagnostic]:
    path = folder / "a.msg.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    project = Project(folder, lint=LintSettings(select=(select,)))
    report = lint(LintOptions(now=NOW, project=project, paths=(str(path),)))
    assert report.failures == ()
    return list(report.diagnostics)


def said(text: str, folder: Path, code: str) -> list[str]:
    return [one.finding.message for one in found(text, folder) if one.rule.code == code]


def mended(text: str, folder: Path) -> str:
    """The text after the one fix of unused-variable."""
    (fix,) = [one.finding.fix for one in found(text, folder) if one.rule.code == "TPL203"]
    assert fix is not None
    for edit in sorted(fix.edits, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


# --- unused-variable ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            f"variables:\n  name: {NAME}\n  # gone\n  spare:\n    type: string # gone\n    maxLength: 9\n    default: ''\n",
            f"variables:\n  name: {NAME}\n",
        ),
        (f"variables: {{name: {NAME}, spare: {NAME}}}\n", f"variables: {{name: {NAME}}}\n"),
        (f"variables: {{spare: {NAME}, name: {NAME}}}\n", f"variables: {{name: {NAME}}}\n"),
        (
            f"variables:\n  spare: {NAME}\n  name: {NAME}\nsamples:\n  one: {{spare: x, name: A}}\n  two:\n    name: Ben\n    spare: y\n",
            f"variables:\n  name: {NAME}\nsamples:\n  one: {{name: A}}\n  two:\n    name: Ben\n",
        ),
        (
            f"variables:\n  spare: {NAME}\n  name: {NAME}\nsamples: {{one: {{spare: x, name: A}}}}\n",
            f"variables:\n  name: {NAME}\nsamples: {{one: {{name: A}}}}\n",
        ),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_fix_removes_declaration_and_values(before: str, after: str, newline: str, tmp_path: Path) -> None:
    rest = f"{HELLO}{TO}".replace("\n", newline)
    result = mended(HEAD.replace("\n", newline) + before.replace("\n", newline) + rest, tmp_path)
    assert result == HEAD.replace("\n", newline) + after.replace("\n", newline) + rest
    assert found(result, tmp_path) == []


@pytest.mark.parametrize(
    "fragment",
    [
        f"variables:\n  spare: {NAME}\n",
        f"variables:\n  name: {NAME}\n  spare: &s {NAME}\n  other: *s\n",
        f"variables:\n  name: {NAME}\n  spare: {NAME}\nsamples:\n  one:\n    spare: x\n",
        f"variables: {{name: {NAME}, # of the customer\n  spare: {NAME}}}\n",
    ],
)
def test_no_fix_where_something_else_would_change(fragment: str, tmp_path: Path) -> None:
    text = HELLO if "name:" in fragment else "channels: {sms: {text: Hello}}\n"
    to = TO if "name:" in fragment else 'destination: [{msisdn: ["+447700900123"]}]\n'
    unused = [one.finding for one in found(HEAD + fragment + text + to, tmp_path) if one.rule.code == "TPL203"]
    assert [finding.fix for finding in unused if "'spare'" in finding.message] == [None]


def test_three_places_are_shown(tmp_path: Path) -> None:
    given = "".join(f'  - msisdn: ["+44770090012{i}"]\n    with: {{name: Asha, spare: x}}\n' for i in range(9))
    text = f"{HEAD}variables:\n  name: {NAME}\n  spare: {NAME}\n{HELLO}destination:\n{given}"
    (one,) = found(text, tmp_path)
    assert [label.message for label in one.finding.related] == ["given here"] * 3
    assert one.finding.fix is not None
    assert len(one.finding.fix.edits) == 10


VARIABLES = f"variables:\n  name: {NAME}\n  spare: {NAME}\n"
SPARE = "'spare' is declared and never read"


@pytest.mark.parametrize(
    "rest",
    [
        f"{HELLO}{TO}# {{{{ spare }}}}\n",
        f"{HELLO}{TO}description: reads spare #later\n",
        f"{HELLO}{TO}tests: [{{name: a, sample: b, expect: {{sms.parts: 1}}}}]\nsamples: {{b: {{name: Asha}}}}\n",
        'channels:\n  sms:\n    text: {{ name }}\ndestination: [{msisdn: ["+447700900123"], with: {name: Asha}}]\n',
        f"channels: {{sms: {{text: \"Hi {{{{ name }}}} {{{{ {{'spare': 1}}.spare }}}} {{{{ 'spare' }}}}\"}}}}\n{TO}",
        HELLO + 'destination: [{msisdn: ["+447700900123"], with: {name: Asha, spare: "{{ spare }}"}}]\n',
    ],
)
def test_what_is_no_read(rest: str, tmp_path: Path) -> None:
    assert said(HEAD + VARIABLES + rest, tmp_path, "TPL203") == [SPARE]


@pytest.mark.parametrize(
    "rest",
    [
        f'channels: {{sms: {{text: "Hi {{{{ name }}}} {{{{ spar }}}}"}}}}\n{TO}',
        f'channels: {{sms: {{text: "Hi {{{{ name | uper }}}}"}}}}\n{TO}',
        f'channels: {{sms: {{text: "Hi {{{{ name", senderid: A}}}}\n{TO}',
        f"channels:\n  sms:\n    text: Hi {{{{ name }}}} #1 {{{{ spare }}}}\n{TO}",
        f"channels:\n  sms:\n    text: Hi\n    text: Hi {{{{ name }}}}\n{TO}",
        f'chanels: {{sms: {{text: "Hi {{{{ name }}}} {{{{ spare }}}}"}}}}\n{TO}',
        f'chanels: {{sms: {{text: "{{{{ spare }}}}"}}}}\n{HELLO}{TO}',
        f"channels: {{sms: {{senderid: ACME}}}}\n{TO}",
        f"{HELLO}{TO}extra: '{{{{ spare }}}}'\n",
    ],
)
def test_nothing_is_said_of_a_spec_that_was_not_read_whole(rest: str, tmp_path: Path) -> None:
    text = HEAD + VARIABLES + rest
    assert found(text, tmp_path) != []
    assert said(text, tmp_path, "TPL203") == []


def test_a_variable_may_have_the_name_of_a_function(tmp_path: Path) -> None:
    text = HEAD + VARIABLES.replace("spare", "range") + f'channels: {{sms: {{text: "{{{{ name }}}} {{{{ range }}}}"}}}}\n{TO}'
    assert said(text, tmp_path, "TPL203") == []


def test_a_channel_without_a_block_may_be_what_reads_it(tmp_path: Path) -> None:
    text = HEAD.replace("sms", "[sms, voice]") + VARIABLES + HELLO + TO
    assert [one.rule.code for one in found(text, tmp_path)] == ["SPC105"]


def test_a_body_for_another_api_is_one_finding(tmp_path: Path) -> None:
    text = f'name: example\nmsgspec: 1\nchannel: sms\nfrom: ACME\n{VARIABLES}to: [{{msisdn: ["1"]}}]\ncontent: {{text: Hello}}\n'
    assert [one.rule.code for one in found(text, tmp_path)] == ["SPC106"]


def test_a_hidden_variable_is_told_once(tmp_path: Path) -> None:
    text = HEAD + VARIABLES + f'channels: {{sms: {{text: "{{{{ name }}}}{{% for spare in [1] %}}{{{{ spare }}}}{{% endfor %}}"}}}}\n{TO}'
    assert [(one.rule.code, one.finding.message) for one in found(text, tmp_path)] == [
        ("TPL214", "the 'spare' of this loop hides the declared variable")
    ]


def test_arguments_of_an_imported_macro_hide_nothing(tmp_path: Path) -> None:
    (tmp_path / "lib.txt").write_text("{% macro m(spare) %}{{ spare }}{% endmacro %}")
    text = HEAD + VARIABLES + f"channels: {{sms: {{text: \"{{{{ name }}}}{{% from 'lib.txt' import m %}}{{{{ m(1) }}}}\"}}}}\n{TO}"
    assert [(one.rule.code, one.finding.message) for one in found(text, tmp_path)] == [("TPL203", SPARE)]


# --- shadowed-name ------------------------------------------------------------------------------------------------------


def hides(template: str, folder: Path, select: str = "default") -> list[tuple[str, str]]:
    """Place and message of each finding in a text that also reads both variables."""
    channels = f'channels: {{sms: {{senderid: A, text: "{{{{ name }}}}{{{{ spare }}}}{template}"}}}}\n'
    text = HEAD + VARIABLES + channels + TO.replace("Asha}", "Asha, spare: x}")
    told = [one.finding for one in found(text, folder, select) if one.rule.code == "TPL214"]
    return [(finding.file.slice(finding.span), finding.message) for finding in told]


@pytest.mark.parametrize(
    "template",
    [
        "{% set own = name %}{{ own }}",
        "{% set own = namespace(name=1) %}{% set own.name = 2 %}{{ own.name }}",
        "{{ dict(name=1).name }}",
        "{% for one in [1] %}{{ one }}{% else %}{{ name }}{% endfor %}",
        "{% macro names(other) %}{{ other }}{% endmacro %}{{ names(other=1) }}",
    ],
)
def test_names_of_their_own(template: str, tmp_path: Path) -> None:
    assert hides(template, tmp_path) == []


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{%- set  name='x' %}", [("name", "the 'name' that is set here hides the declared variable")]),
        ("{% set name %}x{% endset %}", [("name", "the 'name' that is set here hides the declared variable")]),
        ("{% set own, (name, spare) = 1, (2, 3) %}", [
            ("name", "the 'name' that is set here hides the declared variable"),
            ("spare", "the 'spare' that is set here hides the declared variable"),
        ]),
        ("{% if name %}{% set spare = 1 %}{% else %}{% set spare = 2 %}{% endif %}", [
            ("spare", "the 'spare' that is set here hides the declared variable")
        ]),
        ("{% for i in [1] %}{% for name in [2] if name %}{% endfor %}{% endfor %}", [
            ("name", "the 'name' of this loop hides the declared variable")
        ]),
        ("{% with own=1, env=own %}{% endwith %}", [("env", "the 'env' of this 'with' hides the name that every template knows")]),
        ("{%- macro  name( spare ) %}{% endmacro %}", [
            ("name", "the macro 'name' hides the declared variable"),
            ("spare", "the argument 'spare' hides the declared variable"),
        ]),
        ("{% set omit = 1 %}", [("omit", "the 'omit' that is set here hides the function")]),
    ],
)  # fmt: skip
def test_names_that_hide(template: str, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    assert hides(template, tmp_path) == expected


def test_names_of_filters_are_notes(tmp_path: Path) -> None:
    template = "{% set title = name | title %}{{ title }}"
    assert hides(template, tmp_path) == []
    assert hides(template, tmp_path, "strict") == [("title", "the 'title' that is set here has the name of a filter")]


@pytest.mark.parametrize(
    ("imported", "expected"),
    [
        ("{% import 'lib.txt' as spare %}", ["the imported 'spare' hides the declared variable"]),
        ("{% from 'lib.txt' import m as name, n as other %}", ["the imported 'name' hides the declared variable"]),
        ("{% from 'lib.txt' import m, n as env %}", ["the imported 'env' hides the name that every template knows"]),
        ("{% from 'lib.txt' import m, n %}", []),
        ("{% from 'lib.txt' import m with context %}", ["the argument 'name' hides the declared variable"]),
        ("{% include 'lib.txt' %}", ["the argument 'name' hides the declared variable"]),
        ("{% include 'lib.txt' without context %}", []),
        ("{% import 'outer.txt' as outer %}", []),
        ("{% import 'outer.txt' as outer with context %}", ["the argument 'name' hides the declared variable"]),
    ],
)
def test_partials(imported: str, expected: list[str], tmp_path: Path) -> None:
    (tmp_path / "lib.txt").write_text("{% macro m(name) %}{% endmacro %}{% macro n() %}{% endmacro %}")
    (tmp_path / "outer.txt").write_text("{% include 'lib.txt' %}")
    assert [message for _place, message in hides(imported, tmp_path)] == expected
