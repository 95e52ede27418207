"""Rules at work on one file: what they find, what comments take away, and what is said when a rule itself fails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from msgspec_tool.caching.file_states import Seen
from msgspec_tool.catalogue import HANDLES, Selection
from msgspec_tool.config import Project
from msgspec_tool.diagnostics import Diagnostic, Failure, Finding, Rule, Subject
from msgspec_tool.errors import UnreadableError
from msgspec_tool.model import AnalysedSpec, Claim, MessageForm, Suppression
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.stages.suppress import suppress

MAX_FINDINGS = 1000
"""Findings that one file is told: more help nobody, and a hostile file can hold a million."""

_READS_OTHERS = ("include", "import", "extends")
"""A template that reads other files has one of these in it."""


class Inspection(NamedTuple):
    """What is known of one file: its findings, and the analysed spec where it is one and could be read."""

    diagnostics: tuple[Diagnostic, ...] = ()
    suppressed: int = 0
    failures: tuple[Failure, ...] = ()
    spec: AnalysedSpec | None = None
    claims: tuple[Claim, ...] = ()


@dataclass
class RuleRun:
    """Rules at work on one file. A rule that fails is a failure that names it; the others go on."""

    selection: Selection
    rules: tuple[Rule, ...]
    context: RuleContext
    require_reason: bool
    spared: frozenset[Rule] = frozenset()
    """Rules that would find nothing in the file, by its text alone."""
    found: dict[tuple[Any, ...], Diagnostic] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._readers = _readers(self.rules)

    def read(self, text: str) -> None:
        """Spare the file the rules that need what its text does not hold."""
        if "\\" not in text and not ("{%" in text and any(word in text for word in _READS_OTHERS)):
            self.spared = frozenset([known for known in self._readers.needing if not any(need in text for need in known.needs)])

    def on(self, subject: Subject, value: Any) -> None:
        """Run the rules that read this kind of result; for message forms see :meth:`on_messages`."""
        self._run(self._readers.by_subject[subject], value)

    def on_messages(self, forms: Iterable[MessageForm]) -> None:
        """Run the rules that read message forms. What forms have in common, some rules are asked once."""
        root = None
        for form in forms:
            self._run(self._readers.of_form(form.channel, alike=form.root is root), form)
            root = form.root

    def _run(self, rules: Iterable[Rule], value: Any) -> None:
        spared = self.spared
        for known in rules:
            if known not in spared:
                try:
                    for finding in known.check(value, self.context):
                        if len(self.found) >= MAX_FINDINGS:
                            self._stop(finding.file.path)
                            return
                        self.add(known, finding)
                except (UnreadableError, MemoryError):
                    raise
                except Exception as error:
                    path = value.file.path if hasattr(value, "file") else value.root.file.path
                    words = f"rule {known.name} failed on this file ({type(error).__name__}: {error}); this is a mistake in msgspec-tool"
                    self.failures.append(Failure(path, "internal", words))

    def _stop(self, path: str) -> None:
        if not any(failure.reason == "limit" for failure in self.failures):
            words = f"more than {MAX_FINDINGS:,} findings; the others are not told"
            self.failures.append(Failure(path, "limit", words))

    def add(self, known: Rule, finding: Finding) -> None:
        """Take a finding in, with the severity that the file's settings give it."""
        # forms of one spec share destination and expiry: what several of them show is one finding
        severity = self.selection.severity(known, finding.severity)
        if severity is not None:
            diagnostic = Diagnostic(known, severity, finding)
            self.found.setdefault(diagnostic.key, diagnostic)

    def result(self, spec: AnalysedSpec | None, suppressions: tuple[Suppression, ...], *, compared: bool) -> Inspection:
        """Comments take findings away; then the comments themselves are judged.

        Unless files were ``compared``, a comment about a rule that compares them is not called unused; nor one about changes,
        which are over when the next revision is compared with.
        """
        if not suppressions:
            return Inspection(tuple(self.found.values()), 0, tuple(self.failures), spec)
        heard = (known for known in self.selection.rules if (compared or not known.compares) and known.subject is not Subject.CHANGE)
        ran = {handle for known in heard for handle in (known.name, known.code)}
        outcome = suppress(
            self.found.values(), suppressions, handles=HANDLES, ran=ran, ended=self.context.ended, require_reason=self.require_reason
        )
        self.found = {}
        for use in outcome.uses:
            self.on(Subject.SUPPRESSION, use)
        kept = (*outcome.kept, *self.found.values())
        return Inspection(kept, len(outcome.silenced), tuple(self.failures), spec)


class _Readers:
    """Rules by what they read."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.needing = [known for known in rules if known.needs]
        self.by_subject = {subject: [known for known in rules if known.subject is subject] for subject in Subject}
        self._of_form: dict[tuple[str | None, bool], list[Rule]] = {}

    def of_form(self, channel: str | None, *, alike: bool) -> list[Rule]:
        """Those that look at message forms of a channel; ``alike`` is whether the form before has the same root."""
        found = self._of_form.get((channel, alike))
        if found is None:
            asked = [known for known in self.by_subject[Subject.MESSAGE] if not known.channels or channel in known.channels]
            found = self._of_form[channel, alike] = [known for known in asked if not (alike and known.common)]
        return found


# most files of a run have the same rules
_readers = lru_cache(maxsize=8)(_Readers)


Settings = tuple[Project, Selection, RuleContext]
"""What a file is checked with."""


def begun(path: str, project: Project, selection: Selection, context: RuleContext) -> RuleRun:
    """A run of the rules that a project chooses for a file, which has found nothing yet; the clock's answers are its own."""
    own = selection.for_file(project.relative(path) if selection.per_file else path)
    return RuleRun(own, own.rules, replace(context, moments={}), project.lint.require_reason)


class Examined(NamedTuple):
    """What rules found in one file while comments were not asked yet, and what the file claims: other files may add to it."""

    run: RuleRun
    path: str
    spec: AnalysedSpec | None = None
    suppressions: tuple[Suppression, ...] = ()
    claims: tuple[Claim, ...] = ()
    looked: Mapping[str, Seen] = MappingProxyType({})
    """The state of each other file that was looked into, also of those that are not there."""

    def judged(self, *, compared: bool = False) -> Inspection:
        """Comments take findings away, and are judged. ``compared`` says that the rules on several files have spoken."""
        return self.run.result(self.spec, self.suppressions, compared=compared)._replace(claims=self.claims)
