"""Names of a spec's templates are resolved against variables, environments and columns; findings stand at exact places."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path as FilePath
from typing import Any

from msgspec_tool.catalogue import RULES
from msgspec_tool.diagnostics import Finding
from msgspec_tool.model import LoadedSpec, Scope, ShapedSpec, TemplateField, Variable
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.source.document import Field, Path, at
from msgspec_tool.source.text import SourceFile, Span
from msgspec_tool.stages.analyse import analyse_spec
from msgspec_tool.templates.partials import Partials

TEMPLATE_RULES = [rule for rule in RULES if rule.module == "msgspec_tool.rules.templates"]


@dataclass
class Lines:
    """A document of one text a line: ``name: text``."""

    file: SourceFile
    value: dict[str, str]
    templated: bool = True

    def span(self, path: Path) -> Span:
        start = self.file.text.index(f"{path[0]}: ") + len(str(path[0])) + 2
        return Span(start, start + len(at(self.value, path)))

    def key_span(self, path: Path) -> Span:
        start = self.file.text.index(f"{path[0]}: ")
        return Span(start, start + len(str(path[0])))

    def text_span(self, path: Path, start: int, end: int) -> Span:
        base = self.span(path).start
        return Span(base + start, base + end)

    def lexeme(self, path: Path) -> str:
        return str(at(self.value, path))

    def style(self, path: Path) -> str:
        return "plain"


def shaped(texts: Mapping[str, str], scope: Scope = Scope.MESSAGE) -> ShapedSpec:
    value = {"first_name": "{}", **texts}
    file = SourceFile("a.msg.yaml", "".join(f"{key}: {text}\n" for key, text in value.items()))
    document = Lines(file, value)
    root = Field(document, (), value)
    fields = tuple(TemplateField(Field(document, (key,), text), frozenset({"string"}), scope) for key, text in texts.items())
    variables = {"first_name": Variable("first_name", Field(document, ("first_name",), {}), {})}
    return ShapedSpec(LoadedSpec(file, document), root, "a", (), ("sms",), None, variables, (), fields)


def context(**more: Any) -> RuleContext:
    return RuleContext(now=datetime(2030, 1, 1, tzinfo=timezone.utc), **more)


def lint(
    texts: Mapping[str, str], partials: Partials | None = None, scope: Scope = Scope.MESSAGE, **more: Any
) -> list[tuple[str, Finding]]:
    analysed = analyse_spec(shaped(texts, scope), partials, context(**more))
    return [(rule.name, finding) for rule in TEMPLATE_RULES for finding in rule.check(analysed, context(**more))]


def said(*arguments: Any, **more: Any) -> list[str]:
    return [f"{name}: {finding.message}" for name, finding in lint(*arguments, **more)]


def test_undefined_name_with_place_fix_and_declaration() -> None:
    ((name, finding),) = lint({"text": "Hi 😀 {{ frist_name }}"})
    assert name == "undefined-variable"
    assert finding.message == "'frist_name' is not declared; did you mean 'first_name'?"
    assert finding.file.slice(finding.span) == "frist_name"
    assert (finding.path, finding.help) == (("text",), "declare it under variables or use a declared one")
    assert finding.fix is not None
    assert (finding.fix.description, finding.fix.edits[0].text, finding.fix.applicability.value) == (
        "use 'first_name'",
        "first_name",
        "unsafe",
    )
    assert [(label.message, label.file.slice(label.span)) for label in finding.related] == [("declared here", "first_name")]


def test_every_kind_has_its_rule() -> None:
    assert said({"a": "{{ x", "b": "{{ first_name | uper }}", "c": "{{ first_name.__class__ }}", "d": "plain", "e": "{{ joiner }}"}) == [
        "template-syntax: '{{' is never closed",
        "unknown-filter: there is no filter 'uper'; did you mean 'upper'?",
        "unsafe-construct: attribute '__class__' is not allowed: names with a leading underscore are Python's own",
        "unsafe-construct: 'joiner' is not allowed: use the join filter",
    ]


def test_the_names_of_the_tool() -> None:
    assert said({"a": "{{ spec.name }}{{ recipient.address }}{{ recipient.row }}"}) == []
    assert said({"a": "{{ spec.nam }}"}) == ["undefined-variable: there is no 'spec.nam'; did you mean 'name'?"]
    assert said({"a": "{{ recipient.adress }}"}) == ["undefined-variable: there is no 'recipient.adress'; did you mean 'address'?"]
    a_number = "undefined-variable: 'recipient.row.phone' does not exist: 'recipient.row' is the row's number"
    assert said({"a": "{{ recipient.row.phone }}"}, columns=("phone",)) == [a_number]


def test_environments() -> None:
    environments = {"sandbox": {"sender": "T"}, "production": {"sender": "A", "app": "NE"}}
    text = {"a": "{{ env.app }}"}
    assert said(text) == ["undefined-variable: 'env.app' has no value: no environment is declared"]
    assert said(text, environments=environments) == ["undefined-variable: 'env.app' has no value in environment 'sandbox'"]
    assert said(text, environments=environments, environment="production") == []
    chosen = ["undefined-variable: 'env.app' has no value in environment 'sandbox'"]
    assert said(text, environments=environments, environment="sandbox") == chosen
    assert said({"a": "{{ env.sendr }}"}, environments=environments) == [
        "undefined-variable: 'env.sendr' has no value in any environment; did you mean 'sender'?"
    ]


def test_columns_are_names_of_the_destination_only() -> None:
    text = {"a": "{{ FirstName }}"}
    unknown = "undefined-variable: 'FirstName' is not declared; did you mean 'first_name'?"
    assert said(text, scope=Scope.DESTINATION, columns=("FirstName",)) == []
    assert said(text, scope=Scope.DESTINATION, columns=("phone",)) == [unknown]
    assert said(text, scope=Scope.DESTINATION) == []
    ((_, finding),) = lint(text, columns=("FirstName",))
    assert finding.help == "it is a column of the recipients file: declare 'FirstName' under variables"
    assert finding.fix is None


def test_a_mistake_in_a_partial_is_told_once(tmp_path: FilePath) -> None:
    (tmp_path / "p").write_text("x {{ a | uper }}")
    include = "{% include 'p' %}"
    ((name, finding),) = lint({"a": include, "b": include}, Partials(tmp_path, (tmp_path,)))
    assert (name, finding.file.path, finding.file.slice(finding.span), finding.path) == ("unknown-filter", "p", "uper", None)
    assert [label.message for label in finding.related] == ["used here"]
    assert finding.fix is not None


def test_suppressions_in_comments() -> None:
    comment = "{# msgspec: ignore[unknown-filter] why #}"
    analysed = analyse_spec(
        shaped({"a": f"Hi {comment}", "b": f"x\n  {comment}\ny", "c": "{# note msgspec #}{# other #}"}), None, context()
    )
    told = [([name for name, _span in found.names], found.reason, found.line) for found in analysed.suppressions]
    assert told == [(["unknown-filter"], "why", 2), (["unknown-filter"], "why", 5)]
    assert analysed.suppressions[0].file.slice(analysed.suppressions[0].span) == comment


def test_plain_text_needs_no_jinja() -> None:
    import subprocess

    code = "import sys, msgspec_tool.stages.analyse as a; a.parse_template('x'); print('jinja2.lexer' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
