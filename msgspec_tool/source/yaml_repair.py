"""What is wrong where YAML stops being YAML, in words for its author, and a mask that lets reading go on behind it.

Each repair names one cause, hides or blanks the fewest characters that get the parser past it, and keeps every offset.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from yaml.error import MarkedYAMLError

from msgspec_tool.source.masking import MaskedText
from msgspec_tool.source.problems import SourceProblem, SourceProblemKind
from msgspec_tool.source.quoting import shown
from msgspec_tool.source.text import Span
from msgspec_tool.source.yaml_fault import Fault, trace
from msgspec_tool.source.yaml_indentation import shallow_block, wide_blanks
from msgspec_tool.source.yaml_pasted import fence
from msgspec_tool.source.yaml_templates import template_end, unquoted_before

INDENTATION = "indent it as the keys beside it"
"""The remedy for a line at the wrong depth. Behind a tab nobody knows which depth was meant."""

_LINE_BREAK = re.compile(r"[\r\n]")
_KEY = re.compile(r"[^\s#][^#\r\n]*:(\s|$)", re.MULTILINE)
_LEAD = re.compile(r"^[ \t]+", re.MULTILINE)
_TABBED_LINES = re.compile(r"(?:[ ]*\t[^\r\n]*(?:\r\n|\n|\r|\Z))+")
_RESERVED_KEY = re.compile(r"[^:\r\n]+(?=:(?:[ \t\r\n]|\Z))")
_DASH_AND_TABS = re.compile(r" *(?:- +)*-([ \t]*\t[ \t]*)")
_NO_ENTRY = re.compile(r",[^,:{}\[\]\r\n]*(?=[,}])")
"""What follows a comma inside braces and is no entry, since it has no colon: the text goes on."""
_NEXT_LINE = re.compile(r"\r\n|\n|\r")
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{0,4}|\\U[0-9a-fA-F]{0,8}|\\x[0-9a-fA-F]{0,2}|\\[^\r\n]?"
)
"""An escape of a double-quoted scalar; a pair of surrogates, which JSON takes and YAML does not, is one."""
_QUOTE_THE_VALUE = "put the whole value in quotes"
_INDICATORS = {
    "@": "YAML reserves it",
    "`": "YAML reserves it",
    "%": "it starts a directive in YAML",
    "|": "it starts a literal block in YAML",
    ">": "it starts a folded block in YAML",
    "*": "it starts an alias in YAML",
    "&": "it starts an anchor in YAML",
}


def repair(masked: MaskedText, error: MarkedYAMLError) -> SourceProblem:
    """Say what is wrong and mask it. The text stays as it is where there is nothing left to mask."""
    problem_mark = error.problem_mark
    context_mark = error.context_mark
    at = min(problem_mark.index if problem_mark else 0, len(masked.text))
    fault = Fault(masked, error.problem or "", error.context or "", at, context_mark.index if context_mark else None, trace(masked.text))
    before = masked.text
    for attempt in _REPAIRS:
        problem = attempt(fault)
        if problem is not None:
            break
    else:
        problem = _unreadable_line(fault)
    if masked.text == before:
        masked.blank(fault.line_start(at), len(masked.text))
    return problem


def hide_template(masked: MaskedText, start: int, *, in_flow: bool) -> SourceProblem:
    """Make an unquoted template the text that its author meant."""
    return _hidden(masked, start, template_end(masked.text, start, in_flow=in_flow))


def _hidden(masked: MaskedText, start: int, end: int) -> SourceProblem:
    masked.hide(start, end)
    return _unquoted(masked, start, end)


def template_problem(masked: MaskedText, start: int, *, in_flow: bool) -> SourceProblem:
    """The unquoted template that begins at ``start``; its span is what has to be hidden."""
    return _unquoted(masked, start, template_end(masked.text, start, in_flow=in_flow))


def _unquoted(masked: MaskedText, start: int, end: int) -> SourceProblem:
    return SourceProblem(
        SourceProblemKind.UNQUOTED_TEMPLATE,
        Span(start, end),
        f"'{shown(masked.file.text[start:end])}' stands without quotes, so YAML does not read it as text",
        help=_QUOTE_THE_VALUE,
        serious=True,
    )


# --- one cause each; the first that recognises the fault speaks ---------------------------------------------------------


def _unquoted_template(fault: Fault) -> SourceProblem | None:
    begin = fault.at
    if "flow" in fault.context and fault.trace.open_flows:
        begin = min(begin, fault.trace.open_flows[0])
    flow = fault.trace.last_flow
    if flow is not None and not fault.text[flow.end : fault.at].strip():
        begin = min(begin, flow.start)
    offset = unquoted_before(fault.text, fault.line_start(begin), fault.at, fault.trace.scalars)
    if offset is None:
        return None
    return hide_template(fault.masked, offset, in_flow=fault.in_flow(offset))


def _template_behind_text(fault: Fault) -> SourceProblem | None:
    """``{title: Hi {{ name }}, text: …}``: inside brackets the braces of a template end the text before them."""
    scalars, text = fault.trace.scalars, fault.text
    if not scalars or fault.trace.styles[-1] or not text.startswith(("{{", "{%", "{#"), fault.at) or not fault.in_flow(fault.at):
        return None
    start = scalars[-1].start
    if text[scalars[-1].end : fault.at].strip(" \t"):
        return None
    end = template_end(text, start, in_flow=True)
    if fault.trace.open_flows and text[fault.trace.open_flows[-1]] == "{":
        while found := _NO_ENTRY.match(text, end):
            end = found.end()
    return _hidden(fault.masked, start, end)


def _tab(fault: Fault) -> SourceProblem | None:
    line = fault.line_start(fault.at)
    lead = fault.text[line : fault.line_end(line)]
    lead = lead[: len(lead) - len(lead.lstrip(" \t"))]
    if "\t" not in lead or not ("tab" in fault.problem or fault.char == "\t"):
        return None
    first = line + lead.index("\t")
    run = _TABBED_LINES.match(fault.text, line)
    if run is not None:
        fault.masked.replace(line, _LEAD.sub(lambda lead: lead[0].replace("\t", " "), run[0]))
    return SourceProblem(
        SourceProblemKind.DOCUMENT,
        Span(first, first + 1),
        "a tab is used for indentation; YAML allows only spaces there",
        help="indent with spaces, two for each level",
    )


def _tab_behind_dash(fault: Fault) -> SourceProblem | None:
    start, end = fault.line_start(fault.at), fault.line_end(fault.at)
    found = _DASH_AND_TABS.match(fault.text, start, end) if fault.char == "\t" else None
    if found is None:
        return None
    blanks = Span(*found.span(1))
    fault.masked.replace(blanks.start, found[1].replace("\t", " "))
    return SourceProblem(
        SourceProblemKind.DOCUMENT,
        blanks,
        "a tab stands behind '-'; YAML allows only spaces there",
        help="write one space",
        edits=((blanks, " "),),
        edit_description="write one space",
    )


def _reserved_start(fault: Fault) -> SourceProblem | None:
    at = fault.at
    if fault.context in ("while scanning an alias", "while scanning an anchor") and fault.context_at is not None:
        at = fault.context_at
    elif "cannot start any token" not in fault.problem and "mapping keys are not allowed" not in fault.problem:
        return None
    char = fault.text[at : at + 1]
    key = _RESERVED_KEY.match(fault.text, at) if at == _content_start(fault, at) else None
    end = fault.rest_end(at) if key is None else key.end()
    value = shown(fault.masked.file.text[at:end])
    fault.masked.hide(at, max(end, at + 1))
    reason = _INDICATORS.get(char, "it means structure in YAML")
    what = "value" if key is None else "key"
    return fault.syntax(at, at + 1, f"a {what} without quotes can't begin with '{shown(char)}': {reason}", f"write '{value}' in quotes")


def _unclosed_quote(fault: Fault) -> SourceProblem | None:
    if fault.context != "while scanning a quoted scalar" or fault.context_at is None:
        return None
    return _hide_open_quote(fault, fault.context_at)


def _hide_open_quote(fault: Fault, start: int) -> SourceProblem:
    fault.masked.hide(start, max(fault.line_end(start), start + 1))
    quote = fault.masked.file.text[start : start + 1]
    return fault.syntax(start, start + 1, f"the quote {quote} that opens here is never closed", f"close it with {quote}")


def _after_quote(fault: Fault) -> SourceProblem | None:
    """Text behind a closing quote: an apostrophe inside single quotes, or a quote that closed on a later line."""
    if not fault.trace.scalars or fault.trace.styles[-1] not in ("'", '"') or "did not find expected" not in fault.problem:
        return None
    start, end = fault.trace.scalars[-1]
    if fault.text[end : fault.at].strip(" \t"):
        return None
    if _LINE_BREAK.search(fault.text, start, end):
        return _hide_open_quote(fault, start)
    if _LINE_BREAK.search(fault.text, end, fault.at):
        return None
    quote = fault.trace.styles[-1]
    stop = fault.rest_end(fault.at)
    value = shown(fault.masked.file.text[fault.at : stop])
    fault.masked.hide(start, stop)
    remedy = "inside single quotes write '' for an apostrophe" if quote == "'" else 'inside double quotes write \\" for a quote'
    return fault.syntax(fault.at, stop, f"'{value}' follows the closing quote {quote}", remedy)


def _colon_in_text(fault: Fault) -> SourceProblem | None:
    if "mapping values are not allowed" not in fault.problem:
        return None
    scalars = fault.trace.scalars
    line = fault.line_start(fault.at)
    if scalars and scalars[-1].start < line <= scalars[-1].end:
        return _key_read_as_text(fault, line, scalars[-1])
    _hide_text(fault, fault.at, _block_end(fault, fault.at))
    return fault.syntax(fault.at, fault.at + 1, "a ': ' inside a value without quotes looks like a second key", _QUOTE_THE_VALUE)


def _key_read_as_text(fault: Fault, line: int, scalar: Span) -> SourceProblem:
    """A key on a line that continues a plain scalar: the line before lacks its colon, or this one is indented too deep."""
    key = _content_start(fault, fault.at)
    first = scalar.start
    if first - fault.line_start(first) == key - line:
        end = min(fault.line_end(first), scalar.end)
        fault.masked.blank(first, end)
        word = shown(fault.masked.file.text[first:end])
        return fault.syntax(first, end, f"a ':' is missing after '{word}'", "write 'key: value'")
    _hide_text(fault, fault.at, _block_end(fault, key, siblings=key > line))
    name = shown(fault.masked.file.text[key : fault.at].strip())
    message = f"'{name}' is indented deeper than the line before it, so YAML reads it as more text of line {fault.line(first)}"
    return fault.syntax(key, fault.at, message, INDENTATION)


def _hide_text(fault: Fault, start: int, end: int) -> None:
    """Make text of a value's rest and of the lines below that belong to it: one mistake, one finding."""
    one_line = end <= fault.line_end(start)
    fault.masked.hide(start, max(fault.rest_end(start) if one_line or fault.in_flow(start) else end, start + 1))


def _escape(fault: Fault) -> SourceProblem | None:
    if fault.context != "while parsing a quoted scalar" and "escape" not in fault.problem and "hexdecimal" not in fault.problem:
        return None
    backslash = fault.text.rfind("\\", fault.context_at or 0, fault.at + 2)
    found = _ESCAPE.match(fault.text, backslash) if backslash >= 0 else None
    if found is None:
        return None
    fault.masked.hide(*found.span())
    shape = fault.masked.file.text[found.start() : found.end()]
    remedy = "write the character itself, or \\U and eight digits" if shape[1:2] in "xuU" else "double the backslash, or use single quotes"
    return fault.syntax(*found.span(), f"'{shown(shape)}' is no escape that YAML knows inside double quotes", remedy)


def _key_without_colon(fault: Fault) -> SourceProblem | None:
    """A line that should be a key: without ``: ``, libyaml gives up only at the next key."""
    if fault.context != "while scanning a simple key" or "expected ':'" not in fault.problem or fault.context_at is None:
        return None
    start, end = _content_start(fault, fault.context_at), fault.line_end(fault.context_at)
    if fault.text[start : start + 1] in "'\"[{":
        return None
    written = fault.masked.file.text[start:end]
    fault.masked.blank(start, end)
    key, separator, value = re.match(r"([^:=]*)([:=]?)(.*)", written).groups()  # type: ignore[union-attr]
    if separator == ":":
        return fault.syntax(start, end, f"a blank is missing after the ':' of '{shown(written)}'", f"write '{shown(f'{key}: {value}')}'")
    message = f"a ':' is missing in '{shown(written)}'"
    return fault.syntax(start, end, message, f"write '{shown(f'{key.strip()}: {value.strip()}')}'" if separator else "write 'key: value'")


def _block_header(fault: Fault) -> SourceProblem | None:
    if fault.context != "while scanning a block scalar" or fault.context_at is None:
        return None
    start, end = fault.context_at, fault.line_end(fault.context_at)
    value = shown(fault.masked.file.text[start:end])
    fault.masked.hide(start, max(end, start + 1))
    return fault.syntax(
        start, end, f"'{value}' can't head a block of text", f"begin the text on the next line, after '{value[:1]}' alone, or use quotes"
    )


def _tag(fault: Fault) -> SourceProblem | None:
    if "tag" not in fault.problem and "tag" not in fault.context:
        return None
    start = fault.text.rfind("!", fault.line_start(fault.at), fault.at + 1)
    start = fault.context_at or fault.at if start < 0 else start
    end = fault.rest_end(start)
    fault.masked.hide(start, max(end, start + 1))
    value = shown(fault.masked.file.text[start:end])
    return SourceProblem(
        SourceProblemKind.DOCUMENT, Span(start, end), f"'{value}' begins with a tag that is not known here", help=_QUOTE_THE_VALUE
    )


def _directive(fault: Fault) -> SourceProblem | None:
    if "directive" not in fault.context and "directive" not in fault.problem and "<document start>" not in fault.problem:
        return None
    start = fault.context_at if fault.context_at is not None and "directive" in fault.context else fault.at
    start = fault.line_start(start)
    end = fault.line_end(start)
    line = shown(fault.masked.file.text[start:end])
    fault.masked.blank(start, end)
    return SourceProblem(
        SourceProblemKind.DOCUMENT,
        Span(start, max(end, start)),
        f"'{line}' can't stand here: a spec is one YAML document",
        help="remove it",
    )


def _open_bracket(fault: Fault) -> SourceProblem | None:
    if not fault.context.startswith("while parsing a flow") or fault.context_at is None:
        return None
    in_bracket = fault.text[fault.context_at : fault.context_at + 1] in ("[", "{")
    if not in_bracket and (fault.char or not fault.trace.open_flows):
        return None
    start = fault.context_at if in_bracket else fault.trace.open_flows[-1]
    bracket = fault.text[start : start + 1]
    closer = {"[": "]", "{": "}"}.get(bracket, "]")
    same_line = fault.line_start(start) == fault.line_start(fault.at) and fault.at < fault.line_end(start)
    end = fault.line_end(start) if same_line else _block_end(fault, start)
    fault.masked.blank(start + 1, end)
    fault.masked.hide(start, start + 1)
    if same_line:
        return fault.syntax(fault.at, fault.at + 1, f"expected ',' or '{closer}' here, found '{shown(fault.masked.file.text[fault.at])}'")
    return fault.syntax(
        start, start + 1, f"the '{bracket}' that opens here is not closed by '{closer}'", f"add the '{closer}' or the ',' that is missing"
    )


def _block_end(fault: Fault, start: int, *, siblings: bool = False) -> int:
    """The end of the lines that belong to the line of ``start``: those indented deeper, closing brackets, ``siblings`` on request."""
    line = fault.line_start(start)
    indent = len(fault.text[line:start]) - len(fault.text[line:start].lstrip(" "))
    end = fault.line_end(start)
    while following := _NEXT_LINE.match(fault.text, end):
        next_end = fault.line_end(following.end())
        content = fault.text[following.end() : next_end]
        depth = len(content) - len(content.lstrip(" "))
        if content.strip() and depth < indent + (not siblings) and not content.lstrip().startswith(("]", "}")):
            break
        end = next_end
    return end


def _unreadable_line(fault: Fault) -> SourceProblem:
    """The last resort: the line, and what belongs to it, is left out."""
    start = fault.at
    if not fault.text[fault.line_start(start) : fault.line_end(start)].strip() and fault.context_at is not None:
        start = fault.context_at
    first = _content_start(fault, start)
    is_key = start == first and _KEY.match(fault.text, first) is not None
    problem = _line_problem(fault, start, first, is_key=is_key)
    line = fault.line_start(start)
    fault.masked.blank(line, _block_end(fault, max(start, first), siblings=is_key and first > line))
    return problem


def _line_problem(fault: Fault, start: int, first: int, *, is_key: bool) -> SourceProblem:
    end = fault.line_end(start)
    content = fault.masked.file.text[first:end]
    indent = first - fault.line_start(first)
    if "block sequence entries" in fault.problem:
        return fault.syntax(
            start, start + 1, "a list can't begin behind a key on the same line", "begin it on the next line, or write [a, b]"
        )
    if content.startswith("- ") or content == "-":
        return fault.syntax(first, first + 1, "a list item stands where a key is expected", "indent it below the key that it belongs to")
    if is_key:
        key = content.partition(":")[0]
        spaces = f"{indent} spaces" if indent > 1 else "1 space"
        fits = f"is indented by {spaces}, which fits no level above it" if indent else "is a key, but a list item is expected here"
        return fault.syntax(start, start + len(key), f"'{shown(key)}' {fits}", INDENTATION if indent else None)
    found = shown(fault.masked.file.text[start:end].strip(), 20)
    if found[:1] in ("]", "}"):
        return fault.syntax(start, start + 1, f"the '{found[0]}' closes nothing", "remove it, or put the whole value in quotes")
    return fault.syntax(start, max(end, start), f"'{found}' is not expected here" if found else "the file ends too early")


def _content_start(fault: Fault, offset: int) -> int:
    line = fault.line_start(offset)
    content = fault.text[line : fault.line_end(offset)]
    return line + len(content) - len(content.lstrip(" \t"))


_REPAIRS: tuple[Callable[[Fault], SourceProblem | None], ...] = (
    fence,
    wide_blanks,
    _unquoted_template,
    _template_behind_text,
    _tab,
    _tab_behind_dash,
    _directive,
    _reserved_start,
    _tag,
    _unclosed_quote,
    _after_quote,
    _colon_in_text,
    shallow_block,
    _key_without_colon,
    _block_header,
    _escape,
    _open_bracket,
)
