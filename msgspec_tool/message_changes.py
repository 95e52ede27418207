"""What changed in messages between a revision and the work tree, as plain frozen data: what rules judge and reporters print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from msgspec_tool.channels.sms_parts import SmsCount as SmsCount
from msgspec_tool.diagnostics import Diagnostic, Failure
from msgspec_tool.errors import ExitCode
from msgspec_tool.model import AnalysedSpec
from msgspec_tool.source.document import Field, Path, Plain

BREAKING, COST = "CHG971", "CHG972"
"""Codes of the rules that judge changes."""


class Absent(Enum):
    """Stands for a value that one side does not have; null is a value."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


class MessageVersion(NamedTuple):
    """A message as one side renders it: the message object without its destination."""

    content: Mapping[str, Plain]
    sms: SmsCount | None = None
    """Encoding, length and parts of an SMS with a text; None for all else."""
    sender: str | None = None
    """Whom people see: the sender id of an SMS, the caller of a call, else the app id."""
    links: tuple[str, ...] = ()
    """Every link in it, in order, once."""


class ValueChange(NamedTuple):
    """A value of the message object that differs. ``path`` begins at the object."""

    path: Path
    before: Plain | Absent
    after: Plain | Absent

    @property
    def is_text(self) -> bool:
        """Both are what people read: words can be compared."""
        texts = isinstance(self.before, str) and isinstance(self.after, str)
        return texts and any(map(str.isspace, f"{self.before}{self.after}"))


class MessageChange(NamedTuple):
    """One message on one channel, before and after; a side that has no such message is None."""

    channel: str
    sample: str
    before: MessageVersion | None
    after: MessageVersion | None
    values: tuple[ValueChange, ...] = ()
    """What differs, in the order of the message object; nothing where one side is None."""
    is_generated: bool = False
    """The spec has no samples: this one was made from the examples of its variables."""
    has_other_data: bool = False
    """The data of the sample differ, so that what it shows may be no change of the message."""

    @property
    def more_parts(self) -> int:
        """By how many SMS parts it grew; 0 where it did not."""
        before, after = (side.sms if side else None for side in (self.before, self.after))
        return max(0, after.parts - before.parts) if before and after else 0


class Unrendered(NamedTuple):
    """Why a side, or one sample on it, could not be rendered."""

    before: bool
    """The side: as it stood at the revision; else as it is now."""
    message: str
    sample: str | None = None
    """None where nothing of the spec could be rendered."""
    place: Field | None = None
    """Where in the spec, if anywhere."""
    help: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    """Errors of the spec."""


class Status(Enum):
    """What became of a spec."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class Reached(NamedTuple):
    """How many a spec is sent to on each side: addresses of an inline list, rows of a file. None where that is not known."""

    before: int | None = None
    after: int | None = None

    @property
    def differ(self) -> bool:
        """Both are known and differ."""
        return self.before is not None and self.after is not None and self.before != self.after


UNKNOWN = Reached()


@dataclass(frozen=True)
class SpecChange:
    """A spec whose messages, contract or recipients differ, or that could not be compared."""

    path: str
    """Where it is now; where it was, when it is gone."""
    name: str
    status: Status
    before_path: str
    """Where it was: another path after a rename. Of a spec that is new its own."""
    before: AnalysedSpec | None = field(default=None, repr=False, compare=False)
    after: AnalysedSpec | None = field(default=None, repr=False, compare=False)
    through: tuple[str, ...] = ()
    """The files that differ and that its messages are made of: the spec, partials, the project file, recipients."""
    messages: tuple[MessageChange, ...] = ()
    """Those that differ, dearest first, then by sample and in the order of channels."""
    unchanged: int = 0
    """Messages that do not differ."""
    reached: Reached = UNKNOWN
    unrendered: tuple[Unrendered, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    """What the rules on changes say."""

    @property
    def alike(self) -> tuple[MessageChange, ...]:
        """Messages that both sides have, made of the same data: what differs in them is what the change did."""
        return tuple(one for one in self.messages if one.before and one.after and not one.has_other_data)

    @property
    def is_indirect(self) -> bool:
        """The spec's own text is the same: others changed it."""
        return self.status is Status.CHANGED and self.path not in self.through

    @property
    def breaking(self) -> tuple[Diagnostic, ...]:
        """Findings of CHG971."""
        return tuple(one for one in self.findings if one.rule.code == BREAKING)

    @property
    def costs(self) -> tuple[Diagnostic, ...]:
        """Findings of CHG972."""
        return tuple(one for one in self.findings if one.rule.code == COST)

    @property
    def differs(self) -> bool:
        """Whether anything is known to be other than it was."""
        moved = self.path != self.before_path
        return bool(self.status is not Status.CHANGED or self.messages or self.findings or self.reached.differ or moved)

    @property
    def weight(self) -> tuple[int, int, int, int, int, int, str]:
        """Sorts the weightiest first: what nobody could look at, what breaks, what costs, how many parts more, what is gone, how
        many messages differ.
        """
        return (
            -bool(self.unrendered),
            -len(self.breaking),
            -len(self.costs),
            -sum(one.more_parts for one in self.alike),
            -(self.status is Status.REMOVED),
            -len(self.messages),
            self.path,
        )


@dataclass(frozen=True)
class Review:
    """The whole comparison: specs by weight; ``failures`` are files that could not be read at all."""

    base: str
    """The revision as it was named."""
    commit: str
    changes: tuple[SpecChange, ...] = ()
    unchanged: int = 0
    """Specs that are the same on both sides."""
    failures: tuple[Failure, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Both sides of everything could be rendered, and there was something."""
        looked_at = self.changes or self.unchanged
        return bool(looked_at) and not self.failures and not any(one.unrendered for one in self.changes)

    def count(self, status: Status) -> int:
        """Specs of a status that are known to differ."""
        return sum(one.status is status and one.differs for one in self.changes)

    @property
    def broken(self) -> int:
        """Specs with breaking changes."""
        return sum(bool(one.breaking) for one in self.changes)

    @property
    def dearer(self) -> int:
        """Specs that cost more."""
        return sum(bool(one.costs) for one in self.changes)

    def exit_code(self, *, differences_fail: bool) -> ExitCode:
        """3 where a side could not be rendered or there was nothing, 1 for differences where that was asked for, else 0."""
        if not self.is_complete:
            return ExitCode.INCOMPLETE
        return ExitCode.FINDINGS if differences_fail and self.changes else ExitCode.CLEAN
