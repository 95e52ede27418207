"""URL803: data inside links."""

from __future__ import annotations

import string
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec_tool.diagnostics import Applicability, Edit, Finding, Fix, FixKind, Label, Severity, Subject, rule
from msgspec_tool.model import MessageForm, Variable
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.proofs import analysis_of
from msgspec_tool.rules.urls import url_fields
from msgspec_tool.source.document import Field
from msgspec_tool.source.quoting import shown
from msgspec_tool.variables.alphabets import made_of, member_schema

if TYPE_CHECKING:
    from msgspec_tool.templates.bounds.analysis import Analysis
    from msgspec_tool.templates.url_places import Printed

_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")
_HARMLESS = {
    "host": _UNRESERVED - frozenset("_~"),
    "path": _UNRESERVED | frozenset("/:@!$&'()*+,;="),
    "query": _UNRESERVED | frozenset("/:@!$'()*,;=?"),
}
"""Characters that mean themselves in a part of a URL (RFC 3986; a plus in a query is a blank to most servers)."""


@rule("URL803", "url-unencoded-variable", Subject.MESSAGE, severity=Severity.WARNING, fix=FixKind.UNSAFE)
def url_unencoded_variable(form: MessageForm, _context: RuleContext) -> Iterator[Finding]:
    """A variable is printed into a URL as it is.

    What: Inside a link stands a variable whose values may hold characters that mean something in a URL (``&``, ``?``, ``#``,
        ``%``, a blank), and no ``urlencode``. Numbers, dates, and texts whose ``enum`` or ``pattern`` allows harmless
        characters only are fine, and so is a variable that is a whole URL.
    Why: A name with an ampersand becomes a parameter of its own, and a blank ends the link on the customer's phone.
    Bad:
        variables:
          article: {type: string, maxLength: 40, examples: ["Boots, brown & grey"]}
        channels:
          sms: {senderid: ACME, text: "See https://shop.your-company.com/find?q={{ article }}"}
        destination: [{msisdn: ["+447700900123"], with: {article: Boots}}]
    Good:
        variables:
          article: {type: string, maxLength: 40, examples: ["Boots, brown & grey"]}
        channels:
          sms: {senderid: ACME, text: "See https://shop.your-company.com/find?q={{ article | urlencode }}"}
        destination: [{msisdn: ["+447700900123"], with: {article: Boots}}]
    """
    if not form.analyses:
        return
    whole = {field.path for field in url_fields(form)}
    notifyurl = form.root.get("notifyurl")
    for field in (*((notifyurl,) if notifyurl is not None else ()), *(form.block.walk() if form.block is not None else ())):
        analysis = analysis_of(form, field)
        if analysis is not None:
            yield from _unencoded(field, analysis, whole=field.path in whole)


def _unencoded(field: Field, analysis: Analysis, *, whole: bool) -> Iterator[Finding]:
    if analysis.template.tree is None or analysis.template.problems:
        return
    from msgspec_tool.templates.url_places import printed_into_urls

    for printed in printed_into_urls(analysis, whole=whole):
        variable = analysis.setting.variables.get(printed.path[0])
        if variable is not None and not _is_harmless(variable, printed):
            yield _finding(field, variable, printed)


def _is_harmless(variable: Variable, printed: Printed) -> bool:
    return made_of(member_schema(variable.schema, printed.path[1:]), _HARMLESS[printed.part.value])


def _finding(field: Field, variable: Variable, printed: Printed) -> Finding:
    span = field.text_span(printed.start, printed.end)
    name = ".".join(printed.path)
    in_host = printed.part.value == "host"
    fix = None
    if printed.filterable and not in_host and span != field.span:
        fix = Fix("add | urlencode", (Edit(span._replace(start=span.end), " | urlencode"),), Applicability.UNSAFE)
    return Finding(
        field.file,
        span,
        f"'{shown(name)}' is printed into the {printed.part.value} of a URL as it is",
        field.path,
        related=(Label("declared here", variable.field.file, variable.field.key_span),),
        help="declare its values with enum: nothing else may choose the host" if in_host else "add | urlencode",
        fix=fix,
    )
