"""Whether a call gives what is asked for: filters, tests, functions and macros against their parameters, with exact places.

Jinja keeps no place for the name of ``name=value`` and none for the end of an expression, so the arguments are found
again in the tokens between the brackets.
"""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from jinja2 import nodes

from msgspec_tool.templates.failures import quoted
from msgspec_tool.templates.nearest import nearest, suggestion
from msgspec_tool.templates.positions import Tokens, end_of, offset_of

CALLER = "caller"
"""The name by which a macro reads the content of a call block."""

Called = nodes.Call | nodes.Filter | nodes.Test
"""What has arguments."""


class Parameter(NamedTuple):
    """One argument that may be given."""

    name: str
    required: bool
    keyword_only: bool = False
    """Only as ``name=value``."""
    positional_only: bool = False
    """Never as ``name=value``."""


class Parameters(NamedTuple):
    """What may stand in the brackets of a call, in order. The value before a filter or a test is none of it."""

    named: tuple[Parameter, ...] = ()
    variadic: bool = False
    """Any number of further arguments by position."""
    variadic_keywords: bool = False
    """Any further ``name=value``, also of a name that has its value by position, as Jinja's macros take it."""
    block: bool = False
    """The content of a call block, as the argument ``caller``."""

    @property
    def by_place(self) -> tuple[Parameter, ...]:
        """Those that can be given without a name."""
        return tuple(parameter for parameter in self.named if not parameter.keyword_only)

    @property
    def by_name(self) -> dict[str, Parameter]:
        """Those that can be given with a name."""
        return {parameter.name: parameter for parameter in self.named if not parameter.positional_only}


class ArgumentProblem(NamedTuple):
    """A problem at ``[start, end)`` of the text that holds the call."""

    start: int
    end: int
    message: str
    help: str
    replacement: str | None = None
    """The argument that was most likely meant, where one is near."""


def macro_parameters(macro: nodes.Macro) -> Parameters:
    """What a macro takes. Nothing is required: what a call leaves out is undefined in the macro."""
    from jinja2.compiler import find_undeclared

    read = find_undeclared(macro.body, (CALLER, "kwargs", "varargs"))
    names = [argument.name for argument in macro.args]
    more = read.difference(names)
    return Parameters(
        tuple(Parameter(name, required=False) for name in names),
        variadic="varargs" in more,
        variadic_keywords="kwargs" in more,
        block=CALLER in read or CALLER in names,
    )


def check_call(parameters: Parameters, node: Called | nodes.CallBlock, what: str, tokens: Tokens) -> Iterator[ArgumentProblem]:
    """Everything that is wrong with the arguments of a call, in written order.

    ``what`` begins the messages: ``filter 'truncate'``. ``tokens`` are those of the text that holds the call.
    """
    call: Called = node.call if isinstance(node, nodes.CallBlock) else node
    check = _Check(parameters, call, what, tuple(_arguments(call, tokens)), _called(call, tokens))
    problems = [*check.surplus(), *check.names(), *check.missing()]
    if isinstance(node, nodes.CallBlock):
        problems += check.block(offset_of(node), end_of(node))
    yield from sorted(problems, key=lambda problem: problem.start)


# --- the arguments as they are written ----------------------------------------------------------------------------------


class _Form(Enum):
    PLACE = "value"
    NAME = "name=value"
    UNPACKED = "*values or **values"


class _Argument(NamedTuple):
    form: _Form
    start: int
    end: int
    name: str = ""
    name_end: int = 0


class _Name(NamedTuple):
    """The name that is called."""

    text: str
    start: int
    end: int


def _called(call: Called, tokens: Tokens) -> _Name:
    index = _name_index(call, tokens)
    return _Name(tokens.values[index], tokens.starts[index], tokens.ends[index])


def _name_index(call: Called, tokens: Tokens) -> int:
    """The token that a reader would point at: the filter's or test's name, the last name before the brackets of a call."""
    index = tokens.index(offset_of(call))
    if isinstance(call, nodes.Call):
        while index > 0 and tokens.kinds[index] != "name":
            index -= 1
    elif isinstance(call, nodes.Test):
        index = _next(tokens, index)
        if tokens.values[index] == "not":
            index = _next(tokens, index)
    return index


def _next(tokens: Tokens, index: int) -> int:
    """The next token that is no white space."""
    index += 1
    while tokens.kinds[index] == "whitespace":
        index += 1
    return index


def _arguments(call: Called, tokens: Tokens) -> Iterator[_Argument]:
    opening = tokens.index(offset_of(call)) if isinstance(call, nodes.Call) else _next(tokens, _name_index(call, tokens))
    if tokens.values[opening] == "(" and tokens.kinds[opening] == "operator":
        for group in _groups(tokens, opening):
            yield _argument(tokens, group)
    elif call.args:
        yield _Argument(_Form.PLACE, tokens.starts[opening], tokens.ends[_operand_end(tokens, opening)])


def _groups(tokens: Tokens, opening: int) -> list[list[int]]:
    """The tokens between a bracket and its partner, cut at the commas that stand in no other brackets."""
    groups: list[list[int]] = [[]]
    depth = 0
    for index in range(opening + 1, _partner(tokens, opening)):
        depth += _deeper(tokens, index)
        if depth == 0 and tokens.values[index] == ",":
            groups.append([])
        elif tokens.kinds[index] != "whitespace":
            groups[-1].append(index)
    return [group for group in groups if group]


def _deeper(tokens: Tokens, index: int) -> int:
    """1 for an opening bracket, -1 for a closing one."""
    value = tokens.values[index] if tokens.kinds[index] == "operator" else ""
    return (value in ("(", "[", "{")) - (value in (")", "]", "}"))


def _partner(tokens: Tokens, opening: int) -> int:
    index = opening
    depth = 1
    while depth:
        index += 1
        depth += _deeper(tokens, index)
    return index


def _operand_end(tokens: Tokens, index: int) -> int:
    """The last token of the one argument that a test takes without brackets: a value and its members."""
    end = _partner(tokens, index) if _deeper(tokens, index) > 0 else index
    while tokens.values[_next(tokens, end)] in (".", "[", "("):
        following = _next(tokens, end)
        end = _next(tokens, following) if tokens.values[following] == "." else _partner(tokens, following)
    return end


def _argument(tokens: Tokens, group: list[int]) -> _Argument:
    first, start, end = group[0], tokens.starts[group[0]], tokens.ends[group[-1]]
    if tokens.kinds[first] == "operator" and tokens.values[first] in ("*", "**"):
        return _Argument(_Form.UNPACKED, start, end)
    if tokens.kinds[first] == "name" and len(group) > 1 and tokens.values[group[1]] == "=":
        return _Argument(_Form.NAME, start, end, tokens.values[first], tokens.ends[first])
    return _Argument(_Form.PLACE, start, end)


# --- what is wrong with them --------------------------------------------------------------------------------------------


class _Check(NamedTuple):
    parameters: Parameters
    call: Called
    what: str
    written: tuple[_Argument, ...]
    called: _Name

    @property
    def values(self) -> list[_Argument]:
        """Arguments by position."""
        return [argument for argument in self.written if argument.form is _Form.PLACE]

    @property
    def names_written(self) -> list[_Argument]:
        """Arguments by name."""
        return [argument for argument in self.written if argument.form is _Form.NAME]

    @property
    def filled(self) -> set[str]:
        """Parameters that have their value by position."""
        return {parameter.name for parameter in self.parameters.by_place[: len(self.values)]}

    def surplus(self) -> Iterator[ArgumentProblem]:
        most = len(self.parameters.by_place)
        more = [] if self.parameters.variadic else self.values[most:]
        if more:
            place = " by position" if most < len(self.parameters.named) else ""
            count = "no arguments" if most == 0 else f"at most {most} argument{'s' * (most > 1)}"
            given = "" if most == 0 else f", {len(self.values)} are given"
            yield ArgumentProblem(more[0].start, more[-1].end, f"{self.what} takes {count}{place}{given}", self._without(more))

    def _without(self, more: list[_Argument]) -> str:
        if isinstance(self.call, nodes.Test) and self.call.name == "in":
            # the brackets of `in (1, 2)` are those of its arguments
            return "write the values as a list: in [first, second]"
        return "remove it" if len(more) == 1 else "remove them"

    def names(self) -> Iterator[ArgumentProblem]:
        if self.parameters.variadic_keywords:
            return
        by_place = {parameter.name for parameter in self.parameters.named if parameter.positional_only}
        for argument in self.names_written:
            if argument.name in by_place:
                message = f"{self.what} takes {quoted(argument.name)} by its position, not by name"
                yield self._at_name(argument, message, f"write the value without {quoted(argument.name + '=')}")
            elif argument.name not in self.parameters.by_name:
                if not (self.parameters.block and argument.name == CALLER):
                    yield self._unknown(argument)
            elif argument.name in self.filled:
                message = f"{self.what} gets {quoted(argument.name)} twice: by its position and by name"
                yield self._at_name(argument, message, "remove one of them")

    def _unknown(self, argument: _Argument) -> ArgumentProblem:
        candidate = self._meant(argument)
        names = _listed(self.parameters.by_name)
        remedy = f"it takes {names}" if names else "it takes no arguments by name"
        message = f"{self.what} has no argument {quoted(argument.name)}{suggestion(candidate)}"
        return self._at_name(argument, message, remedy, candidate)

    def _meant(self, argument: _Argument) -> str | None:
        """The argument that a misspelt name was probably meant to be: one that is not given already."""
        given = self.filled | {other.name for other in self.names_written}
        return nearest(argument.name, self.parameters.by_name.keys() - given)

    def missing(self) -> Iterator[ArgumentProblem]:
        unknown = [argument for argument in self.names_written if argument.name not in self.parameters.by_name]
        given = self.filled | {argument.name for argument in self.names_written} | {self._meant(argument) for argument in unknown}
        lacking = [one for one in self.parameters.named if one.required and one.name not in given and not self._may_be_unpacked(one)]
        if lacking:
            needed = ", ".join(f"{one.name}=…" if one.keyword_only else one.name for one in self.parameters.named if one.required)
            message = f"{self.what} needs {_listed(one.name for one in lacking)}"
            yield ArgumentProblem(self.called.start, self.called.end, message, f"write {self.called.text}({needed})")

    def _may_be_unpacked(self, parameter: Parameter) -> bool:
        """Whether ``*values`` or ``**values`` can hold it; what they hold is known only when the message is rendered."""
        by_place = self.call.dyn_args is not None and not parameter.keyword_only
        return by_place or (self.call.dyn_kwargs is not None and not parameter.positional_only)

    def block(self, start: int, end: int) -> Iterator[ArgumentProblem]:
        """A call block hands over its content as the argument ``caller``."""
        if not (self.parameters.block or self.parameters.variadic_keywords):
            message = f"{self.what} takes no call block: it never reads {quoted(CALLER)}"
            yield ArgumentProblem(start, end, message, f"print {CALLER}() in the macro, or call it without a block")

    def _at_name(self, argument: _Argument, message: str, help: str, replacement: str | None = None) -> ArgumentProblem:
        return ArgumentProblem(argument.start, argument.name_end, message, help, replacement)


def _listed(names: Iterable[str]) -> str:
    """Names as a sentence has them: ``'a', 'b' and 'c'``."""
    *before, last = [quoted(name) for name in names] or [""]
    return f"{', '.join(before)} and {last}" if before else last
