"""The blocks of a file on their way: many rows at a time or one by one, in one process or several, told to whoever watches."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec_tool.file_writing import ROOM, room_in
from msgspec_tool.recipients.digests import FileDigest
from msgspec_tool.recipients.files import RecipientsFile
from msgspec_tool.recipients.repeated import repeated_rows
from msgspec_tool.recipients.rows import Block
from msgspec_tool.rendering.options import RenderOptions, chosen_jobs
from msgspec_tool.rendering.outcome import BlockResult, BodySink, LoggedAddresses, RenderCounts
from msgspec_tool.rendering.output import Run
from msgspec_tool.rendering.render_stages import RenderStages
from msgspec_tool.rendering.row_bounds import RowResult
from msgspec_tool.rendering.workers import ordered_map
from msgspec_tool.stages.bind import Pending

if TYPE_CHECKING:
    from msgspec_tool.batches.blocks import Batches

BlockWork = Callable[[Block, BodySink], BlockResult]
"""Renders one block of a file; its request bodies go into the sink."""


def block_work(
    stages: RenderStages, file: RecipientsFile, options: RenderOptions, one_by_one: BlockWork, row: Callable[[Pending], RowResult]
) -> BlockWork:
    """What renders one block: many rows at a time where that gives the same as ``one_by_one``, with ``row`` for those in doubt."""
    if options.row_by_row or options.coverage or options.trace:
        return one_by_one
    from msgspec_tool.batches.blocks import Batches
    from msgspec_tool.batches.gathering import Packing
    from msgspec_tool.batches.planning import batch_plan

    plan = batch_plan(stages, file.columns if file.kind == "csv" else None)
    if plan.obstacles:
        return one_by_one
    batches = Batches(plan, stages.binder, file, row, stages.bounds, Packing(stages.max_addresses, stages.bulk), stages.tariff)
    return partial(_quick_block, batches, one_by_one)


def _quick_block(batches: Batches, one_by_one: BlockWork, block: Block, bodies: BodySink) -> BlockResult:
    """Many rows at a time; row by row where a template reaches a limit, because it may be the fault of few of them."""
    from msgspec_tool.templates.failures import WorkLimitError

    try:
        result = batches.block(block, bodies)
    except WorkLimitError:
        bodies.restart()
        return one_by_one(block, bodies)
    return result


def run_blocks(
    render_block: BlockWork, recipients: FileDigest, options: RenderOptions, bodies: Callable[[int], BodySink]
) -> Iterator[BlockResult]:
    """Every block of a file in order, in as many processes as are asked for; ``bodies`` gives what takes those of the block."""
    if not gc.isenabled():
        # what is there now stays: neither looking for garbage nor the counters of references touch it in the processes
        gc.freeze()
    blocks = enumerate(recipients.blocks(options.block_bytes))
    return ordered_map(partial(_numbered, render_block, bodies), blocks, chosen_jobs(options, recipients.file.size))


def _numbered(render_block: BlockWork, bodies: Callable[[int], BodySink], numbered: tuple[int, Block]) -> BlockResult:
    return uncollected(render_block, numbered[1], bodies(numbered[0]))


def uncollected(render_block: BlockWork, block: Block, bodies: BodySink) -> BlockResult:
    """One block, rendered without the collector of cycles: rows make few, and there are many of them.

    Where nobody else collects, what it left is collected at its end.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        result = render_block(block, bodies)
    finally:
        if collecting:
            gc.enable()
        else:
            gc.collect()
    result.end = block.end
    return result


def without_repeated(stages: RenderStages, run: Run) -> RenderStages:
    """Stages that refuse rows with an address of an earlier row. It takes a run to find them: only rows that can be sent count."""
    with room_in(tempfile.gettempdir(), ROOM), tempfile.TemporaryDirectory(prefix="msgspec-") as name:
        folder = Path(name)
        for _result in run(lambda number: LoggedAddresses(folder, number)):
            pass
        repeated = repeated_rows(sorted(folder.glob("addresses-*")), folder)
    return replace(stages, binder=replace(stages.binder, repeated=repeated))


def told(
    run: Run, progress: Callable[[RenderCounts, float], None], file: RecipientsFile, bodies: Callable[[int], BodySink]
) -> Iterator[BlockResult]:
    """The blocks of a run, each told to ``progress`` when it is there."""
    counts = RenderCounts()
    for result in run(bodies):
        counts.add(result.counts)
        progress(counts, file.share(result.end))
        yield result
