"""What a template may not do: unknown names of filters, tests and tags, unsafe constructs, and code that no compiler takes."""

from __future__ import annotations

import math
from collections.abc import Iterator

from jinja2 import nodes

from msgspec_tool.model import TemplateProblem, TemplateProblemKind
from msgspec_tool.templates.failures import quoted
from msgspec_tool.templates.filters.functions import (
    CHANCE_FILTERS,
    FILTER_ENTRIES,
    REFUSED_FILTERS,
    REFUSED_METHODS,
    REFUSED_TAGS,
    REFUSED_TESTS,
    STRAIGHT_FUNCTIONS,
    TEST_ENTRIES,
)
from msgspec_tool.templates.nearest import nearest, suggestion
from msgspec_tool.templates.partials import OutsideError, check_name
from msgspec_tool.templates.positions import Tokens, end_of, offset_of
from msgspec_tool.templates.tree import parts_of, walk

SYNTAX, UNKNOWN, UNSAFE = TemplateProblemKind.SYNTAX, TemplateProblemKind.UNKNOWN, TemplateProblemKind.UNSAFE

_TAKES_FILTER = ("map",)
_TAKES_TEST = {"select": 0, "reject": 0, "selectattr": 1, "rejectattr": 1}
STRAIGHT = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.CondExpr, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem),
    *(nodes.Slice, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.BinExpr, nodes.UnaryExpr, nodes.Concat, nodes.List),
    *(nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Keyword, nodes.Call),
)
"""What templates are made of whose work is bounded by their inputs."""

_ALWAYS_ALLOWED = frozenset((nodes.TemplateData, nodes.Output, nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand))
_SURROGATES = range(0xD800, 0xE000)


def disallowed(root: nodes.Template) -> tuple[TemplateProblem, ...]:
    """Problems of every construct that may not be used, in source order."""
    return tuple(_disallowed(root, parts_of(root).tokens))


def _disallowed(root: nodes.Template, tokens: Tokens) -> Iterator[TemplateProblem]:
    aliases = {node.target for node in walk(root) if isinstance(node, nodes.Import)}
    for node in (one for one in walk(root) if one.__class__ not in _ALWAYS_ALLOWED):
        if isinstance(node, nodes.Filter):
            yield from _filter(node)
        elif isinstance(node, nodes.Test):
            yield from _test(node, tokens)
        elif isinstance(node, (nodes.Getattr, nodes.Getitem)):
            yield from _attribute(node, tokens)
        elif isinstance(node, nodes.Call):
            yield from _method(node, tokens, aliases)
        elif isinstance(node, (nodes.Extends, nodes.Block, nodes.ScopedEvalContextModifier)):
            yield from _tag(node)
        elif isinstance(node, nodes.Const):
            yield from _constant(node)
        elif isinstance(node, nodes.Name) and node.ctx != "load" and node.name == "loop":
            yield TemplateProblem(SYNTAX, offset_of(node), end_of(node), "'loop' belongs to the loop and can't be set")
        if isinstance(node, (nodes.Filter, nodes.Test, nodes.Call, nodes.Macro)):
            yield from _repeated(node)


def is_straight(root: nodes.Template) -> bool:
    """Output, conditions and bounded filters and functions only."""
    return all(isinstance(node, STRAIGHT) and is_bounded(node) for node in walk(root))


def is_bounded(node: nodes.Node) -> bool:
    """Whether what a node itself does is bounded by what it is given: so it is, unless it calls a filter or a function that is not."""
    if isinstance(node, nodes.Filter):
        return node.name in FILTER_ENTRIES and FILTER_ENTRIES[node.name].straight
    return not (isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name not in STRAIGHT_FUNCTIONS)


def _filter(node: nodes.Filter) -> Iterator[TemplateProblem]:
    if node.name not in FILTER_ENTRIES:
        yield _unknown_filter(node.name, offset_of(node), end_of(node))
    elif node.name in _TAKES_FILTER and node.args:
        yield from _named_argument(node.args[0], is_filter=True)
    elif node.name in _TAKES_TEST and len(node.args) > _TAKES_TEST[node.name]:
        yield from _named_argument(node.args[_TAKES_TEST[node.name]], is_filter=False)


def _named_argument(argument: nodes.Expr, *, is_filter: bool) -> Iterator[TemplateProblem]:
    if not isinstance(argument, nodes.Const) or not isinstance(argument.value, str):
        return
    start, end = offset_of(argument) + 1, end_of(argument) - 1
    if is_filter and argument.value not in FILTER_ENTRIES:
        yield _unknown_filter(argument.value, start, end)
    elif not is_filter and argument.value not in TEST_ENTRIES:
        yield _unknown_test(argument.value, start, end)


_MEANT = {
    **dict.fromkeys(("currency", "format_currency", "price", "money_with_currency", "money_without_trailing_zeros"), "money"),
    **dict.fromkeys(("strftime", "dateformat", "format_date", "datetime", "format_datetime", "time"), "date"),
    **dict.fromkeys(("number_format", "format_number", "decimal", "floatformat", "intcomma"), "number"),
    **dict.fromkeys(("strip", "ltrim", "rtrim"), "trim"),
    **dict.fromkeys(("substr", "substring", "truncatechars", "limit"), "truncate"),
    **dict.fromkeys(("url_encode", "urlquote", "quote", "encodeURIComponent"), "urlencode"),
    **dict.fromkeys(("len", "size"), "length"),
    **dict.fromkeys(("json", "to_json"), "tojson"),
    **dict.fromkeys(("titlecase", "title_case"), "title"),
    **dict.fromkeys(("tel", "phonenumber", "msisdn"), "phone"),
    "if_empty": "default",
}
"""What other template languages and frameworks call a filter."""


def _unknown_filter(name: str, start: int, end: int) -> TemplateProblem:
    if name == "attr":
        return TemplateProblem(UNSAFE, start, end, "filter 'attr' is not allowed: it reaches into Python", help="write value.name")
    if name in CHANCE_FILTERS:
        message = f"filter '{name}' is not there: the same data must give the same message"
        return TemplateProblem(TemplateProblemKind.CHANCE, start, end, message, help="let the data hold what is chosen")
    if name in REFUSED_FILTERS:
        return TemplateProblem(UNKNOWN, start, end, f"filter '{name}' is not allowed: {REFUSED_FILTERS[name]}")
    candidate = _MEANT.get(name) or nearest(name, FILTER_ENTRIES)
    return TemplateProblem(UNKNOWN, start, end, f"there is no filter {quoted(name)}{suggestion(candidate)}", replacement=candidate)


def _test(node: nodes.Test, tokens: Tokens) -> Iterator[TemplateProblem]:
    if node.name in TEST_ENTRIES:
        return
    names = [found for found in tokens.names_from(offset_of(node)) if found[0] not in ("is", "not")]
    start, end = names[0][1:] if names else (offset_of(node), end_of(node))
    yield _unknown_test(node.name, start, end)


def _unknown_test(name: str, start: int, end: int) -> TemplateProblem:
    if name in REFUSED_TESTS:
        return TemplateProblem(UNKNOWN, start, end, f"test '{name}' is not allowed: {REFUSED_TESTS[name]}")
    candidate = nearest(name, TEST_ENTRIES)
    return TemplateProblem(UNKNOWN, start, end, f"there is no test {quoted(name)}{suggestion(candidate)}", replacement=candidate)


def member_span(node: nodes.Getattr | nodes.Getitem, tokens: Tokens) -> tuple[int, int]:
    """Span of an attribute's name, or of the text in brackets."""
    if isinstance(node, nodes.Getitem):
        return offset_of(node.arg), end_of(node.arg)
    found = next(tokens.names_from(offset_of(node)), None)
    return found[1:] if found else (offset_of(node), end_of(node))


def _attribute(node: nodes.Getattr | nodes.Getitem, tokens: Tokens) -> Iterator[TemplateProblem]:
    if isinstance(node, nodes.Getattr):
        name, unsafe = node.attr, node.attr.startswith("_")
    else:
        name = node.arg.value if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str) else ""
        unsafe = name.startswith("__")
    if unsafe:
        start, end = member_span(node, tokens)
        yield TemplateProblem(
            UNSAFE, start, end, f"attribute {quoted(name)} is not allowed: names with a leading underscore are Python's own"
        )


def _method(node: nodes.Call, tokens: Tokens, aliases: set[str]) -> Iterator[TemplateProblem]:
    called = node.node
    if not isinstance(called, nodes.Getattr) or called.attr not in REFUSED_METHODS:
        return
    if isinstance(called.node, nodes.Name) and called.node.name in aliases:
        return
    start, end = member_span(called, tokens)
    yield TemplateProblem(UNSAFE, start, end, f"method '.{called.attr}()' is not allowed: {REFUSED_METHODS[called.attr]}")


def _tag(node: nodes.Node) -> Iterator[TemplateProblem]:
    name = "extends" if isinstance(node, nodes.Extends) else "block" if isinstance(node, nodes.Block) else "autoescape"
    if isinstance(node, nodes.Extends):
        template = node.template.value if isinstance(node.template, nodes.Const) else None
        try:
            check_name(template if isinstance(template, str) else "")
        except OutsideError as error:
            message = str(error) if isinstance(template, str) else "the name after 'extends' must be a constant text"
            yield TemplateProblem(UNSAFE, offset_of(node.template), end_of(node.template), message)
            return
    yield TemplateProblem(UNKNOWN, offset_of(node), end_of(node), f"tag '{name}' is not allowed here: {REFUSED_TAGS[name]}")


def _constant(node: nodes.Const) -> Iterator[TemplateProblem]:
    value = node.value
    if isinstance(value, float) and not math.isfinite(value):
        yield TemplateProblem(SYNTAX, offset_of(node), end_of(node), "this number is too large")
    elif isinstance(value, str) and not value.isascii() and any(ord(char) in _SURROGATES for char in value):
        message = "half a surrogate pair is no character"
        yield TemplateProblem(SYNTAX, offset_of(node), end_of(node), message, help="write the character itself")


def _repeated(node: nodes.Filter | nodes.Test | nodes.Call | nodes.Macro) -> Iterator[TemplateProblem]:
    if isinstance(node, nodes.Macro):
        named: list[tuple[str, nodes.Node]] = [(argument.name, argument) for argument in node.args]
    else:
        named = [(keyword.key, keyword) for keyword in node.kwargs if isinstance(keyword, nodes.Keyword)]
    seen: set[str] = set()
    for name, place in named:
        if name in seen:
            yield TemplateProblem(SYNTAX, offset_of(place), end_of(place), f"argument {quoted(name)} is given twice")
        seen.add(name)
