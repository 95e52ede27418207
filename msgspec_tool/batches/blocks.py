"""One block of recipients, many rows at a time: what the stages make of it row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from msgspec_tool.batches.chunks import Chunk, Part, RowMessage
from msgspec_tool.batches.planning import BatchPlan
from msgspec_tool.batches.requests import Gathered, Head
from msgspec_tool.model import RenderedMessage
from msgspec_tool.recipients.columns import Columns, read_columns
from msgspec_tool.recipients.files import RecipientsFile
from msgspec_tool.recipients.rows import BadRow, Block, Row
from msgspec_tool.render_outcome import BlockResult, BodySink
from msgspec_tool.render_output import count_messages
from msgspec_tool.row_bounds import RowResult
from msgspec_tool.stages.bind import Binder, Pending
from msgspec_tool.stages.emit import content_text

CHUNK = 1000
"""Rows at a time: enough to share what a chunk costs, few enough to stay in the processor's caches."""


@dataclass(frozen=True)
class Batches:
    """Renders the blocks of a file by a plan; rows in doubt by ``alone``, which is how the stages render them one by one."""

    plan: BatchPlan
    binder: Binder
    file: RecipientsFile
    alone: Callable[[Iterable[Pending]], Iterator[RowResult]]
    max_addresses: int
    bulk: str
    settled: set[object] = field(default_factory=set)
    """Forms of messages of which one has passed every check."""

    def block(self, block: Block, bodies: BodySink) -> BlockResult:
        """Everything that a block gives; its request bodies go to ``bodies``."""
        result, gathered = BlockResult(), Gathered()
        for columns in read_columns(self.file, block, CHUNK):
            self._chunk(columns, result, gathered)
        result.counts.refused = len(result.refusals)
        for line in gathered.requests(self.max_addresses, self.bulk):
            bodies.add(line.text.encode("utf-8"))
            result.counts.requests += 1
            result.counts.messages += line.messages
        bodies.end(result)
        return result

    def _chunk(self, columns: Columns, result: BlockResult, gathered: Gathered) -> None:
        chunk = Chunk(self.plan, self.binder, columns, self._passes)
        parts = chunk.parts() if columns.numbers else []
        result.counts.rows += len(columns.numbers) + len(columns.unread)
        for part in parts:
            part.count(result.counts, chunk.doubtful)
        form = parts[0].form if len(parts) == 1 and not chunk.doubtful and not columns.unread else None
        if form is not None:
            gathered.extend(form, parts[0].contents.gaps, parts[0].addresses, parts[0].ids)
            return
        messages = [*_of_parts(parts, columns, chunk.doubtful), *self._alone(columns, chunk.doubtful, result)]
        for message in sorted(messages, key=lambda one: one[:2]):
            gathered.add(*message[2:])

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
            if made.refusal is not None:
                result.refusals.append(made.refusal)
            result.counts.skipped.update(made.skipped)
            count_messages(made.messages, result.counts)
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
