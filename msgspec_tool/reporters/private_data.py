"""Where a file holds data of people: which values they are, and which places.

Asked of the file's own text, so that a report needs nothing but itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from msgspec_tool.channels.layout import ALL_IDENTIFIERS
from msgspec_tool.errors import UnreadableError
from msgspec_tool.source.document import Document, Field
from msgspec_tool.source.quoting import shown
from msgspec_tool.source.text import SourceFile, Span

BEGINNING = 12
"""Characters by which a value is known that a message cuts."""
_PERSONAL = ("personal", "secret")
_EXAMPLES = ("examples", "default", "const", "enum")
_ONE_WORD = re.compile(r"(?!.*\d{5})[\w.-]{1,24}")
"""A value of a request body that an API field can name; anything longer may have been made of somebody's data."""
_API_KEYS = frozenset((*ALL_IDENTIFIERS, "correlationid"))
"""Keys of a destination: names of the API, which tell nothing of anybody."""
_KEY = re.compile(r"""^[ \t-]*["']?([\w-]+)["']?[ \t]*:""", re.MULTILINE)


@dataclass(frozen=True)
class PrivateData:
    """``values`` are masked wherever a message about the file quotes them, longest first; ``spans`` are places of such data."""

    values: tuple[str, ...]
    spans: tuple[Span, ...]
    open: tuple[Span, ...]
    """Places inside ``spans`` that hold no data: templates, names of files."""
    keys: frozenset[str]
    """Every mapping key of the file, and the API's keys of addresses: names that its author chose, or the API."""
    readable: bool
    """Whether the file could be read as a document; else nobody knows what is where."""

    @cached_property
    def beginnings(self) -> tuple[tuple[str, str], ...]:
        """Each value behind its beginning, which messages keep where they cut a long value."""
        return tuple((value[:BEGINNING], value) for value in self.values)

    def covers(self, span: Span) -> bool:
        """Whether a place is one of private data."""
        is_open = any(one.start <= span.start and span.end <= one.end for one in self.open)
        return not is_open and any(one.start <= span.start < one.end for one in self.spans)


def private_data(file: SourceFile, secrets: Iterable[str] = ()) -> PrivateData:
    """What is private in a spec or a request body; ``secrets`` are texts that are known to be."""
    document = _document(file)
    given = [secret for secret in secrets if secret]
    if document is None:
        return PrivateData(_variants(given), (), (), _API_KEYS.union(_KEY.findall(file.text)), readable=not file.text.strip())
    root = Field(document, (), document.value)
    is_body = not document.templated
    fields = list(_body_values(root) if is_body else _spec_values(root))
    values = [*given, *(text for field in fields for text in _texts(field))]
    spans = _body_spans(root) if is_body else _spec_spans(root)
    open_ = () if is_body else _open(root)
    keys = _API_KEYS.union(key for field in root.walk() for key, _member in field.items())
    return PrivateData(_variants(values), tuple(_to_line_end(file, span) for span in spans), tuple(open_), keys, readable=True)


def _document(file: SourceFile) -> Document | None:
    """The file as a document; None for one that is none, such as a partial."""
    from msgspec_tool.source.json_reader import read_json
    from msgspec_tool.source.yaml_reader import read_yaml

    try:
        document = read_json(file).document if file.path.endswith(".json") else read_yaml(file).document
    except UnreadableError:
        return None
    return document if document is not None and isinstance(document.value, (dict, list)) else None


def _variants(values: Iterable[str]) -> tuple[str, ...]:
    """The values, and what messages make of control characters in them."""
    both = {form for value in values for form in (value, shown(value, len(value)))}
    return tuple(sorted(both, key=lambda value: (-len(value), value)))


def _texts(field: Field) -> Iterator[str]:
    """A scalar as it is read and as it is written."""
    value = field.value
    if isinstance(value, (dict, list, bool)) or value is None or field.templated:
        return
    yield str(value)
    yield field.lexeme.strip("\"'")


def _spec_values(root: Field) -> Iterator[Field]:
    variables = root.get("variables")
    declared = dict(variables.items()) if variables is not None else {}
    personal = {name for name, variable in declared.items() if _sensitivity(variable) in _PERSONAL}
    for name in personal:
        for keyword in _EXAMPLES:
            yield from _below(declared[name].get(keyword))
    for given in _given(root):
        for name, value in given.items():
            if name in personal or name not in declared:
                yield from _below(value)
    yield from (
        field for element in _destinations(root) for key, value in element.items() if key not in ("with", "from") for field in _below(value)
    )


def _sensitivity(variable: Field) -> str:
    found = variable.get("sensitivity")
    return str(found.value) if found is not None else "public"


def _given(root: Field) -> Iterator[Field]:
    """Mappings from names of variables to the values of one recipient."""
    samples = root.get("samples")
    if samples is not None:
        yield from (sample for _name, sample in samples.items())
    for element in _destinations(root):
        given = element.get("with")
        if given is not None:
            yield given


def _destinations(root: Field) -> Iterator[Field]:
    destination = root.get("destination")
    if destination is not None:
        yield from (destination,) if isinstance(destination.value, dict) else destination.elements()


def _below(field: Field | None) -> Iterable[Field]:
    return field.walk() if field is not None else ()


def _spec_spans(root: Field) -> Iterator[Span]:
    for key in ("samples", "destination", "tests"):
        found = root.get(key)
        if found is not None:
            yield found.span


def _open(root: Field) -> Iterator[Span]:
    for field in _below(root.get("destination")):
        if field.templated or field.path[1:] == ("from",):
            yield field.span


def _messages(root: Field) -> Iterator[Field]:
    yield from root.elements() if isinstance(root.value, list) else (root,)


def _body_values(root: Field) -> Iterator[Field]:
    for message in _messages(root):
        yield from _below(message.get("destination"))
        yield from _below(message.find("message", "parameters"))


def _body_spans(root: Field) -> Iterator[Span]:
    for message in _messages(root):
        for key in ("destination", "message", "callbackData"):
            found = message.get(key)
            if found is not None:
                yield found.span
        yield from (field.span for field in message.walk() if isinstance(field.value, str) and not _ONE_WORD.fullmatch(field.value))


def _to_line_end(file: SourceFile, span: Span) -> Span:
    """A comment behind a value belongs to it."""
    return Span(span.start, file.line_span(file.position(max(span.start, span.end - 1)).line).end + 1)
