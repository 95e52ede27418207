"""Which engine a render takes, and what no engine but that of this process can do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from msgspec_tool.errors import UsageError
from msgspec_tool.pipeline import render
from msgspec_tool.rendering.options import RenderOptions, processors
from msgspec_tool.rendering.outcome import RenderOutcome
from msgspec_tool.storage.remote import RemotePath


@dataclass(frozen=True)
class EngineChoice:
    """``local`` or ``dask``, and the address of a scheduler; without one Dask gets a cluster of processes of this machine."""

    name: str = "local"
    scheduler: str | None = None

    @property
    def local(self) -> bool:
        return self.name == "local"


def render_with(path: Path, options: RenderOptions, choice: EngineChoice) -> RenderOutcome:
    """:func:`~msgspec_tool.pipeline.render` on the engine of a choice: the same plan. ``UsageError`` for what it can't do."""
    if not choice.local:
        return _on_dask(path, options, choice)
    if choice.scheduler is not None:
        raise UsageError("--scheduler is for --engine dask")
    return _here(path, options) if isinstance(options.out, RemotePath) else render(path, options)


def _here(path: Path, options: RenderOptions) -> RenderOutcome:
    """Shards, because nothing can be moved into place where the plan goes."""
    from msgspec_tool.engines.local import LocalEngine
    from msgspec_tool.shards.renders import render_by_shards

    return render_by_shards(path, options, LocalEngine(options.jobs or processors()))


def _on_dask(path: Path, options: RenderOptions, choice: EngineChoice) -> RenderOutcome:
    from msgspec_tool.engines.dask import DaskEngine
    from msgspec_tool.shards.renders import render_by_shards

    if options.out is None:
        raise UsageError("--engine dask makes a plan: name its folder with --out")
    if choice.scheduler is not None and options.jobs is not None:
        raise UsageError("--jobs is for processes of this machine: a scheduler has workers of its own")
    with DaskEngine(choice.scheduler, options.jobs) as engine:
        return render_by_shards(path, options, engine)
