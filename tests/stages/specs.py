"""Specs for tests of binding and rendering, made without the stages that come before: shape and templates by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jinja2 import StrictUndefined, meta
from jinja2.exceptions import UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from msgspec_tool.channels.layout import canonical
from msgspec_tool.model import AnalysedSpec, LoadedSpec, MessageForm, Origin, Scope, ShapedSpec, Template, TemplateField, Variable
from msgspec_tool.source.document import Field, Path
from msgspec_tool.source.text import decode
from msgspec_tool.source.yaml_reader import read_yaml
from msgspec_tool.templates.running.evaluation import Evaluator

OMIT = object()
_JINJA = ImmutableSandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True)
_TOOL = {"msgspec", "name", "variables", "samples", "tests"}


class RenderError(Exception):
    """As the engine's failure: a message and a place in the template."""

    def __init__(self, message: str) -> None:
        self.message, self.start, self.end, self.file = message, 0, 2, None


@dataclass
class Compiled:
    template: Any
    expression: Any

    def render(self, scope: Any) -> Any:
        names = {**scope, "omit": OMIT}
        try:
            if self.expression is None:
                return self.template.render(names)
            value = self.expression(names)
        except UndefinedError as error:
            raise RenderError(str(error)) from error
        return value


class Engine:
    """The template engine's part that stages rely on."""

    def compile(self, template: Template, *, native: bool) -> Compiled:
        omits = template.lone and "omit" in template.source
        lone = template.lone and (native or omits)
        expression = _JINJA.compile_expression(template.source[2:-2].strip(), undefined_to_none=False) if lone else None
        return Compiled(_JINJA.from_string(template.source), expression)


def analysed(text: str, types: dict[Path, frozenset[str]] | None = None) -> AnalysedSpec:
    """A spec as the stages before would give it. ``types`` are those of fields that do not take text."""
    file = decode("spec.msg.yaml", text.encode())
    document = read_yaml(file).document
    assert document is not None
    root = Field(document, (), document.value)
    strings = tuple(_string(found, types or {}) for found in root.walk() if _is_api_string(found))
    parsed = {known.field.path: _template(known.field.value) for known in strings}
    return AnalysedSpec(_shaped(LoadedSpec(file, document), root, strings), parsed)


def _is_api_string(found: Field) -> bool:
    return bool(found.path) and found.path[0] not in _TOOL and isinstance(found.value, (str, int)) and not isinstance(found.value, bool)


def _string(found: Field, types: dict[Path, frozenset[str]]) -> TemplateField:
    known = types.get(found.path, frozenset({"string"}))
    value = found.value if "string" not in known else str(found.value)
    scope = Scope.DESTINATION if found.path[0] == "destination" else Scope.MESSAGE
    return TemplateField(Field(found.document, found.path, value), known, scope)


def _template(source: Any) -> Template:
    source = str(source)
    tree = _JINJA.parse(source)
    lone = source.startswith("{{") and source.endswith("}}") and source.count("{{") == 1
    return Template(source, tree, lone, "{% for" not in source, frozenset(meta.find_undeclared_variables(tree)) - {"omit"})


def _shaped(loaded: LoadedSpec, root: Field, strings: tuple[TemplateField, ...]) -> ShapedSpec:
    written = root.value.get("deliverychannel", "sms")
    template = root.get("deliverychannel") if isinstance(written, str) and "{{" in written else None
    names = list(root.value.get("channels", {})) if template else [written] if isinstance(written, str) else written
    channels = tuple(name for name in (canonical(name) for name in names) if name)
    forms = tuple(MessageForm(Origin.SPEC, name, root, root.find("channels", name)) for name in channels)
    holder = root.get("variables")
    variables = {name: Variable(name, field, field.value) for name, field in holder.items()} if holder else {}
    return ShapedSpec(loaded, root, root.value.get("name", "example"), (), channels, template, variables, forms, strings)


def evaluator(spec: AnalysedSpec) -> Evaluator:
    return Evaluator(spec, Engine(), omit=OMIT, failure=RenderError)
