"""YML and JSN: what is wrong with a file as a file, and texts of which YAML made something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec_tool.diagnostics import Edit, Finding, Fix, FixKind, Label, Prediction, Severity, Subject, rule
from msgspec_tool.model import LoadedSpec, ShapedSpec, TemplateField
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.source.document import Comment, Field
from msgspec_tool.source.problems import SourceProblem, SourceProblemKind
from msgspec_tool.source.quoting import quoted, shown
from msgspec_tool.source.text import Span
from msgspec_tool.source.yaml_templates import cuts_text

_INVALID_JSON = Prediction("7000", "Invalid JSON")
_INVALID_PARAMETER = Prediction("7004", "Invalid parameters")
_PLAIN_DECIMAL = re.compile(r"(?:0|[1-9][0-9]*)\Z")
_NATIONAL = r"0[0-9]+\Z"
_BLOCK_HEADER = re.compile(r"([|>])([-+1-9]*)")
_NOT_SENT = frozenset(("variables", "samples", "tests"))
"""Keys of a spec whose numbers are numbers."""
_TYPE_NAMES = {bool: "boolean", int: "integer", float: "number", type(None): "null"}
_READ_AS = {"boolean": "true or false", "integer": "a number", "number": "a number", "null": "nothing (null)"}


def _findings(loaded: LoadedSpec, kind: SourceProblemKind, api: Prediction | None = None) -> Iterator[Finding]:
    for problem in loaded.problems:
        if problem.kind is kind:
            yield _finding(loaded, problem, api)


def _finding(loaded: LoadedSpec, problem: SourceProblem, api: Prediction | None) -> Finding:
    edits = tuple(Edit(span, text) for span, text in problem.edits)
    return Finding(
        loaded.file,
        problem.span,
        problem.message,
        problem.path,
        severity=None if problem.serious else Severity.WARNING,
        related=tuple(Label(message, loaded.file, span) for message, span in problem.related),
        help=problem.help,
        fix=Fix(problem.edit_description, edits) if edits else None,
        api=api if problem.serious else None,
    )


@rule("YML001", "yaml-syntax", Subject.LOADED)
def yaml_syntax(loaded: LoadedSpec, _context: RuleContext) -> Iterator[Finding]:
    """The file is not YAML at this place.

    What: YAML stops making sense here. After the first mistake reading goes on behind it, so that up to ten more are
        named in one run.
    Why: A program that reads the file would refuse it as a whole, often with words about another place.
    Bad:
        description: pay now: or later
    Good:
        description: "pay now: or later"
    """
    yield from _findings(loaded, SourceProblemKind.SYNTAX)


@rule("YML002", "duplicate-key", Subject.LOADED)
def duplicate_key(loaded: LoadedSpec, _context: RuleContext) -> Iterator[Finding]:
    """The same key is written twice in one mapping.

    What: Two members of a mapping (or of an object of a request body) have the same key.
    Why: Only one of them counts, the last, and nobody is told.
    Bad:
        channels:
          sms:
            text: Hello
            text: Good morning
    Good:
        channels:
          sms:
            text: Good morning
    """
    yield from _findings(loaded, SourceProblemKind.DUPLICATE_KEY)


@rule("YML003", "unquoted-template", Subject.LOADED, fix=FixKind.SAFE)
def unquoted_template(loaded: LoadedSpec, _context: RuleContext) -> Iterator[Finding]:
    """A value begins with a template and stands without quotes.

    What: A value begins with ``{{``, ``{%`` or ``{#``, or holds one inside ``{…}`` or ``[…]``. YAML takes the brace for the
        beginning of a mapping.
    Why: YAML fails, or silently makes a mapping of what was meant as text. The rest of the file is checked as if the
        quotes were there.
    Bad:
        variables:
          name: {type: string, maxLength: 20, examples: [Asha]}
        channels:
          sms:
            text: {{ name }}, your parcel is here
        samples:
          typical: {name: Asha}
        destination:
          - msisdn: ["+447700900123"]
            with: {name: Asha}
    Good:
        variables:
          name: {type: string, maxLength: 20, examples: [Asha]}
        channels:
          sms:
            text: "{{ name }}, your parcel is here"
        destination:
          - msisdn: ["+447700900123"]
            with: {name: Asha}
    """
    yield from _findings(loaded, SourceProblemKind.UNQUOTED_TEMPLATE)


@rule("YML004", "comment-cuts-text", Subject.SHAPED, fix=FixKind.SAFE)
def comment_cuts_text(shaped: ShapedSpec, _context: RuleContext) -> Iterator[Finding]:
    """A ' #' ends a text that was meant to go on.

    What: In a text without quotes a ``#`` behind a blank begins a comment. It is reported where a word follows it at
        once (``#1``) or where the comment holds template markers. ``# words`` and ``# msgspec:`` are comments.
    Why: The message silently ends before the ``#``.
    Bad:
        channels:
          sms:
            text: You are #1 in the queue
    Good:
        channels:
          sms:
            text: "You are #1 in the queue"
    """
    comments = {comment.span.start: comment for comment in shaped.loaded.comments if not comment.alone and cuts_text(comment.text)}
    for template in shaped.templates if comments else ():
        field = template.field
        if _is_alias(field) or field.document.style(field.path) != "plain":
            continue
        comment = comments.get(_after_blanks(field))
        if comment is not None:
            yield _cut(field, comment)


def _after_blanks(field: Field) -> int:
    text, end = field.file.text, field.span.end
    while text[end : end + 1] in (" ", "\t"):
        end += 1
    return end


def _cut(field: Field, comment: Comment) -> Finding:
    whole = Span(field.span.start, comment.span.start + len(comment.text.rstrip()))
    parent = field.path[:-1]
    in_block = field.document.style(parent) == "block"
    fix = Fix("quote the whole text", (Edit(whole, quoted(field.file.slice(whole))),)) if in_block else None
    return Finding(
        field.file,
        Span(comment.span.start, whole.end),
        f"'{shown(comment.text.rstrip())}' is a comment to YAML, so the text ends before it",
        field.path,
        help="put the whole text in quotes",
        fix=fix,
    )


def _is_alias(field: Field) -> bool:
    return field.file.text[field.span.start : field.span.start + 1] == "*"


@rule("YML005", "coerced-scalar", Subject.SHAPED, fix=FixKind.SAFE, api=("7004",))
def coerced_scalar(shaped: ShapedSpec, _context: RuleContext) -> Iterator[Finding]:
    """A phone number, id or text is read as a number, true, false or null.

    What: A field that takes text holds a value without quotes of which YAML makes something else. A plain decimal
        number without sign and leading zero is fine: its digits are the text.
    Why: ``+447700900123`` becomes the number 447700900123, ``007`` becomes 7, ``1e3`` becomes 1000.0: the platform
        gets another text than was written.
    Bad:
        destination:
          - msisdn: [+447700900123]
    Good:
        destination:
          - msisdn: ["+447700900123"]
    """
    fields = [field for field in shaped.root.below() if not isinstance(field.value, (str, dict, list)) and field.path[0] not in _NOT_SENT]
    for field in fields:
        value = field.value
        # what takes text only is told by the schema, which is asked before the place is looked for
        if not _takes_only_text(shaped, field) or _is_alias(field):
            continue
        lexeme = field.lexeme
        if isinstance(value, int) and not isinstance(value, bool) and (_PLAIN_DECIMAL.match(lexeme) or _is_national(field, lexeme)):
            continue
        yield _coerced(field, lexeme)


def _is_national(field: Field, lexeme: str) -> bool:
    """A phone number without its country code: quotes alone would not mend it, and DST502 says what would."""
    return field.path[0] == "destination" and "msisdn" in field.path and re.match(_NATIONAL, lexeme) is not None


def _takes_only_text(shaped: ShapedSpec, field: Field) -> bool:
    from msgspec_tool.channels.layout import ALL_IDENTIFIERS
    from msgspec_tool.schema.fields import spec_types_at

    path = field.path
    if path[0] == "destination":
        keys = [part for part in path[1:] if isinstance(part, str)]
        if keys and keys[0] in ALL_IDENTIFIERS:
            return True
        if keys and keys[0] == "with":
            return False
    types = spec_types_at(path, shaped.root.value)
    name = _TYPE_NAMES[type(field.value)]
    return "string" in types and name not in types and not (name == "integer" and "number" in types)


def _wanted_form(field: Field, lexeme: str) -> str | None:
    """What a field takes in words, where quotes alone would not make the value such a text."""
    from msgspec_tool.schema.fields import spec_schemas

    for schema in spec_schemas(field.path, field.document.value):
        pattern, form = schema.get("pattern"), schema.get("x-expected")
        if isinstance(pattern, str) and isinstance(form, str) and re.search(pattern, lexeme) is None:
            return form
    return None


def _coerced(field: Field, lexeme: str) -> Finding:
    if not lexeme:
        key = field.path[-1]
        message = f"'{shown(str(key))}' has no value" if isinstance(key, str) else "this item has no value"
        return Finding(field.file, field.key_span, message, field.path, help="write a text, or remove it", api=_INVALID_PARAMETER)
    kind = _READ_AS[_TYPE_NAMES[type(field.value)]]
    form = _wanted_form(field, lexeme) if lexeme[:1] == "-" or "." in lexeme else None
    if form is not None:
        message = f"'{shown(lexeme)}' is not {form}"
        return Finding(field.file, field.span, message, field.path, help=f"write {form}", api=_INVALID_PARAMETER)
    # a sender has digits only: sms-sender would object to the sign that quotes keep
    text = lexeme.lstrip("+") if field.path[-1] == "senderid" else lexeme
    fix = Fix(f'write "{text}"', (Edit(field.span, quoted(text)),)) if field.document.style(field.path) == "plain" else None
    return Finding(
        field.file,
        field.span,
        f"'{shown(lexeme)}' is read as {kind}, text is expected here",
        field.path,
        help="put it in quotes" if text == lexeme else f"write {text}: senders have digits only",
        fix=fix,
        api=_INVALID_PARAMETER,
    )


@rule("YML006", "block-newline", Subject.SHAPED, severity=Severity.WARNING, fix=FixKind.SAFE)
def block_newline(shaped: ShapedSpec, _context: RuleContext) -> Iterator[Finding]:
    """A block of text leaves a line break that nobody meant.

    What: ``|`` and ``>`` keep the line break behind the last line unless a ``-`` follows them; and ``>`` keeps the line
        breaks around lines that are indented deeper than the first.
    Why: The line break is part of the message: it counts towards its length, and a reader sees an empty line.
    Bad:
        channels:
          sms:
            text: |
              Your parcel is here
    Good:
        channels:
          sms:
            text: |-
              Your parcel is here
    """
    for template in shaped.templates:
        field = template.field
        if "\n" not in field.value:
            continue
        style = field.document.style(field.path)
        if style not in ("literal", "folded") or not _is_message_text(template) or _is_alias(field):
            continue
        if field.value.endswith("\n"):
            yield _trailing_break(field)
        if style == "folded":
            yield from _kept_breaks(field)


def _is_message_text(template: TemplateField) -> bool:
    return template.field.path[:1] == ("channels",) and "string" in template.types and isinstance(template.field.value, str)


def _trailing_break(field: Field) -> Finding:
    start = field.span.start
    header = _BLOCK_HEADER.match(field.file.text, start)
    end = header.end() if header else start + 1
    indicator = field.file.text[start : start + 1]
    stripped = indicator + (header[2].strip("+-") if header else "") + "-"
    return Finding(
        field.file,
        Span(start, end),
        f"'{field.file.text[start:end]}' leaves a line break at the end of the text",
        field.path,
        help=f"write '{stripped}'",
        fix=Fix(f"write '{stripped}'", (Edit(Span(start, end), stripped),)),
    )


def _kept_breaks(field: Field) -> Iterator[Finding]:
    offset = 0
    lines = field.value.rstrip("\n").split("\n")
    for number, line in enumerate(lines):
        if line[:1] in (" ", "\t") and line.strip() and len(lines) > 1:
            content = len(line) - len(line.lstrip(" \t"))
            yield Finding(
                field.file,
                field.text_span(offset, offset + content),
                "this line is indented deeper than the first, so '>' keeps its line breaks and blanks",
                field.path,
                help="indent it as the first line, or use '|-' where the breaks are meant",
            )
            if number + 1 < len(lines):
                return
        offset += len(line) + 1


@rule("YML007", "alias-misuse", Subject.LOADED)
def alias_misuse(loaded: LoadedSpec, _context: RuleContext) -> Iterator[Finding]:
    """An anchor, alias or merge key does not do what it looks like.

    What: An alias that names no anchor, or the value that it stands in; an anchor that is defined twice or never used; a
        merge key ``<<``, which is no part of YAML 1.2; aliases that multiply a small file into more than 100,000 values.
    Why: A text that begins with ``*`` or ``&`` needs quotes; merge keys mean different things to different programs; an
        alias bomb stops whoever reads it.
    Bad:
        description: *urgent
    Good:
        description: "*urgent"
    """
    yield from _findings(loaded, SourceProblemKind.ALIAS)


@rule("YML008", "bad-document", Subject.LOADED, fix=FixKind.SAFE)
def bad_document(loaded: LoadedSpec, _context: RuleContext) -> Iterator[Finding]:
    """The file as a whole is not one clean YAML document.

    What: An empty file, a second document, a tag that is not known, a tab or a no-break space in the indentation, fences of
        Markdown, a control character, a byte order mark inside the text.
    Why: Programs disagree about what such a file holds, and what can't be seen can't be reviewed.
    Bad:
        description: !important Pay now
    Good:
        description: "!important Pay now"
    """
    yield from _findings(loaded, SourceProblemKind.DOCUMENT)


@rule("JSN011", "invalid-json", Subject.LOADED, api=("7000",))
def invalid_json(loaded: LoadedSpec, _context: RuleContext) -> Iterator[Finding]:
    """A request body is not JSON.

    What: The file breaks the grammar of JSON (RFC 8259). Comments and trailing commas are named one by one, anything else
        ends the reading.
    Why: The platform refuses the whole request with 7000.
    Bad:
        {"deliverychannel": "sms", "channels": {"sms": {"text": "Hello"}}, "destination": [{"msisdn": ["+447700900123"]},]}
    Good:
        {"deliverychannel": "sms", "channels": {"sms": {"text": "Hello"}}, "destination": [{"msisdn": ["+447700900123"]}]}
    """
    yield from _findings(loaded, SourceProblemKind.JSON, _INVALID_JSON)
