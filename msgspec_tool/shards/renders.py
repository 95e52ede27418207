"""A render by shards, from a spec to the plan that a render on one machine makes: the same files, the same manifest.

Shards are kept beside the plan's place until the plan is there. A run that was stopped leaves them, and the same command goes on
with them: with the same spec, recipients, options and clock.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from msgspec_tool.config import Environment
from msgspec_tool.errors import ToolError, UsageError
from msgspec_tool.model import AnalysedSpec, Refusal
from msgspec_tool.pipeline import SoundSpec, sound_spec
from msgspec_tool.recipients.digests import FileDigest
from msgspec_tool.recipients.files import RecipientsFile
from msgspec_tool.recipients.repeated import repeated_rows
from msgspec_tool.rendering.options import (
    RenderOptions,
    address_limit,
    bulk_mode,
    choose_environment,
    chosen_channels,
    open_source,
)
from msgspec_tool.rendering.outcome import BlockResult, RenderCounts, RenderOutcome
from msgspec_tool.rendering.output import manifest, put_together
from msgspec_tool.shards.campaign import NAME, Campaign, digest, partials_of
from msgspec_tool.shards.contract import ADDRESSES, REQUESTS, Job, Shard, ShardResult
from msgspec_tool.shards.plans import RemotePlanWriter
from msgspec_tool.shards.plans import free_place as free_remote_place
from msgspec_tool.stages.emit import Part, PlanWriter, free_place
from msgspec_tool.storage.remote import Place, Readable, RemotePath
from msgspec_tool.storage.stores import FolderStore, ObjectStore, store_at
from msgspec_tool.variables.json_text import parse_json

_HERE = "use --engine local, and a folder of this machine"

Engine = Callable[[Job, Iterable[Shard]], Iterable[ShardResult]]
"""Runs :func:`~msgspec_tool.shards.rendering.render_shard` for each shard, anywhere and in any order; results come in the order of
the shards. It may stop asking for shards when nobody takes its results any more. One with a method ``start`` is told as soon as it
is sure that it will be asked."""


def render_by_shards(path: Path, options: RenderOptions, engine: Engine) -> RenderOutcome:
    """A plan of a spec and a file of recipients, at ``options.out``. A spec with errors renders nothing: its findings are returned.

    ``UsageError`` for what has no shards: samples, inline destinations, a render without ``out``.
    """
    if options.out is None:
        raise UsageError("shards become a plan: name its folder with --out")
    if options.samples:
        raise UsageError("samples are not rendered by shards", help=_HERE)
    sound = sound_spec(path, options)
    if sound.spec is None:
        return RenderOutcome(diagnostics=sound.errors)
    file = open_source(sound.spec, options, path.parent)
    if file is None:
        raise UsageError(f"'{sound.spec.shaped.name}' lists its destinations inline: they are not rendered by shards", help=_HERE)
    return _Render(path, options, engine, sound, sound.spec, replace(file, path=_absolute(file.path))).outcome()


def _absolute(where: Readable) -> Readable:
    return Path(os.path.abspath(where)) if isinstance(where, Path) else where


@dataclass
class _Render:
    """One render, with all that is known before the first shard."""

    path: Path
    options: RenderOptions
    engine: Engine
    sound: SoundSpec
    spec: AnalysedSpec
    file: RecipientsFile

    def outcome(self) -> RenderOutcome:
        """All of it; what is kept of shards is removed when the plan is there, or none is wanted."""
        out = self._free_place()
        environment = self._environment()
        self.file = replace(self.file, sha256=self._digest())
        workplace = out.parent / f".{out.name}.shards"
        campaign = self._campaign(self._repeated(workplace) if self.options.refuse_repeated else None)
        job, store = self._kept(campaign, workplace)
        finished = _Finished()
        results = self._results(finished, job, store)
        described = partial(manifest, self.spec, self.sound.data, self.options, environment, FileDigest(self.file))
        try:
            with self._plan(out, store) as plan, closing(results):
                outcome = put_together(plan, results, self.options, described)
        except ToolError:
            if not finished.all:
                store_at(workplace).remove()
            raise
        outcome.finished_before = finished.before
        store_at(workplace).remove()
        return outcome

    def _digest(self) -> str:
        """The digest of the recipients; an engine that has something to start does so meanwhile."""
        digest = FileDigest(self.file)
        start: Callable[[], object] | None = getattr(self.engine, "start", None)
        if start is None:
            return digest.hexdigest()
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(1) as beside:
            found = beside.submit(digest.hexdigest)
            start()
            return found.result()

    def _environment(self) -> Environment | None:
        """The environment; what the options contradict is said before anything is written."""
        environment = choose_environment(self.spec, self.options)
        chosen_channels(self.spec, self.options)
        address_limit(self.options, environment)
        bulk_mode(self.options, environment)
        return environment

    def _free_place(self) -> Place:
        out = self.options.out
        assert out is not None
        if isinstance(out, RemotePath):
            free_remote_place(out)
            return out
        free_place(out)
        return Path(os.path.abspath(out))

    # --- jobs ---

    def _campaign(self, repeated: bytes | None = None, makes: str = REQUESTS) -> _Given:
        options, project, suppressed = self.options, self.options.project, self.options.suppressed
        listed = None if suppressed is None else "\n".join(sorted(suppressed.addresses)).encode("utf-8")
        campaign = Campaign(
            self.sound.data,
            self.path.as_posix(),
            project.relative(self.path.as_posix()),
            project.relative(str(self.path.parent)),
            partials_of(project, self.sound.looked, self.file.path),
            project,
            options,
            self.file,
            self.file.size,
            makes,
            None if suppressed is None or listed is None else (suppressed.sha256, digest(listed)),
            None if repeated is None else digest(repeated),
        )
        return _Given(campaign, listed, repeated)

    @staticmethod
    def _kept(given: _Given, workplace: Place) -> tuple[Job, FolderStore | ObjectStore]:
        """Put a campaign and what belongs to it into the store of its job."""
        data = given.campaign.data()
        job_digest = digest(data)
        folder = workplace / job_digest[:32]
        store = store_at(folder)
        store.make()
        if given.campaign.suppressed is not None and given.suppressed is not None:
            store.write(f"{given.campaign.suppressed[1]}.list", given.suppressed)
        if given.repeated is not None:
            store.write(f"{given.campaign.repeated}.rows", given.repeated)
        store.write(NAME, data)
        return Job(folder.url if isinstance(folder, RemotePath) else str(folder), job_digest), store

    def _shards(self) -> Iterator[Shard]:
        digest = FileDigest(self.file).hexdigest()
        for number, block in enumerate(self.file.blocks(self.options.block_bytes)):
            yield Shard(digest, number, block)

    # --- results ---

    def _results(self, finished: _Finished, job: Job, store: FolderStore | ObjectStore) -> Generator[BlockResult, None, None]:
        """What shards gave, as blocks that were rendered here would have given it."""
        counts = RenderCounts()
        asked: list[Shard] = []
        for number, result in enumerate(self.engine(job, _noted(self._shards(), asked))):
            end = asked[number].block.end
            finished.all += 1
            finished.before += result.found
            counts.add(result.counts)
            if self.options.progress is not None:
                self.options.progress(counts, self.file.share(end))
            yield BlockResult(part=_part(store, result), end=end, refusals=_refusals(store, result), counts=result.counts)

    def _repeated(self, workplace: Place) -> bytes:
        """Which rows have an address of an earlier row: it takes a run of its own, and all addresses here."""
        job, store = self._kept(self._campaign(makes=ADDRESSES), workplace)
        with tempfile.TemporaryDirectory(prefix="msgspec-") as name:
            folder = Path(name)
            logs = []
            for number, result in enumerate(self.engine(job, self._shards())):
                logs.append(store.taken(result.content.name, folder).rename(folder / f"addresses-{number:08d}"))
            return repeated_rows(logs, folder).data

    # --- the plan ---

    def _plan(self, out: Place, store: FolderStore | ObjectStore) -> AbstractContextManager[PlanWriter | RemotePlanWriter]:
        if isinstance(out, Path):
            assert isinstance(store, FolderStore)
            return PlanWriter(self.options.out if isinstance(self.options.out, Path) else out, store.folder)
        assert isinstance(store, ObjectStore)
        return RemotePlanWriter(out, store)


@dataclass(frozen=True)
class _Given:
    """A campaign, and the files that it names by their digests."""

    campaign: Campaign
    suppressed: bytes | None
    repeated: bytes | None


@dataclass
class _Finished:
    """How many shards are known to be finished, and how many of them were so before this run."""

    all: int = 0
    before: int = 0


def _noted(shards: Iterable[Shard], asked: list[Shard]) -> Iterator[Shard]:
    for shard in shards:
        asked.append(shard)
        yield shard


def _part(store: FolderStore | ObjectStore, result: ShardResult) -> Part:
    """A file of the plan: on disk under a second name, which the plan takes; in shared storage by its name in the store."""
    kept = result.content
    path = store.taken(kept.name, store.folder) if isinstance(store, FolderStore) else Path(kept.name)
    return Part(path, kept.lines, kept.size, kept.sha256)


def _refusals(store: FolderStore | ObjectStore, result: ShardResult) -> list[Refusal]:
    data = (store.read(result.refused.name) or b"") if result.refused.lines else b""
    return [_refusal(line) for line in data.splitlines()]


def _refusal(line: bytes) -> Refusal:
    value: Any = parse_json(line.decode("utf-8"))
    return Refusal(**value)
