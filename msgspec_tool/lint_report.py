"""What a lint run found: data for reporters and for the exit code."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec_tool.diagnostics import Diagnostic, Failure, Severity
from msgspec_tool.errors import ExitCode


@dataclass(frozen=True)
class LintReport:
    """Diagnostics sorted by path, offset and code; failures are what could not be checked."""

    found: int
    checked: int
    skipped: int
    suppressed: int
    diagnostics: tuple[Diagnostic, ...] = ()
    failures: tuple[Failure, ...] = ()

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
