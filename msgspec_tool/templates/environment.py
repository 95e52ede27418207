"""The Jinja environment of the spec language: sandboxed, strict, and bounded in every single operation.

Any operation that can make a value larger than its operands is refused or capped here, so that a template without loops
and assignments is bounded by its inputs. This reduces and does not contain: whatever loops or assigns also runs in a
worker process with limits (:mod:`.running.worker`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, LoopContext, Macro, StrictUndefined, Undefined
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import Namespace, pass_context, pass_environment

from msgspec_tool.templates.failures import BadValueError, quoted
from msgspec_tool.templates.filters import functions
from msgspec_tool.templates.filters.entries import FilterEntry
from msgspec_tool.templates.operations import bounded_range, check_operands
from msgspec_tool.templates.printing import joined, printed
from msgspec_tool.templates.syntax import SYNTAX
from msgspec_tool.templates.values import OMIT

_LOOP_ATTRIBUTES = frozenset(
    ("index", "index0", "revindex", "revindex0", "first", "last", "length", "cycle", "depth", "depth0", "previtem", "nextitem", "changed")
)


class Generator(CodeGenerator):
    """Code without constant folding, with capped ``~``, and with offsets in its table of lines."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802  Jinja's name
        self.write("environment.concat((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def newline(self, node: nodes.Node | None = None, extra: int = 0) -> None:
        super().newline(None, extra)
        if node is not None:
            self._write_debug_info = getattr(node.lineno, "offset", 0)


class MessageEnvironment(SandboxedEnvironment):
    """What a template of a spec means. ``locale`` and ``timezone`` are what ``money``, ``number`` and ``date`` fall back to."""

    intercepted_binops = frozenset(("+", "*", "**", "%"))
    code_generator_class = Generator
    concat = staticmethod(joined)

    def __init__(self, *, locale: str = "en", timezone: str = "UTC", smartlinks: frozenset[str] = frozenset()) -> None:
        super().__init__(
            trim_blocks=SYNTAX.trim_blocks,
            lstrip_blocks=SYNTAX.lstrip_blocks,
            keep_trailing_newline=SYNTAX.keep_trailing_newline,
            newline_sequence="\n",
            autoescape=False,
            optimized=False,
            undefined=StrictUndefined,
            finalize=printed,
            cache_size=0,
        )
        self.locale = locale
        self.timezone = timezone
        self.smartlinks = smartlinks
        self.filters = {entry.name: _passing(entry) for entry in functions.FILTER_ENTRIES.values()}
        self.tests = {entry.name: entry.function for entry in functions.TEST_ENTRIES.values()}
        self.globals = {
            "smartlink": self._smartlink,
            "omit": OMIT,
            "range": bounded_range,
            "dict": dict,
            "namespace": Namespace,
        }

    def _smartlink(self, identifier: Any) -> str:
        name = printed(identifier)
        if name not in self.smartlinks:
            raise BadValueError(f"smart link {quoted(name)} is not declared under channels.smartlinks")
        return "{{link_" + name + "}}"

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        check_operands(operator, left, right)
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002  Jinja's signature
        if attr.startswith("_"):
            return False
        if isinstance(obj, LoopContext):
            return attr in _LOOP_ATTRIBUTES
        methods = ((str, functions.TEXT_METHODS), (dict, functions.MAPPING_METHODS), ((list, tuple), functions.LIST_METHODS))
        for kind, allowed in methods:
            if isinstance(obj, kind):
                return attr in allowed
        return isinstance(obj, Namespace) or type(obj).__name__ == "TemplateModule"

    def is_safe_callable(self, obj: Any) -> bool:
        if isinstance(obj, (Macro, LoopContext, Undefined)) or any(obj is allowed for allowed in (dict, Namespace, bounded_range)):
            return True
        owner = getattr(obj, "__self__", None)
        return owner is self or isinstance(owner, (str, dict, list, tuple, LoopContext))

    def wrap_str_format(self, value: Any) -> None:
        """No ``str.format`` at all, so none that is wrapped."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        # A mapping's own key wins over its methods: a column may be called `items`.
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def _passing(entry: FilterEntry) -> Callable[..., Any]:
    """The filter as Jinja calls it: first argument the environment or context where the entry asks for one."""
    marks: dict[str, Callable[..., Any]] = {"environment": pass_environment, "context": pass_context}
    mark = marks.get(entry.context)
    return mark(entry.function) if mark else entry.function
