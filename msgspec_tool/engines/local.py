"""Shards in processes of this machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from msgspec_tool.rendering.workers import ordered_map
from msgspec_tool.shards.contract import Job, Shard, ShardResult
from msgspec_tool.shards.rendering import render_shard


@dataclass(frozen=True)
class LocalEngine:
    """So many forked processes; with one there is no other process than this one."""

    jobs: int = 1

    def __call__(self, job: Job, shards: Iterable[Shard]) -> Iterator[ShardResult]:
        """See :data:`~msgspec_tool.shards.renders.Engine`."""
        return ordered_map(partial(render_shard, job), shards, self.jobs)
