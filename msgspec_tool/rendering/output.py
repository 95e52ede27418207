"""Where a render's request bodies go: kept for standard output, or into a plan with its manifest."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

from msgspec_tool import __version__
from msgspec_tool.channels.tariffs import Tariff
from msgspec_tool.config import Environment
from msgspec_tool.file_writing import ROOM, room_in
from msgspec_tool.model import AnalysedSpec, Refusal, RenderedMessage
from msgspec_tool.recipients.digests import FileDigest
from msgspec_tool.rendering.options import RenderOptions
from msgspec_tool.rendering.outcome import BlockResult, BodySink, CountedBodies, KeptBodies, RenderCounts, RenderOutcome, WrittenBodies
from msgspec_tool.source.document import Plain
from msgspec_tool.stages.emit import Part, PlanWriter, Spool
from msgspec_tool.storage.remote import Place

SHOWN_REFUSALS = 1000
"""Refusals kept for showing; a plan's ``refused.jsonl`` has them all."""


def count_messages(messages: Iterable[RenderedMessage], counts: RenderCounts, tariff: Tariff | None) -> None:
    """Add rendered messages to the counts: addresses by channel, SMS by their parts, and by a tariff where there is one."""
    from msgspec_tool.channels.sms_parts import count

    for message in messages:
        counts.addresses[message.channel] += 1
        text = message.content.get("channels", {}).get("sms", {}).get("text") if message.channel == "sms" else None
        if isinstance(text, str):
            found = count(text)
            counts.sms_parts[found.parts] += 1
            counts.sms_encodings[found.encoding] += 1
            if tariff is not None:
                counts.parts_by_prefix[tariff.prefix(message.address)] += found.parts


Run = Callable[[Callable[[int], BodySink]], Iterator[BlockResult]]
"""Renders all blocks, given what takes the bodies of the block with a number."""


def counted(run: Run) -> RenderOutcome:
    """Count what all blocks give, and write nothing."""
    outcome = RenderOutcome()
    for result in run(lambda _number: CountedBodies()):
        outcome.counts.add(result.counts)
    return outcome


def spooled(run: Run, options: RenderOptions) -> RenderOutcome:
    """Keep the request bodies for :meth:`RenderOutcome.write`; nothing is shown before all of it is sound."""
    spool = Spool()
    outcome = RenderOutcome(spool=spool)

    def take(result: BlockResult) -> None:
        for line in result.lines:
            spool.add(line)

    with room_in(tempfile.gettempdir(), ROOM):
        _drain(run(lambda _number: KeptBodies()), options, outcome, take)
    return outcome


def planned(run: Run, options: RenderOptions, out: Path, manifest: Callable[[RenderCounts], Mapping[str, Plain]]) -> RenderOutcome:
    """Write the request bodies into a plan; ``manifest`` is asked last, for the counts of the whole render."""
    with room_in(str(out)), PlanWriter(out) as plan:
        return put_together(plan, run(partial(WrittenBodies, plan.folder)), options, manifest)


class PlanTaker(Protocol):
    """What puts a plan together from its parts, in order."""

    @property
    def out(self) -> Place: ...
    def take(self, part: Part) -> None: ...
    def refuse(self, refusal: Refusal) -> None: ...
    def finish(self, manifest: Mapping[str, Plain]) -> None: ...


def put_together(
    plan: PlanTaker, results: Iterable[BlockResult], options: RenderOptions, manifest: Callable[[RenderCounts], Mapping[str, Plain]]
) -> RenderOutcome:
    """A plan of the results of all blocks, with its manifest last."""
    outcome = RenderOutcome()

    def take(result: BlockResult) -> None:
        if result.part is not None:
            plan.take(result.part)
        for refusal in result.refusals:
            plan.refuse(refusal)

    _drain(results, options, outcome, take)
    if outcome.complete:
        plan.finish(manifest(outcome.counts))
        outcome.plan = plan.out
    return outcome


def _drain(results: Iterable[BlockResult], options: RenderOptions, outcome: RenderOutcome, take: Callable[[BlockResult], None]) -> None:
    """Blocks in order; the first one with a refusal is the last unless ``keep_going``."""
    refusals: list[Refusal] = []
    for result in results:
        outcome.counts.add(result.counts)
        take(result)
        refusals += result.refusals[: SHOWN_REFUSALS - len(refusals)]
        if refusals and not options.keep_going:
            break
    outcome.refusals = tuple(refusals)
    outcome.complete = options.keep_going or not refusals


def manifest(
    spec: AnalysedSpec,
    data: bytes,
    options: RenderOptions,
    environment: Environment | None,
    recipients: FileDigest | None,
    counts: RenderCounts,
) -> dict[str, Plain]:
    """What binds a plan to its inputs. Digests and names only: no path, no machine, no time of day."""
    from importlib.metadata import version

    from msgspec_tool.variables.timestamps import format_timestamp

    target = None if environment is None else {"name": environment.name, "endpoint": environment.endpoint, "region": environment.region}
    return {
        "tool": {"name": "msgspec-tool", "version": __version__, "rules": 1, "babel": version("babel")},
        "spec": {"name": spec.shaped.name, "sha256": digest(data)},
        "recipients": None if recipients is None else {"kind": recipients.file.kind, "sha256": recipients.hexdigest()},
        "suppression": None if options.suppressed is None else {"sha256": options.suppressed.sha256},
        "samples": list(options.samples),
        "environment": target,
        "clock": format_timestamp(options.now),
        "relative_expiry": spec.shaped.root.find("expiry", "after") is not None,
        "run": options.run,
        "counts": counts.plain(),
    }


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
