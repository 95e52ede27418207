"""One frozen type per stage. Data flows one way; after rendering no template can exist any more.

source text → LoadedSpec → ShapedSpec → AnalysedSpec → (rows) → BoundMessage → RenderedMessage → Request
              load         validate     analyse        bind     render         pack       emit
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from msgspec_tool.source.document import Comment, Document, Field, Path, Plain
from msgspec_tool.source.problems import SourceProblem
from msgspec_tool.source.text import SourceFile, Span

CHANNELS = ("sms", "voice", "push", "rt", "fb", "twitter", "wechat")
"""The delivery channels of the API's founding page, under their canonical names."""

CHANNEL_ALIASES = {"appmessaging": "rt"}
"""Other accepted names of a channel."""

OTT_CHANNELS = ("fb", "twitter", "wechat")
"""Channels whose block the API nests under ``channels."OTT-Messaging"``."""


# --- load ---------------------------------------------------------------------------------------------------------------


class Suppression(NamedTuple):
    """``msgspec: ignore[names] until=DATE reason`` in a YAML or Jinja comment; ``line`` is the line that it covers."""

    file: SourceFile
    span: Span
    line: int
    names: tuple[tuple[str, Span], ...]
    """Rule names or codes as written, each with its place."""
    reason: str
    until: date | None = None
    malformed: str | None = None
    """What is wrong with the comment's own form, for SUP002."""


class SuppressionUse(NamedTuple):
    """What became of a suppression: the names in it that silenced nothing, and those that no rule has."""

    suppression: Suppression
    unused: tuple[tuple[str, Span], ...]
    unknown: tuple[tuple[str, Span], ...]
    known_names: tuple[str, ...]
    reason_required: bool


class LoadedSpec(NamedTuple):
    """A file that was read. ``document`` is None where nothing could be made of it; ``problems`` say why."""

    file: SourceFile
    document: Document | None
    problems: tuple[SourceProblem, ...] = ()
    comments: tuple[Comment, ...] = ()
    suppressions: tuple[Suppression, ...] = ()

    @property
    def broken(self) -> bool:
        """Some text was not understood: what is absent may only be unread, so nothing that rests on absence is said."""
        # behind a tab nobody knows what belongs to what
        return self.document is None or any(
            problem.kind.value == "yaml-syntax" or "\t" in self.file.slice(problem.span)[:1] for problem in self.problems
        )


# --- validate -----------------------------------------------------------------------------------------------------------


class ShapeProblemKind(Enum):
    """What a schema can object to; one kind a rule of the SPC family."""

    MISSING = "missing-field"
    UNKNOWN = "unknown-field"
    TYPE = "wrong-type"
    VALUE = "not-allowed-value"


class ShapeProblem(NamedTuple):
    """One cause, one problem. ``field`` is the offending value; for MISSING the object that lacks ``name``."""

    kind: ShapeProblemKind
    field: Field
    message: str
    name: str = ""
    """The missing or unknown key."""
    help: str | None = None
    replacement: str | None = None
    """What to write instead (a key or a value), where one candidate is near enough."""
    channel: str | None = None
    lacking: ShapeProblem | None = None
    """Of an unknown key: what is missing because it was written so, or there. It is no problem of its own."""


@dataclass(frozen=True)
class Variable:
    """A declared variable: its JSON Schema keywords and its place (``field`` is the schema mapping)."""

    name: str
    field: Field
    schema: Mapping[str, Plain]

    @property
    def type(self) -> str:
        """The declared JSON type; ``string`` where none is declared."""
        declared = self.schema.get("type", "string")
        return declared if isinstance(declared, str) else "string"

    @cached_property
    def written(self) -> str:
        """Equal for variables that are declared alike, whatever their names."""
        return repr(self.schema)

    @property
    def required(self) -> bool:
        """Whether a row without a value is refused."""
        return "default" not in self.schema and self.schema.get("required") is not False


ALWAYS_DECLARED = frozenset(("env", "spec", "recipient"))
"""Names in every template's scope besides the variables."""


class Scope(Enum):
    """Which names a template may read besides the always-present ones."""

    MESSAGE = "message"
    """Variables, ``env``, ``spec``, ``recipient``."""
    DESTINATION = "destination"
    """The same and the columns of the recipients file."""


class TemplateField(NamedTuple):
    """A string of an API field: a template (even where it holds nothing but text)."""

    field: Field
    types: frozenset[str]
    """The JSON types that the API takes at this place; a lone ``{{ expression }}`` keeps its type where ``string`` is not among them."""
    scope: Scope = Scope.MESSAGE
    channel: str | None = None
    """The channel whose block holds it; None for fields common to all."""


class Origin(Enum):
    """Where a message form was written."""

    SPEC = "spec"
    BODY = "body"
    RENDERED = "rendered"


class MessageForm(NamedTuple):
    """One message on one channel with places: of a spec, of somebody's request body, or rendered. Rules read all three alike."""

    origin: Origin
    channel: str | None
    """Canonical name; None where ``deliverychannel`` is missing or unknown."""
    root: Field
    """The spec, or the message object."""
    block: Field | None
    """The channel's own block, wherever the form nests it."""
    analyses: Mapping[Path, Any] = MappingProxyType({})
    """Of a spec that was analysed, what each template prints for all data: see :class:`AnalysedSpec`."""

    def common(self, name: str) -> Field | None:
        """A field common to all channels. In a spec ``appid`` and ``smartlinks`` of the channel's block win."""
        if name == "smartlinks":
            inside = self.block.get(name) if self.block is not None and self.origin is Origin.SPEC else None
            return inside or self.root.find("channels", "smartlinks")
        if name == "appid" and self.origin is Origin.SPEC and self.block is not None:
            inside = self.block.get(name)
            if inside is not None:
                return inside
        return self.root.get(name)


class ShapedSpec(NamedTuple):
    """A spec whose shape was compared with the schema. What is sound can be used; ``problems`` hold the rest."""

    loaded: LoadedSpec
    root: Field
    name: str
    problems: tuple[ShapeProblem, ...]
    channels: tuple[str, ...]
    """Canonical names in the order of ``deliverychannel``; for a template all its variable's values that have a block."""
    channel_template: Field | None
    """``deliverychannel`` where it is a template."""
    variables: Mapping[str, Variable]
    messages: tuple[MessageForm, ...]
    """One for each of ``channels``."""
    templates: tuple[TemplateField, ...]
    """Every string of an API field in written order (``destination``'s templates included)."""

    @property
    def file(self) -> SourceFile:
        return self.loaded.file

    @property
    def destination(self) -> Field | None:
        """The list of destinations, or the mapping over a recipients file."""
        return self.root.get("destination")


# --- analyse ------------------------------------------------------------------------------------------------------------


class TemplateProblemKind(Enum):
    """One kind a rule of the TPL family."""

    SYNTAX = "template-syntax"
    UNKNOWN = "unknown-filter"
    UNDEFINED = "undefined-variable"
    UNSAFE = "unsafe-construct"
    CHANCE = "nondeterministic"
    PLACEHOLDER = "placeholder-collision"


class TemplateProblem(NamedTuple):
    """A problem at ``[start, end)`` of a template's own text, or of an included file's (``file`` then names it)."""

    kind: TemplateProblemKind
    start: int
    end: int
    message: str
    file: SourceFile | None = None
    help: str | None = None
    replacement: str | None = None


@dataclass(frozen=True)
class Template:
    """A parsed template. ``tree`` is Jinja's AST with exact offsets; it is never compiled by lint."""

    source: str
    tree: Any = field(repr=False)
    lone: bool
    """Exactly one ``{{ expression }}`` and nothing else."""
    straight_line: bool
    """Output, conditions and bounded filters only: its work is bounded by its inputs."""
    reads: frozenset[str]
    """Free names that it reads."""
    problems: tuple[TemplateProblem, ...] = ()
    comments: tuple[tuple[int, str], ...] = ()
    """Jinja comments: (offset of ``{#``, whole text)."""
    results: list[Any] = field(default_factory=list, init=False, repr=False, compare=False)
    """What the analysis found out about it among certain values, so that specs that share it share that too."""


@dataclass(frozen=True)
class AnalysedSpec:
    """A spec whose templates were parsed and whose names were resolved."""

    shaped: ShapedSpec
    templates: Mapping[Path, Template]
    suppressions: tuple[Suppression, ...] = ()
    """Those of YAML comments and of Jinja comments together."""
    analyses: Mapping[Path, Any] = field(default_factory=dict, repr=False)
    """What each template prints for all data: a :class:`~msgspec_tool.templates.bounds.analysis.Analysis` by the path of its field."""

    @property
    def file(self) -> SourceFile:
        return self.shaped.file

    @cached_property
    def troubled(self) -> tuple[tuple[TemplateField, Template], ...]:
        """The templates that have problems, in written order."""
        if not any(template.problems for template in self.templates.values()):
            return ()
        found = ((field, self.templates.get(field.field.path)) for field in self.shaped.templates)
        return tuple((field, template) for field, template in found if template is not None and template.problems)

    @cached_property
    def parsed(self) -> tuple[tuple[TemplateField, Template], ...]:
        """The templates that have a tree, in written order."""
        found = [(field, self.templates.get(field.field.path)) for field in self.shaped.templates]
        return tuple([(field, template) for field, template in found if template is not None and template.tree is not None])

    @cached_property
    def analysed(self) -> tuple[tuple[TemplateField, Any], ...]:
        """The templates that were analysed, each with its analysis, in written order."""
        analyses = self.analyses
        return tuple([(field, analyses[field.field.path]) for field in self.shaped.templates if field.field.path in analyses])

    @cached_property
    def sound(self) -> tuple[tuple[TemplateField, Any], ...]:
        """Those of the :attr:`analysed` that have no problems."""
        return tuple([known for known in self.analysed if not known[1].template.problems])

    @cached_property
    def failing(self) -> tuple[tuple[TemplateField, Any], ...]:
        """Those of the :attr:`sound` in which an operation fails for all values."""
        return tuple([known for known in self.sound if known[1].result.noted.failures])

    @property
    def exhausted(self) -> bool:
        """Some template was not analysed to its end, because those of the spec together take too many steps."""
        return any(analysis.setting.allowance.exhausted for analysis in self.analyses.values())

    @cached_property
    def messages(self) -> tuple[MessageForm, ...]:
        """The message forms, with what their templates print."""
        return tuple(message._replace(analyses=self.analyses) for message in self.shaped.messages)


# --- several files ------------------------------------------------------------------------------------------------------


class ClaimKind(Enum):
    """What a file can claim that no other file of the run may claim too."""

    NAME = "name"
    CORRELATION_ID = "correlation id"
    """The same for every recipient."""
    CORRELATION_PREFIX = "correlation prefix"
    """What the ids of all rows begin with."""


class Claim(NamedTuple):
    """Something that should be one file's alone, with its place."""

    kind: ClaimKind
    text: str
    file: SourceFile
    span: Span
    path: Path


class FileSet(NamedTuple):
    """The files of a run that belong to one project, as far as they concern each other."""

    claims: tuple[Claim, ...]
    """In the order of the files' paths."""
    settings: Field | None = None
    """The root of the project file."""


# --- request bodies -----------------------------------------------------------------------------------------------------


class RequestBody(NamedTuple):
    """A request body (object, or array of objects): somebody else's file, or one that was just rendered."""

    root: Field
    messages: tuple[MessageForm, ...]
    problems: tuple[ShapeProblem, ...] = ()


# --- bind, render, pack -------------------------------------------------------------------------------------------------


class Refusal(NamedTuple):
    """A row that can't become a message: number from 1 (the header is not a row), column, reason, code of the rule or check."""

    row: int
    reason: str
    code: str
    column: str | None = None


class BoundMessage(NamedTuple):
    """One recipient on one channel, with the values of every name that a template can read."""

    row: int
    channel: str
    key: str
    """The identifier key: ``msisdn``, ``userid``, …"""
    address: str
    correlationid: str | None
    scope: Mapping[str, Plain]


class RenderedMessage(NamedTuple):
    """A message object without its ``destination``: plain data, no template anywhere."""

    row: int
    channel: str
    key: str
    address: str
    correlationid: str | None
    content: Mapping[str, Plain]


class Request(NamedTuple):
    """One request body and how many addresses it reaches (at most 1,000)."""

    body: Plain
    addresses: int
    messages: int
