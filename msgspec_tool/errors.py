"""Failures: what ends a command. What is wrong with a *message* is a finding, never one of these."""

from __future__ import annotations

import errno
from enum import IntEnum

DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO})
"""What a disk answers that takes no more: whoever wrote it says where, and it is no mistake of the program's."""


class ExitCode(IntEnum):
    """Every way a command can end. Frozen: scripts depend on the numbers."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    INCOMPLETE = 3
    REJECTED = 4
    UNSETTLED = 5
    POLICY = 6
    INTERRUPTED = 130


class ToolError(Exception):
    """A failure with one sentence for the person who meets it, a remedy, and the exit code it means."""

    exit_code: ExitCode = ExitCode.INCOMPLETE

    def __init__(self, message: str, *, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help

    def __reduce__(self) -> tuple[object, ...]:
        """Failures travel between processes whole, whatever else they know."""
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[ToolError], arguments: tuple[object, ...], known: dict[str, object]) -> ToolError:
    made = kind.__new__(kind, *arguments)
    made.__dict__.update(known)
    return made


class UsageError(ToolError):
    """The command line or the project file asks for something that does not exist or contradicts itself."""

    exit_code = ExitCode.USAGE


class PolicyError(ToolError):
    """Refused because it is not safe, however it is asked for: a plan that changed, an address outside the allowlist, no HTTPS."""

    exit_code = ExitCode.POLICY


class UnreadableError(ToolError):
    """A file that could not be read or checked as a whole: missing, no permission, over a limit.

    ``reason`` is the short machine word of the ``failures`` list in the JSON report
    (``missing``, ``unreadable``, ``encoding``, ``too-large``, ``too-deep``, ``limit``, ``internal``).
    """

    exit_code = ExitCode.INCOMPLETE

    def __init__(self, message: str, *, path: str, reason: str, help: str | None = None) -> None:
        super().__init__(message, help=help)
        self.path = path
        self.reason = reason
