"""What a rule says, and what a rule is: data that reporters print and that pipelines count."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from msgspec_tool.errors import ExitCode
from msgspec_tool.source.document import Path
from msgspec_tool.source.text import SourceFile, Span


class Severity(IntEnum):
    """How bad; ordered, so that a threshold can be compared."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """``info``, ``warning`` or ``error``."""
        return self.name.lower()


class Applicability(Enum):
    """Whether a fix may be applied without asking. ``SAFE`` never changes what a customer is meant to read."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Edit(NamedTuple):
    """Replace the characters of ``span`` with ``text``."""

    span: Span
    text: str


class Fix(NamedTuple):
    """A mend that a machine can apply: edits of one file that belong together."""

    description: str
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.SAFE


class Label(NamedTuple):
    """A related place and why it matters: "declared here", "first used here"."""

    message: str
    file: SourceFile
    span: Span


class Prediction(NamedTuple):
    """The platform's own refusal that a finding predicts: code and the server's documented words."""

    code: str
    message: str


class Finding(NamedTuple):
    """One thing that is wrong, as a rule yields it: the message names the value and the remedy, the span its exact place."""

    file: SourceFile
    span: Span
    message: str
    path: Path | None = None
    """Where in the data, when the finding is about a value: becomes the JSON Pointer."""
    severity: Severity | None = None
    """Only where it differs from the rule's default."""
    related: tuple[Label, ...] = ()
    help: str | None = None
    fix: Fix | None = None
    api: Prediction | None = None
    example: Mapping[str, object] | None = None
    """Where a rule can be broken by data: values of variables that surely break it."""
    secret: bool = False
    """What stands at the place must not be repeated anywhere: reporters that quote the source show dots for it."""


class Subject(Enum):
    """The type of stage result that a rule reads (see :mod:`msgspec_tool.model`)."""

    LOADED = "LoadedSpec"
    SHAPED = "ShapedSpec"
    ANALYSED = "AnalysedSpec"
    MESSAGE = "MessageForm"
    BODY = "RequestBody"
    """A request body as a whole; of a spec, all its message forms together."""
    SUPPRESSION = "SuppressionUse"
    FILES = "FileSet"
    """All files of a run that belong to one project."""
    CHANGE = "SpecChange"
    """A spec as it was at a revision and as it is: see :mod:`msgspec_tool.message_changes`."""
    SHAPE = "ShapedSpec or RequestBody"
    """What a schema can object to: of a spec and of a request body alike."""


class FixKind(Enum):
    """The strongest fix that a rule can offer."""

    NONE = "none"
    SAFE = "safe"
    UNSAFE = "unsafe"


Check = Callable[..., Iterator[Finding]]
"""(subject, context): what a rule finds in one result of a stage."""

Clears = Callable[[Path, Sequence[str], Any], bool]
"""(path, values, context): a place of a message object, such as ``destination.0.msisdn.0``, and what stands there in many of them."""


class RuleFunctions(NamedTuple):
    """What a rule does, as its module has it; the docstring of the check documents the rule: what, why, bad, good."""

    check: Check
    clears: Clears | None = None
    """Whether surely none of many values at one place of messages breaks it, asked before they are looked at one by one."""
    across: Check | None = None
    """What it says of a ``FileSet`` besides; of a rule whose subject is FILES that is the check itself."""


@cache
def _read(module: str, function: str) -> RuleFunctions:
    found: Rule = getattr(import_module(module), function)
    return found._functions


class Rule(NamedTuple):
    """A rule as data, and the place of its functions: their module is loaded when one of them is needed first."""

    code: str
    name: str
    subject: Subject
    severity: Severity
    module: str
    function: str
    fix: FixKind = FixKind.NONE
    api: tuple[str, ...] = ()
    """Platform codes that findings of this rule can predict."""
    confident: bool = True
    """Holds for all data, or is decided by the literal text: on by default. Advice is for the ``strict`` profile."""
    profiles: tuple[str, ...] = ()
    since: int = 1
    """The first rule set that has it."""
    worst: Severity | None = None
    """The severity of its worst findings, where that is more than the default."""
    proves: bool = False
    """Decides for templates too: where it yields nothing when it is asked to prove, no row can break it."""
    compares: bool = False
    """Says something of files together."""
    channels: tuple[str, ...] = ()
    """The channels whose message forms it looks at; none: all of them."""
    needs: tuple[str, ...] = ()
    """One of these stands in every file in which it finds something: see :func:`rule`."""
    common: bool = False
    """Of a message form it looks only at what all forms of a spec have in common."""
    written: RuleFunctions | None = None
    """What it does, where that is at hand; else it is read from its module."""

    def __hash__(self) -> int:
        return hash(self.code)

    def check(self, subject: Any, context: object) -> Iterator[Finding]:
        """What it finds in a result of the stage that it reads."""
        if self.channels and subject.channel not in self.channels:
            return iter(())
        return self._functions.check(subject, context)

    @property
    def clears(self) -> Clears | None:
        """See :class:`RuleFunctions`."""
        return self._functions.clears

    @property
    def across(self) -> Check | None:
        """See :class:`RuleFunctions`."""
        return self._functions.across

    @property
    def _functions(self) -> RuleFunctions:
        return self.written or _read(self.module, self.function)

    @property
    def family(self) -> str:
        """The letters of the code."""
        return self.code.rstrip("0123456789")

    @property
    def documentation(self) -> str:
        """The whole docstring of the check."""
        return self._functions.check.__doc__ or ""

    @property
    def summary(self) -> str:
        """The first line of the documentation."""
        return self.documentation.strip().partition("\n")[0]


def rule(
    code: str,
    name: str,
    subject: Subject,
    *,
    severity: Severity = Severity.ERROR,
    fix: FixKind = FixKind.NONE,
    api: tuple[str, ...] = (),
    confident: bool = True,
    profiles: tuple[str, ...] | None = None,
    worst: Severity | None = None,
    proves: bool = False,
    channels: tuple[str, ...] = (),
    needs: tuple[str, ...] = (),
    common: bool = False,
    clears: Clears | None = None,
    across: Check | None = None,
) -> Callable[[Check], Rule]:
    """Make a :class:`Rule` of a generator function ``(subject, context) -> Iterator[Finding]``.

    Its docstring is the documentation that ``explain`` prints: a summary line, then the sections ``What``, ``Why``,
    ``Bad`` and ``Good``; the last two are fragments of a spec (or a request body) and are linted by a test.
    Profiles default to ``default`` for errors and confident warnings, ``strict`` for the rest, ``submit`` where the
    platform's refusal is documented. ``across`` is another such function for a ``FileSet``.

    A rule on message forms that names ``channels`` is asked about no others. ``needs`` spares a file the rule: where the file holds
    none of these texts, it would find nothing in it, whatever the project file and recipients say. They are without blanks, line
    breaks and quotes, which YAML writes in several ways; files with escapes or partials are spared nothing. One that is ``common``
    looks at the root of a form alone, neither at its channel nor its block: it is asked about one form of a spec.
    """
    if profiles is None:
        base = ("default", "strict") if severity is Severity.ERROR or (confident and severity is Severity.WARNING) else ("strict",)
        profiles = (*base, "audit", *(("submit",) if api else ()))

    def make(check: Check) -> Rule:
        functions = RuleFunctions(check, clears, check if subject is Subject.FILES else across)
        return Rule(
            code,
            name,
            subject,
            severity,
            check.__module__,
            check.__name__,
            fix=fix,
            api=api,
            confident=confident,
            profiles=profiles,
            worst=worst,
            proves=proves,
            compares=functions.across is not None,
            channels=channels,
            needs=needs,
            common=common,
            written=functions,
        )

    return make


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding with its rule and final severity: what reporters print."""

    rule: Rule
    severity: Severity
    finding: Finding = field(compare=False)

    @property
    def sort_key(self) -> tuple[str, int, str]:
        """Path, offset, code: the order of every report."""
        return (self.finding.file.path, self.finding.span.start, self.rule.code)

    @property
    def key(self) -> tuple[str, str, Span, str]:
        """Rule, file, place and words: what has the same is the same finding."""
        return (self.rule.code, self.finding.file.path, self.finding.span, self.finding.message)


class Failure(NamedTuple):
    """What could not be checked: never silence, and exit 3."""

    path: str
    reason: str
    message: str


@dataclass(frozen=True)
class LintReport:
    """Diagnostics sorted by path, offset and code; failures are what could not be checked."""

    found: int
    checked: int
    skipped: int
    suppressed: int
    diagnostics: tuple[Diagnostic, ...] = ()
    failures: tuple[Failure, ...] = ()
    files: tuple[str, ...] = ()
    """Paths of the files that were checked, sorted."""

    def count(self, severity: Severity) -> int:
        """How many diagnostics have a severity."""
        return sum(one.severity is severity for one in self.diagnostics)

    @property
    def fixable(self) -> int:
        """How many diagnostics carry a fix."""
        return sum(one.finding.fix is not None for one in self.diagnostics)

    def exit_code(self, fail_on: Severity | None) -> ExitCode:
        """3 where something was not checked (or nothing was there to check), 1 where a finding reaches the threshold, else 0."""
        if self.failures or not self.checked:
            return ExitCode.INCOMPLETE
        if fail_on is not None and any(one.severity >= fail_on for one in self.diagnostics):
            return ExitCode.FINDINGS
        return ExitCode.CLEAN
