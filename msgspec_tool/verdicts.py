"""What a test run found, as plain frozen data: what reporters print, and what the exit code follows from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from msgspec_tool.diagnostics import Diagnostic, Failure
from msgspec_tool.errors import ExitCode
from msgspec_tool.source.document import Path, Plain
from msgspec_tool.source.text import SourceFile, Span

EQUALS = "equals"
"""The form of an expectation that is a value; the others are the keys of its mapping: ``matches``, ``max``, ``min``."""

STORED = "stored"
"""The form of what is compared with a stored rendering."""


@dataclass(frozen=True)
class Comparison:
    """What was compared: what the spec expects, by which form, and what came."""

    form: str
    expected: Plain
    got: Plain


@dataclass(frozen=True)
class Mismatch:
    """Why a case fails: an expectation that does not hold, or a sample that gives no message."""

    message: str
    file: SourceFile
    span: Span
    path: Path
    """Where in the spec: becomes the JSON Pointer."""
    place: str | None = None
    """The expectation's key, such as ``channels.sms.text``."""
    comparison: Comparison | None = None
    """None where nothing could be compared."""


@dataclass(frozen=True)
class Case:
    """One test on one sample; a sample is a test of its own, of the name None: that it renders."""

    name: str | None
    sample: str | None
    """None where a test names a sample that is not there, or there is none to run it on."""
    mismatches: tuple[Mismatch, ...] = ()
    seconds: float = 0.0
    data: Mapping[str, Plain] | None = None
    """The values of a sample that was generated, at a boundary of what the declarations allow; None for one that the spec has."""
    unsent: str | None = None
    """Why a generated sample gives no message, as a row with such values would give none: nobody wrote it, so it is no failure."""

    @property
    def passed(self) -> bool:
        """Whether everything holds."""
        return not self.mismatches and self.unsent is None


@dataclass(frozen=True)
class Unreached:
    """A branch that no sample reaches: its kind, what it is in words, and its place."""

    kind: str
    words: str
    file: SourceFile
    span: Span


@dataclass(frozen=True)
class Coverage:
    """How many branches there are, and those that no sample reaches."""

    total: int
    unreached: tuple[Unreached, ...] = ()

    @property
    def reached(self) -> int:
        """Branches that some sample reaches."""
        return self.total - len(self.unreached)


@dataclass(frozen=True)
class StoredChanges:
    """What storing the renderings of a spec did: paths that were written and removed, and how many files were as they should be."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0


@dataclass(frozen=True)
class SpecVerdict:
    """What became of one spec. One with ``diagnostics`` has errors, and nothing of it was rendered."""

    path: str
    name: str
    samples: int = 0
    tests: int = 0
    cases: tuple[Case, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    coverage: Coverage | None = None
    """None where nobody asked, or nothing was rendered."""
    seconds: float = 0.0
    stored: StoredChanges | None = None
    """None where renderings were compared, not stored."""

    @property
    def failed(self) -> int:
        """Cases that fail."""
        return sum(bool(case.mismatches) for case in self.cases)

    @property
    def passed(self) -> int:
        """Cases that pass."""
        return sum(case.passed for case in self.cases)

    @property
    def unsent(self) -> int:
        """Generated samples that give no message."""
        return sum(case.unsent is not None for case in self.cases)

    @property
    def is_empty(self) -> bool:
        """Sound, and with neither samples nor tests."""
        return not self.cases and not self.diagnostics


@dataclass(frozen=True)
class Verdicts:
    """The whole run: specs by path; ``failures`` are files that could not be read, ``skipped`` counts files that are no specs."""

    specs: tuple[SpecVerdict, ...] = ()
    failures: tuple[Failure, ...] = ()
    skipped: int = 0

    @property
    def passed(self) -> int:
        """Cases that pass, of all specs."""
        return sum(spec.passed for spec in self.specs)

    @property
    def failed(self) -> int:
        """Cases that fail, of all specs."""
        return sum(spec.failed for spec in self.specs)

    @property
    def with_errors(self) -> int:
        """Specs that lint refuses."""
        return sum(bool(spec.diagnostics) for spec in self.specs)

    @property
    def coverage(self) -> Coverage | None:
        """Branches of all specs together; None where nobody asked. A partial counts once for each spec that includes it."""
        found = [spec.coverage for spec in self.specs if spec.coverage is not None]
        return Coverage(sum(one.total for one in found), tuple(self._unreached())) if found else None

    def _unreached(self) -> Iterator[Unreached]:
        for spec in self.specs:
            yield from spec.coverage.unreached if spec.coverage else ()

    @property
    def exit_code(self) -> ExitCode:
        """3 where something could not be tested or there was nothing to test, 1 where a test fails or a spec has errors, else 0."""
        if self.failures or all(spec.is_empty for spec in self.specs):
            return ExitCode.INCOMPLETE
        return ExitCode.FINDINGS if self.failed or self.with_errors else ExitCode.CLEAN
