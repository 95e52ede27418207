"""What a render was asked for, and what that means for one spec: environment, source of recipients, channels, limits."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec_tool.channels.layout import canonical
from msgspec_tool.channels.limits import MAX_DESTINATIONS
from msgspec_tool.config import Environment, Project
from msgspec_tool.errors import UsageError
from msgspec_tool.model import AnalysedSpec, ShapedSpec
from msgspec_tool.recipients.files import RecipientsFile, open_recipients
from msgspec_tool.recipients.rows import BLOCK_BYTES
from msgspec_tool.recipients.suppressed import Suppressed
from msgspec_tool.rules.context import RuleContext
from msgspec_tool.stages.pack import BULK_MODES
from msgspec_tool.storage.remote import Place

if TYPE_CHECKING:
    from msgspec_tool.rendering.outcome import RenderCounts

PAYS_FROM = 16 << 20
"""Bytes of recipients from which several processes are faster than one."""


@dataclass(frozen=True)
class RenderOptions:
    """What ``render`` was asked for. ``now`` is the run's frozen clock (aware, UTC)."""

    now: datetime
    project: Project
    recipients: Place | None = None
    samples: tuple[str, ...] = ()
    environment: str | None = None
    channels: tuple[str, ...] = ()
    out: Place | None = None
    format: str = "json"
    jobs: int | None = 1
    """Processes; None for as many as pay."""
    max_addresses: int | None = None
    bulk: str | None = None
    run: str = ""
    keep_going: bool = False
    coverage: bool = False
    """Record which branches of templates are reached."""
    trace: bool = False
    """Texts of messages keep what printed them: see :class:`~msgspec_tool.templates.running.trace.TracedText`."""
    block_bytes: int = BLOCK_BYTES
    suppressed: Suppressed | None = None
    """Addresses that get nothing."""
    estimate: bool = False
    """Nothing is written, every row is counted."""
    refuse_repeated: bool = False
    """Refuse rows with an address that an earlier row has too."""
    progress: Callable[[RenderCounts, float], None] | None = None
    """Told after each block: the counts so far, and the share of the recipients that was read (0 to 1)."""
    row_by_row: bool = False
    """Render each row by itself, where many could be rendered at a time: the same bytes, slowly."""


def named_environment(options: RenderOptions) -> Environment | None:
    """The environment that was named, if any; ``UsageError`` naming the choices where the project has no such environment."""
    if options.environment is not None and options.environment not in options.project.environments:
        raise UsageError(f"there is no environment '{options.environment}'", help=_choices(options.project))
    return options.project.environments.get(options.environment or "")


def choose_environment(spec: AnalysedSpec, options: RenderOptions) -> Environment | None:
    """The environment that was named; else the only one there is, where the spec reads ``env``; ``UsageError`` naming the choices."""
    named = named_environment(options)
    if named is not None or not any("env" in template.reads for template in spec.templates.values()):
        return named
    known = options.project.environments
    if len(known) != 1:
        raise UsageError(f"'{spec.shaped.name}' reads env: name the environment with --env", help=_choices(options.project))
    return next(iter(known.values()))


def _choices(project: Project) -> str:
    return f"the project has {', '.join(project.environments)}" if project.environments else "the project file has no environments"


def open_source(spec: AnalysedSpec, options: RenderOptions, folder: Path) -> RecipientsFile | None:
    """The file of recipients, as the spec reads it; None where samples or an inline list give them.

    ``UsageError`` where the options contradict the spec.
    """
    path = _source_path(spec.shaped, options, folder)
    if path is None:
        return None
    names = frozenset(spec.shaped.variables).union(*(template.reads for template in spec.templates.values()))
    return open_recipients(path).reading(names)


def _source_path(spec: ShapedSpec, options: RenderOptions, folder: Path) -> Place | None:
    destination = spec.destination
    if options.samples:
        if options.recipients is not None:
            raise UsageError("--sample and --recipients exclude each other")
        return None
    if destination is None:
        raise UsageError(f"'{spec.name}' has no destination", help="name a sample with --sample")
    if isinstance(destination.value, list):
        if options.recipients is not None:
            raise UsageError(
                f"'{spec.name}' lists its destinations inline: --recipients can't be used with it",
                help="write destination as a mapping over the file's columns",
            )
        return None
    source = destination.get("from")
    if options.recipients is not None:
        return options.recipients
    if source is None or not isinstance(source.value, str):
        raise UsageError(f"'{spec.name}' names no file of recipients", help="give one with --recipients")
    return folder / source.value


def chosen_jobs(options: RenderOptions, size: int) -> int:
    """Processes for a file of so many bytes: as asked for, else all processors where the file is large."""
    if options.jobs is not None:
        return options.jobs
    return processors() if size >= PAYS_FROM and hasattr(os, "sched_getaffinity") else 1


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def chosen_samples(spec: AnalysedSpec, options: RenderOptions) -> tuple[str, ...]:
    """The named samples, each of which the spec has; ``UsageError`` otherwise."""
    samples = spec.shaped.root.get("samples")
    known = [name for name, _field in samples.items()] if samples else []
    for name in options.samples:
        if name not in known:
            raise UsageError(f"there is no sample '{name}'", help=f"the spec has {', '.join(known)}" if known else "the spec has none")
    return options.samples


def chosen_channels(spec: AnalysedSpec, options: RenderOptions) -> tuple[str, ...]:
    """The spec's channels, narrowed to those asked for, in the spec's order; ``UsageError`` for one that it has not."""
    wanted = [canonical(name) for name in options.channels]
    for name, channel in zip(options.channels, wanted, strict=True):
        if channel not in spec.shaped.channels:
            raise UsageError(f"the spec has no channel '{name}'", help=f"it has {', '.join(spec.shaped.channels)}")
    return tuple(channel for channel in spec.shaped.channels if not wanted or channel in wanted)


def address_limit(options: RenderOptions, environment: Environment | None) -> int:
    """Addresses per request: the option, else the environment's, else the API's 1,000 (error 7009)."""
    limit = options.max_addresses or (environment.max_addresses if environment else MAX_DESTINATIONS)
    if not 1 <= limit <= MAX_DESTINATIONS:
        raise UsageError(f"--max-addresses {limit}: a request takes 1 to 1,000 addresses")
    return limit


def bulk_mode(options: RenderOptions, environment: Environment | None) -> str:
    """Which arrays requests may be: the option, else the environment's, else ``mixed``."""
    bulk = options.bulk or (environment.bulk if environment else "mixed")
    if bulk not in BULK_MODES:
        raise UsageError(f"--bulk '{bulk}': use one of {', '.join(BULK_MODES)}")
    return bulk


def locale_setting(spec: AnalysedSpec, environment: Environment | None, name: str, fallback: str) -> str:
    """``locale`` and ``timezone``: the spec's own, else the environment's."""
    own = spec.shaped.root.get(name)
    if own is not None and isinstance(own.value, str):
        return own.value
    return getattr(environment, name, None) or fallback


def render_context(options: RenderOptions, environment: Environment | None) -> RuleContext:
    """What rules may know in a render: the same as in a lint with this environment and clock."""
    return RuleContext(
        now=options.now,
        environments={name: known.values for name, known in options.project.environments.items()},
        environment=environment.name if environment else None,
        sandboxes=options.project.sandboxes,
        max_addresses=environment.max_addresses if environment else MAX_DESTINATIONS,
        options=options.project.lint.options,
        locales=options.project.locales(environment.name if environment else None),
    )


def declared_smartlinks(spec: ShapedSpec) -> frozenset[str]:
    """Ids of the smart links that the spec declares, at ``channels`` or in a channel's block."""
    lists = [form.common("smartlinks") for form in spec.messages]
    links = (link.get("linkid") for found in lists if found is not None for link in found.elements())
    return frozenset(str(link.value) for link in links if link is not None)
