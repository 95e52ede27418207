"""Rendering: templates compiled once, rendered per recipient, every failure one :class:`RenderFailure` with its place.

Only templates without problems are compiled, partials too: what lint would refuse can't run, even where lint was skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import CodeType, TracebackType
from typing import Any

from jinja2 import nodes
from jinja2.environment import Template as JinjaTemplate
from jinja2.exceptions import SecurityError, TemplateError, TemplateNotFound, UndefinedError
from jinja2.runtime import Context, Undefined

from msgspec_tool.model import Template
from msgspec_tool.source.document import Plain
from msgspec_tool.source.text import SourceFile
from msgspec_tool.templates.environment import MessageEnvironment
from msgspec_tool.templates.failures import BadValueError, RenderFailure
from msgspec_tool.templates.parsing import parse_template
from msgspec_tool.templates.partials import OutsideError, Partials
from msgspec_tool.templates.printing import plain, printed
from msgspec_tool.templates.tree import parts_of
from msgspec_tool.templates.values import OMIT

_RESULT = "msgspec_lone_value"
_CODE_NAME = "<message template>"

_MEANINGS: tuple[tuple[type[BaseException], str], ...] = (
    (ZeroDivisionError, "division by zero"),
    (OverflowError, "a number is too large"),
    (RecursionError, "macros or loops nest too deeply"),
    (MemoryError, "the template needs too much memory"),
)


class EngineEnvironment(MessageEnvironment):
    """The environment with partials: each is compiled once, after the same checks as a template."""

    def __init__(self, partials: Partials | None, *, locale: str, timezone: str, smartlinks: frozenset[str]) -> None:
        super().__init__(locale=locale, timezone=timezone, smartlinks=smartlinks)
        self.partials = partials
        self.files: dict[str, tuple[SourceFile, Template]] = {}
        """The partials by the name of their code."""
        self._compiled: dict[str, JinjaTemplate] = {}

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> JinjaTemplate:  # noqa: ARG002  Jinja's signature
        if name not in self._compiled:
            if self.partials is None or not isinstance(name, str):
                raise BadValueError("there is no project folder to read partials from")
            file = self._loaded(self.partials, name)
            template = parse_template(file.text, self.partials)
            _refuse_problems(template, file)
            code_name = f"{_CODE_NAME} {name}"
            root = template.tree if template.tree is not None else _constant(file.text)
            self.files[code_name] = (file, template)
            code = self.compile(root, name, code_name)
            self._compiled[name] = JinjaTemplate.from_code(self, code, self.globals)
        return self._compiled[name]

    @staticmethod
    def _loaded(partials: Partials, name: str) -> SourceFile:
        try:
            return partials.load(name)
        except OutsideError:
            raise
        except BadValueError as error:
            # The one exception that 'ignore missing' forgives.
            raise TemplateNotFound(name, str(error)) from None


class CompiledTemplate:
    """A template that is ready to render. Made by :meth:`Engine.compile`."""

    def __init__(self, environment: EngineEnvironment, template: Template, native: bool) -> None:
        self.template = template
        self.native = native and template.lone
        self._environment = environment
        self._globals = environment.globals
        self._constant: str | None = None
        if template.tree is None:
            self._constant = _normalised(template.source)
        else:
            self._root, self._lines = self._compiled()

    def _compiled(self) -> tuple[Callable[[Context], Iterable[str]], dict[str, list[tuple[int, int]]]]:
        tree = _assignment(self.template.tree) if self.template.lone else self.template.tree
        code = self._environment.compile(tree, None, _CODE_NAME)
        namespace: dict[str, Any] = {"environment": self._environment, "__file__": _CODE_NAME}
        execute(code, namespace)
        return namespace["root"], {_CODE_NAME: _line_table(namespace["debug_info"])}

    def render(self, scope: Mapping[str, Plain]) -> Plain:
        """The text, or the native value (null included), of the template for a scope that holds every name; ``OMIT`` for ``omit``.

        Raises :class:`RenderFailure`.
        """
        if self._constant is not None:
            return self._constant
        try:
            context = Context(self._environment, {**self._globals, **scope}, None, {})
            if not self.template.lone:
                return self._environment.concat(self._root(context))
            for _ in self._root(context):
                pass
            return self._lone(context.vars[_RESULT])
        except RenderFailure:
            raise
        except Exception as error:
            raise self._failure(error) from None

    def _lone(self, value: Any) -> Plain:
        if value is OMIT:
            return OMIT
        if not self.native:
            return self._environment.concat((printed(value),))
        if isinstance(value, Undefined):
            str(value)
            raise BadValueError("the condition leaves no value; add an else")
        return plain(value)

    def _failure(self, error: Exception) -> RenderFailure:
        start, end, file = self._place(error.__traceback__)
        return RenderFailure(_meaning(error), start, end, file)

    def _place(self, trace: TracebackType | None) -> tuple[int, int, SourceFile | None]:
        """The innermost template frame of a failure, as the span of its tag."""
        found: tuple[int, int, SourceFile | None] | None = None
        while trace is not None:
            name = trace.tb_frame.f_code.co_filename
            if name.startswith(_CODE_NAME):
                file, template, lines = self._source(name)
                offset = next((offset for offset, line in reversed(lines) if line <= trace.tb_lineno), None)
                if offset is not None and template.tree is not None:
                    found = (*parts_of(template.tree).tokens.tag(offset), file)
            trace = trace.tb_next
        return found or (0, len(self.template.source), None)

    def _source(self, code_name: str) -> tuple[SourceFile | None, Template, list[tuple[int, int]]]:
        if code_name == _CODE_NAME:
            return None, self.template, self._lines[code_name]
        file, template = self._environment.files[code_name]
        compiled = self._environment.get_template(code_name.removeprefix(f"{_CODE_NAME} "))
        return file, template, _line_table(compiled._debug_info)


class Engine:
    """Compiles templates for one render: its partials, language, time zone and declared smart links.

    ``environment`` makes what they are compiled in; another one may compile them into code that also tells what it does.
    """

    def __init__(
        self,
        partials: Partials | None,
        *,
        locale: str = "en",
        timezone: str = "UTC",
        smartlinks: frozenset[str] = frozenset(),
        environment: Callable[..., EngineEnvironment] = EngineEnvironment,
    ) -> None:
        self.environment = environment(partials, locale=locale, timezone=timezone, smartlinks=smartlinks)

    @property
    def globals(self) -> Mapping[str, Any]:
        """Names that every template sees besides its scope."""
        return self.environment.globals

    def compile(self, template: Template, *, native: bool) -> CompiledTemplate:
        """Compile a template. ``native`` keeps the type of a lone expression's value.

        Raises :class:`RenderFailure` for a template that has problems or that Python's compiler refuses.
        """
        _refuse_problems(template, None)
        try:
            return CompiledTemplate(self.environment, template, native)
        except (TemplateError, SyntaxError, RecursionError, MemoryError, ValueError, OverflowError, AssertionError) as error:
            raise RenderFailure(f"the template can't be compiled: {_meaning(error)}", 0, len(template.source)) from None


def execute(code: CodeType, namespace: dict[str, Any]) -> None:
    """Run the generated code of a template, which defines its functions in ``namespace``."""
    # The code is Jinja's own, generated from a tree that passed the allow-list, and reaches data through the sandbox only.
    exec(code, namespace)  # noqa: S102


def _refuse_problems(template: Template, file: SourceFile | None) -> None:
    for problem in template.problems:
        raise RenderFailure(problem.message, problem.start, problem.end, problem.file or file)


def _assignment(tree: nodes.Template) -> nodes.Template:
    """A lone expression as an assignment, so that its value can be had as it is."""
    expression = tree.body[0].nodes[0]  # type: ignore[attr-defined]
    line = expression.lineno
    return nodes.Template([nodes.Assign(nodes.Name(_RESULT, "store", lineno=line), expression, lineno=line)], lineno=1)


def _constant(text: str) -> nodes.Template:
    data = nodes.TemplateData(_normalised(text), lineno=1)
    return nodes.Template([nodes.Output([data], lineno=1)], lineno=1)


def _normalised(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _line_table(debug_info: str | Any) -> list[tuple[int, int]]:
    """(offset in the template, line of the generated code) pairs, by line."""
    pairs = (pair.split("=") for pair in debug_info.split("&") if pair)
    return [(int(offset), int(line)) for offset, line in pairs]


def _meaning(error: BaseException) -> str:
    """An exception out of a template as a sentence for its author."""
    if isinstance(error, BadValueError):
        return str(error)
    if isinstance(error, UndefinedError):
        return str(error.message or "a value is undefined")
    if isinstance(error, SecurityError):
        return "this is not allowed in a template"
    for kind, meaning in _MEANINGS:
        if isinstance(error, kind):
            return meaning
    if isinstance(error, TypeError):
        return f"the types of the values do not fit: {_first_line(error)}"
    return _first_line(error)


def _first_line(error: BaseException) -> str:
    text = str(error).partition("\n")[0][:200]
    return "".join(char if char.isprintable() else "?" for char in text) or type(error).__name__
