"""Rendering one shard, wherever: the same job and shard give the same files under the same names, however often they are asked for.

Nothing is sent anywhere from here. What is told to a scheduler, and so to its logs and its dashboard, names places and digests only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock

from msgspec_tool.config import Project
from msgspec_tool.errors import ToolError, UnreadableError
from msgspec_tool.file_writing import room_in
from msgspec_tool.pipeline import block_renderer, inspected_spec
from msgspec_tool.recipients.repeated import AddressLog, RowSet
from msgspec_tool.recipients.suppressed import Suppressed
from msgspec_tool.rendering.block_runs import BlockWork, uncollected
from msgspec_tool.rendering.options import choose_environment
from msgspec_tool.rendering.outcome import BlockResult, CountedBodies
from msgspec_tool.rendering.render_stages import render_stages
from msgspec_tool.shards.campaign import NAME, Campaign, digest
from msgspec_tool.shards.contract import ADDRESSES, Job, Kept, Shard, ShardResult
from msgspec_tool.shards.sidecars import found_result, write_sidecar
from msgspec_tool.stages.emit import Part, PartFile, refusal_bytes
from msgspec_tool.storage.remote import place
from msgspec_tool.storage.stores import Store, store_at
from msgspec_tool.surroundings.discovery import InputFile, InputKind

_PACKAGE = Path(__file__).parents[1]

_TURN = Lock()
"""One shard at a time is rendered in a process: what is learned from rows is shared by them all, and threads would only wait for each
other. While one is on its way into the store, the next one is rendered."""


class ShardError(ToolError):
    """A mistake of the program's own in a shard, told without the data that it happened with."""


def render_shard(job: Job, shard: Shard) -> ShardResult:
    """Make the files of a shard in the job's store, unless they are there. Pure but for the store: the result says what is in it.

    Raises a :class:`~msgspec_tool.errors.ToolError`: where the campaign, the recipients or the store can't be read or written, or
    other versions are installed here.
    """
    store = store_at(place(job.store))
    try:
        found = found_result(store, shard)
        if found is not None:
            return found
        with room_in(job.store):
            result = _made(job, store, shard)
            write_sidecar(store, shard, result)
    except ToolError:
        raise
    except Exception as error:
        raise _internal(error) from None
    return result


def prepare(job: Job) -> None:
    """Read the campaign and the head of the recipients, as the first shard would: what is wrong with a machine is known at once."""
    with _TURN:
        try:
            _prepared(job)
        except ToolError:
            raise
        except Exception as error:
            raise _internal(error) from None


def _internal(error: Exception) -> ShardError:
    """Without its words, which can hold a recipient's data, and without its frames; with the last place of this program."""
    trace, where = error.__traceback__, ""
    while trace is not None:
        name = Path(trace.tb_frame.f_code.co_filename)
        where = f" at {name.name}:{trace.tb_lineno}" if _PACKAGE in name.parents else where
        trace = trace.tb_next
    return ShardError(
        f"an internal error ({type(error).__name__}{where}); this is a mistake in msgspec-tool",
        help="render with --engine local and MSGSPEC_DEBUG=1 to see all of it, and report it",
    )


# --- what a process keeps from shard to shard ---


@dataclass(frozen=True)
class _Prepared:
    campaign: Campaign
    render: BlockWork


@lru_cache(maxsize=2)
def _prepared(job: Job) -> _Prepared:
    """The stages of a campaign; a job with --duplicates is followed by one that differs."""
    store = store_at(place(job.store))
    data = _object(store, NAME, job.digest)
    campaign = Campaign.read(data)
    known, beside = campaign.project, Path(campaign.folder)
    project = _Elsewhere(Path(), None, known.lint, known.partials, known.environments, campaign.files, spec=campaign.name)
    options = replace(campaign.options, project=project, suppressed=_suppressed(store, campaign))
    _check_input(campaign)
    sound = inspected_spec(InputFile(campaign.path, InputKind.SPEC, campaign.spec, beside), options)
    if sound.spec is None:
        raise ShardError("the spec has errors here and none where it was checked", help="install the same versions everywhere")
    stages = render_stages(sound.spec, campaign.spec, options, choose_environment(sound.spec, options), campaign.recipients, beside)
    stages = replace(stages, binder=replace(stages.binder, repeated=_repeated(store, campaign)))
    return _Prepared(campaign, block_renderer(stages, campaign.recipients, options))


@dataclass(frozen=True)
class _Elsewhere(Project):
    """The project of a campaign on another machine: the spec is called what it is called at home."""

    spec: str = ""

    def relative(self, path: str) -> str:  # noqa: ARG002
        """See :class:`~msgspec_tool.config.Project`. There is one file, the spec."""
        return self.spec


def _check_input(campaign: Campaign) -> None:
    """The recipients can be read here, and are as long as they were."""
    file, known = campaign.recipients, campaign.size
    try:
        size = file.size
    except OSError as error:
        raise UnreadableError(
            f"'{file.path}' can't be read where shards are rendered: {error.strerror or error}",
            path=str(file.path),
            reason="missing",
            help="put the recipients where all workers can read them: a shared folder, or a URL such as s3://bucket/recipients.csv",
        ) from error
    if size != known:
        words = f"'{file.path}' has {size:,} bytes where shards are rendered, and {known:,} where they were cut"
        raise UnreadableError(words, path=str(file.path), reason="unreadable", help="let it be while it is rendered; run it again")


def _suppressed(store: Store, campaign: Campaign) -> Suppressed | None:
    if campaign.suppressed is None:
        return None
    known, kept = campaign.suppressed
    return Suppressed(frozenset(_object(store, f"{kept}.list", kept).decode("utf-8").split("\n")), known)


def _repeated(store: Store, campaign: Campaign) -> RowSet | None:
    return None if campaign.repeated is None else RowSet(_object(store, f"{campaign.repeated}.rows", campaign.repeated))


def _object(store: Store, name: str, known: str) -> bytes:
    data = store.read(name)
    if data is None or digest(data) != known:
        words = "the store of the render can't be read here, or is not as it was written"
        raise UnreadableError(
            words,
            path=name,
            reason="missing" if data is None else "unreadable",
            help="give --out a place that all workers have: a shared folder, or a URL such as s3://bucket/plans/offer",
        )
    return data


# --- a shard ---


def _made(job: Job, store: Store, shard: Shard) -> ShardResult:
    with store.begun() as path:
        with _TURN:
            prepared = _prepared(job)
            _check_input(prepared.campaign)
            sink = _Addresses(path) if prepared.campaign.makes == ADDRESSES else _Bodies(path)
            result = uncollected(prepared.render, shard.block, sink)
        content = _kept(store, sink.part)
    with store.begun() as path:
        refused = PartFile(path)
        for refusal in result.refusals:
            refused.add(refusal_bytes(refusal))
        return ShardResult(content, _kept(store, refused.close(durable=False)), result.counts)


def _kept(store: Store, part: Part) -> Kept:
    kept = Kept(part.lines, part.size, part.sha256)
    store.keep(part.path, kept.name)
    return kept


class _Bodies:
    """Request bodies on their way into the store."""

    log: AddressLog | None = None

    def __init__(self, path: Path) -> None:
        self._file = PartFile(path)
        self.add = self._file.add
        self.restart = self._file.restart
        self.part: Part

    def end(self, result: BlockResult) -> None:  # noqa: ARG002
        """See :class:`~msgspec_tool.rendering.outcome.BodySink`."""
        self.part = self._file.close(durable=False)


class _Addresses(CountedBodies):
    """The addresses that would be reached, in place of the request bodies."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._own = AddressLog(path)
        self.log = self._own
        self.part: Part

    def end(self, result: BlockResult) -> None:  # noqa: ARG002
        """See :class:`~msgspec_tool.rendering.outcome.BodySink`."""
        self._own.close()
        found = sha256()
        with self._path.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                found.update(chunk)
            self.part = Part(self._path, 0, stream.tell(), found.hexdigest())
