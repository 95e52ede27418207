"""VAR304: where data goes that its declaration calls secret or personal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec_tool.diagnostics import Finding, Label, Severity, Subject, rule
from msgspec_tool.model import AnalysedSpec, TemplateField
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.reading import IDENTIFIER_KEYS
from msgspec_tool.rules.urls import url_fields
from msgspec_tool.source.document import Field, Path
from msgspec_tool.source.quoting import shown
from msgspec_tool.source.text import Span

if TYPE_CHECKING:
    from msgspec_tool.templates.bounds.analysis import Analysis

SECRET, PERSONAL = "secret", "personal"
_IDS = frozenset(("correlationid", "gtrId", "thread_id", "conversationid", "reference", "pushref", "identifier"))
_HELP = {
    SECRET: "print something else, or declare it personal where the customer is meant to read it",
    PERSONAL: "use an id that tells nobody who it is",
}


@rule("VAR304", "private-data-sink", Subject.ANALYSED, severity=Severity.WARNING, worst=Severity.ERROR)
def private_data_sink(spec: AnalysedSpec, _context: RuleContext) -> Iterator[Finding]:
    """Private data reaches a place that keeps or shows it.

    What: A variable with ``sensitivity: secret`` is printed into the message (error); a ``personal`` one into a URL, an id or
        ``callbackData`` (warning), also by way of ``set``, macros, filters and ``with``. What only decides about a text is fine.
    Why: Ids, receipts and addresses of pages are kept in logs of several companies; a secret that was sent is none any more.
    Bad:
        variables: {email: {type: string, format: email, sensitivity: personal, examples: [asha@example.com]}}
        callbackData: "customer={{ email }}"
        destination: [{msisdn: ["+447700900123"], with: {email: asha@example.com}}]
    Good:
        variables: {customer: {type: string, pattern: "^C[0-9]{6}$", examples: [C000042]}}
        callbackData: "customer={{ customer }}"
        destination: [{msisdn: ["+447700900123"], with: {customer: C000042}}]
    """
    private = _private(spec)
    if not private:
        return
    urls = {field.path for form in spec.messages for field in url_fields(form)}
    for known, analysis in spec.sound:
        if _is_sent(known.field.path) and analysis.result.complete and not private.keys().isdisjoint(analysis.result.sources):
            yield from _reached(spec, known, analysis, private, urls)


def _private(spec: AnalysedSpec) -> dict[str, tuple[str, str]]:
    """Sensitivity and declared variable behind a name: its own, or that of what ``with`` gives it."""
    declared = {name: str(variable.schema.get("sensitivity")) for name, variable in spec.shaped.variables.items()}
    found = {name: (sensitivity, name) for name, sensitivity in declared.items() if sensitivity in (SECRET, PERSONAL)}
    given = dict(found)
    for known, analysis in spec.analysed:
        path = known.field.path
        if path[0] != "destination" or "with" not in path[:-1]:
            continue
        name = str(path[path.index("with") + 1])
        brought = [found[source] for source in sorted(analysis.result.sources) if source in found]
        if brought and given.get(name, ("", ""))[0] != SECRET:
            # what is secret outweighs what is personal
            given[name] = max(brought, key=lambda one: one[0] == SECRET)
    return given


def _is_sent(path: Path) -> bool:
    """Whether a field is part of what is sent and no address: whom a message goes to has to be known."""
    if path[0] != "destination":
        return path[0] != "deliverychannel"
    return "with" not in path and not any(key in IDENTIFIER_KEYS for key in path)


def _reached(
    spec: AnalysedSpec, known: TemplateField, analysis: Analysis, private: Mapping[str, tuple[str, str]], urls: set[Path]
) -> Iterator[Finding]:
    field = known.field
    sources = sorted(analysis.result.sources & private.keys())
    for name in sources:
        sensitivity, origin = private[name]
        sink = _sink(field, urls)
        if sensitivity == SECRET:
            yield _finding(spec, field, _place(field, analysis, name), (name, origin, SECRET), sink or "the message")
        elif sink is not None:
            yield _finding(spec, field, _place(field, analysis, name), (name, origin, PERSONAL), sink)
    if _sink(field, urls) is None:
        yield from _in_links(spec, field, analysis, {name: private[name] for name in sources if private[name][0] == PERSONAL})


def _in_links(spec: AnalysedSpec, field: Field, analysis: Analysis, private: Mapping[str, tuple[str, str]]) -> Iterator[Finding]:
    """Personal data inside a link that a text holds."""
    if not private or analysis.template.tree is None:
        return
    from msgspec_tool.templates.url_places import printed_into_urls

    for printed in printed_into_urls(analysis, whole=False, encoded=True):
        if printed.path[0] in private:
            name = printed.path[0]
            span = field.text_span(printed.start, printed.end)
            yield _finding(spec, field, span, (name, private[name][1], PERSONAL), "a URL")


def _sink(field: Field, urls: set[Path]) -> str | None:
    """What keeps personal data, in words."""
    key = field.path[-1]
    if field.path in urls:
        return "a URL"
    if field.path[0] == "callbackData":
        return "'callbackData'"
    return f"'{key}'" if key in _IDS or "gtrId" in field.path else None


def _place(field: Field, analysis: Analysis, name: str) -> Span:
    """Where a variable is printed, or else read, by its name, as far as the template itself does."""
    from msgspec_tool.templates.names.mentions import mentions
    from msgspec_tool.templates.names.scopes import reads

    for mention in mentions(analysis.template):
        if mention.path[0] == name:
            return field.text_span(mention.start, mention.end)
    for read in reads(analysis.template.tree):
        if read.path[0] == name and read.file is None:
            return field.text_span(read.start, read.end)
    return field.span


def _finding(spec: AnalysedSpec, field: Field, span: Span, who: tuple[str, str, str], sink: str) -> Finding:
    name, origin, sensitivity = who
    variable = spec.shaped.variables[origin]
    what = f"'{shown(name)}'" if name == origin else f"'{shown(origin)}' (as '{shown(name)}')"
    declaration = variable.field.get("sensitivity") or variable.field
    return Finding(
        field.file,
        span,
        f"{what} is {sensitivity} and reaches {sink}",
        field.path,
        severity=Severity.ERROR if sensitivity == SECRET else None,
        related=(Label(f"declared {sensitivity} here", declaration.file, declaration.span),),
        help=_HELP[sensitivity],
    )
