"""TPL215: placeholders of the platform in templates, which have marks of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from msgspec_tool.channels.layout import TAKES_SMARTLINKS
from msgspec_tool.diagnostics import Applicability, Edit, Finding, Fix, FixKind, Label, Subject, rule
from msgspec_tool.model import AnalysedSpec, Template, TemplateField, TemplateProblem, TemplateProblemKind
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.rules.leftovers import BRACES, DOLLAR, MARKETING, SIGN, SMARTLINK, declared_links, holds_placeholders, meant
from msgspec_tool.rules.reader_texts import READ_KEYS
from msgspec_tool.source.document import Field
from msgspec_tool.source.text import Span

_NAMED = r"(?:smart)?link_(?P<id>\w+)\Z"
_REGISTERED = r"\{#(?:\s*var\s*|numeric|alphanumeric|url|urlott|cbn|email)#\}"
"""How texts that are registered with Indian operators mark what varies."""
_TORN = r"\{ +\{(?= *[A-Za-z_])|\{ +%(?= *[a-z])"
_CLOSING = r"\}\}|%\}"
_ONLY_THESE = "links are replaced on sms, rt and fb only"


@rule("TPL215", "placeholder-collision", Subject.ANALYSED, fix=FixKind.SAFE)
def placeholder_collision(spec: AnalysedSpec, _context: RuleContext) -> Iterator[Finding]:
    """A placeholder of the platform, or of another program, is none to the template.

    What: ``{{link_5}}`` and ``{{smartlink_5}}``, which a template reads as names; ``{#var#}``, which is a comment to it;
        ``$(name)``, ``${name}``, ``%%NAME%%``, ``*|NAME|*`` and ``{!Contact.Name}``, which are nothing to it and to this API, and
        ``{name}``, ``%name%``, ``<name>``, ``[name]`` and the like where a variable has that name; braces that a blank or a slip
        keeps from being a tag; a link that ``channels.smartlinks`` does not declare, or on a channel that has none.
        ``message`` is left alone: the platform's templates have placeholders there.
    Why: The row is refused, the words are missing, or people read the placeholder.
    Bad:
        channels:
          smartlinks: [{linkid: 5, validity: 1440}]
          sms: {senderid: ACME, text: "Rate us: {{link_5}}"}
    Good:
        channels:
          smartlinks: [{linkid: 5, validity: 1440}]
          sms: {senderid: ACME, text: "Rate us: {{ smartlink(5) }}"}
    """
    for known in spec.shaped.templates:
        template = spec.templates.get(known.field.path)
        if template is None:
            continue
        place = _Place(spec, known, template)
        yield from (_name(place, problem) for problem in template.problems if problem.kind is TemplateProblemKind.PLACEHOLDER)
        # without a tree the text of a broken template can't be told from its tags
        is_readable = template.tree is not None or not template.problems
        if is_readable and known.field.path[0] == "channels" and holds_placeholders(template.source):
            yield from _in_content(place)


class _Place(NamedTuple):
    """A template, and where it stands."""

    spec: AnalysedSpec
    known: TemplateField
    template: Template

    @property
    def field(self) -> Field:
        return self.known.field

    @property
    def links(self) -> frozenset[str]:
        """Ids of the links that the message of its channel declares; those of all messages for a field that they share."""
        forms = [form for form in self.spec.messages if self.known.channel in (None, form.channel)]
        return frozenset().union(*map(declared_links, forms))

    @property
    def takes_links(self) -> bool:
        """Whether the platform replaces the placeholders of links here; of fields that channels share, nobody can tell."""
        return self.known.channel is None or self.known.channel in TAKES_SMARTLINKS

    def finding(self, start: int, end: int, message: str, help: str, fix: Fix | None = None) -> Finding:
        """A finding at characters of the template."""
        return Finding(self.field.file, self.field.text_span(start, end), message, self.field.path, help=help, fix=fix)

    def objection(self, identifier: str) -> tuple[str, str] | None:
        """What is wrong with naming a link here, and what to do about it."""
        if not self.takes_links:
            return f"the platform does not replace links on channel {self.known.channel}", _ONLY_THESE
        if identifier not in self.links:
            return f"link {identifier} is not declared", f"add {{linkid: {identifier}, validity: 1440}} to channels.smartlinks"
        return None


# --- names --------------------------------------------------------------------------------------------------------------


def _name(place: _Place, problem: TemplateProblem) -> Finding:
    """``{{link_5}}``, which was meant for the platform."""
    inside = problem.file is None
    file = problem.file or place.field.file
    span = place.field.text_span(problem.start, problem.end) if inside else Span(problem.start, problem.end)
    name = file.slice(span)
    found = re.match(_NAMED, name)
    identifier = found["id"] if found else ""
    call = f"smartlink({identifier})" if identifier.isdigit() else f"smartlink('{identifier}')"
    objection = place.objection(identifier) if found else None
    fix = Fix(f"write {call}", (Edit(span, call),)) if found and objection is None and identifier.isdigit() else None
    help = f"write {{{{ {call} }}}}"
    return Finding(
        file,
        span,
        problem.message + (f"; and {objection[0]}" if objection else ""),
        place.field.path if inside else None,
        related=() if inside else (Label("used here", place.field.file, place.field.span),),
        help=f"{objection[1]}, and {help}" if objection else help,
        fix=fix,
    )


# --- text, comments and calls -------------------------------------------------------------------------------------------


def _in_content(place: _Place) -> Iterator[Finding]:
    template = place.template
    if template.tree is None:
        yield from _in_text(place, 0, len(template.source))
        return
    from msgspec_tool.templates.names.smartlinks import linked
    from msgspec_tool.templates.skeletons import own_texts

    for start, end in own_texts(template.tree):
        if SIGN.search(template.source, start, end) is not None:
            yield from _in_text(place, start, end)
    for offset, comment in template.comments:
        if re.fullmatch(_REGISTERED, comment):
            message = f"'{comment}' is a comment to the template: nothing is printed here"
            yield place.finding(offset, offset + len(comment), message, "print a variable, such as {{ name }}")
    for call in linked(template.tree) if "smartlink" in template.source else ():
        objection = place.objection(call.identifier)
        if objection is not None:
            yield place.finding(call.start, call.end, objection[0], objection[1])


def _in_text(place: _Place, start: int, end: int) -> Iterator[Finding]:
    text = place.template.source
    for found in chain(re.compile(DOLLAR).finditer(text, start, end), re.compile(MARKETING).finditer(text, start, end)):
        yield _foreign(place, found)
    torn = re.compile(_TORN).search(text, start, end) if place.field.path[-1] in READ_KEYS else None
    if torn is not None:
        written = torn[0].replace(" ", "")
        message = f"'{torn[0]}' opens no tag: there is a blank in it, and people read it as it stands"
        yield place.finding(torn.start(), torn.end(), message, f"write '{written}', and close the tag without a blank as well")
        return
    for found in re.compile(BRACES).finditer(text, start, end):
        if meant(found, place.spec.shaped.variables) is not None:
            yield _foreign(place, found)
    yield from _closing_nothing(place, start, end)
    for found in re.compile(SMARTLINK).finditer(text, start, end):
        objection = place.objection(found["id"])
        if found[0].startswith("{{smart"):
            message, help = "this is how the v2 API writes links", f"write {{{{ smartlink({found['id']}) }}}}"
            yield place.finding(found.start(), found.end(), message, help)
        elif objection is not None:
            yield place.finding(found.start(), found.end(), objection[0], objection[1])


def _closing_nothing(place: _Place, start: int, end: int) -> Iterator[Finding]:
    """Braces in what people read that were to end a tag."""
    text = place.template.source
    if place.field.path[-1] not in READ_KEYS or text.count("{", start, end) >= text.count("}", start, end):
        return
    stray = re.compile(_CLOSING).search(text, start, end) or (
        re.compile("}").match(text, start, end) if text[start - 2 : start] == "}}" else None
    )
    if stray is not None:
        message = f"'{stray[0]}' closes nothing: people read it as it stands"
        yield place.finding(stray.start(), stray.end(), message, "remove it, or write '{{' where the tag begins")


def _foreign(place: _Place, found: re.Match[str]) -> Finding:
    """A placeholder that this API does not have: where a variable of that name is declared it was surely meant."""
    name = meant(found, place.spec.shaped.variables) or found[found.lastgroup or 0]
    span = place.field.text_span(found.start(), found.end())
    is_copied = place.field.file.slice(span) == found[0] and (found.start() or place.field.document.style(place.field.path) != "plain")
    fix = None
    if name in place.spec.shaped.variables and is_copied:
        # a dollar sign may also be meant to be read
        applicability = Applicability.UNSAFE if found.lastgroup == "bare" else Applicability.SAFE
        fix = Fix(f"write {{{{ {name} }}}}", (Edit(span, f"{{{{ {name} }}}}"),), applicability)
    help = f"write {{{{ {name} }}}}" + ("" if name in place.spec.shaped.variables else f", and declare '{name}' under variables")
    message = f"'{found[0]}' is no placeholder here: people read it as it stands"
    return place.finding(found.start(), found.end(), message, help, fix)
