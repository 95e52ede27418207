"""Rows within bounds: straight-line templates are bounded by their inputs, all others run in a worker with limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from msgspec_tool.model import Refusal, RenderedMessage
from msgspec_tool.stages.bind import Pending

if TYPE_CHECKING:
    from msgspec_tool.templates.running.coverage import Reached

BOUNDED_ROWS = 100
"""Rows that share one bounded worker: enough to pay for its start, few enough for its second."""

BOUNDED_SECONDS = 1.0
BOUNDED_MEMORY = 200 << 20
"""What the rendering of templates with loops, macros or includes may use; with what the program itself needs that is within
the two seconds and 300 MB that are promised for hostile input."""

WORK_LIMIT = "work-limit"
"""The code of refusals by a limit."""

MOST_LIMITED = 3
"""Rows of a block that may reach a limit before the rest is refused untried: then the template is to blame, not the data."""


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of a row: messages, or a refusal; and the channels that were skipped for want of an address."""

    messages: tuple[RenderedMessage, ...] = ()
    refusal: Refusal | None = None
    skipped: tuple[str, ...] = ()
    suppressed: tuple[str, ...] = ()
    """The channel of each address that is on the suppression list."""
    reached: frozenset[Reached] = frozenset()
    """Branches of templates, where they are recorded: known only to the process that rendered."""


@dataclass(frozen=True)
class RowBounds:
    """How rows are kept from burning time and memory."""

    looping: tuple[str, ...]
    """The places of templates that can do more work than their inputs are long; none where all are straight-line."""
    keep_going: bool
    """Rows after one that reached a limit are wanted."""
    memory: int = BOUNDED_MEMORY
    seconds: float = BOUNDED_SECONDS

    def map(self, work: Callable[[Pending], RowResult], recipients: Iterable[Pending]) -> Iterator[RowResult]:
        """The result of each recipient, in order."""
        return self._bounded(work, recipients) if self.looping else map(work, recipients)

    def _bounded(self, work: Callable[[Pending], RowResult], recipients: Iterable[Pending]) -> Iterator[RowResult]:
        """Rows in a worker with limits; one that reaches them with a worker of its own is refused, the next ones get a new worker."""
        from msgspec_tool.templates.failures import WorkLimitError
        from msgspec_tool.templates.running.worker import run_bounded

        iterator = iter(recipients)
        waiting = list(islice(iterator, BOUNDED_ROWS))
        limited = 0
        while waiting and limited < MOST_LIMITED:
            done = 0
            try:
                for row in run_bounded(partial(map, work, waiting), memory=self.memory, seconds=self.seconds):
                    yield row
                    done += 1
            except WorkLimitError as error:
                # a row that shared its worker may only have come last: it gets another chance
                if done == 0:
                    yield self._refused(waiting[0], str(error))
                    if not self.keep_going:
                        return
                    limited += 1
                    done = 1
            waiting = waiting[done:] or list(islice(iterator, BOUNDED_ROWS))
        for pending in chain(waiting, iterator):
            yield self._refused(pending, f"{MOST_LIMITED} rows before it reached the limits, so it was not tried")

    def _refused(self, pending: Pending, why: str) -> RowResult:
        places = self.looping[0] if len(self.looping) == 1 else f"one of {', '.join(self.looping[:3])}"
        return RowResult(refusal=Refusal(pending.number, f"{places}: the template needs too much work: {why}", WORK_LIMIT))
