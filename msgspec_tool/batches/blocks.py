"""One block of recipients, many rows at a time: what the stages make of it row by row."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import NamedTuple

from msgspec_tool.batches.chunks import Chunk
from msgspec_tool.batches.gathering import Packing, UnforeseenError
from msgspec_tool.batches.merging import NOTHING, Placed, merged, rendered
from msgspec_tool.batches.observing import RulesLearned
from msgspec_tool.batches.planning import BatchPlan
from msgspec_tool.channels.tariffs import Tariff
from msgspec_tool.model import RenderedMessage
from msgspec_tool.recipients.columns import Columns, read_columns
from msgspec_tool.recipients.files import RecipientsFile
from msgspec_tool.recipients.repeated import AddressLog
from msgspec_tool.recipients.rows import BadRow, Block, Row
from msgspec_tool.rendering.outcome import BlockResult, BodySink, RenderCounts
from msgspec_tool.rendering.output import count_messages
from msgspec_tool.rendering.row_bounds import WORK_LIMIT, RowBounds, RowResult
from msgspec_tool.stages.bind import Binder, Pending
from msgspec_tool.templates.failures import WorkLimitError

CHUNK = 1000
"""Rows at a time: enough to share what a chunk costs, few enough to stay in the processor's caches."""

BOUNDED_CHUNKS = 4
"""Chunks that share a worker with limits, where templates need one."""


@dataclass
class Evaluated:
    """What a chunk gave, small enough to travel between processes."""

    columns: Columns
    doubtful: set[int]
    """Rows that the stages have to look at."""
    counts: RenderCounts
    placed: Placed
    """The messages of the others."""


class Learned(NamedTuple):
    """What is found out while rows are rendered, and need not be found out again."""

    settled: set[object]
    rules: list[RulesLearned]
    """By channel."""


@dataclass(frozen=True)
class Batches:
    """Renders the blocks of a file by a plan; rows in doubt by ``row``, which is how the stages render one."""

    plan: BatchPlan
    binder: Binder
    file: RecipientsFile
    row: Callable[[Pending], RowResult]
    bounds: RowBounds
    packing: Packing
    tariff: Tariff | None = None
    settled: set[object] = field(default_factory=set)
    """Forms of messages of which one has passed every check."""

    def block(self, block: Block, bodies: BodySink) -> BlockResult:
        """Everything that a block gives; its request bodies go to ``bodies``.

        Raises :class:`~msgspec_tool.templates.failures.WorkLimitError` where templates reach a limit: what the sink has is worth nothing.
        """
        while True:
            try:
                return self._block(block, bodies)
            except UnforeseenError as error:
                self.packing.way = error.way
                bodies.restart()

    def _block(self, block: Block, bodies: BodySink) -> BlockResult:
        result = BlockResult()

        def write(body: str, messages: int) -> None:
            bodies.add(body.encode("utf-8"))
            result.counts.requests += 1
            result.counts.messages += messages

        gathering = self.packing.begin(write)
        with closing(self._evaluated(read_columns(self.file, block, CHUNK))) as chunks:
            for chunk in chunks:
                result.counts.add(chunk.counts)
                placed = merged((chunk.placed, self._alone(chunk.columns, chunk.doubtful, result)))
                if bodies.log is not None:
                    _note(placed, bodies.log)
                if placed.numbers:
                    gathering.add(placed.messages)
        gathering.end()
        result.refused()
        bodies.end(result)
        return result

    def _evaluated(self, chunks: Iterator[Columns]) -> Generator[Evaluated, None, None]:
        """What chunks give; where templates can loop and nobody knows how often, in workers with limits."""
        if not self.bounds.looping or self.plan.work is not None:
            yield from map(self._evaluate, chunks)
            return
        from msgspec_tool.templates.running.worker import run_bounded

        while several := list(islice(chunks, BOUNDED_CHUNKS)):
            work = partial(self._learning, several)
            for made in run_bounded(work, memory=self.bounds.memory, seconds=self.bounds.seconds):
                if isinstance(made, Evaluated):
                    yield made
                else:
                    self._learn(made)

    def _learning(self, several: Iterable[Columns]) -> Iterator[Evaluated | Learned]:
        """What chunks give, and last what was found out on the way: the process that found it out ends."""
        yield from map(self._evaluate, several)
        yield Learned(self.settled, [channel.rules.learned for channel in self.plan.channels])

    def _learn(self, known: Learned) -> None:
        self.settled.update(known.settled)
        for channel, learned in zip(self.plan.channels, known.rules, strict=True):
            channel.rules.learn(learned)

    def _evaluate(self, columns: Columns) -> Evaluated:
        chunk = Chunk(self.plan, self.binder, columns, self._passes)
        parts = chunk.parts() if columns.numbers else []
        counts = RenderCounts(rows=len(columns.numbers) + len(columns.unread))
        for part in parts:
            part.count(counts, chunk.doubtful, self.tariff)
        placed = merged(part.placed(order, columns.numbers, chunk.doubtful) for order, part in enumerate(parts))
        return Evaluated(columns, chunk.doubtful, counts, placed)

    def _passes(self, form: object, row: Row) -> bool:
        """Whether messages of a form pass what need not be asked again: asked of the stages, for a row that has one."""
        if form not in self.settled:
            if next(self._one_by_one((row,))).refusal is not None:
                return False
            self.settled.add(form)
        return True

    def _one_by_one(self, rows: Sequence[Row | BadRow]) -> Iterator[RowResult]:
        """Rows as the stages render them; where one may need it, in workers with limits."""
        work = self.plan.work
        if work is not None and all(work.is_short(row) for row in rows if isinstance(row, Row)):
            return map(self.row, self.binder.rows(rows))
        return self.bounds.map(self.row, self.binder.rows(rows))

    def _alone(self, columns: Columns, doubtful: Iterable[int], result: BlockResult) -> Placed:
        """The messages of rows that were doubted or could not be read, rendered one by one."""
        rows: list[Row | BadRow] = [*(columns.row(index) for index in doubtful), *columns.unread]
        if not rows:
            return NOTHING
        rows.sort(key=lambda row: row.number)
        found: list[tuple[int, int, RenderedMessage]] = []
        for row, made in zip(rows, self._one_by_one(rows), strict=False):
            if made.refusal is not None and made.refusal.code == WORK_LIMIT:
                raise WorkLimitError(made.refusal.reason)
            if made.refusal is not None:
                result.refusals.append(made.refusal)
            result.counts.skipped.update(made.skipped)
            result.counts.suppressed.update(made.suppressed)
            count_messages(made.messages, result.counts, self.tariff)
            found += ((row.number, order, message) for order, message in enumerate(made.messages))
        return rendered(found)


def _note(placed: Placed, log: AddressLog) -> None:
    messages = placed.messages
    if messages.form is not None:
        log.add(messages.form.head.key, zip(placed.numbers, messages.addresses, strict=True))
        return
    for number, head, address in zip(placed.numbers, messages.heads, messages.addresses, strict=True):
        log.add(head.key, ((number, address),))
