"""What became of a render: counts, refusals, and the request bodies on their way out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from msgspec_tool.diagnostics import Diagnostic
from msgspec_tool.model import Refusal, RenderedMessage
from msgspec_tool.recipients.repeated import AddressLog
from msgspec_tool.source.document import Plain
from msgspec_tool.stages.emit import Part, PartFile, Spool, write_json, write_jsonl
from msgspec_tool.storage.remote import Place

if TYPE_CHECKING:
    from msgspec_tool.templates.running.coverage import Reached


_HISTOGRAMS = ("addresses", "skipped", "suppressed", "sms_parts", "sms_encodings")


@dataclass
class RenderCounts:
    """What a render counted; those of blocks add up."""

    rows: int = 0
    refused: int = 0
    messages: int = 0
    requests: int = 0
    addresses: Counter[str] = field(default_factory=Counter)
    """By channel."""
    skipped: Counter[str] = field(default_factory=Counter)
    """Recipients without an address, by channel."""
    suppressed: Counter[str] = field(default_factory=Counter)
    """Addresses that are on the suppression list, by channel."""
    sms_parts: Counter[int] = field(default_factory=Counter)
    """How many addresses get an SMS of so many parts."""
    sms_encodings: Counter[str] = field(default_factory=Counter)
    """How many addresses get an SMS in GSM-7 (``gsm7``) and in Unicode (``ucs2``)."""

    parts_by_prefix: Counter[str] = field(default_factory=Counter)
    """SMS parts by what their numbers are charged by; counted for estimates only, and in no manifest."""
    refused_by: Counter[str] = field(default_factory=Counter)
    """Refused rows by the code of the refusal; in no manifest."""

    def add(self, other: RenderCounts) -> None:
        """Take another block's counts in."""
        for name in ("rows", "refused", "messages", "requests"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in (*_HISTOGRAMS, "parts_by_prefix", "refused_by"):
            if found := getattr(other, name):
                getattr(self, name).update(found)

    def plain(self) -> dict[str, Plain]:
        """For the manifest, every mapping sorted by its keys."""
        made: dict[str, Plain] = {name: getattr(self, name) for name in ("rows", "refused", "messages", "requests")}
        for name in _HISTOGRAMS:
            made[name] = {str(key): number for key, number in sorted(getattr(self, name).items())}
        return made


@dataclass
class RenderOutcome:
    """What became of a render: findings that forbade it, or refusals, counts, and the request bodies (where no plan was written)."""

    diagnostics: tuple[Diagnostic, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    counts: RenderCounts = field(default_factory=RenderCounts)
    complete: bool = False
    """Everything that was asked for was written: no refusal, or ``keep_going``."""
    plan: Place | None = None
    finished_before: int = 0
    """Blocks that a run before this one had finished, and that were not rendered again."""
    spool: Spool | None = None

    def lines(self) -> Iterable[bytes]:
        """The exact bytes of each request body; nothing after an incomplete render."""
        return self.spool.lines() if self.complete and self.spool is not None else ()

    def write(self, out: IO[bytes], format: str) -> None:
        """The request bodies to a stream, as ``json`` or ``jsonl``."""
        (write_jsonl if format == "jsonl" else write_json)(self.lines(), out)


@dataclass
class BlockResult:
    """What one block gave, small enough to travel between processes."""

    lines: list[bytes] = field(default_factory=list)
    """Request bodies, unless they are in a part of a plan."""
    part: Part | None = None
    end: int = 0
    """Where the block ends in the file of recipients."""

    def refused(self) -> None:
        """Count the refusals."""
        self.counts.refused = len(self.refusals)
        self.counts.refused_by = Counter(refusal.code for refusal in self.refusals)

    refusals: list[Refusal] = field(default_factory=list)
    counts: RenderCounts = field(default_factory=RenderCounts)


class BodySink(Protocol):
    """Takes the request bodies of one block, and where it has a log the address of each message."""

    log: AddressLog | None

    def add(self, line: bytes) -> None: ...

    def restart(self) -> None:
        """Forget everything: the block begins anew."""

    def end(self, result: BlockResult) -> None:
        """Leave what was taken in the result."""


class KeptBodies:
    """Request bodies that travel with the result."""

    log: AddressLog | None = None

    def __init__(self) -> None:
        self._lines: list[bytes] = []

    def add(self, line: bytes) -> None:
        """One request body."""
        self._lines.append(line)

    def restart(self) -> None:
        """See :class:`BodySink`."""
        self._lines.clear()

    def end(self, result: BlockResult) -> None:
        """See :class:`BodySink`."""
        result.lines = self._lines


class CountedBodies:
    """Request bodies that nobody wants."""

    log: AddressLog | None = None

    def add(self, line: bytes) -> None:
        """One request body."""

    def restart(self) -> None:
        """See :class:`BodySink`."""
        if self.log is not None:
            self.log.restart()

    def end(self, result: BlockResult) -> None:
        """See :class:`BodySink`."""


class LoggedAddresses(CountedBodies):
    """Addresses of the messages that would be sent, in a file for each block."""

    def __init__(self, folder: Path, number: int) -> None:
        self._own = AddressLog(folder / f"addresses-{number:08d}")
        self.log = self._own

    def end(self, result: BlockResult) -> None:  # noqa: ARG002
        """See :class:`BodySink`."""
        self._own.close()


class WrittenBodies:
    """Request bodies that become a part of a plan, written by the process that renders them."""

    log: AddressLog | None = None

    def __init__(self, folder: Path, number: int) -> None:
        self._file = PartFile(folder / f"part-{number:05d}")
        self.add = self._file.add
        self.restart = self._file.restart

    def end(self, result: BlockResult) -> None:
        """See :class:`BodySink`."""
        result.part = self._file.close(durable=False)


@dataclass(frozen=True)
class RenderedSample:
    """What a sample gave: its messages and the request bodies that they would be sent in, or why there are none."""

    name: str
    messages: tuple[RenderedMessage, ...] = ()
    requests: tuple[bytes, ...] = ()
    """Each exactly the bytes of a body."""
    refusal: Refusal | None = None
    reached: frozenset[Reached] = frozenset()
    """Branches of templates, where they are recorded."""
    data: Mapping[str, Plain] | None = None
    """The values of a sample that was generated; None for one that the spec has."""
