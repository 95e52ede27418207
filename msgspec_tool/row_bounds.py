"""Rows within bounds: straight-line templates are bounded by their inputs, all others run in a worker with limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from msgspec_tool.model import Refusal, RenderedMessage
from msgspec_tool.stages.bind import Pending

BOUNDED_ROWS = 100
"""Rows that share one bounded worker: enough to pay for its start, few enough for its two seconds."""

BOUNDED_SECONDS = 1.5
BOUNDED_MEMORY = 300 << 20
"""What the rendering of templates with loops, macros or includes may use (promised for hostile input)."""


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of a row: messages, or a refusal; and the channels that were skipped for want of an address."""

    messages: tuple[RenderedMessage, ...] = ()
    refusal: Refusal | None = None
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True)
class RowBounds:
    """How rows are kept from burning time and memory."""

    straight_line: bool
    """No template can do more work than its inputs are long."""
    keep_going: bool
    """Rows after one that reached a limit are wanted."""
    memory: int = BOUNDED_MEMORY
    seconds: float = BOUNDED_SECONDS

    def map(self, work: Callable[[Pending], RowResult], recipients: Iterable[Pending]) -> Iterator[RowResult]:
        """The result of each recipient, in order."""
        return map(work, recipients) if self.straight_line else self._bounded(work, recipients)

    def _bounded(self, work: Callable[[Pending], RowResult], recipients: Iterable[Pending]) -> Iterator[RowResult]:
        """Rows in a worker with limits on memory and time; the row that reaches one is refused, the next ones get a new worker."""
        from msgspec_tool.templates.failures import WorkLimitError
        from msgspec_tool.templates.worker import run_bounded

        iterator = iter(recipients)
        waiting = list(islice(iterator, BOUNDED_ROWS))
        while waiting:
            done = 0
            try:
                for row in run_bounded(partial(map, work, waiting), memory=self.memory, seconds=self.seconds):
                    yield row
                    done += 1
            except WorkLimitError as error:
                yield RowResult(refusal=Refusal(waiting[done].number, f"a template needs too much work: {error}", "work-limit"))
                if not self.keep_going:
                    return
                done += 1
            waiting = waiting[done:] or list(islice(iterator, BOUNDED_ROWS))
