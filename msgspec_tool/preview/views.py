"""What stands on a page, as frozen data without a word of HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from msgspec_tool.appearances.seeing import Seen
from msgspec_tool.appearances.sms import SmsSeen
from msgspec_tool.diagnostics import Failure, Severity
from msgspec_tool.errors import ExitCode


@dataclass(frozen=True, slots=True)
class Fact:
    """Something to know about a message beside its looks; ``notable`` where a reviewer should look at it."""

    label: str
    value: str
    notable: bool = False


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message on one channel: what a person sees, and what is sent."""

    channel: str
    """Its canonical name."""
    seen: Seen
    facts: tuple[Fact, ...]
    json: str
    """The message object with one address, indented; what would steer a screen is written as escapes of JSON."""


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding of lint, as a reviewer reads it."""

    severity: Severity
    name: str
    code: str
    message: str
    place: str
    """``path:line:column``."""
    help: str = ""
    fix: str = ""
    platform: str = ""
    """What the platform would answer: its code and its words."""
    channel: str | None = None
    """The channel whose block the finding stands in; None where it concerns the whole spec."""


@dataclass(frozen=True, slots=True)
class SampleView:
    """What one sample gives: a message for each channel that it reaches, or why there is none."""

    name: str
    messages: tuple[MessageView, ...]
    generated: bool = False
    """Made of the declarations, at the boundary of what they allow."""
    data: str = ""
    """Its values, as JSON."""
    refused: str = ""
    """Why a row like it would not be sent; messages may be there all the same, to look at."""

    @property
    def extent(self) -> str:
        """How far it goes, in a few words: the parts of its SMS, or that it is not sent."""
        parts = max((len(message.seen.parts) for message in self.messages if isinstance(message.seen, SmsSeen)), default=0)
        said = "" if not parts else "1 part" if parts == 1 else f"{parts} parts"
        return ", ".join(word for word in (said, "not sent" if self.refused else "") if word)


@dataclass(frozen=True, slots=True)
class SpecView:
    """One spec: who answers for it, what lint finds in it, and what its samples give."""

    path: str
    name: str
    description: str = ""
    owner: str = ""
    tags: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    samples: tuple[SampleView, ...] = ()
    findings: tuple[FindingView, ...] = ()
    unseen: tuple[str, ...] = ()
    """Channels of the spec that none of its own samples reaches."""

    def of(self, channel: str) -> tuple[FindingView, ...]:
        """The findings that stand in a channel's block."""
        return tuple(one for one in self.findings if one.channel == channel)

    @property
    def elsewhere(self) -> tuple[FindingView, ...]:
        """The findings that no message of the page shows: those of the whole spec, and of channels that no sample reaches."""
        shown = {message.channel for sample in self.samples for message in sample.messages}
        return tuple(one for one in self.findings if one.channel not in shown)

    def count(self, severity: Severity) -> int:
        """How many findings are so severe."""
        return sum(one.severity is severity for one in self.findings)

    @property
    def broken(self) -> bool:
        """Lint finds errors: nothing is rendered, as ``render`` would render nothing."""
        return self.count(Severity.ERROR) > 0

    @property
    def own_samples(self) -> tuple[SampleView, ...]:
        """The samples that the spec has."""
        return tuple(sample for sample in self.samples if not sample.generated)

    @property
    def own_refused(self) -> bool:
        """Whether a row like one of the spec's own samples would not be sent."""
        return any(sample.refused for sample in self.own_samples)

    @property
    def boundaries(self) -> tuple[SampleView, ...]:
        """The samples that were made at the boundaries of the declarations."""
        return tuple(sample for sample in self.samples if sample.generated)


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything on one page. ``now`` is the run's frozen clock (aware, UTC)."""

    specs: tuple[SpecView, ...]
    now: datetime
    environment: str = ""
    failures: tuple[Failure, ...] = ()
    """What could not be read or checked."""
    findings: tuple[FindingView, ...] = ()
    """Those in project files."""

    @property
    def exit_code(self) -> ExitCode:
        """3 where something could not be shown (or nothing was there), 1 for errors and where a sample of a spec's own is refused."""
        if self.failures or not self.specs:
            return ExitCode.INCOMPLETE
        if self.count(Severity.ERROR) or any(spec.own_refused for spec in self.specs):
            return ExitCode.FINDINGS
        return ExitCode.CLEAN

    @property
    def anchors(self) -> tuple[str, ...]:
        """What a link to each spec ends in: its name, so that links hold when other specs come and go."""
        taken: dict[str, int] = {}
        found = []
        for spec in self.specs:
            name = re.sub("[^a-z0-9]+", "-", spec.name.lower()).strip("-") or "unnamed"
            taken[name] = taken.get(name, 0) + 1
            found.append(f"m-{name}" if taken[name] == 1 else f"m-{name}--{taken[name]}")
        return tuple(found)

    @property
    def owners(self) -> tuple[str, ...]:
        """Every owner, in the order of the alphabet."""
        return _sorted(spec.owner for spec in self.specs)

    @property
    def tags(self) -> tuple[str, ...]:
        """Every tag, likewise."""
        return _sorted(tag for spec in self.specs for tag in spec.tags)

    @property
    def rules(self) -> tuple[str, ...]:
        """The name of every rule that found something in a spec, likewise."""
        return _sorted(one.name for spec in self.specs for one in spec.findings)

    @property
    def messages(self) -> int:
        """How many messages are shown."""
        return sum(len(sample.messages) for spec in self.specs for sample in spec.samples)

    def count(self, severity: Severity) -> int:
        """How many findings are so severe."""
        return sum(one.severity is severity for findings in (self.findings, *(spec.findings for spec in self.specs)) for one in findings)


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name}, key=lambda name: (name.lower(), name)))
