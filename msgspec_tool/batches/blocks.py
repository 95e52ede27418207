"""One block of recipients, many rows at a time: what the stages make of it row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import NamedTuple

from msgspec_tool.batches.chunks import Chunk, Part, RowMessage
from msgspec_tool.batches.observing import RulesLearned
from msgspec_tool.batches.planning import BatchPlan
from msgspec_tool.batches.requests import Form, Gathered, Head
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
from msgspec_tool.stages.emit import content_text
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
    form: Form | None = None
    """Of all messages, where they have one; then they are columns, else they stand one by one."""
    gaps: Sequence[Sequence[str]] = ()
    addresses: Sequence[str] = ()
    ids: Sequence[str | None] = ()
    messages: Sequence[RowMessage] = ()


class Learned(NamedTuple):
    """What is found out while rows are rendered, and need not be found out again."""

    settled: set[object]
    rules: list[RulesLearned]
    """By channel."""


@dataclass(frozen=True)
class Batches:
    """Renders the blocks of a file by a plan; rows in doubt by ``alone``, which is how the stages render them one by one."""

    plan: BatchPlan
    binder: Binder
    file: RecipientsFile
    alone: Callable[[Iterable[Pending]], Iterator[RowResult]]
    bounds: RowBounds
    max_addresses: int
    bulk: str
    tariff: Tariff | None = None
    settled: set[object] = field(default_factory=set)
    """Forms of messages of which one has passed every check."""

    def block(self, block: Block, bodies: BodySink) -> BlockResult:
        """Everything that a block gives; its request bodies go to ``bodies``.

        Raises :class:`~msgspec_tool.templates.failures.WorkLimitError` before the first body where templates reach a limit.
        """
        result, gathered = BlockResult(), Gathered()
        for chunk in self._evaluated(read_columns(self.file, block, CHUNK)):
            self._merge(chunk, result, gathered, bodies.log)
        result.refused()
        for line in gathered.requests(self.max_addresses, self.bulk):
            bodies.add(line.text.encode("utf-8"))
            result.counts.requests += 1
            result.counts.messages += line.messages
        bodies.end(result)
        return result

    def _evaluated(self, chunks: Iterator[Columns]) -> Iterator[Evaluated]:
        """What chunks give; where templates can loop, in workers with limits."""
        if not self.bounds.looping:
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
        made = Evaluated(columns, chunk.doubtful, counts)
        form = parts[0].form if len(parts) == 1 and not chunk.doubtful and not columns.unread else None
        if form is None:
            made.messages = list(_of_parts(parts, columns, chunk.doubtful))
        else:
            made.form, made.gaps = form, parts[0].contents.gaps
            made.addresses, made.ids = parts[0].addresses, parts[0].ids
        return made

    def _merge(self, chunk: Evaluated, result: BlockResult, gathered: Gathered, log: AddressLog | None) -> None:
        result.counts.add(chunk.counts)
        if chunk.form is not None:
            if log is not None:
                log.add(chunk.form.head.key, zip(chunk.columns.numbers, chunk.addresses, strict=True))
            gathered.extend(chunk.form, chunk.gaps, chunk.addresses, chunk.ids)
            return
        messages = [*chunk.messages, *self._alone(chunk.columns, chunk.doubtful, result)]
        for message in sorted(messages, key=lambda one: one[:2]):
            gathered.add(*message[2:])
            if log is not None:
                log.add(message.head.key, ((message.number, message.address),))

    def _passes(self, form: object, row: Row) -> bool:
        """Whether messages of a form pass what need not be asked again: asked of the stages, for a row that has one."""
        if form not in self.settled:
            if next(self.alone(self.binder.rows((row,)))).refusal is not None:
                return False
            self.settled.add(form)
        return True

    def _alone(self, columns: Columns, doubtful: Iterable[int], result: BlockResult) -> Iterator[RowMessage]:
        """The messages of rows that were doubted or could not be read, rendered one by one."""
        rows: list[Row | BadRow] = [*(columns.row(index) for index in doubtful), *columns.unread]
        rows.sort(key=lambda row: row.number)
        for row, made in zip(rows, self.alone(self.binder.rows(rows)), strict=False):
            if made.refusal is not None and made.refusal.code == WORK_LIMIT:
                raise WorkLimitError(made.refusal.reason)
            if made.refusal is not None:
                result.refusals.append(made.refusal)
            result.counts.skipped.update(made.skipped)
            result.counts.suppressed.update(made.suppressed)
            count_messages(made.messages, result.counts, self.tariff)
            for order, message in enumerate(made.messages):
                yield _encoded(row.number, order, message)


def _of_parts(parts: Iterable[Part], columns: Columns, doubtful: set[int]) -> Iterator[RowMessage]:
    for order, part in enumerate(parts):
        yield from part.messages(order, columns.numbers, doubtful)


def _encoded(number: int, order: int, message: RenderedMessage) -> RowMessage:
    address, identifier = content_text(message.address), message.correlationid
    head = Head(message.channel, message.key)
    identifier = None if identifier is None else content_text(identifier)[1:-1]
    return RowMessage(number, order, content_text(message.content)[:-1], head, address[1:-1], identifier)
