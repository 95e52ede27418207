"""``explain``, ``rules`` and ``schema``: the offline reference."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from msgspec_tool.catalogue import RULES
from msgspec_tool.channels.codes import CODES
from msgspec_tool.diagnostics import Rule
from tests.cli.inside import run


def said(*arguments: str) -> str:
    result = run(*arguments)
    assert (result.returncode, result.stderr) == (0, b"")
    return result.stdout.decode()


def test_rules_as_json_has_exactly_the_promised_keys() -> None:
    listed = json.loads(said("rules", "--format", "json"))
    assert [one["code"] for one in listed] == [known.code for known in RULES]
    for one, known in zip(listed, RULES, strict=True):
        assert list(one) == ["code", "name", "family", "severity", "profiles", "fix", "api", "since", "summary"]
        assert (one["name"], one["family"], one["severity"]) == (known.name, known.family, known.severity.word)
        assert one["fix"] in ("none", "safe", "unsafe")
        assert set(one["profiles"]) <= {"default", "strict", "audit", "submit"}
        assert one["since"] == 1
        assert one["summary"]


def test_rules_as_a_table() -> None:
    heading, *lines = said("rules").splitlines()
    assert heading.split() == ["code", "name", "severity", "fix", "profile", "summary"]
    assert [line.split()[:2] for line in lines] == [[known.code, known.name] for known in RULES]
    assert {line.index(known.summary) for line, known in zip(lines, RULES, strict=True)} == {heading.index("summary")}


@pytest.mark.parametrize("known", RULES, ids=lambda known: known.code)
def test_explain_a_rule(known: Rule) -> None:
    by_code, by_name = said("explain", known.code), said("explain", known.name)
    assert by_code == by_name
    assert by_code.startswith(f"{known.code} {known.name}\nseverity: {known.severity.word}")
    for section in ("What:", "Why:", "Bad:", "Good:"):
        assert f"\n{section}" in by_code


def test_handles_have_no_case() -> None:
    assert said("explain", "tpl202") == said("explain", "TPL202") == said("explain", "Undefined-Variable")


def test_explain_codes_of_the_platform() -> None:
    assert said("explain", "7009").startswith("7009 ")
    assert "LIM951 too-many-destinations" in said("explain", "7009")
    assert "What to do: " in said("explain", "7505")
    assert said("explain", "1001").startswith("1001 ")


def test_a_family_is_explained_by_its_rules() -> None:
    assert said("explain", "voi").splitlines() == [
        "VOI421 voice-source: A call does not have exactly one source.",
        "VOI422 voice-caller: A call has no caller's number, or one that is no number.",
    ]


def test_every_code_is_explained() -> None:
    for code in {entry.code for entry in CODES}:
        assert said("explain", code).startswith(f"{code} ")


@pytest.mark.parametrize(
    ("what", "error", "help"),
    [
        ("undefined-varable", "there is no rule 'undefined-varable'", "did you mean 'undefined-variable'?"),
        ("TPL20", "there is no rule 'TPL20'", "did you mean 'TPL210'?"),
        ("strict", "there is no rule 'strict'", "`msgspec-tool rules` lists them"),
        ("qqqq", "there is no rule 'qqqq'", "`msgspec-tool rules` lists them"),
        ("70033", "the platform has no documented code '70033'", "did you mean '7003'?"),
        (
            "9999",
            "the platform has no documented code '9999'",
            "codes of channels that are not here, such as WhatsApp, email, RCS and MMS, are not listed",
        ),
        ("", "there is no rule ''", "`msgspec-tool rules` lists them"),
    ],
)
def test_explain_what_is_not_known(what: str, error: str, help: str) -> None:
    result = run("explain", what)
    assert (result.returncode, result.stdout, result.stderr.decode()) == (2, b"", f"error: {error}\nhelp: {help}\n")


@pytest.mark.parametrize("name", ["spec", "payload", "config", "report", "test", "submit"])
def test_schemas_are_complete(name: str) -> None:
    schema = json.loads(said("schema", name))
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"

    def references(value: object) -> list[str]:
        if isinstance(value, dict):
            own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
            return own + [one for member in value.values() for one in references(member)]
        return [one for member in value for one in references(member)] if isinstance(value, list) else []

    for reference in references(schema):
        assert reference.startswith("#/$defs/")
        assert reference.removeprefix("#/$defs/").split("/")[0] in schema["$defs"]


def test_the_spec_is_the_default_schema() -> None:
    assert said("schema") == said("schema", "spec")


def test_an_unknown_schema() -> None:
    result = run("schema", "specs")
    assert (result.returncode, result.stdout) == (2, b"")
    assert "'specs' is not one of 'spec', 'payload', 'config', 'report', 'test', 'baseline', 'submit'" in result.stderr.decode()
