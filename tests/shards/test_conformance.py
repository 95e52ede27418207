"""One suite for every engine: the plan of shards is the plan that a render on one machine makes, byte for byte."""

from __future__ import annotations

import os
import signal
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from msgspec_tool.engines.dask import DaskEngine
from msgspec_tool.engines.local import LocalEngine
from msgspec_tool.errors import UsageError
from msgspec_tool.pipeline import render
from msgspec_tool.recipients.digests import FileDigest
from msgspec_tool.shards.campaign import NAME, Campaign
from msgspec_tool.shards.contract import Job, Shard, ShardResult
from msgspec_tool.shards.renders import Engine, render_by_shards
from msgspec_tool.storage.remote import RemotePath
from tests.shards.campaign_files import Files, campaign, plan


@pytest.fixture(scope="module")
def cluster() -> Iterator[DaskEngine]:
    with DaskEngine(jobs=2) as engine:
        yield engine


@pytest.fixture(params=["one process", "two processes", "dask"])
def engine(request: pytest.FixtureRequest) -> Engine:
    if request.param == "dask":
        found: DaskEngine = request.getfixturevalue("cluster")
        return found
    return LocalEngine(1 if request.param == "one process" else 2)


def same(files: Files, engine: Engine, name: str, **changes: Any) -> None:
    """Plan, counts, refusals of both ways; nothing else is left in the folder."""
    alone = render(files.spec, files.options(files.folder / f"{name}-alone", **changes))
    shared = render_by_shards(files.spec, files.options(files.folder / name, **changes), engine)
    assert (shared.refusals, shared.counts, shared.complete) == (alone.refusals, alone.counts, alone.complete)
    assert (shared.plan is None) == (alone.plan is None)
    if shared.plan is not None:
        assert plan(files.folder / name) == plan(files.folder / f"{name}-alone")
    assert [one.name for one in files.folder.iterdir() if one.name.startswith(".")] == []


def test_plans_are_the_same(engine: Engine, tmp_path: Path) -> None:
    files = campaign(tmp_path / "c", bad=(33, 34, 71))
    same(files, engine, "going", keep_going=True)
    same(files, engine, "stopped")
    same(files, engine, "suppressed", keep_going=True, suppress=files.folder / "stop.txt")
    same(files, engine, "repeated", keep_going=True, refuse_repeated=True)
    same(files, engine, "limits", keep_going=True, max_addresses=3, bulk="off", run="second")


def test_row_groups_are_shards(engine: Engine, tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    files = campaign(tmp_path / "c")
    rows = [{"phone": f"+4477009000{number:02d}", "first_name": "Asha", "code": number} for number in range(50)]
    path = files.folder / "recipients.parquet"
    parquet.write_table(pyarrow.Table.from_pylist(rows), path, row_group_size=7)
    same(files, engine, "parquet", recipients=path)


def test_shared_storage(engine: Engine, tmp_path: Path) -> None:
    """fsspec's local file system in place of a bucket: nothing is renamed, nothing is synced."""
    files = campaign(tmp_path / "c", bad=(33,))
    render(files.spec, files.options(files.folder / "alone", keep_going=True))
    url = f"local://{files.folder}"
    options = files.options(RemotePath(f"{url}/plan"), keep_going=True, recipients=RemotePath(f"local://{files.recipients}"))
    outcome = render_by_shards(files.spec, options, engine)
    assert str(outcome.plan) == f"{url}/plan"
    assert plan(files.folder / "plan") == plan(files.folder / "alone")
    assert not (files.folder / ".plan.shards").exists()
    with pytest.raises(UsageError, match="is already there"):
        render_by_shards(files.spec, options, engine)


def test_a_campaign_holds_the_partials_and_no_recipient(tmp_path: Path) -> None:
    files = campaign(tmp_path / "c")
    seen: list[Campaign] = []

    def reading(job: Job, shards: Iterable[Shard]) -> Iterator[ShardResult]:
        data = (Path(job.store) / NAME).read_bytes()
        seen.append(Campaign.read(data))
        assert b"Asha" not in data.replace(b64encode(files.spec.read_bytes()), b"")
        return LocalEngine()(job, shards)

    render_by_shards(files.spec, files.options(files.folder / "plan"), reading)
    (found,) = seen
    assert dict(found.files) == {"partials/stop.txt": ("partials/stop.txt", b"Reply STOP to opt out.")}
    assert (found.spec, found.name, found.folder) == (files.spec.read_bytes(), "messages/offer.msg.yaml", "messages")


class StoppedError(Exception):
    """The driver dies."""


def test_a_driver_that_starts_again_does_no_finished_shard_again(engine: Engine, tmp_path: Path) -> None:
    files = campaign(tmp_path / "c")

    def dying(job: Job, shards: Iterable[Shard]) -> Iterator[ShardResult]:
        with closing(iter(engine(job, shards))) as results:  # type: ignore[type-var]
            yield from islice(results, 4)
        raise StoppedError

    options = files.options(files.folder / "plan")
    with pytest.raises(StoppedError):
        render_by_shards(files.spec, options, dying)
    assert not (files.folder / "plan").exists()
    (kept,) = (files.folder / ".plan.shards").iterdir()
    (kept / ".new-of-a-dead-worker").write_bytes(b"half of it")
    damaged = next(kept.glob("*.lines"), None)
    assert damaged is not None
    outcome = render_by_shards(files.spec, options, LocalEngine(2))
    assert outcome.finished_before >= 4
    render(files.spec, files.options(files.folder / "alone"))
    assert plan(files.folder / "plan") == plan(files.folder / "alone")
    assert not (files.folder / ".plan.shards").exists()


def test_a_damaged_shard_is_done_again(tmp_path: Path) -> None:
    files = campaign(tmp_path / "c")

    def damaging(job: Job, shards: Iterable[Shard]) -> Iterator[ShardResult]:
        first = list(LocalEngine()(job, shards))
        for kept in (first[1].content, first[3].content):
            file = Path(job.store) / kept.name
            file.write_bytes(file.read_bytes()[:-5])
        (Path(job.store) / next(Path(job.store).glob("shard-000005-*.json"))).write_bytes(b"{")
        again = list(LocalEngine()(job, _repeated(files, job)))
        assert [number for number, one in enumerate(again) if not one.found] == [1, 3, 5]
        yield from again

    render_by_shards(files.spec, files.options(files.folder / "plan"), damaging)
    render(files.spec, files.options(files.folder / "alone"))
    assert plan(files.folder / "plan") == plan(files.folder / "alone")


def _repeated(files: Files, _job: Job) -> Iterator[Shard]:
    from msgspec_tool.recipients.files import open_recipients

    file = open_recipients(files.recipients)
    digest = FileDigest(file).hexdigest()
    return (Shard(digest, number, block) for number, block in enumerate(file.blocks(files.options(None).block_bytes)))


@pytest.mark.parametrize("after", [0, 3])
def test_a_killed_worker_changes_nothing(cluster: DaskEngine, tmp_path: Path, after: int) -> None:
    files = campaign(tmp_path / "c", 300)

    def killing(job: Job, shards: Iterable[Shard]) -> Iterator[ShardResult]:
        for number, result in enumerate(cluster(job, shards)):
            if number == after:
                victim = next(iter(cluster.start().run(os.getpid).values()))
                os.kill(victim, signal.SIGKILL)
            yield result

    render_by_shards(files.spec, files.options(files.folder / "plan"), killing)
    render(files.spec, files.options(files.folder / "alone"))
    assert plan(files.folder / "plan") == plan(files.folder / "alone")


def test_memory_of_fsspec(tmp_path: Path) -> None:
    import fsspec

    files = campaign(tmp_path / "c", bad=(33,))
    storage = fsspec.filesystem("memory")
    storage.pipe_file("/bucket/recipients.csv", files.recipients.read_bytes())
    options = files.options(RemotePath("memory://bucket/plan"), keep_going=True, recipients=RemotePath("memory://bucket/recipients.csv"))
    render_by_shards(files.spec, options, LocalEngine())
    render(files.spec, files.options(files.folder / "alone", keep_going=True))
    found = {name.rpartition("/")[2]: storage.cat_file(name) for name in storage.ls("/bucket/plan", detail=False)}
    assert found == plan(files.folder / "alone")
    assert sorted(name.rpartition("/")[2] for name in storage.ls("/bucket", detail=False)) == ["plan", "recipients.csv"]
    storage.rm("/bucket", recursive=True)


def test_what_has_no_shards(tmp_path: Path) -> None:
    files = campaign(tmp_path / "c")
    with pytest.raises(UsageError, match="samples are not rendered by shards"):
        render_by_shards(files.spec, files.options(files.folder / "plan", samples=("typical",)), LocalEngine())
    inline = files.spec.read_text(encoding="utf-8").partition("destination:")[0] + (
        'destination: [{msisdn: "+447700900001", with: {first_name: Asha, code: 1}}]\n'
    )
    files.spec.write_text(inline, encoding="utf-8")
    with pytest.raises(UsageError, match="lists its destinations inline"):
        render_by_shards(files.spec, files.options(files.folder / "plan"), LocalEngine())
    assert [one.name for one in files.folder.iterdir() if "plan" in one.name] == []
